package io.linkspan.internal.publish;

import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.HandleDoc;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.Trouble;
import io.linkspan.publish.Failure;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.Handle;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.Quota;
import io.linkspan.spi.QuotaBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The time before a handle is ready. Everything here can be repeated: nothing can appear. */
final class Preparing {
    private static final Lanes.Taken NOTHING = new Lanes.Taken(List.of(), Instant.EPOCH, null);

    private final Kernel kernel;
    private final JobRepository jobs;
    private final MediaFiles media;
    private final Lanes lanes;
    private final Attempts attempts;
    private final Moves moves;
    private final Ending ending;
    private final PreparationFailures failures;
    private final PullCheck pullCheck;
    private final Notes notes;

    Preparing(
            Kernel kernel,
            JobRepository jobs,
            MediaFiles media,
            Lanes lanes,
            Attempts attempts,
            Moves moves,
            Ending ending,
            PreparationFailures failures) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.media = media;
        this.lanes = lanes;
        this.attempts = attempts;
        this.moves = moves;
        this.ending = ending;
        this.failures = failures;
        this.pullCheck = new PullCheck(kernel, media);
        this.notes = new Notes(kernel);
    }

    /** One step; true when the next can follow at once. */
    boolean step(Claim claim, PublishAdapter adapter) {
        Stored job = claim.job();
        boolean first = job.doc().handle() == null;
        Optional<MediaFiles.Trouble> found = first ? media.changed(job) : media.changedAtAGlance(job);
        if (found.isPresent()) {
            return unusable(claim, found.get());
        }
        Optional<PublishAttempt> attempt = attempts.before(claim);
        if (attempt.isEmpty() || (first && !reachable(claim))) {
            return false;
        }
        Lanes.Taken taken = first ? taken(claim, adapter) : NOTHING;
        Lanes.Wait wait = taken.full();
        if (wait != null) {
            return waits(claim, wait);
        }
        Outcome<PrepareStep> outcome = attempts.caller(job).ask(adapter.prepare(attempt.get()));
        if (outcome instanceof Outcome.NotSent<PrepareStep>) {
            lanes.giveBack(job, taken);
        } else if (outcome instanceof Outcome.Unclear<PrepareStep>) {
            claim.note(lanes.kept(claim.job(), taken));
        } else if (!made(outcome)) {
            lanes.notTaken(job, taken);
        }
        if (outcome instanceof Outcome.Done<PrepareStep> done) {
            return advanced(claim, adapter, done.value());
        }
        if (attempts.tokenTrouble(claim, attempt.get(), outcome.refusal().orElse(null))) {
            return false;
        }
        return outcome instanceof Outcome.Refused<PrepareStep> refused
                ? refused(claim, adapter, refused.error())
                : again(claim, notes.backOff(job.doc().looks()), outcome);
    }

    /** Whether the platform has something now that it may have counted. */
    private static boolean made(Outcome<PrepareStep> outcome) {
        return outcome.result()
                .filter(step -> !(step instanceof PrepareStep.Postponed))
                .isPresent();
    }

    /** Whether the media that the platform pulls can be fetched, before the first request of an attempt. */
    private boolean reachable(Claim claim) {
        Stored job = claim.job();
        Optional<String> unreachable = pullCheck.problem(job);
        if (unreachable.isPresent()) {
            Evidence seen = notes.of("linkspan.media_host", "media_unreachable", unreachable.get());
            return failures.again(claim, notes.backOff(job.doc().looks()), seen);
        }
        claim.note(job.doc().mediaUsable());
        return true;
    }

    /** What the attempt uses of the limits. */
    private Lanes.Taken taken(Claim claim, PublishAdapter adapter) {
        Stored job = claim.job();
        List<Quota> quotas = adapter.quotas(job.doc().content()).stream()
                .filter(quota -> quota.step() == Quota.Step.PREPARE)
                .toList();
        return lanes.use(job, quotas, limit -> adapter.stops(limit, job.doc().content(), Quota.Step.PREPARE));
    }

    private boolean waits(Claim claim, Lanes.Wait wait) {
        return waits(claim, wait, notes.of(wait));
    }

    private boolean waits(Claim claim, Lanes.Wait wait, Evidence seen) {
        claim.release(claim.job().doc().seen(seen), wait.until());
        return false;
    }

    private boolean advanced(Claim claim, PublishAdapter adapter, PrepareStep step) {
        Stored job = claim.job();
        if (step instanceof PrepareStep.Postponed postponed) {
            return waits(claim, lanes.block(job, postponed.limit()));
        }
        if (step instanceof PrepareStep.Landed landed) {
            return landed(claim, landed);
        }
        if (step instanceof PrepareStep.Dead dead) {
            return claim.save(with(job, dead.handle())) && ending.dead(claim, adapter, dead.error());
        }
        if (step instanceof PrepareStep.Interrupted it) {
            return refused(claim, with(job, it.handle()), it.error());
        }
        if (step instanceof PrepareStep.Waiting waiting) {
            claim.release(
                    working(job, waiting.handle())
                            .seen(notes.of(job.doc().platform() + ".prepare", "waiting", waiting.detail())),
                    kernel.now().plus(waiting.pause()));
            return false;
        }
        if (step instanceof PrepareStep.Ready ready) {
            return ready(claim, ready);
        }
        return claim.save(with(job, ((PrepareStep.Advanced) step).handle()));
    }

    private boolean ready(Claim claim, PrepareStep.Ready ready) {
        Stored job = claim.job();
        Handle handle = ready.handle();
        JobDoc doc = working(job, handle);
        Set<String> waived = ready.findings().isEmpty() ? Set.of() : jobs.waived(job);
        for (Problem finding : ready.findings()) {
            boolean accepted = finding.weight() == Problem.Weight.WARNS || waived.contains(finding.id());
            if (!accepted && !job.doc().mayLand()) {
                return stopped(claim, finding);
            }
            String text = finding.text() + (waived.contains(finding.id()) ? " (waived)" : "");
            doc = doc.seen(notes.of(job.doc().platform() + ".prepare", finding.id(), text));
        }
        doc = doc.seen(notes.of(job.doc().platform() + ".prepare", "ready", "handle " + handle.id()));
        PublishEvent event = new PublishEvent.Ready(handle.id());
        HandleDoc stored = job.doc().handle();
        if (stored != null && stored.id().equals(handle.id())) { // what was read of it goes with the commit's intent
            moves.note(claim, doc, event);
            return true;
        }
        return moves.go(claim, doc, event);
    }

    /** The platform found something that the host has not waived: nothing is committed. */
    private boolean stopped(Claim claim, Problem finding) {
        Failure failure = new Failure(
                finding.id(),
                CauseClass.CONTENT,
                finding.text(),
                Actor.PERSON,
                "Nothing was posted. Change the media, or submit again with a new key and waive(\"" + finding.id()
                        + "\", \"who decided it and why\").");
        return ending.end(
                claim,
                new PublishEvent.Refused(failure),
                notes.of(claim.job().doc().platform() + ".prepare", finding.id(), finding.text()));
    }

    /** The store forgot a commit that the platform took: the post is there, and a second attempt would post it again. */
    private boolean landed(Claim claim, PrepareStep.Landed landed) {
        Stored job = claim.job();
        String source = job.doc().platform() + ".prepare";
        JobDoc doc = with(job, landed.handle()).seen(notes.of(source, "forgotten_commit", landed.detail()));
        return moves.go(claim, doc, new PublishEvent.Ready(landed.handle().id()))
                && ending.published(
                        claim,
                        new PublishEvent.SeenPublished("", kernel.now()),
                        notes.of(source, "published", landed.detail()));
    }

    private JobDoc with(Stored job, Handle handle) {
        return job.doc().withHandle(jobs.seal(job, handle));
    }

    /** With a handle that the platform answers for; one more after those that an outage ended has got nowhere yet. */
    private JobDoc working(Stored job, Handle handle) {
        boolean further = job.doc().handle() != null && job.doc().spared() == null;
        return further ? with(job, handle).untroubled() : with(job, handle);
    }

    private boolean refused(Claim claim, PublishAdapter adapter, PlatformError error) {
        Stored job = claim.job();
        attempts.refused(job, adapter, error);
        Optional<QuotaBlock> limit = adapter.blocked(error);
        if (limit.isPresent()) {
            return waits(claim, lanes.block(job, limit.get(), error), notes.of(error));
        }
        if (error.meaning().causeClass() == CauseClass.QUOTA) {
            Duration pause = job.doc().looks() == 0 ? Duration.ofMinutes(1) : Duration.ofMinutes(15);
            Duration asked = error.retryAfter();
            return attempts.later(claim, asked == null || asked.compareTo(pause) < 0 ? pause : asked, notes.of(error));
        }
        return error.meaning().retryable()
                ? refused(claim, job.doc(), error)
                : ending.end(claim, new PublishEvent.Refused(Failure.of(error)), notes.of(error));
    }

    private boolean refused(Claim claim, JobDoc doc, PlatformError error) {
        JobDoc troubled = doc.troubled(kernel.now(), Trouble.PLATFORM);
        return failures.again(claim, troubled, notes.backOff(doc.looks(), error), notes.of(error), Failure.of(error));
    }

    private boolean again(Claim claim, Duration pause, Outcome<PrepareStep> outcome) {
        JobDoc doc = claim.job().doc();
        Evidence seen = outcome.refusal()
                .map(notes::of)
                .orElseGet(() -> notes.of(doc.platform() + ".prepare", "not_done", outcome.describe()));
        if (outcome instanceof Outcome.NotSent<PrepareStep>) {
            return failures.notReached(claim, pause, seen);
        }
        JobDoc troubled = doc.troubled(kernel.now(), Trouble.PLATFORM);
        return failures.again(claim, troubled, pause, seen, failures.notPrepared(troubled, seen));
    }

    /** Media that changed end the job; media that cannot be read now may be readable later. */
    private boolean unusable(Claim claim, MediaFiles.Trouble found) {
        if (found.mayPass()) {
            Evidence seen = notes.of("linkspan.media", found.code(), found.what());
            return failures.again(claim, notes.backOff(claim.job().doc().looks()), seen);
        }
        return refuse(claim, found.what());
    }

    private boolean refuse(Claim claim, String what) {
        Failure failure = new Failure(
                "media_changed",
                CauseClass.CONTENT,
                what,
                Actor.DEVELOPER,
                "Keep media as they are until the publication has settled; restore them and submit again with a new key.");
        return ending.end(claim, new PublishEvent.Refused(failure), notes.of("linkspan.media", failure.code(), what));
    }
}
