package io.linkspan.simulation;

/** Numbers that look random, made of other numbers. */
final class Mix {
    private Mix() {}

    /** A well spread number for each pair. */
    static long of(long seed, long n) {
        long z = seed + 0x9E3779B97F4A7C15L * (n + 1);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** 0 to bound - 1. */
    static int below(int bound, long seed, long n) {
        return (int) Long.remainderUnsigned(of(seed, n), bound);
    }

    /** Between 0 and 1. */
    static double share(long seed, long n) {
        return (of(seed, n) >>> 11) * 0x1.0p-53;
    }
}
