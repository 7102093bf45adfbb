package io.linkspan.preflight.internal.read;

import java.util.HashMap;
import java.util.Map;

/**
 * What a track's time-to-sample table adds up to.
 *
 * @param samples samples in all
 * @param ticks their durations together
 * @param shortest the shortest distance between two samples, 0 if there are fewer than two
 * @param variable whether more than one distance holds at least 1 % of the samples
 */
record Timing(long samples, long ticks, long shortest, boolean variable) {
    private static final int MOST_DISTANCES = 256;

    static Timing read(Source source, Box table) {
        long entries = table.entries(source, 4, 8, 8);
        Cursor in = new Cursor(source, table.payload() + 8, table.payload() + 8 + entries * 8);
        Map<Long, Long> distances = new HashMap<>();
        long samples = 0;
        long ticks = 0;
        long shortest = Long.MAX_VALUE;
        for (long i = 0; i < entries; i++) {
            long count = in.u32();
            long delta = in.u32();
            samples = Saturating.add(samples, count);
            ticks = Saturating.add(ticks, Saturating.multiply(count, delta));
            // the last sample has no next one, so its duration is often arbitrary
            long distancesHere = i == entries - 1 ? count - 1 : count;
            if (distancesHere > 0 && delta > 0) {
                shortest = Math.min(shortest, delta);
                if (distances.size() < MOST_DISTANCES || distances.containsKey(delta)) {
                    distances.merge(delta, distancesHere, Saturating::add);
                }
            }
        }
        long threshold = Math.max(1, samples / 100);
        boolean variable = distances.size() >= MOST_DISTANCES
                || distances.values().stream().filter(n -> n >= threshold).count() > 1;
        return new Timing(samples, ticks, shortest == Long.MAX_VALUE ? 0 : shortest, variable);
    }
}
