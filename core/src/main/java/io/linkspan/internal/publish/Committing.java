package io.linkspan.internal.publish;

import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.Trouble;
import io.linkspan.publish.Failure;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.Quota;
import io.linkspan.spi.QuotaBlock;
import io.linkspan.spi.TokenEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The commit: stored first, sent once, and its answer stored before anything else. */
final class Committing {
    private static final Duration LANE_PAUSE = Duration.ofSeconds(2);
    private static final int MAX_REFUSALS = 8;

    /** After a handle that could not be committed as long as it lived: platforms may count each handle that is made. */
    private static final Duration EXPIRED_PAUSE = Duration.ofMinutes(40);

    private final Kernel kernel;
    private final JobRepository jobs;
    private final MediaFiles media;
    private final Lanes lanes;
    private final Attempts attempts;
    private final Moves moves;
    private final Ending ending;
    private final LateAnswer late;
    private final PreparationFailures failures;
    private final Notes notes;

    Committing(
            Kernel kernel,
            JobRepository jobs,
            MediaFiles media,
            Lanes lanes,
            Attempts attempts,
            Moves moves,
            Ending ending,
            LateAnswer late,
            PreparationFailures failures) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.media = media;
        this.lanes = lanes;
        this.attempts = attempts;
        this.moves = moves;
        this.ending = ending;
        this.late = late;
        this.failures = failures;
        this.notes = new Notes(kernel);
    }

    /** Sends the commit; true when the next step can follow at once. */
    boolean step(Claim claim, PublishAdapter adapter) {
        Stored job = claim.job();
        if (unusable(claim)) {
            return false;
        }
        Optional<PublishAttempt> attempt = attempts.before(claim);
        if (attempt.isEmpty()) {
            return false;
        }
        claim.note(claim.job().doc().mediaUsable());
        if (tries(job) == 0 && !job.doc().mayLand()) {
            return held(claim, adapter, attempt.get());
        }
        Outcome<HandleStatus> seen = attempts.caller(job).inDoubt().ask(adapter.status(attempt.get()));
        if (settled(claim, adapter, seen)) {
            return false;
        }
        if (job.doc().mayLand() && !mayRepeat(job, seen)) {
            return doubted(claim, seen);
        }
        return held(claim, adapter, goingOn(attempt.get(), seen));
    }

    /** A commit that may still land is sent again only while the handle itself says that this cannot post twice. */
    private boolean mayRepeat(Stored job, Outcome<HandleStatus> seen) {
        HandleStatus status = seen.result().orElse(null);
        return status instanceof HandleStatus.Incomplete
                || (status instanceof HandleStatus.NotPublished
                        && kernel.settings().publishing().resendSameHandle()
                        && job.doc().resends() == 0);
    }

    private boolean doubted(Claim claim, Outcome<HandleStatus> seen) {
        Stored job = claim.job();
        String why = "a commit may still land, and its handle does not say any more that it may be sent again";
        Evidence noted = seen.refusal()
                .map(notes::of)
                .orElseGet(() -> notes.of(job.doc().platform() + ".status", "not_sent_again", seen.describe()));
        moves.rest(
                claim,
                job.doc().seen(noted),
                new PublishEvent.CommitUnclear(why, kernel.now()),
                kernel.now().plus(LANE_PAUSE));
        return false;
    }

    /** From the offset that the platform tells now. */
    private static PublishAttempt goingOn(PublishAttempt attempt, Outcome<HandleStatus> seen) {
        return seen.result().orElse(null) instanceof HandleStatus.Incomplete it
                ? attempt.withHandle(it.handle())
                : attempt;
    }

    /** Whether the handle or the media cannot be committed any more. */
    private boolean unusable(Claim claim) {
        Stored job = claim.job();
        Handle handle = jobs.open(job);
        Instant now = kernel.now();
        boolean over = handle != null
                && handle.usable().filter(end -> !now.isBefore(end)).isPresent();
        if (over && !job.doc().mayLand()) {
            String why = "waited past the life of its handle; a new one is made";
            claim.note(job.doc().sparing());
            ending.anew(
                    claim,
                    notes.of("linkspan.handle", "handle_expired", why),
                    failed(job) ? EXPIRED_PAUSE : Duration.ofMillis(1));
            return true;
        }
        Optional<MediaFiles.Trouble> found = media.changedAtAGlance(job);
        if (found.isEmpty()) {
            return false;
        }
        Optional<String> changed = found.map(MediaFiles.Trouble::what);
        Evidence seen = notes.of("linkspan.media", found.get().code(), changed.get());
        if (job.doc().mayLand()) { // what is there already decides; nothing more is sent
            moves.rest(
                    claim,
                    job.doc().seen(seen),
                    new PublishEvent.CommitUnclear(changed.get(), now),
                    now.plus(Duration.ofMinutes(1)));
        } else if (found.get().mayPass()) {
            failures.again(claim, notes.backOff(job.doc().looks()), seen);
        } else {
            ending.end(
                    claim,
                    new PublishEvent.Refused(new Failure(
                            "media_changed",
                            CauseClass.CONTENT,
                            changed.get(),
                            Actor.DEVELOPER,
                            "Keep media as they are until the publication has settled; restore them and submit again with a new"
                                    + " key.")),
                    seen);
        }
        return true;
    }

    /** Committed or refused before: what became of the handle comes first. */
    private boolean settled(Claim claim, PublishAdapter adapter, Outcome<HandleStatus> seen) {
        if (!(seen instanceof Outcome.Done<HandleStatus> done)) {
            return false;
        }
        HandleStatus status = done.value();
        String source = claim.job().doc().platform() + ".status";
        if (status instanceof HandleStatus.Dead dead) {
            ending.dead(claim, adapter, dead.error());
            return true;
        }
        if (status instanceof HandleStatus.Published it) {
            ending.published(
                    claim,
                    new PublishEvent.SeenPublished(it.postId(), kernel.now()),
                    notes.of(source, "published", it.detail()));
            return true;
        }
        if (status instanceof HandleStatus.Delivered it) {
            ending.delivered(
                    claim,
                    new PublishEvent.SeenDelivered(it.instruction(), kernel.now()),
                    notes.of(source, "delivered", it.detail()));
            return true;
        }
        return false;
    }

    /** With the right to send and within the limits. */
    private boolean held(Claim claim, PublishAdapter adapter, PublishAttempt attempt) {
        Stored job = claim.job();
        if (!lanes.take(job)) {
            return attempts.later(
                    claim, LANE_PAUSE, notes.of("linkspan.lane", "busy", "another post of this account is being sent"));
        }
        claim.alongside(() -> lanes.keep(job));
        try {
            List<Quota> quotas = adapter.quotas(job.doc().content()).stream()
                    .filter(quota -> quota.step() == Quota.Step.COMMIT)
                    .toList();
            Lanes.Taken taken = lanes.use(
                    job, quotas, limit -> adapter.stops(limit, job.doc().content(), Quota.Step.COMMIT));
            Lanes.Wait wait = taken.full();
            if (wait != null) {
                claim.release(job.doc().seen(notes.of(wait)), wait.until());
                return false;
            }
            return send(claim, adapter, attempt, taken);
        } finally {
            claim.alongside(null);
            lanes.give(claim.job());
        }
    }

    private boolean send(Claim claim, PublishAdapter adapter, PublishAttempt attempt, Lanes.Taken taken) {
        Stored job = claim.job();
        Instant now = kernel.now();
        Instant notAfter = job.doc().notAfter();
        if (notAfter != null && !now.isBefore(notAfter)) {
            lanes.giveBack(job, taken);
            claim.release(job.doc(), now); // the next step ends it
            return false;
        }
        Flow<CommitResult> flow = adapter.commit(attempt); // what cannot be described leaves no intent behind
        CommitPermit permit = new CommitPermit(kernel, claim); // before the intent, so that its lease ends later
        if (!begun(claim, job.doc().committing(now), new PublishEvent.CommitBegins(now))) {
            return false; // the claim was lost; nothing was sent
        }
        Stored sent = claim.job();
        Outcome<CommitResult> outcome = attempts.caller(job).run(flow, permit);
        boolean goesOn;
        try {
            goesOn = answered(claim, adapter, attempt, outcome);
        } catch (RuntimeException e) { // the answer may be the only copy of what it says
            late.keep(sent, outcome, seen(sent, outcome));
            throw e;
        }
        if (outcome instanceof Outcome.NotSent<CommitResult>) {
            lanes.giveBack(job, taken);
        } else if (outcome instanceof Outcome.Refused<CommitResult>) {
            lanes.notTaken(job, taken);
        }
        aboutTheAccount(sent, adapter, outcome);
        return goesOn;
    }

    /** What an answer says about the account, after it was stored: other jobs wait even where it leaves open what became of this one. */
    private void aboutTheAccount(Stored job, PublishAdapter adapter, Outcome<CommitResult> outcome) {
        if (outcome instanceof Outcome.Done<CommitResult>) {
            attempts.taken(job, adapter);
        }
        outcome.refusal().ifPresent(error -> {
            attempts.refused(job, adapter, error);
            if (outcome instanceof Outcome.Unclear<CommitResult>) {
                attempts.beside(job, () -> restricted(job, adapter, error));
            }
        });
    }

    private void restricted(Stored job, PublishAdapter adapter, PlatformError error) {
        if (adapter.restricts(error)) {
            adapter.blocked(error).ifPresent(limit -> lanes.block(job, limit, error));
        }
    }

    /** Stores the intent. When the store does not say whether it was kept, only this worker knows that nothing left. */
    private boolean begun(Claim claim, JobDoc intent, PublishEvent event) {
        Stored before = claim.job();
        try {
            return moves.go(claim, intent, event);
        } catch (RuntimeException e) {
            String why = "the store did not say whether the intent was kept; nothing was sent";
            late.neverSent(before, intent, counted(before, notes.of("linkspan.store", "not_sent", why)));
            throw e;
        }
    }

    private Evidence seen(Stored job, Outcome<CommitResult> outcome) {
        String source = job.doc().platform() + ".commit";
        if (outcome instanceof Outcome.Done<CommitResult> done) {
            return done.value() instanceof CommitResult.Published published
                    ? published(source, published)
                    : accepted(source, ((CommitResult.Accepted) done.value()).handle());
        }
        if (outcome instanceof Outcome.NotSent<CommitResult> notSent) {
            return counted(job, notes.of(source, "not_sent", notSent.why()));
        }
        Evidence seen =
                outcome.refusal().map(notes::of).orElseGet(() -> notes.of(source, "unclear", outcome.describe()));
        return outcome instanceof Outcome.Refused<CommitResult> ? counted(job, seen) : seen;
    }

    private Evidence published(String source, CommitResult.Published published) {
        String more = published.attributes().isEmpty() ? "" : ", " + new TreeMap<>(published.attributes());
        return notes.of(source, "published", "post " + published.postId() + more);
    }

    private Evidence accepted(String source, @Nullable Handle handle) {
        String as = handle == null ? "" : " as " + handle.id();
        return notes.of(source, "accepted", "the platform has everything" + as);
    }

    private boolean answered(
            Claim claim, PublishAdapter adapter, PublishAttempt attempt, Outcome<CommitResult> outcome) {
        Stored job = claim.job();
        Instant now = kernel.now();
        String source = job.doc().platform() + ".commit";
        if (outcome instanceof Outcome.Done<CommitResult> done) {
            return taken(claim, done.value(), source);
        }
        if (outcome instanceof Outcome.Refused<CommitResult> refused) {
            return refused(claim, adapter, attempt, refused.error());
        }
        if (outcome instanceof Outcome.NotSent<CommitResult> notSent) {
            Evidence seen = notes.of(source, "not_sent", notSent.why());
            return back(claim, notes.backOff(tries(job)), seen);
        }
        Evidence seen =
                outcome.refusal().map(notes::of).orElseGet(() -> notes.of(source, "unclear", outcome.describe()));
        return moves.go(claim, job.doc().seen(seen), new PublishEvent.CommitUnclear(outcome.describe(), now));
    }

    private boolean taken(Claim claim, CommitResult result, String source) {
        Stored job = claim.job();
        Instant now = kernel.now();
        if (result instanceof CommitResult.Published published) {
            Evidence seen = published(source, published);
            PublishEvent event = new PublishEvent.CommitPublished(published.postId(), now);
            if (!moves.go(claim, job.doc().seen(seen), event)) {
                late.published(job, published.postId(), seen);
                return false;
            }
            return ending.locate(claim);
        }
        Handle handle = ((CommitResult.Accepted) result).handle();
        JobDoc doc = handle == null ? job.doc() : job.doc().withHandle(jobs.seal(job, handle));
        Evidence seen = accepted(source, handle);
        boolean written = moves.go(
                claim,
                doc.alive(now).seen(seen),
                new PublishEvent.CommitAccepted(handle == null ? null : handle.id(), now));
        if (!written) {
            late.accepted(job, handle, seen);
        }
        return written;
    }

    /** A definite no: nothing happened, so the same handle may be used again when the cause passes. */
    private boolean refused(Claim claim, PublishAdapter adapter, PublishAttempt attempt, PlatformError error) {
        Stored job = claim.job();
        Evidence seen = notes.of(error);
        if (error.meaning().tokenEffect() != TokenEffect.NONE) {
            if (!moves.go(claim, withoutCommit(job).seen(seen), withoutEffect(job, seen))) {
                late.notDone(job, seen);
                return false;
            }
            return !attempts.tokenTrouble(claim, attempt, error);
        }
        Optional<QuotaBlock> limit = adapter.blocked(error);
        if (limit.isPresent()) {
            back(claim, limit.get().pause(), seen); // the answer first; other jobs learn of the limit after it
            lanes.block(job, limit.get(), error);
            return false;
        }
        if (error.meaning().causeClass() == CauseClass.QUOTA) {
            return back(claim, Duration.ofMinutes(15), seen);
        }
        boolean again = error.meaning().retryable() && mayAgain(job, error);
        if (again || earlierMayLand(job)) {
            claim.note(job.doc().troubled(kernel.now(), Trouble.PLATFORM));
            return back(claim, notes.backOff(tries(job) + 1, error), seen);
        }
        if (!moves.rest(claim, job.doc().seen(seen), new PublishEvent.Refused(Failure.of(error)), null)) {
            late.notDone(job, counted(job, seen));
        }
        return false;
    }

    /** A platform that does not work now is asked for as long as a job has patience; anything else for some times. */
    private boolean mayAgain(Stored job, PlatformError error) {
        return error.meaning().causeClass() == CauseClass.TRANSIENT
                ? !failures.tooLong(job.doc().troubled(kernel.now(), Trouble.PLATFORM))
                : refusals(job) < MAX_REFUSALS;
    }

    /** Whether another commit was sent to the same handle before; a refusal of this one says nothing about that. */
    private static boolean earlierMayLand(Stored job) {
        return job.doc().resends() > 0;
    }

    private static JobDoc withoutCommit(Stored job) {
        return earlierMayLand(job) ? job.doc() : job.doc().notCommitted();
    }

    private PublishEvent withoutEffect(Stored job, Evidence seen) {
        return earlierMayLand(job)
                ? new PublishEvent.CommitUnclear("an earlier request may still land; " + seen.code(), kernel.now())
                : new PublishEvent.CommitNotDone();
    }

    private static String refusedSource(Stored job) {
        return job.doc().platform() + ".commit.refused";
    }

    private static Stream<Evidence> refused(Stored job) {
        return job.doc().evidence().stream().filter(seen -> seen.source().equals(refusedSource(job)));
    }

    /** Commits without effect so far, for whatever reason. */
    private static int tries(Stored job) {
        return (int) refused(job).count();
    }

    /** Commits the platform refused so far; waiting for a limit or a network does not count. */
    private static int refusals(Stored job) {
        return (int) refused(job)
                .map(Evidence::cause)
                .filter(cause -> cause != null && cause.causeClass() != CauseClass.QUOTA)
                .count();
    }

    /** Whether a commit did not get through, for another reason than a limit. */
    private static boolean failed(Stored job) {
        return refused(job)
                .map(Evidence::cause)
                .anyMatch(cause -> cause == null || cause.causeClass() != CauseClass.QUOTA);
    }

    private static Evidence counted(Stored job, Evidence seen) {
        return new Evidence(
                refusedSource(job),
                seen.at(),
                seen.code(),
                seen.detail() + " (try " + (tries(job) + 1) + ")",
                seen.cause());
    }

    private boolean back(Claim claim, Duration pause, Evidence seen) {
        Stored job = claim.job();
        Evidence counted = counted(job, seen);
        boolean written = moves.rest(
                claim,
                withoutCommit(job).seen(counted),
                withoutEffect(job, seen),
                kernel.now().plus(pause));
        if (!written) {
            late.notDone(claim.job(), counted);
        }
        return false;
    }
}
