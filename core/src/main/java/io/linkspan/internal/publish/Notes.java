package io.linkspan.internal.publish;

import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.TokenTrouble;
import io.linkspan.spi.PlatformError;
import java.time.Duration;

/** Observations with the present moment, and pauses with their spread. */
final class Notes {
    private static final Duration LONGEST_PAUSE = Duration.ofHours(24);

    private final Kernel kernel;

    Notes(Kernel kernel) {
        this.kernel = kernel;
    }

    Evidence of(String source, String code, String detail) {
        return new Evidence(source, kernel.now(), code, detail);
    }

    /** That a limit lets a job wait. */
    Evidence of(Lanes.Wait wait) {
        return new Evidence("linkspan.quota", kernel.now(), wait.limit(), wait.reason(), wait.cause());
    }

    Evidence of(PlatformError error) {
        return TokenTrouble.evidence(error, kernel.now());
    }

    /** A growing pause: 2, 4, 8 ... 300 seconds, spread. */
    Duration backOff(int tries) {
        long seconds = Math.min(300, 2L << Math.min(tries, 10));
        return Duration.ofMillis((long) (seconds * 1000 * kernel.jitter(0.2)));
    }

    /** A growing pause, or a longer one that the platform asks for. */
    Duration backOff(int tries, PlatformError error) {
        Duration own = backOff(tries);
        Duration asked = error.retryAfter();
        if (asked == null || asked.compareTo(own) <= 0) {
            return own;
        }
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }
}
