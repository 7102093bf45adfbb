package io.linkspan.internal.connection;

import io.linkspan.Platform;
import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.link.Intent;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.PlatformAdapter;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the public sees of a stored connection. */
public final class Views {
    private final Kernel kernel;

    /** Over a kernel. */
    public Views(Kernel kernel) {
        this.kernel = kernel;
    }

    /** The public value at the present moment. */
    public Connection connection(Stored stored) {
        ConnectionDoc doc = stored.doc();
        PlatformAdapter adapter = kernel.adapter(stored.platform());
        ConnectionStatus status = StatusRule.status(doc, adapter.oauth().renewal(), kernel.now());
        return new Connection(
                stored.id(),
                stored.owner(),
                stored.platform(),
                doc.account().id(),
                doc.account().handle(),
                doc.account().displayName(),
                doc.intent(),
                doc.scopes(),
                status,
                health(doc, adapter.oauth(), status),
                doc.linkedAt(),
                doc.checkedAt(),
                doc.token().refreshExpiresAt(),
                renewable(status) ? nextRenewal(doc, adapter) : null);
    }

    /** The platform's name for users. */
    public String platformName(Platform platform) {
        return kernel.findAdapter(platform.name())
                .flatMap(adapter -> adapter.help().platform())
                .orElse(platform.name());
    }

    static Map<Capability, CapabilityHealth> health(ConnectionDoc doc, OAuthAdapter oauth, ConnectionStatus status) {
        Map<Capability, CapabilityHealth> known = HealthRule.health(doc, oauth);
        return usable(status) ? known : HealthRule.whileUnusable(known);
    }

    /** Whether posts may be made, at once or after a renewal. */
    static boolean usable(ConnectionStatus status) {
        return switch (status.kind()) {
            case AUTHORIZED, REFRESH_REQUIRED -> true;
            case AWAITING_ACCOUNT, EXPIRED, REAUTHORIZATION_REQUIRED, PARTIALLY_REVOKED, REVOKED -> false;
        };
    }

    /** Whether a renewal may still help. */
    private static boolean renewable(ConnectionStatus status) {
        return switch (status.kind()) {
            case AUTHORIZED, REFRESH_REQUIRED, AWAITING_ACCOUNT -> true;
            case EXPIRED, REAUTHORIZATION_REQUIRED, PARTIALLY_REVOKED, REVOKED -> false;
        };
    }

    private @Nullable Instant nextRenewal(ConnectionDoc doc, PlatformAdapter adapter) {
        return TokenLife.renewAt(
                doc.token(),
                adapter.oauth().renewal(),
                kernel.settings().refreshLease(),
                kernel.settings().refreshCoolDown(),
                0);
    }

    /** What a platform could grant for an intent at all. */
    public static Set<Capability> offered(PlatformAdapter adapter, Intent intent) {
        return HealthRule.offered(adapter.oauth(), intent);
    }
}
