package io.linkspan.tiktok;

import io.linkspan.spi.Handle;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.PublishAttempt;
import java.time.Instant;

/** What the engine does between the steps of an attempt. */
final class Steps {
    private Steps() {}

    static Handle handle(PrepareStep step) {
        return step instanceof PrepareStep.Ready ready ? ready.handle() : ((PrepareStep.Advanced) step).handle();
    }

    /** The same attempt later, with what was stored meanwhile. */
    static PublishAttempt at(PublishAttempt attempt, Handle handle, Instant now, Instant committedAt) {
        return new PublishAttempt(
                attempt.id(),
                attempt.accessToken(),
                attempt.account(),
                attempt.content(),
                attempt.media(),
                handle,
                now,
                committedAt,
                attempt.progress(),
                attempt.known());
    }
}
