package io.linkspan.internal.publish;

import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.TokenTrouble;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PublishAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The time after the commit: reads of the handle, and nothing else. */
final class Watching {
    private static final Duration DECISION_PAUSE = Duration.ofMinutes(15);

    private final Kernel kernel;
    private final JobRepository jobs;
    private final JobRunner runner;

    Watching(Kernel kernel, JobRepository jobs, JobRunner runner) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.runner = runner;
    }

    /** One look; true when the next step can follow at once. */
    boolean step(Claim claim) {
        Stored job = claim.job();
        if (quietTooLong(job)) {
            return claim.save(JobRunner.move(
                    job, new PublishEvent.QuietTooLong("the platform has not told for " + quiet(), kernel.now())));
        }
        Optional<PublishAttempt> attempt = runner.attempt(claim, true);
        if (attempt.isEmpty()) {
            return false;
        }
        Outcome<HandleStatus> outcome =
                kernel.caller().run(runner.adapter(job).publishing().status(attempt.get()));
        if (outcome instanceof Outcome.Done<HandleStatus> done) {
            return seen(claim, done.value());
        }
        if (runner.tokenTrouble(claim, attempt.get(), outcome.refusal().orElse(null))) {
            return false;
        }
        return wait(claim, runner.note(job.doc().platform() + ".status", "no_evidence", outcome.describe()), false);
    }

    private boolean seen(Claim claim, HandleStatus status) {
        Stored job = claim.job();
        String source = job.doc().platform() + ".status";
        if (status instanceof HandleStatus.Published published) {
            return runner.published(
                    claim,
                    new PublishEvent.SeenPublished(published.postId(), kernel.now()),
                    runner.note(source, "published", published.detail()));
        }
        if (status instanceof HandleStatus.Dead dead) {
            return dead(claim, dead.error());
        }
        if (status instanceof HandleStatus.Incomplete incomplete) {
            JobDoc doc = job.doc()
                    .withHandle(jobs.seal(job, incomplete.handle()))
                    .seen(runner.note(source, "incomplete", incomplete.detail()));
            Stored bound = new Stored(job.record(), doc);
            return claim.save(JobRunner.move(bound, new PublishEvent.SeenIncomplete()));
        }
        if (status instanceof HandleStatus.Processing processing) {
            return wait(claim, runner.note(source, "processing", processing.detail()), true);
        }
        return wait(claim, runner.note(source, "not_published", ((HandleStatus.NotPublished) status).detail()), false);
    }

    private boolean dead(Claim claim, PlatformError error) {
        return runner.dead(claim, error);
    }

    private boolean wait(Claim claim, Evidence seen, boolean alive) {
        Stored job = claim.job();
        JobDoc doc = job.doc().looked().seen(seen);
        claim.release(alive ? doc.alive(kernel.now()) : doc, kernel.now().plus(pause(job)));
        return false;
    }

    private static Duration pause(Stored job) {
        if (job.state().phase() == Phase.AWAITING_DECISION) {
            return DECISION_PAUSE;
        }
        return switch (job.doc().looks()) {
            case 0 -> Duration.ofSeconds(2);
            case 1 -> Duration.ofSeconds(5);
            case 2 -> Duration.ofSeconds(10);
            case 3 -> Duration.ofSeconds(30);
            default -> Duration.ofSeconds(60);
        };
    }

    private boolean quietTooLong(Stored job) {
        Phase phase = job.state().phase();
        Instant lastSign = job.doc().lastSign();
        boolean quiet = lastSign != null
                && !kernel.now().isBefore(lastSign.plus(kernel.settings().quietTime()));
        // a look must have been taken in this state: a process that slept long asks once more before it gives up
        return quiet && phase != Phase.AWAITING_DECISION && job.doc().looks() > 0;
    }

    private String quiet() {
        return kernel.settings().quietTime().toMinutes() + " min";
    }

    /** Evidence of a refused read about the token. */
    static Evidence tokenEvidence(PlatformError error, Instant at) {
        return TokenTrouble.evidence(error, at);
    }
}
