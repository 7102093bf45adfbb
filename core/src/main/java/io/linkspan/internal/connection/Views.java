package io.linkspan.internal.connection;

import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Connection;
import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.HealthDoc;
import io.linkspan.link.Intent;
import io.linkspan.spi.PlatformAdapter;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

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
        return new Connection(
                stored.id(),
                stored.owner(),
                stored.platform(),
                doc.account().id(),
                doc.account().handle(),
                doc.account().displayName(),
                doc.intent(),
                doc.scopes(),
                StatusRule.status(doc, adapter.oauth().renewal(), kernel.now()),
                health(doc, adapter),
                doc.linkedAt(),
                doc.checkedAt(),
                doc.token().refreshExpiresAt());
    }

    private static Map<Capability, CapabilityHealth> health(ConnectionDoc doc, PlatformAdapter adapter) {
        Map<Capability, CapabilityHealth> health = new EnumMap<>(Capability.class);
        Set<Capability> granted = adapter.oauth().granted(doc.scopes());
        Set<Capability> offered = offered(adapter, doc.intent());
        for (Capability capability : doc.intent().capabilities()) {
            HealthDoc known = doc.health().get(capability);
            if (!offered.contains(capability)) {
                health.put(
                        capability,
                        new CapabilityHealth.Unknown(
                                "this platform offers no way to do or to read it; only the person can say"));
            } else if (!granted.contains(capability)) {
                health.put(capability, notGranted(doc.linkedAt(), doc.scopes()));
            } else if (known != null) {
                health.put(capability, known.health());
            } else {
                health.put(
                        capability,
                        new CapabilityHealth.Unknown("granted, but not looked at yet; check(...) asks the platform"));
            }
        }
        return health;
    }

    /** What a platform could grant for an intent at all. */
    public static Set<Capability> offered(PlatformAdapter adapter, Intent intent) {
        return adapter.oauth().granted(adapter.oauth().scopes(intent.capabilities()));
    }

    private static CapabilityHealth notGranted(Instant linkedAt, Set<String> scopes) {
        return new CapabilityHealth.Blocked(
                "scope_not_granted",
                new Evidence("token answer", linkedAt, "scope", "granted were " + scopes),
                linkedAt,
                "The person has to connect again and allow it on the consent page.");
    }
}
