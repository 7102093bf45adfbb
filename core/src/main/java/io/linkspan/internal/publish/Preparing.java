package io.linkspan.internal.publish;

import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.TokenTrouble;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.publish.Failure;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.Handle;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.PublishAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The time before a handle is ready. Everything here can be repeated: nothing can appear. */
final class Preparing {
    private final Kernel kernel;
    private final JobRepository jobs;
    private final JobRunner runner;

    Preparing(Kernel kernel, JobRepository jobs, JobRunner runner) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.runner = runner;
    }

    /** One step; true when the next can follow at once. */
    boolean step(Claim claim) {
        Stored job = claim.job();
        if (job.doc().handle() == null) {
            Optional<String> changed = runner.changed(job);
            if (changed.isPresent()) {
                return refuse(
                        claim, "media_changed", changed.get(), "Restore the file and submit again with a new key.");
            }
        }
        Optional<PublishAttempt> attempt = runner.attempt(claim, false);
        if (attempt.isEmpty()) {
            return false;
        }
        Outcome<PrepareStep> outcome =
                kernel.caller().run(runner.adapter(job).publishing().prepare(attempt.get()));
        if (outcome instanceof Outcome.Done<PrepareStep> done) {
            return advanced(claim, done.value());
        }
        if (runner.tokenTrouble(claim, attempt.get(), outcome.refusal().orElse(null))) {
            return false;
        }
        return outcome instanceof Outcome.Refused<PrepareStep> refused
                ? refused(claim, refused.error())
                : again(claim, outcome);
    }

    private boolean advanced(Claim claim, PrepareStep step) {
        Stored job = claim.job();
        Handle handle = step.handle();
        var doc = job.doc().withHandle(jobs.seal(job, handle));
        if (step instanceof PrepareStep.Dead dead) {
            return claim.save(doc) && runner.dead(claim, dead.error());
        }
        if (step instanceof PrepareStep.Waiting waiting) {
            claim.release(
                    doc.seen(runner.note(job.doc().platform() + ".prepare", "waiting", waiting.detail())),
                    kernel.now().plus(waiting.pause()));
            return false;
        }
        if (step instanceof PrepareStep.Ready) {
            Evidence seen = runner.note(job.doc().platform() + ".prepare", "ready", "handle " + handle.id());
            Stored bound = new Stored(job.record(), doc.seen(seen));
            return claim.save(JobRunner.move(bound, new PublishEvent.Ready(handle.id())));
        }
        return claim.save(doc);
    }

    private boolean refused(Claim claim, PlatformError error) {
        Stored job = claim.job();
        Evidence seen = TokenTrouble.evidence(error, kernel.now());
        if (error.meaning().causeClass() == CauseClass.QUOTA) {
            return runner.later(claim, quotaPause(job), seen);
        }
        if (error.meaning().retryable() && !tooLong(job)) {
            return runner.later(claim, runner.backOff(job.doc().looks()), seen);
        }
        runner.end(claim, new PublishEvent.Refused(Failure.of(error)), seen);
        return false;
    }

    private static Duration quotaPause(Stored job) {
        return job.doc().looks() == 0 ? Duration.ofMinutes(1) : Duration.ofMinutes(15);
    }

    private boolean again(Claim claim, Outcome<PrepareStep> outcome) {
        Stored job = claim.job();
        Evidence seen = runner.note(job.doc().platform() + ".prepare", "not_done", outcome.describe());
        if (tooLong(job)) {
            Failure failure = new Failure(
                    "not_prepared",
                    CauseClass.TRANSIENT,
                    "the platform could not be reached for "
                            + kernel.settings().prepareLife().toHours() + " h",
                    Actor.PLATFORM,
                    "Nothing was sent that could appear. Submit again with a new key.");
            runner.end(claim, new PublishEvent.Refused(failure), seen);
            return false;
        }
        return runner.later(claim, runner.backOff(job.doc().looks()), seen);
    }

    private boolean tooLong(Stored job) {
        Instant begun = job.doc().evidence().isEmpty()
                ? kernel.now()
                : job.doc().evidence().get(0).at();
        Instant from = job.doc().notBefore() == null || job.doc().notBefore().isBefore(begun)
                ? begun
                : job.doc().notBefore();
        return kernel.now().isAfter(from.plus(kernel.settings().prepareLife()));
    }

    private boolean refuse(Claim claim, String code, String what, String remedy) {
        Failure failure = new Failure(code, CauseClass.CONTENT, what, Actor.DEVELOPER, remedy);
        runner.end(claim, new PublishEvent.Refused(failure), runner.note("linkspan.media", code, what));
        return false;
    }
}
