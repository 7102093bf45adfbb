package io.linkspan.spi;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The host application's way to show one file at a public address for as long as one publish attempt needs it. Some
 * publish paths only pull. Thread-safe, blocking.
 *
 * <p>MH-1: {@link #issue} with the same attempt gives the same address, so that a restarted worker goes on. MH-2: the
 * address cannot be guessed, answers {@code HEAD} and {@code Range}, sends {@code Cache-Control: no-store} and the right
 * {@code Content-Type}. MH-3: after {@link #withdraw} returns, every request to it fails.
 */
public interface MediaHost {
    /**
     * Shows a file.
     *
     * @param attempt id of the attempt; 1 to 128 characters
     * @param media the bytes
     * @param contentType media type, such as {@code video/mp4}
     * @return the public address, absolute, with scheme http or https and a host, of at most 4,096 characters; a secret while it lives
     */
    URI issue(String attempt, MediaSource media, String contentType);

    /**
     * Stops showing a file; harmless when it is not shown.
     *
     * @param attempt id of the attempt
     * @return what was served
     */
    Served withdraw(String attempt);

    /**
     * What was served at one address.
     *
     * @param requests number of requests
     * @param bytes number of body bytes
     * @param firstAt first request, or null when there was none
     * @param lastAt last request, or null when there was none
     */
    record Served(
            long requests,
            long bytes,
            @Nullable Instant firstAt,
            @Nullable Instant lastAt) {
        /** Nothing was served. */
        public static final Served NOTHING = new Served(0, 0, null, null);

        /**
         * Checks the counts.
         *
         * @param requests number of requests
         * @param bytes number of body bytes
         * @param firstAt first request, or null when there was none
         * @param lastAt last request, or null when there was none
         */
        public Served {
            if (requests < 0 || bytes < 0) {
                throw new IllegalArgumentException("counts must not be negative");
            }
            Objects.requireNonNull(Long.valueOf(requests));
        }
    }
}
