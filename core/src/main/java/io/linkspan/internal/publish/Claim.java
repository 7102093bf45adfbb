package io.linkspan.internal.publish;

import io.linkspan.internal.Kernel;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.JobDoc;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job held by one worker. Each write carries the version the worker knows, so a worker that lost its claim cannot write;
 * the heartbeat writes through the same object. Thread-safe.
 */
final class Claim {
    private final Kernel kernel;
    private final JobRepository jobs;
    /** How far the clock that measures the lease is ahead of the node's. */
    private final Duration ahead;

    private Stored stored;
    /** What is stored, and what the next write brings along. */
    private Stored known;

    private @Nullable Runnable alongside;
    private boolean lost;
    private boolean released;

    private Claim(Kernel kernel, JobRepository jobs, Stored stored, JobDoc doc, Duration ahead) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.stored = stored;
        this.known = new Stored(stored.record(), doc);
        this.ahead = ahead;
    }

    /** Takes a due job; empty when someone else was first. */
    static Optional<Claim> take(Kernel kernel, JobRepository jobs, Stored due) {
        Instant until = kernel.now().plus(kernel.settings().jobLease());
        return jobs.save(due, due.doc().claimed(), until)
                .map(held -> new Claim(kernel, jobs, held, held.doc(), Duration.ZERO));
    }

    /**
     * A job that the store handed out until the record's due time. That it was claimed again is written with the first move, and so
     * before anything is sent.
     */
    static Claim handedOut(Kernel kernel, JobRepository jobs, Stored held) {
        Instant until = held.record().dueAt().orElseThrow();
        Duration ahead = Duration.between(kernel.now().plus(kernel.settings().jobLease()), until);
        return new Claim(kernel, jobs, held, held.doc().claimed(), ahead);
    }

    private Instant leaseEnd() {
        return kernel.now().plus(kernel.settings().jobLease()).plus(ahead);
    }

    synchronized Stored job() {
        return known;
    }

    /** Takes a change for true that the next write brings along; after a crash it has not been. */
    synchronized void note(JobDoc next) {
        known = new Stored(stored.record(), next);
    }

    /** Writes and keeps the claim; false when it was lost. */
    synchronized boolean save(JobDoc next) {
        return write(next, leaseEnd());
    }

    /** Writes and gives the claim back; false when it was lost. */
    synchronized boolean release(JobDoc next, @Nullable Instant dueAt) {
        released = true;
        return write(next, dueAt);
    }

    /** Does something with each heartbeat too; null ends it. */
    synchronized void alongside(@Nullable Runnable task) {
        alongside = task;
    }

    /** Keeps the claim alive. */
    synchronized void beat() {
        if (!released && !lost && write(known.doc(), leaseEnd()) && alongside != null) {
            alongside.run();
        }
    }

    private boolean write(JobDoc next, @Nullable Instant dueAt) {
        if (lost) {
            return false;
        }
        Optional<Stored> saved = jobs.save(stored, next, dueAt);
        saved.ifPresent(it -> {
            stored = it;
            known = it;
        });
        lost = saved.isEmpty();
        return saved.isPresent();
    }
}
