package io.linkspan.internal.publish;

import io.linkspan.LinkspanException;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.Stopwatch;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.JobDoc;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job held by one worker. Each write carries the version the worker knows, so a worker that lost its claim cannot write;
 * the heartbeat writes through the same object. Thread-safe.
 */
final class Claim {
    private static final Logger log = LoggerFactory.getLogger(Claim.class);

    private final Kernel kernel;
    private final JobRepository jobs;
    /** How far the clock that measures the lease is ahead of the node's. */
    private final Duration ahead;

    private Stored stored;
    /** What is stored, and what the next write brings along. */
    private Stored known;

    /** Since the last write that was kept began; the lease runs from then on. */
    private Stopwatch sinceKept;

    private @Nullable Runnable alongside;
    private boolean lost;
    private boolean released;

    private Claim(Kernel kernel, JobRepository jobs, Stored stored, JobDoc doc, Duration ahead, Stopwatch sinceKept) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.stored = stored;
        this.known = new Stored(stored.record(), doc);
        this.ahead = ahead;
        this.sinceKept = sinceKept;
    }

    /** Takes a due job; empty when someone else was first. */
    static Optional<Claim> take(Kernel kernel, JobRepository jobs, Stored due) {
        Stopwatch since = kernel.stopwatch();
        Instant until = kernel.now().plus(kernel.settings().jobLease());
        return jobs.save(due, due.doc().claimed(), until)
                .map(held -> new Claim(kernel, jobs, held, held.doc(), Duration.ZERO, since));
    }

    /**
     * A job that the store handed out until the record's due time, asked for some time ago. That it was claimed again is written with the first move, and so
     * before anything is sent.
     */
    static Claim handedOut(Kernel kernel, JobRepository jobs, Stored held, Stopwatch asked) {
        Instant until = held.record().dueAt().orElseThrow();
        Duration ahead = Duration.between(kernel.now().plus(kernel.settings().jobLease()), until);
        return new Claim(kernel, jobs, held, held.doc().claimed(), ahead, asked);
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

    /**
     * Whether nobody else can hold the job: its last write was kept less than a lease ago, with a margin. An older one is made sure of
     * by a write, which fails when somebody took the job over or stopped it.
     */
    synchronized boolean stands() {
        if (sinceKept.reached(kernel.settings().jobLease().dividedBy(6))) {
            try {
                beat();
            } catch (LinkspanException e) {
                log.debug(
                        "a claim could not be made sure of job={}",
                        stored.record().id(),
                        e);
            }
        }
        return !lost && !released && !sinceKept.reached(kernel.settings().sendWithin());
    }

    private boolean write(JobDoc next, @Nullable Instant dueAt) {
        if (lost) {
            return false;
        }
        Stopwatch since = kernel.stopwatch();
        Optional<Stored> saved = jobs.save(stored, next, dueAt);
        saved.ifPresent(it -> {
            stored = it;
            known = it;
            sinceKept = since;
        });
        lost = saved.isEmpty();
        return saved.isPresent();
    }
}
