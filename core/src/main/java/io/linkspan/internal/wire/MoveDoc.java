package io.linkspan.internal.wire;

import io.linkspan.spi.Cause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A move of a job that nobody is known to have heard of.
 *
 * @param sequence version of the record it was written with
 * @param at when
 * @param from the state before
 * @param to the state after
 * @param cause why it failed
 */
public record MoveDoc(
        long sequence,
        Instant at,
        StateDoc from,
        StateDoc to,
        @Nullable Cause cause) implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(at, from, to);
        from.state();
        to.state();
    }
}
