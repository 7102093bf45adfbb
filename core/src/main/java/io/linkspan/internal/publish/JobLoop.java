package io.linkspan.internal.publish;

import io.linkspan.LinkspanException;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.RedactedFailure;
import io.linkspan.spi.StoredRecord;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the threads of a worker busy with jobs: takes as many as there are threads, and one more for each while it runs, so that a
 * thread that ends one finds the next at hand. Threads are shared as {@link FairShares} says.
 */
final class JobLoop {
    private static final Logger log = LoggerFactory.getLogger(JobLoop.class);
    /** Claimed at a time while one tenant holds the threads: one of it and one of another, as far as the store is fair. */
    private static final int FOR_OTHERS = 2;

    private final JobQueue queue;
    private final JobRunner runner;
    private final ExecutorService pool;
    private final BooleanSupplier stop;
    private final int threads;
    private final FairShares<Claim> shares;
    private final ReentrantLock filling = new ReentrantLock();
    private volatile boolean more;

    /** On a pool of as many threads as {@link FairShares#most} says. */
    JobLoop(Kernel kernel, JobQueue queue, JobRunner runner, ExecutorService pool, BooleanSupplier stop) {
        this.queue = queue;
        this.runner = runner;
        this.pool = pool;
        this.stop = stop;
        this.threads = kernel.settings().threads();
        this.shares = new FairShares<>(threads);
    }

    /** Reads the store anew and takes what there is room for. */
    void poll() {
        queue.readAgain();
        fill();
    }

    /** Takes what there is room for; one caller at a time, the others skip. */
    private void fill() {
        if (!filling.tryLock()) {
            return;
        }
        try {
            int held = shares.held();
            if (stop.getAsBoolean()) {
                return;
            }
            if (held <= threads) {
                List<Claim> taken = queue.take(2 * threads - held);
                more = !taken.isEmpty();
                taken.forEach(this::keep);
            } else if (shares.spare()) {
                more = fillSpare(held);
            }
        } finally {
            filling.unlock();
        }
        startNext();
    }

    /** Whether anything was taken that finds a thread. What does not is kept as far as twice the usual, and else given back. */
    private boolean fillSpare(int held) {
        boolean found = false;
        for (Claim claim : queue.take(FOR_OTHERS)) {
            boolean starts = shares.mayStart(claim.job().record().tenant());
            found |= starts;
            if (starts || held < 4 * threads) {
                keep(claim);
            } else {
                runner.giveBack(claim);
            }
        }
        return found;
    }

    private void keep(Claim claim) {
        runner.hold(claim);
        StoredRecord record = claim.job().record();
        shares.add(new FairShares.Work<>(record.tenant(), FairOrder.afterCommit(record), claim));
    }

    private void startNext() {
        if (stop.getAsBoolean()) {
            giveBack();
        }
        for (var next = shares.start(); next.isPresent(); next = shares.start()) {
            handOut(run(next.get()));
        }
    }

    private Runnable run(FairShares.Work<Claim> started) {
        return () -> {
            try {
                work(started.task());
            } finally {
                shares.ended(started.tenant());
            }
            startNext();
            if (more) {
                refill();
            }
        };
    }

    /** Gives back what has not been started. */
    void giveBack() {
        shares.empty().forEach(claim -> handOut(() -> runner.giveBack(claim)));
    }

    private void handOut(Runnable task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) { // the worker was closed meanwhile
            task.run();
        }
    }

    /** A claim that comes after the stop is given back by the runner. */
    private void work(Claim claim) {
        try {
            runner.run(claim, stop);
        } catch (LinkspanException e) {
            log.warn(
                    "work on job {} failed and is repeated: {}",
                    claim.job().record().id(),
                    e.getMessage());
        } catch (RuntimeException | Error e) {
            log.error(
                    "work on job {} failed unexpectedly and is repeated",
                    claim.job().record().id(),
                    RedactedFailure.of(e));
        }
    }

    private void refill() {
        try {
            fill();
        } catch (RuntimeException | Error e) {
            more = false; // the next look of the timer tries again
            log.warn("taking jobs failed and is repeated", RedactedFailure.of(e));
        }
    }
}
