package io.linkspan.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/**
 * A clock that stands still until a test moves it.
 *
 * <p>Thread-safe. Time may also be set back, to imitate a clock that was corrected.
 */
public final class SettableClock implements InstantSource {

    private Instant now;

    private SettableClock(Instant start) {
        this.now = start;
    }

    /**
     * Makes a clock that shows the given time.
     *
     * @param start the first time it shows
     * @return a new clock
     */
    public static SettableClock at(Instant start) {
        return new SettableClock(Objects.requireNonNull(start, "start"));
    }

    /**
     * Makes a clock that shows the given time.
     *
     * @param start the first time it shows, in ISO form such as {@code 2026-11-21T10:00:00Z}
     * @return a new clock
     */
    public static SettableClock at(String start) {
        return at(Instant.parse(start));
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /**
     * Sets the time, forwards or back.
     *
     * @param time what the clock shows from now on
     */
    public synchronized void set(Instant time) {
        now = Objects.requireNonNull(time, "time");
    }

    /**
     * Moves the time by a step; a negative step moves it back.
     *
     * @param step how far
     * @return the time shown after the step
     */
    public synchronized Instant advance(Duration step) {
        now = now.plus(Objects.requireNonNull(step, "step"));
        return now;
    }

    @Override
    public String toString() {
        return "SettableClock[" + instant() + "]";
    }
}
