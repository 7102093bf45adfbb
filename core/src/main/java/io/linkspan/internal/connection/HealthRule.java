package io.linkspan.internal.connection;

import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Evidence;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.HealthDoc;
import io.linkspan.link.Intent;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.OAuthAdapter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Health from facts: pure. */
public final class HealthRule {
    private HealthRule() {}

    /** What is known per capability that the intent needs. */
    public static Map<Capability, CapabilityHealth> health(ConnectionDoc doc, OAuthAdapter oauth) {
        Map<Capability, CapabilityHealth> health = new EnumMap<>(Capability.class);
        Set<Capability> granted = oauth.granted(doc.scopes());
        Set<Capability> offered = offered(oauth, doc.intent());
        for (Capability capability : doc.intent().capabilities()) {
            health.put(capability, one(doc, capability, offered.contains(capability), granted.contains(capability)));
        }
        return health;
    }

    /** What is known while the connection cannot be used: nothing is ready then, whatever was seen before. */
    public static Map<Capability, CapabilityHealth> whileUnusable(Map<Capability, CapabilityHealth> known) {
        Map<Capability, CapabilityHealth> health = new EnumMap<>(known);
        health.replaceAll((capability, seen) -> seen instanceof CapabilityHealth.Ready ready
                ? new CapabilityHealth.Unknown(
                        "it was ready at the last look, but the connection cannot be used now", ready.evidence())
                : seen);
        return health;
    }

    private static CapabilityHealth one(ConnectionDoc doc, Capability capability, boolean offered, boolean granted) {
        if (!offered) {
            return new CapabilityHealth.Unknown("no API of the platform offers or reports it; only the user knows");
        }
        if (!granted && !grantUnknown(doc)) {
            return notGranted(doc);
        }
        HealthDoc known = doc.health().get(capability);
        if (known != null) {
            return known.health();
        }
        return new CapabilityHealth.Unknown(
                grantUnknown(doc)
                        ? "the platform did not say what was granted; check(...) asks it"
                        : "granted, but not looked at yet; check(...) asks the platform");
    }

    /** Whether the platform did not say what was granted: nothing is assumed then. */
    static boolean grantUnknown(ConnectionDoc doc) {
        return doc.scopes().isEmpty();
    }

    /** What a platform could grant for an intent at all. */
    public static Set<Capability> offered(OAuthAdapter oauth, Intent intent) {
        return oauth.granted(oauth.scopes(intent.capabilities()));
    }

    private static CapabilityHealth notGranted(ConnectionDoc doc) {
        return new CapabilityHealth.Blocked(
                "scope_not_granted",
                CauseClass.PERMISSION,
                Actor.PERSON,
                new Evidence("token answer", doc.linkedAt(), "scope", "granted were " + new TreeSet<>(doc.scopes())),
                doc.linkedAt(),
                "The person has to connect again and allow it on the consent page.");
    }
}
