package io.linkspan.internal.explain;

import io.linkspan.connection.Evidence;
import io.linkspan.connection.Explanation.Who;
import io.linkspan.spi.Cause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A situation with what fills the gaps of its words.
 *
 * @param situation the situation
 * @param time when it ends, is checked next, began or happened; null when no time is known
 * @param detail the reason in words; may be empty
 * @param actor who can act on it, or null when the situation itself names them all
 * @param remedy what the actor can do; may be empty
 */
public record Found(
        Situation situation,
        @Nullable Instant time,
        String detail,
        @Nullable Who actor,
        String remedy) {
    static Found of(Situation situation, @Nullable Instant time, String detail) {
        return new Found(situation, time, detail, null, "");
    }

    /** From the platform's answer. */
    static Found of(Situation situation, @Nullable Instant time, Evidence seen) {
        Cause cause = seen.cause();
        return cause == null
                ? of(situation, time, PlainWords.observed(seen.detail()))
                : new Found(situation, time, PlainWords.answer(seen), who(cause.actor()), cause.remedy());
    }

    static Who who(io.linkspan.spi.Actor actor) {
        return Who.valueOf(actor.name());
    }

    Found with(@Nullable Who acts, String what) {
        return new Found(situation, time, detail, acts, what);
    }
}
