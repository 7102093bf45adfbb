package io.linkspan.preflight;

import java.time.Duration;
import java.util.Objects;

/**
 * How much one check may read. What does not fit becomes {@link Fact.Unknown} with the name of the limit, so a hostile
 * file costs a bounded amount and is never waved through. Nesting needs no limit of its own: boxes are followed only along
 * the few paths that matter, at most nine deep.
 */
public final class ReadBudget {
    private static final ReadBudget DEFAULTS = builder().build();

    private final long metadataBytes;
    private final int boxes;
    private final int tracks;
    private final Duration deadline;

    private ReadBudget(Builder builder) {
        metadataBytes = builder.metadataBytes;
        boxes = builder.boxes;
        tracks = builder.tracks;
        deadline = builder.deadline;
    }

    /**
     * The default budget: 16 MiB of metadata, 10,000 boxes, 64 tracks, 2 seconds.
     *
     * @return the defaults
     */
    public static ReadBudget defaults() {
        return DEFAULTS;
    }

    /**
     * Starts from the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Most bytes read in one check.
     *
     * @return bytes, at least 64 KiB
     */
    public long metadataBytes() {
        return metadataBytes;
    }

    /**
     * Most boxes or segments visited in one check.
     *
     * @return at least 16
     */
    public int boxes() {
        return boxes;
    }

    /**
     * Most tracks described.
     *
     * @return at least 2
     */
    public int tracks() {
        return tracks;
    }

    /**
     * Longest time spent reading.
     *
     * @return more than zero
     */
    public Duration deadline() {
        return deadline;
    }

    /** Collects the limits; each has a default. Not safe for use by several threads. */
    public static final class Builder {
        private long metadataBytes = 16L << 20;
        private int boxes = 10_000;
        private int tracks = 64;
        private Duration deadline = Duration.ofSeconds(2);

        private Builder() {}

        /**
         * Most bytes read in one check. Raise it for recordings of many hours, whose sample tables are large.
         *
         * @param value bytes, at least 65,536; default 16 MiB
         * @return this builder
         */
        public Builder metadataBytes(long value) {
            metadataBytes = value;
            return this;
        }

        /**
         * Most boxes or segments visited in one check.
         *
         * @param value at least 16; default 10,000
         * @return this builder
         */
        public Builder boxes(int value) {
            boxes = value;
            return this;
        }

        /**
         * Most tracks described.
         *
         * @param value at least 2; default 64
         * @return this builder
         */
        public Builder tracks(int value) {
            tracks = value;
            return this;
        }

        /**
         * Longest time spent reading.
         *
         * @param value more than zero; default 2 seconds
         * @return this builder
         */
        public Builder deadline(Duration value) {
            deadline = Objects.requireNonNull(value, "deadline");
            return this;
        }

        /**
         * Checks the limits.
         *
         * @return an immutable budget
         * @throws IllegalArgumentException if a limit is out of its range
         */
        public ReadBudget build() {
            require(metadataBytes >= 65_536, "metadataBytes must be at least 65536, was " + metadataBytes);
            require(boxes >= 16, "boxes must be at least 16, was " + boxes);
            require(tracks >= 2, "tracks must be at least 2, was " + tracks);
            require(!deadline.isNegative() && !deadline.isZero(), "deadline must be more than 0, was " + deadline);
            return new ReadBudget(this);
        }

        private static void require(boolean ok, String message) {
            if (!ok) {
                throw new IllegalArgumentException(message);
            }
        }
    }
}
