package io.linkspan.internal.publish;

import io.linkspan.internal.Kernel;
import io.linkspan.internal.Stopwatch;
import io.linkspan.internal.http.SendPermit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The right of one commit to leave: while its claim stands for certain, and not after the post's latest moment. */
final class CommitPermit implements SendPermit {
    private final Claim claim;
    private final Stopwatch since;
    /** How long there was left when the intent was about to be stored; null for ever. */
    private final @Nullable Duration left;

    CommitPermit(Kernel kernel, Claim claim) {
        Instant notAfter = claim.job().doc().notAfter();
        this.claim = claim;
        this.since = kernel.stopwatch();
        this.left = notAfter == null ? null : Duration.between(kernel.now(), notAfter);
    }

    @Override
    public @Nullable String refusal() {
        if (left != null && since.reached(left)) {
            return "its latest moment passed before it could leave; nothing was sent";
        }
        return claim.stands()
                ? null
                : "its claim ended before it could leave, and another process may act on the job; nothing was sent";
    }
}
