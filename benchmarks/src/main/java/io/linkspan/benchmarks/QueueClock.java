package io.linkspan.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Measures from the first job to the last, for libraries that call the job. */
final class QueueClock {
    private static final long MINUTES = 5;

    private final int jobs;
    private final CountDownLatch left;
    private final AtomicLong first = new AtomicLong();
    private volatile long last;

    QueueClock(int jobs) {
        this.jobs = jobs;
        this.left = new CountDownLatch(jobs);
    }

    void done() {
        long now = System.nanoTime();
        first.compareAndSet(0, now);
        last = now;
        left.countDown();
    }

    /** Waits for the last job; in jobs per second. */
    double rate() throws InterruptedException {
        if (!left.await(MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException(left.getCount() + " jobs were not done within " + MINUTES + " minutes");
        }
        return jobs / ((last - first.get()) / 1e9);
    }
}
