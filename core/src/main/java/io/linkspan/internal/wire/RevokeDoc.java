package io.linkspan.internal.wire;

import io.linkspan.connection.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
 * @param sends revocations sent so far
 * @param claim who works on it now
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
        boolean spentUnclear,
        @Nullable Integer sends,
        @Nullable StepClaim claim)
        implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(requestedAt, reason, evidence);
    }

    private static final int MOST_EVIDENCE = 50;

    /** A copy that can be changed; lives for one change only. */
    private static final class Draft {
        private boolean readBefore;
        private boolean answered;
        private int tries;
        private @Nullable Instant nextAt;
        private List<Evidence> evidence;
        private boolean spentUnclear;
        private @Nullable Integer sends;
        private @Nullable StepClaim claim;

        Draft(RevokeDoc from) {
            this.readBefore = from.readBefore;
            this.answered = from.answered;
            this.tries = from.tries;
            this.nextAt = from.nextAt;
            this.evidence = from.evidence;
            this.spentUnclear = from.spentUnclear;
            this.sends = from.sends;
            this.claim = from.claim;
        }
    }

    private RevokeDoc with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new RevokeDoc(
                requestedAt,
                reason,
                revokeGrant,
                draft.readBefore,
                draft.answered,
                draft.tries,
                draft.nextAt,
                draft.evidence,
                draft.spentUnclear,
                draft.sends,
                draft.claim);
    }

    /** A disconnect just asked for. */
    public static RevokeDoc asked(Instant at, String reason, boolean revokeGrant, boolean spentUnclear) {
        return new RevokeDoc(at, reason, revokeGrant, false, false, 0, at, List.of(), spentUnclear, null, null);
    }

    /** With one more observation. */
    public RevokeDoc seen(Evidence more) {
        List<Evidence> next = new ArrayList<>(evidence);
        next.add(more);
        int from = Math.max(0, next.size() - MOST_EVIDENCE);
        return with(draft -> draft.evidence = List.copyOf(next.subList(from, next.size())));
    }

    /** After the control read. */
    public RevokeDoc readable(boolean worked) {
        return with(draft -> draft.readBefore = worked);
    }

    /** Revocations sent so far. */
    public int sent() {
        return sends == null ? 0 : sends;
    }

    /** One more revocation was sent. */
    public RevokeDoc sending() {
        return with(draft -> draft.sends = sent() + 1);
    }

    /** After the platform answered success; the looks for proof begin. */
    public RevokeDoc answeredYes() {
        return with(draft -> {
            draft.answered = true;
            draft.tries = 0;
        });
    }

    /** Goes on at a moment, without a look counted. */
    public RevokeDoc dueAt(Instant at) {
        return with(draft -> draft.nextAt = at);
    }

    /** Looks again later, or never; whoever worked on it is done. */
    public RevokeDoc next(@Nullable Instant at) {
        return with(draft -> {
            draft.tries = tries + 1;
            draft.nextAt = at;
            draft.claim = null;
        });
    }

    /** Before a renewal is sent, or after its outcome is clear. */
    public RevokeDoc spending(boolean unclear) {
        return with(draft -> draft.spentUnclear = unclear);
    }

    /** Somebody works on it. */
    public RevokeDoc claimedBy(StepClaim next) {
        return with(draft -> draft.claim = next);
    }

    /** When it wants work: when due, or when a claim is over. */
    public @Nullable Instant wakeAt() {
        return claim != null ? claim.until() : nextAt;
    }
}
