package io.linkspan.testkit.internal;

import java.util.concurrent.CompletableFuture;

/** Fetches media from a URL as the platforms do: no redirects, ranges for video, a digest instead of a copy. */
public interface MediaFetcher extends AutoCloseable {

    /** How a fetch ended. */
    enum Outcome {
        /** All bytes arrived. */
        OK,
        /** The host cannot be reached, refuses, redirects or sends nothing. */
        UNREACHABLE,
        /** The host ignores {@code Range}. */
        NO_RANGE
    }

    /**
     * What was fetched.
     *
     * @param outcome how it ended
     * @param bytes how many bytes arrived
     * @param sha256 their digest in hex; empty unless all arrived
     * @param look what they look like
     */
    record Fetched(Outcome outcome, long bytes, String sha256, MediaLook look) {

        /**
         * A failure.
         *
         * @param outcome how it ended
         * @return the result without content
         */
        public static Fetched failed(Outcome outcome) {
            return new Fetched(outcome, 0, "", MediaLook.UNKNOWN);
        }
    }

    /**
     * Fetches without making the caller wait, where that is possible.
     *
     * @param url where from
     * @param ranges whether ranges are asked for, and required
     * @return the result; never completes exceptionally
     */
    CompletableFuture<Fetched> fetchLater(String url, boolean ranges);

    /**
     * Fetches on this thread.
     *
     * @param url where from
     * @param ranges whether ranges are asked for, and required
     * @return the result
     */
    Fetched fetch(String url, boolean ranges);

    @Override
    void close();
}
