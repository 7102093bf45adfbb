package io.linkspan.internal.wire;

import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Evidence;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@link CapabilityHealth}, flat.
 *
 * @param kind the case
 * @param reason why blocked or unknown
 * @param evidence what was seen
 * @param since first seen blocked
 * @param remedy what to do
 * @param cause why blocked, cut by what has to change
 * @param actor who can do something about a block
 * @param attributes what the platform said beside a working capability
 * @param believedUntil for what a refused post showed: until when it blocks without being seen again; null for what a look saw
 */
public record HealthDoc(
        CapabilityHealth.Kind kind,
        @Nullable String reason,
        @Nullable Evidence evidence,
        @Nullable Instant since,
        @Nullable String remedy,
        @Nullable CauseClass cause,
        @Nullable Actor actor,
        @Nullable Map<String, String> attributes,
        @Nullable Instant believedUntil) {
    /** From the public type. */
    public static HealthDoc of(CapabilityHealth health) {
        if (health instanceof CapabilityHealth.Ready ready) {
            Map<String, String> told = ready.attributes().isEmpty() ? null : ready.attributes();
            return new HealthDoc(health.kind(), null, ready.evidence(), null, null, null, null, told, null);
        }
        if (health instanceof CapabilityHealth.Blocked blocked) {
            return new HealthDoc(
                    health.kind(),
                    blocked.reason(),
                    blocked.evidence(),
                    blocked.since(),
                    blocked.remedy(),
                    blocked.cause(),
                    blocked.actor(),
                    null,
                    null);
        }
        CapabilityHealth.Unknown unknown = (CapabilityHealth.Unknown) health;
        return new HealthDoc(health.kind(), unknown.why(), unknown.last(), null, null, null, null, null, null);
    }

    /** With a moment until which a block is believed. */
    public HealthDoc believed(Instant until) {
        return new HealthDoc(kind, reason, evidence, since, remedy, cause, actor, attributes, until);
    }

    /** A refusal that only posts show: a block until a time, unknown after it until the next post. */
    public HealthDoc unproven(Instant now) {
        boolean lapsed = kind == CapabilityHealth.Kind.BLOCKED && believedUntil != null && !now.isBefore(believedUntil);
        return !lapsed
                ? this
                : new HealthDoc(
                        CapabilityHealth.Kind.UNKNOWN,
                        "a post was refused, and none was tried since; the next post shows whether it works again",
                        evidence,
                        null,
                        null,
                        null,
                        null,
                        null,
                        believedUntil);
    }

    /** As the public type. */
    public CapabilityHealth health() {
        if (kind == CapabilityHealth.Kind.READY && evidence != null) {
            return new CapabilityHealth.Ready(evidence, attributes == null ? Map.of() : attributes);
        }
        if (kind == CapabilityHealth.Kind.BLOCKED && evidence != null && since != null) {
            return new CapabilityHealth.Blocked(
                    reason == null ? "" : reason,
                    cause == null ? CauseClass.UNKNOWN : cause,
                    actor == null ? Actor.PLATFORM : actor,
                    evidence,
                    since,
                    remedy == null ? "" : remedy);
        }
        return new CapabilityHealth.Unknown(reason == null ? "not looked at" : reason, evidence);
    }
}
