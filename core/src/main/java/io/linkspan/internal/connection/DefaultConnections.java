package io.linkspan.internal.connection;

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
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import io.linkspan.spi.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link Connections} over its parts. */
public final class DefaultConnections implements Connections {
    private static final int MOST_SEEN = 4096;

    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final Views views;
    private final Connector connector;
    private final Renewer renewer;
    private final HealthCheck healthCheck;
    private final Disconnector disconnector;
    private final Explains explains;
    private final AttentionPages attention;

    /** Over its parts. */
    public DefaultConnections(
            Kernel kernel,
            ConnectionRepository repository,
            Views views,
            Connector connector,
            Renewer renewer,
            HealthCheck healthCheck,
            Disconnector disconnector,
            Explains explains,
            AttentionPages attention) {
        this.kernel = kernel;
        this.repository = repository;
        this.views = views;
        this.connector = connector;
        this.renewer = renewer;
        this.healthCheck = healthCheck;
        this.disconnector = disconnector;
        this.explains = explains;
        this.attention = attention;
    }

    @Override
    public ConnectRedirect connect(ConnectRequest request) {
        return connector.begin(Objects.requireNonNull(request, "request"));
    }

    @Override
    public ConnectOutcome complete(ConnectCallback callback) {
        Objects.requireNonNull(callback, "callback");
        outsideOfTransactions("complete");
        return connector.complete(callback);
    }

    @Override
    public ConnectOutcome choose(Owner owner, String connectId, String accountId, @Nullable String browserSecret) {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(connectId, "connectId");
        Objects.requireNonNull(accountId, "accountId");
        outsideOfTransactions("choose");
        return connector.choose(owner, connectId, accountId, browserSecret == null ? "" : browserSecret);
    }

    @Override
    public HandOverTicket expectHandOver(ConnectRequest request) {
        return connector.expect(Objects.requireNonNull(request, "request"));
    }

    @Override
    public ConnectOutcome handOver(HandOver handOver) {
        Objects.requireNonNull(handOver, "handOver");
        outsideOfTransactions("handOver");
        return connector.handOver(handOver);
    }

    @Override
    public ConnectOutcome importTokens(ImportRequest request) {
        Objects.requireNonNull(request, "request");
        outsideOfTransactions("importTokens");
        return connector.importer().importTokens(request);
    }

    @Override
    public List<HistoryEntry> connectHistory(Owner owner, String connectId) {
        return connector.history(
                Objects.requireNonNull(owner, "owner"), Objects.requireNonNull(connectId, "connectId"));
    }

    @Override
    public Optional<Connection> find(Owner owner, ConnectionId id) {
        Objects.requireNonNull(owner, "owner");
        return repository.find(owner, Objects.requireNonNull(id, "id")).map(views::connection);
    }

    @Override
    public List<Connection> list(Owner owner) {
        Objects.requireNonNull(owner, "owner");
        return kernel.tokens().page(owner.tenant(), RecordKind.CONNECTION, owner.user(), "", 1000).stream()
                .flatMap(repository::readable)
                .filter(this::configured)
                .map(views::connection)
                .toList();
    }

    /** Without its adapter nothing can be said about a connection; it is left out, reported, and among what needs attention. */
    private boolean configured(Stored stored) {
        boolean configured = kernel.findAdapter(stored.doc().platform()).isPresent();
        if (!configured) {
            kernel.observer().leftOut(kernel.now(), stored.record(), AttentionPages.notConfigured(stored));
        }
        return configured;
    }

    @Override
    public Connection check(Owner owner, ConnectionId id) {
        Stored stored = require(owner, id);
        outsideOfTransactions("check");
        return views.connection(
                stored.doc().sides().local() == Sides.Local.HELD
                                && stored.doc().token().sealed() != null
                        ? checked(stored)
                        : stored);
    }

    @Override
    public Connection check(Owner owner, ConnectionId id, Duration maxAge) {
        Objects.requireNonNull(maxAge, "maxAge");
        Stored stored = require(owner, id);
        Instant last = stored.doc().checkedAt();
        boolean recent = last != null && !last.plus(maxAge).isBefore(kernel.now());
        return recent ? views.connection(stored) : check(owner, id);
    }

    private Stored checked(Stored stored) {
        try {
            return healthCheck.check(stored);
        } catch (io.linkspan.AuthorizationException e) {
            // the status says it; a check is a question, not a use
            return repository
                    .find(stored.record().tenant(), stored.record().id())
                    .orElse(stored);
        }
    }

    @Override
    public <T> T withAccessToken(Owner owner, ConnectionId id, Function<Secret, T> use) {
        Objects.requireNonNull(use, "use");
        Objects.requireNonNull(owner, "owner");
        return use.apply(renewer.access(owner, Objects.requireNonNull(id, "id")));
    }

    @Override
    public DisconnectReport disconnect(Owner owner, ConnectionId id, Disconnect how) {
        Objects.requireNonNull(how, "how");
        outsideOfTransactions("disconnect");
        return disconnector.disconnect(require(owner, id), how);
    }

    @Override
    public Connection confirmProfileLinkRemoved(Owner owner, ConnectionId id, String person) {
        Texts.reason("person", person, Texts.MOST_REASON);
        while (true) {
            Stored stored = require(owner, id);
            Sides next = stored.doc().sides().withVisibleLink(Sides.VisibleLink.REMOVED_SAID_BY_PERSON);
            Optional<Stored> saved = repository.save(
                    stored,
                    stored.doc().withSides(next),
                    new Line(person, "profile_link_removed", "confirmed by a person; no API reports it"));
            if (saved.isPresent()) {
                return views.connection(saved.get());
            }
        }
    }

    @Override
    public Attention.Page needingAttention(TenantId tenant, String cursor, int limit) {
        Objects.requireNonNull(tenant, "tenant");
        return attention.page(tenant, Objects.requireNonNull(cursor, "cursor"), limit);
    }

    @Override
    public Explanation explain(Owner owner, ConnectionId id) {
        return explains.explain(require(owner, id));
    }

    @Override
    public ConnectHelp helpBefore(Platform platform) {
        return connector.help().before(Objects.requireNonNull(platform, "platform"));
    }

    @Override
    public ConnectHelp helpWithoutReturn(Owner owner, Platform platform, String seen) {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(platform, "platform");
        return connector.help().withoutReturn(owner, platform, Texts.text("seen", seen, MOST_SEEN));
    }

    @Override
    public Optional<ConnectHelp> help(Owner owner, ConnectionId id) {
        Stored stored = require(owner, id);
        return connector.help().help(stored, views.connection(stored));
    }

    @Override
    public List<HistoryEntry> history(Owner owner, ConnectionId id) {
        return repository.history(require(owner, id));
    }

    /** A rollback by the host must not undo what these calls get from a platform. */
    private void outsideOfTransactions(String call) {
        kernel.hostTransactions().refuse("connections()." + call + "(...)");
    }

    private Stored require(Owner owner, ConnectionId id) {
        return repository.require(Objects.requireNonNull(owner, "owner"), Objects.requireNonNull(id, "id"));
    }
}
