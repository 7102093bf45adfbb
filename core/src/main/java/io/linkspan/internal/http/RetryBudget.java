package io.linkspan.internal.http;

/**
 * How many repetitions a platform is asked to bear: a bucket of 500, each repetition costs 5, each success gives 1 back. When
 * it is empty nothing is repeated at once; work waits in the store instead. Thread-safe.
 */
final class RetryBudget {
    private static final int MOST = 500;
    private static final int COST = 5;

    private int left = MOST;

    synchronized boolean take() {
        if (left < COST) {
            return false;
        }
        left -= COST;
        return true;
    }

    synchronized void success() {
        left = Math.min(MOST, left + 1);
    }
}
