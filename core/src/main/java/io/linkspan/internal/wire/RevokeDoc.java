package io.linkspan.internal.wire;

import io.linkspan.connection.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A disconnect under way.
 *
 * @param requestedAt when it was asked for
 * @param reason who and why
 * @param revokeGrant whether the platform is asked
 * @param readBefore whether a read with the token worked before the revocation
 * @param answered whether the platform answered success
 * @param tries looks for proof so far
 * @param nextAt when to go on, or null when done
 * @param evidence what was seen
 * @param spentUnclear whether a renewal may have spent the refresh token without a kept answer
 */
public record RevokeDoc(
        Instant requestedAt,
        String reason,
        boolean revokeGrant,
        boolean readBefore,
        boolean answered,
        int tries,
        @Nullable Instant nextAt,
        List<Evidence> evidence,
        boolean spentUnclear) {
    /** With one more observation. */
    public RevokeDoc seen(Evidence more) {
        List<Evidence> next = new ArrayList<>(evidence);
        next.add(more);
        List<Evidence> newest = next.size() > 50 ? next.subList(next.size() - 50, next.size()) : next;
        return new RevokeDoc(
                requestedAt,
                reason,
                revokeGrant,
                readBefore,
                answered,
                tries,
                nextAt,
                List.copyOf(newest),
                spentUnclear);
    }

    /** After the control read. */
    public RevokeDoc readable(boolean worked) {
        return new RevokeDoc(requestedAt, reason, revokeGrant, worked, answered, tries, nextAt, evidence, spentUnclear);
    }

    /** After the platform answered success. */
    public RevokeDoc answeredYes() {
        return new RevokeDoc(requestedAt, reason, revokeGrant, readBefore, true, tries, nextAt, evidence, spentUnclear);
    }

    /** Looks again later, or never. */
    public RevokeDoc next(@Nullable Instant at) {
        return new RevokeDoc(
                requestedAt, reason, revokeGrant, readBefore, answered, tries + 1, at, evidence, spentUnclear);
    }

    /** Before a renewal is sent, or after its outcome is clear. */
    public RevokeDoc spending(boolean unclear) {
        return new RevokeDoc(requestedAt, reason, revokeGrant, readBefore, answered, tries, nextAt, evidence, unclear);
    }
}
