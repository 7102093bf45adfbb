package io.linkspan.internal.entry;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.TenantId;
import io.linkspan.connection.Attention;
import io.linkspan.connection.ConnectCallback;
import io.linkspan.connection.ConnectHelp;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRedirect;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Connections;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.DisconnectReport;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.HandOver;
import io.linkspan.connection.HandOverTicket;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.connection.ImportRequest;
import io.linkspan.spi.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link Connections} behind the gate. */
public final class GatedConnections implements Connections {
    private final Connections inner;
    private final Gate gate;

    /** Over the one that does it. */
    public GatedConnections(Connections inner, Gate gate) {
        this.inner = inner;
        this.gate = gate;
    }

    @Override
    public ConnectRedirect connect(ConnectRequest request) {
        return gate.call(() -> inner.connect(request));
    }

    @Override
    public ConnectOutcome complete(ConnectCallback callback) {
        return gate.reach(() -> inner.complete(callback));
    }

    @Override
    public ConnectOutcome choose(Owner owner, String connectId, String accountId, @Nullable String browserSecret) {
        return gate.reach(() -> inner.choose(owner, connectId, accountId, browserSecret));
    }

    @Override
    public HandOverTicket expectHandOver(ConnectRequest request) {
        return gate.call(() -> inner.expectHandOver(request));
    }

    @Override
    public ConnectOutcome handOver(HandOver handOver) {
        return gate.reach(() -> inner.handOver(handOver));
    }

    @Override
    public ConnectOutcome importTokens(ImportRequest request) {
        return gate.reach(() -> inner.importTokens(request));
    }

    @Override
    public List<HistoryEntry> connectHistory(Owner owner, String connectId) {
        return gate.call(() -> inner.connectHistory(owner, connectId));
    }

    @Override
    public Optional<Connection> find(Owner owner, ConnectionId id) {
        return gate.call(() -> inner.find(owner, id));
    }

    @Override
    public List<Connection> list(Owner owner) {
        return gate.call(() -> inner.list(owner));
    }

    @Override
    public Connection check(Owner owner, ConnectionId id) {
        return gate.reach(() -> inner.check(owner, id));
    }

    @Override
    public Connection check(Owner owner, ConnectionId id, Duration maxAge) {
        return gate.reach(() -> inner.check(owner, id, maxAge));
    }

    @Override
    public <T> T withAccessToken(Owner owner, ConnectionId id, Function<Secret, T> use) {
        Objects.requireNonNull(use, "use");
        // the host's own code runs outside: closing does not wait for it
        return use.apply(gate.call(() -> inner.withAccessToken(owner, id, token -> token)));
    }

    @Override
    public DisconnectReport disconnect(Owner owner, ConnectionId id, Disconnect how) {
        return gate.reach(() -> inner.disconnect(owner, id, how));
    }

    @Override
    public Connection confirmProfileLinkRemoved(Owner owner, ConnectionId id, String person) {
        return gate.call(() -> inner.confirmProfileLinkRemoved(owner, id, person));
    }

    @Override
    public Attention.Page needingAttention(TenantId tenant, String cursor, int limit) {
        return gate.call(() -> inner.needingAttention(tenant, cursor, limit));
    }

    @Override
    public Explanation explain(Owner owner, ConnectionId id) {
        return gate.call(() -> inner.explain(owner, id));
    }

    @Override
    public ConnectHelp helpBefore(Platform platform) {
        return gate.call(() -> inner.helpBefore(platform));
    }

    @Override
    public ConnectHelp helpWithoutReturn(Owner owner, Platform platform, String seen) {
        return gate.call(() -> inner.helpWithoutReturn(owner, platform, seen));
    }

    @Override
    public Optional<ConnectHelp> help(Owner owner, ConnectionId id) {
        return gate.call(() -> inner.help(owner, id));
    }

    @Override
    public List<HistoryEntry> history(Owner owner, ConnectionId id) {
        return gate.call(() -> inner.history(owner, id));
    }
}
