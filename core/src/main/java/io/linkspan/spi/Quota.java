package io.linkspan.spi;

import java.time.Duration;
import java.util.Objects;

/**
 * A limit of the platform on how often something may be done, counted by Linkspan over all workers before the platform has to
 * refuse.
 *
 * @param name stable name, such as {@code tiktok.init_per_minute}
 * @param scope what it is counted for
 * @param most most of them within the window
 * @param window the window, which slides
 * @param cost how many one job takes
 * @param step before which step it is taken
 * @param counting which uses count
 */
public record Quota(String name, Scope scope, int most, Duration window, int cost, Step step, Counting counting) {
    /**
     * Checks the arguments.
     *
     * @param name stable name, such as {@code tiktok.init_per_minute}
     * @param scope what it is counted for
     * @param most most of them within the window; at least {@code cost}
     * @param window the window, which slides; more than zero
     * @param cost how many one job takes; at least 1
     * @param step before which step it is taken
     * @param counting which uses count
     */
    public Quota {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(counting, "counting");
        if (cost < 1 || most < cost) {
            throw new IllegalArgumentException(
                    "quota " + name + " must allow at least the cost of one job (" + cost + "), was " + most);
        }
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("the window of quota " + name + " must be more than 0, was " + window);
        }
    }

    /**
     * A quota that each job takes once.
     *
     * @param name stable name
     * @param scope what it is counted for
     * @param most most of them within the window
     * @param window the window, which slides
     * @param step before which step it is taken
     * @return the quota
     */
    public static Quota each(String name, Scope scope, int most, Duration window, Step step) {
        return new Quota(name, scope, most, window, 1, step, Counting.EACH);
    }

    /** What a limit is counted for. */
    public enum Scope {
        /** One connection. */
        CONNECTION,
        /** The app registration, over all tenants and connections. */
        APP
    }

    /** Before which step a limit is taken. */
    public enum Step {
        /** Before the first request of an attempt. */
        PREPARE,
        /** Before the commit. */
        COMMIT
    }

    /** Which uses count. */
    public enum Counting {
        /** Each that the platform took; one that it refused is given back. */
        EACH,
        /** Each request that left, refused ones too. */
        REQUESTS,
        /** Only the first of a connection within the window: counts connections, not posts. */
        FIRST_OF_CONNECTION
    }
}
