package io.linkspan.internal.publish;

import io.linkspan.TenantId;
import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.TokenTrouble;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.publish.Failure;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.TokenEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The commit: stored first, sent once, and its answer stored before anything else. */
final class Committing {
    private static final Duration LANE_PAUSE = Duration.ofSeconds(2);
    private static final int MAX_REFUSALS = 8;

    private final Kernel kernel;
    private final Lane lane;
    private final JobRunner runner;

    Committing(Kernel kernel, Lane lane, JobRunner runner) {
        this.kernel = kernel;
        this.lane = lane;
        this.runner = runner;
    }

    /** Sends the commit; true when the next step can follow at once. */
    boolean step(Claim claim) {
        Stored job = claim.job();
        Optional<PublishAttempt> attempt = runner.attempt(claim, false);
        if (attempt.isEmpty()) {
            return false;
        }
        if (refusals(job) > 0 || job.doc().mayLand()) {
            // committed or refused before: what became of the handle comes first
            Outcome<HandleStatus> seen =
                    kernel.caller().run(runner.adapter(job).publishing().status(attempt.get()));
            if (seen instanceof Outcome.Done<HandleStatus> done && done.value() instanceof HandleStatus.Dead dead) {
                return runner.dead(claim, dead.error());
            }
            if (seen instanceof Outcome.Done<HandleStatus> done && done.value() instanceof HandleStatus.Published it) {
                return runner.published(
                        claim,
                        new PublishEvent.SeenPublished(it.postId(), kernel.now()),
                        runner.note(job.doc().platform() + ".status", "published", it.detail()));
            }
        }
        TenantId tenant = job.record().tenant();
        if (!lane.take(tenant, job.doc().connection(), job.record().id())) {
            return runner.later(
                    claim,
                    LANE_PAUSE,
                    runner.note("linkspan.lane", "busy", "another post of this account is being sent"));
        }
        try {
            Instant now = kernel.now();
            var committing =
                    JobRunner.move(job, new PublishEvent.CommitBegins(now)).committing(now);
            if (!claim.save(committing)) {
                return false; // the claim was lost; nothing was sent
            }
            Outcome<CommitResult> outcome =
                    kernel.caller().run(runner.adapter(job).publishing().commit(attempt.get()));
            return answered(claim, attempt.get(), outcome);
        } finally {
            lane.give(tenant, job.doc().connection(), job.record().id());
        }
    }

    private boolean answered(Claim claim, PublishAttempt attempt, Outcome<CommitResult> outcome) {
        Stored job = claim.job();
        Instant now = kernel.now();
        String source = job.doc().platform() + ".commit";
        if (outcome instanceof Outcome.Done<CommitResult> done) {
            if (done.value() instanceof CommitResult.Published published) {
                return runner.published(
                        claim,
                        new PublishEvent.CommitPublished(published.postId(), now),
                        runner.note(source, "published", "post " + published.postId()));
            }
            return claim.save(JobRunner.move(job, new PublishEvent.CommitAccepted(now))
                    .alive(now)
                    .seen(runner.note(source, "accepted", "the platform has everything")));
        }
        if (outcome instanceof Outcome.Refused<CommitResult> refused) {
            return refused(claim, attempt, refused.error());
        }
        if (outcome instanceof Outcome.NotSent<CommitResult> notSent) {
            return back(claim, runner.backOff(job.doc().looks()), runner.note(source, "not_sent", notSent.why()));
        }
        return claim.save(JobRunner.move(job, new PublishEvent.CommitUnclear(outcome.describe(), now))
                .seen(runner.note(source, "unclear", outcome.describe())));
    }

    /** A definite no: nothing happened, so the same handle may be used again when the cause passes. */
    private boolean refused(Claim claim, PublishAttempt attempt, PlatformError error) {
        Stored job = claim.job();
        Evidence seen = TokenTrouble.evidence(error, kernel.now());
        if (error.meaning().tokenEffect() != TokenEffect.NONE) {
            return claim.save(JobRunner.move(job, new PublishEvent.CommitNotDone())
                            .notCommitted()
                            .seen(seen))
                    && !runner.tokenTrouble(claim, attempt, error);
        }
        if (error.meaning().causeClass() == CauseClass.QUOTA) {
            return back(claim, Duration.ofMinutes(15), seen);
        }
        if (error.meaning().retryable() && refusals(job) < MAX_REFUSALS) {
            return back(claim, runner.backOff(refusals(job) + 1), seen);
        }
        runner.end(claim, new PublishEvent.Refused(Failure.of(error)), seen);
        return false;
    }

    private static int refusals(Stored job) {
        return (int) job.doc().evidence().stream()
                .filter(seen -> seen.source().equals(job.doc().platform() + ".commit.refused"))
                .count();
    }

    private boolean back(Claim claim, Duration pause, Evidence seen) {
        Stored job = claim.job();
        Evidence counted = new Evidence(
                job.doc().platform() + ".commit.refused",
                seen.at(),
                seen.code(),
                seen.detail() + " (try " + (refusals(job) + 1) + ")");
        claim.release(
                JobRunner.move(job, new PublishEvent.CommitNotDone())
                        .notCommitted()
                        .seen(counted),
                kernel.now().plus(pause));
        return false;
    }
}
