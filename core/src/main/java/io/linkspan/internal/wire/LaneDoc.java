package io.linkspan.internal.wire;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the jobs of one connection, or of one app, share: the right to send a commit, and the limits that they use up.
 *
 * @param job who holds the right to send, or empty
 * @param until until when at most
 * @param used uses of each limit: number of a slice of time to count
 * @param blocks limits that the platform says are used up
 */
public record LaneDoc(
        String job,
        Instant until,
        @Nullable Map<String, Map<Long, Integer>> used,
        @Nullable Map<String, BlockDoc> blocks) {
    /** Nobody holds it, and nothing is used. */
    public static LaneDoc free(Instant now) {
        return new LaneDoc("", now, Map.of(), Map.of());
    }

    /** Held by a job. */
    public LaneDoc heldBy(String next, Instant end) {
        return new LaneDoc(next, end, used, blocks);
    }

    /** With the uses of one limit. */
    public LaneDoc withUsed(String quota, Map<Long, Integer> slices) {
        Map<String, Map<Long, Integer>> next = new TreeMap<>(allUsed());
        next.put(quota, slices);
        return new LaneDoc(job, until, next, blocks);
    }

    /** With a limit that is used up. */
    public LaneDoc withBlock(String quota, BlockDoc block) {
        Map<String, BlockDoc> next = new TreeMap<>(allBlocks());
        next.put(quota, block);
        return new LaneDoc(job, until, used, next);
    }

    /** All uses. */
    public Map<String, Map<Long, Integer>> allUsed() {
        return used == null ? Map.of() : used;
    }

    /** All blocks, those that are over too. */
    public Map<String, BlockDoc> allBlocks() {
        return blocks == null ? Map.of() : blocks;
    }

    /**
     * A limit that is used up.
     *
     * @param until until when
     * @param reason what the platform said
     */
    public record BlockDoc(Instant until, String reason) {}
}
