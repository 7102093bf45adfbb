package io.linkspan.internal.wire;

import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Evidence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@link CapabilityHealth}, flat.
 *
 * @param kind the case
 * @param reason why blocked or unknown
 * @param evidence what was seen
 * @param since first seen blocked
 * @param remedy what to do
 */
public record HealthDoc(
        CapabilityHealth.Kind kind,
        @Nullable String reason,
        @Nullable Evidence evidence,
        @Nullable Instant since,
        @Nullable String remedy) {
    /** From the public type. */
    public static HealthDoc of(CapabilityHealth health) {
        if (health instanceof CapabilityHealth.Ready ready) {
            return new HealthDoc(health.kind(), null, ready.evidence(), null, null);
        }
        if (health instanceof CapabilityHealth.Blocked blocked) {
            return new HealthDoc(
                    health.kind(), blocked.reason(), blocked.evidence(), blocked.since(), blocked.remedy());
        }
        return new HealthDoc(health.kind(), ((CapabilityHealth.Unknown) health).why(), null, null, null);
    }

    /** As the public type. */
    public CapabilityHealth health() {
        if (kind == CapabilityHealth.Kind.READY && evidence != null) {
            return new CapabilityHealth.Ready(evidence);
        }
        if (kind == CapabilityHealth.Kind.BLOCKED && evidence != null && since != null) {
            return new CapabilityHealth.Blocked(
                    reason == null ? "" : reason, evidence, since, remedy == null ? "" : remedy);
        }
        return new CapabilityHealth.Unknown(reason == null ? "not looked at" : reason);
    }
}
