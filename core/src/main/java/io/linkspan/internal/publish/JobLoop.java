package io.linkspan.internal.publish;

import io.linkspan.LinkspanException;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.RedactedFailure;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the threads of a worker busy with jobs: takes as many as there are threads, and one more for each while it runs, so that a
 * thread that ends one finds the next at hand.
 */
final class JobLoop {
    private static final Logger log = LoggerFactory.getLogger(JobLoop.class);

    private final JobQueue queue;
    private final JobRunner runner;
    private final ExecutorService pool;
    private final BooleanSupplier stop;
    private final int threads;
    private final AtomicInteger inHand = new AtomicInteger();
    private final ReentrantLock filling = new ReentrantLock();
    private volatile boolean more;

    JobLoop(Kernel kernel, JobQueue queue, JobRunner runner, ExecutorService pool, BooleanSupplier stop) {
        this.queue = queue;
        this.runner = runner;
        this.pool = pool;
        this.stop = stop;
        this.threads = kernel.settings().threads();
    }

    /** Takes what there is room for; one caller at a time, the others go on. */
    void fill() {
        if (!filling.tryLock()) {
            return;
        }
        try {
            int held = inHand.get();
            if (held <= threads && !stop.getAsBoolean()) {
                var taken = queue.take(2 * threads - held);
                more = !taken.isEmpty();
                taken.forEach(this::handOut);
            }
        } finally {
            filling.unlock();
        }
    }

    private void handOut(Claim claim) {
        runner.hold(claim);
        inHand.incrementAndGet();
        try {
            pool.execute(() -> work(claim));
        } catch (RejectedExecutionException e) { // the worker was closed meanwhile
            work(claim);
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
        } finally {
            inHand.decrementAndGet();
        }
        if (more) {
            refill();
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
