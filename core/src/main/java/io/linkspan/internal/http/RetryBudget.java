package io.linkspan.internal.http;

/**
 * How many retries are allowed: each costs 5, each success gives 1 back. When it is empty nothing is retried right away; work waits
 * in the store instead. Not thread-safe.
 */
final class RetryBudget {
    static final int PLATFORM = 500;
    private static final int COST = 5;

    private final int most;
    private int left;

    RetryBudget(int most) {
        this.most = most;
        this.left = most;
    }

    /** For one of those that share it: half, so that none can use it up alone. */
    RetryBudget share() {
        return new RetryBudget(most / 2);
    }

    boolean allows() {
        return left >= COST;
    }

    void take() {
        left -= COST;
    }

    void success() {
        left = Math.min(most, left + 1);
    }
}
