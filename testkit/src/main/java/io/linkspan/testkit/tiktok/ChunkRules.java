package io.linkspan.testkit.tiktok;

import org.jspecify.annotations.Nullable;

/** What TikTok accepts as a plan of chunks. */
final class ChunkRules {

    private static final String BAD_SIZE = "The chunk size is invalid";
    private static final String BAD_COUNT = "The total chunk count is invalid";

    private ChunkRules() {}

    /** Why a plan is refused; null when it is fine. Strict means legal with MB as 10^6 and as 2^20 at once. */
    static @Nullable String problem(long size, long chunkSize, long count, boolean strict) {
        long smallest = strict ? 5 << 20 : 5_000_000;
        long largest = strict ? 64_000_000 : 64L << 20;
        long largestLast = strict ? 128_000_000 : 128L << 20;
        long largestFile = strict ? 4_000_000_000L : 4L << 30;
        if (size < 1 || size > largestFile) {
            return "The video size is invalid";
        }
        if (count < 1 || count > 1000) {
            return BAD_COUNT;
        }
        if (count == 1) {
            return chunkSize == size && size <= largest ? null : BAD_SIZE;
        }
        if (chunkSize < smallest || chunkSize > largest) {
            return BAD_SIZE;
        }
        if (count != size / chunkSize) {
            return BAD_COUNT;
        }
        return size - chunkSize * (count - 1) <= largestLast ? null : BAD_SIZE;
    }
}
