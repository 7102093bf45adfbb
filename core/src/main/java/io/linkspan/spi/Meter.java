package io.linkspan.spi;

import java.time.Duration;
import java.util.Map;

/**
 * Where counts and times go: bind it to the metrics library of the host. Thread-safe, quick, and never throws; what it
 * throws is logged once and ignored.
 *
 * <p>Names and tags are listed in {@code docs/observability.md}. Tags have few values each: platform, operation, outcome;
 * never a token, an account, an owner or a text of a post.
 */
public interface Meter {
    /** Counts and times nothing. */
    Meter NONE = new Meter() {
        @Override
        public void count(String name, Map<String, String> tags) {}

        @Override
        public void time(String name, Duration taken, Map<String, String> tags) {}
    };

    /**
     * Something happened once more.
     *
     * @param name such as {@code linkspan.webhooks}
     * @param tags values by tag
     */
    void count(String name, Map<String, String> tags);

    /**
     * Something took a while.
     *
     * @param name such as {@code linkspan.calls}
     * @param taken how long; never negative
     * @param tags values by tag
     */
    void time(String name, Duration taken, Map<String, String> tags);
}
