package io.linkspan.internal.wire;

import io.linkspan.spi.Cause;
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
 * @param names names of handles that jobs of the connection had lately, and since when
 * @param hints job and name that a message of the platform brought while only this job lacked one, and since when
 */
public record LaneDoc(
        String job,
        Instant until,
        @Nullable Map<String, Map<Long, Integer>> used,
        @Nullable Map<String, BlockDoc> blocks,
        @Nullable Map<String, Instant> names,
        @Nullable Map<String, Instant> hints)
        implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(job, until, allUsed(), allBlocks(), allNames(), allHints());
    }

    private static final int MOST_NAMES = 200;

    /** Nobody holds it, and nothing is used. */
    public static LaneDoc free(Instant now) {
        return new LaneDoc("", now, Map.of(), Map.of(), null, null);
    }

    /** Held by a job. */
    public LaneDoc heldBy(String next, Instant end) {
        return new LaneDoc(next, end, used, blocks, names, hints);
    }

    /** With the uses of one limit. */
    public LaneDoc withUsed(String quota, Map<Long, Integer> slices) {
        Map<String, Map<Long, Integer>> next = new TreeMap<>(allUsed());
        next.put(quota, slices);
        return new LaneDoc(job, until, next, blocks, names, hints);
    }

    /** With a limit that is used up. */
    public LaneDoc withBlock(String quota, BlockDoc block) {
        Map<String, BlockDoc> next = new TreeMap<>(allBlocks());
        next.put(quota, block);
        return new LaneDoc(job, until, used, next, names, hints);
    }

    /** With one more name that a job has; those from before a moment are forgotten. */
    public LaneDoc withName(String name, Instant at, Instant forgetBefore) {
        return new LaneDoc(job, until, used, blocks, with(names, name, at, forgetBefore), without(hints, name));
    }

    /** With one more name that no job knows; those from before a moment are forgotten. */
    public LaneDoc withHint(String name, Instant at, Instant forgetBefore) {
        return new LaneDoc(job, until, used, blocks, names, with(hints, name, at, forgetBefore));
    }

    private static Map<String, Instant> with(
            @Nullable Map<String, Instant> old, String name, Instant at, Instant forgetBefore) {
        Map<String, Instant> next = new TreeMap<>();
        if (old != null) {
            old.entrySet().stream()
                    .filter(known -> !known.getValue().isBefore(forgetBefore))
                    .sorted(Map.Entry.<String, Instant>comparingByValue().reversed())
                    .limit(MOST_NAMES - 1)
                    .forEach(known -> next.put(known.getKey(), known.getValue()));
        }
        next.put(name, at);
        return next;
    }

    private static @Nullable Map<String, Instant> without(@Nullable Map<String, Instant> old, String name) {
        if (old == null) {
            return null;
        }
        Map<String, Instant> next = new TreeMap<>(old);
        next.keySet().removeIf(hint -> hint.endsWith(" " + name));
        return next.isEmpty() ? null : next;
    }

    /** Names that jobs had lately. */
    public Map<String, Instant> allNames() {
        return names == null ? Map.of() : names;
    }

    /** Names that no job knows. */
    public Map<String, Instant> allHints() {
        return hints == null ? Map.of() : hints;
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
     * @param cause the refusal that showed it, or null
     */
    public record BlockDoc(
            Instant until, String reason, @Nullable Cause cause) {
        /** Without a cause. */
        public BlockDoc(Instant until, String reason) {
            this(until, reason, null);
        }
    }
}
