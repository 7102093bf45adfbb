package io.linkspan.preflight.internal.read;

/**
 * What the durations of a track's samples add up to.
 *
 * @param samples samples in all
 * @param ticks their durations together
 * @param shortest the shortest distance between two samples, 0 if there are fewer than two
 * @param usual the distance that most samples have; with fewer than two samples their duration
 * @param variable whether the samples are unevenly spaced: at least two and at least 1 % of them have another distance
 *     than the usual one, or what they differ by adds up to at least five frames and 1 % of the time
 */
record Timing(long samples, long ticks, long shortest, long usual, boolean variable) {
    private static final int MOST_DISTANCES = 256;
    /** Frames that one picture may be held beside its own before that counts as uneven. */
    private static final int MOST_HELD = 5;
    /** Ticks of a frame from which on one more or less is rounding and no change of the rate. */
    private static final int COARSE = 8;

    static final Timing NONE = new Timing(0, 0, 0, 0, false);

    static Timing read(Source source, Box table) {
        long entries = table.entries(source, 4, 8, 8);
        Cursor in = new Cursor(source, table.payload() + 8, table.payload() + 8 + entries * 8);
        Counter counter = new Counter();
        for (long i = 0; i < entries; i++) {
            counter.add(in.u32(), in.u32());
        }
        in.release();
        return counter.timing();
    }

    /** Adds up runs of samples of one duration, in their order. */
    static final class Counter {
        /** Distances and how many samples have each: a table with open places, at most half full. */
        private long[] distances = new long[16];

        private long[] counts = new long[16];
        private int different;
        private long samples;
        private long ticks;
        private long shortest = Long.MAX_VALUE;
        private long lastCount;
        private long lastDelta;

        void add(long count, long delta) {
            if (count == 0) {
                return;
            }
            samples = Saturating.add(samples, count);
            ticks = Saturating.add(ticks, Saturating.multiply(count, delta));
            if (delta == lastDelta && lastCount > 0) {
                lastCount = Saturating.add(lastCount, count);
                return;
            }
            distance(lastCount, lastDelta);
            lastCount = count;
            lastDelta = delta;
        }

        long samples() {
            return samples;
        }

        long ticks() {
            return ticks;
        }

        private void distance(long count, long delta) {
            if (count <= 0 || delta <= 0) {
                return;
            }
            shortest = Math.min(shortest, delta);
            int at = place(distances, delta);
            if (distances[at] == 0) {
                if (different >= MOST_DISTANCES) {
                    return;
                }
                distances[at] = delta;
                different++;
            }
            counts[at] = Saturating.add(counts[at], count);
            if (different * 2 > distances.length) {
                grow();
            }
        }

        /** Where a distance is, or could be put. */
        private static int place(long[] table, long delta) {
            int at = (int) ((delta * 0x9E3779B97F4A7C15L) >>> 32) & (table.length - 1);
            while (table[at] != 0 && table[at] != delta) {
                at = (at + 1) & (table.length - 1);
            }
            return at;
        }

        private void grow() {
            long[] more = new long[distances.length * 2];
            long[] moved = new long[more.length];
            for (int i = 0; i < distances.length; i++) {
                if (distances[i] != 0) {
                    int at = place(more, distances[i]);
                    more[at] = distances[i];
                    moved[at] = counts[i];
                }
            }
            distances = more;
            counts = moved;
        }

        /** Ends the count. The last sample has no next one, so its duration is often arbitrary and left aside. */
        Timing timing() {
            distance(lastCount - 1, lastDelta);
            lastCount = 0;
            long usual = usual();
            return new Timing(
                    samples,
                    ticks,
                    shortest == Long.MAX_VALUE ? 0 : shortest,
                    usual,
                    different >= MOST_DISTANCES || isVariable(usual));
        }

        private long usual() {
            int most = -1;
            for (int i = 0; i < counts.length; i++) {
                boolean more = distances[i] != 0
                        && (most < 0
                                || counts[i] > counts[most]
                                || (counts[i] == counts[most] && distances[i] < distances[most]));
                most = more ? i : most;
            }
            return most >= 0 ? distances[most] : samples == 0 ? 0 : ticks / samples;
        }

        private boolean isVariable(long usual) {
            long odd = 0;
            long apart = 0;
            for (int i = 0; i < counts.length; i++) {
                long differs = Math.abs(distances[i] - usual);
                if (distances[i] != 0 && !isRounding(usual, differs)) {
                    odd = Saturating.add(odd, counts[i]);
                    apart = Saturating.add(apart, Saturating.multiply(counts[i], differs));
                }
            }
            return odd >= Math.max(2, samples / 100) || (apart / MOST_HELD >= usual && apart >= ticks / 100 && odd > 0);
        }

        /** Times are rounded to ticks, and clocks of cameras tremble a little. */
        private static boolean isRounding(long usual, long differs) {
            return differs <= usual / 100 || (differs == 1 && usual >= COARSE);
        }
    }
}
