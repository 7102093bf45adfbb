package io.linkspan.kills;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When a worker is killed. */
sealed interface Moment {
    /** How a kill lies to the effect of the request at which it comes. */
    enum How {
        /** The request is lost with its sender. */
        NEVER_ARRIVES,
        /** The sender dies, then the request takes effect. */
        BEFORE_EFFECT,
        /** The request takes effect, then the sender dies before it is told. */
        AFTER_EFFECT
    }

    /** So long after the process was started: mostly while it opens its store. */
    record AfterSpawn(long millis) implements Moment {}

    /** So long after its worker was started. */
    record AfterStart(long millis) implements Moment {}

    /** At a request a platform receives: the n-th of an operation, or of any when none is named. */
    record AtRequest(@Nullable String operation, int number, How how) implements Moment {}

    /** The requests that make posts: media_publish, and the last bytes of a TikTok video. */
    List<String> COMMITS = List.of("MEDIA_PUBLISH", "UPLOAD");

    /** Draws a moment such that kills come in every phase. */
    static Moment draw(RandomGenerator random) {
        int which = random.nextInt(100);
        How how = How.values()[random.nextInt(How.values().length)];
        if (which < 8) {
            return new AfterSpawn(random.nextInt(2_000));
        }
        if (which < 38) {
            return new AfterStart(random.nextInt(1_500));
        }
        return which < 70
                ? new AtRequest(null, 1 + random.nextInt(14), how)
                : new AtRequest(COMMITS.get(random.nextInt(COMMITS.size())), 1, how);
    }

    /** What kind of moment, for the counts. */
    default String kind() {
        return this instanceof AtRequest at
                ? "at a request, " + at.how().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                : this instanceof AfterSpawn ? "while it starts" : "at a drawn time";
    }
}
