package io.linkspan.tiktok;

/**
 * How a file is cut for upload: legal whether TikTok's megabytes are decimal or binary. Every chunk but the last has
 * {@code chunkSize} bytes; the last takes the rest.
 *
 * <p>Source: {@code developers.tiktok.com/docs/en/content-posting-api-media-transfer-guide}, read 2026-11-20: chunks of 5 to 64
 * MB, the last up to 128 MB, 1 to 1000 of them, their count rounded down, one chunk alone is the whole file.
 *
 * @param size bytes of the file
 * @param chunkSize bytes of each chunk but the last
 * @param count number of chunks
 */
record ChunkPlan(long size, long chunkSize, long count) {
    /** Up to here the file may go in one piece: 64 decimal megabytes. */
    static final long SINGLE = 64_000_000L;

    static final long CHUNK = 32_000_000L;
    static final long MAX_CHUNKS = 1000;
    /** Five binary megabytes. */
    static final long MIN_CHUNK = 5L << 20;

    static final long MAX_CHUNK = SINGLE;

    ChunkPlan {
        if (size < 1 || chunkSize < 1 || count < 1 || count != size / chunkSize || count > MAX_CHUNKS) {
            throw new IllegalArgumentException("a file of " + size + " bytes cannot go in " + count + " chunks of "
                    + chunkSize + " bytes; the count is size / chunk size, 1 to " + MAX_CHUNKS);
        }
    }

    /** The plan for a file, with chunks of 32 MB. */
    static ChunkPlan of(long size) {
        return of(size, CHUNK);
    }

    /**
     * The plan for a file: in one piece where that is allowed and the file has no more than two chunks, otherwise in chunks
     * of the wanted size, or in halves when the wanted size would give a single chunk that is too large.
     *
     * @param wanted bytes of each chunk but the last, {@link #MIN_CHUNK} to {@link #MAX_CHUNK}
     */
    static ChunkPlan of(long size, long wanted) {
        if (size < 1) {
            throw new IllegalArgumentException("a video must have at least 1 byte, had " + size);
        }
        if (wanted < MIN_CHUNK || wanted > MAX_CHUNK) {
            throw new IllegalArgumentException(
                    "a chunk must have " + MIN_CHUNK + " to " + MAX_CHUNK + " bytes, was " + wanted);
        }
        if (size <= Math.min(2 * wanted, SINGLE)) {
            return new ChunkPlan(size, size, 1);
        }
        long chunk = Math.min(wanted, size / 2);
        return new ChunkPlan(size, chunk, size / chunk);
    }

    /** Whether a file can go in chunks of a size. */
    static boolean fits(long size, long wanted) {
        return size / wanted <= MAX_CHUNKS;
    }

    /** First byte of the last chunk; the request that starts here can create the post. */
    long lastStart() {
        return (count - 1) * chunkSize;
    }

    /** The byte after the chunk that starts at a boundary. */
    long endOf(long start) {
        if (!isBoundary(start) || start == size) {
            throw new IllegalArgumentException("no chunk starts at byte " + start);
        }
        return start == lastStart() ? size : start + chunkSize;
    }

    /** Where a chunk starts, or the end of the file. */
    boolean isBoundary(long offset) {
        return offset == size || (offset >= 0 && offset <= lastStart() && offset % chunkSize == 0);
    }

    /** The boundary at or before a number of bytes, from which to go on when TikTok has that many. */
    long resumeAt(long uploaded) {
        if (uploaded >= size) {
            return size;
        }
        return Math.min(Math.max(uploaded, 0) / chunkSize * chunkSize, lastStart());
    }
}
