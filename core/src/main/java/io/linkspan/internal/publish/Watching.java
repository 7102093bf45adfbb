package io.linkspan.internal.publish;

import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.RedactedFailure;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.publish.Failure;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The time after the commit: reads of the handle, and nothing else. */
final class Watching {
    private static final Duration DECISION_PAUSE = Duration.ofMinutes(15);

    /** Reads in a state before the last one; a process that slept long does not decide on the first answers after it. */
    private static final int EARLIER_READS = 2;

    /** The time of the last sign may have been written by a clock that is slow by so much, or be read by one that is fast. */
    private static final Duration CLOCKS_APART = Duration.ofHours(1);

    /** How long a process has read in vain before it trusts a clock that says more. */
    private static final Duration LEAST_WATCHED = Duration.ofMinutes(2);

    /** How long a handle must have been seen unused before a host that assumes single use may send again. */
    private static final Duration SURELY_UNUSED = Duration.ofMinutes(2);

    private final Kernel kernel;
    private final JobRepository jobs;
    private final MediaFiles media;
    private final Lanes lanes;
    private final Attempts attempts;
    private final Moves moves;
    private final Ending ending;
    private final Notes notes;

    Watching(
            Kernel kernel,
            JobRepository jobs,
            MediaFiles media,
            Lanes lanes,
            Attempts attempts,
            Moves moves,
            Ending ending) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.media = media;
        this.lanes = lanes;
        this.attempts = attempts;
        this.moves = moves;
        this.ending = ending;
        this.notes = new Notes(kernel);
    }

    /** One look; true when the next step can follow at once. */
    boolean step(Claim claim, PublishAdapter adapter) {
        Stored job = claim.job();
        if (job.doc().handle() == null) {
            claim.release(job.doc(), kernel.now().plus(RestoredJobs.PAUSE)); // there is nothing to read
            return false;
        }
        boolean quiet = quietTooLong(job); // a person is asked after one more read, with whatever token there is
        Optional<PublishAttempt> attempt = quiet ? attempts.lastRead(job) : attempts.after(claim);
        if (attempt.isEmpty()) {
            return quiet && giveUp(claim, job.doc());
        }
        JobDoc asked = stopping(job, adapter, attempt.get());
        Outcome<HandleStatus> outcome = attempts.caller(job).inDoubt().ask(adapter.status(attempt.get()));
        if (outcome instanceof Outcome.Done<HandleStatus> done) {
            if (job.doc().isRestored() && !tells(done.value())) {
                return undecided(claim, asked, done.value());
            }
            return done.value() instanceof HandleStatus.Nameless
                    ? named(claim, asked, adapter, attempt.get()) || nameless(claim, asked, adapter)
                    : seen(claim, asked, adapter, done.value());
        }
        PlatformError refusal = outcome.refusal().orElse(null);
        if (quiet) {
            attempts.tokenRefused(job, attempt.get(), refusal);
        } else if (attempts.tokenTrouble(claim, attempt.get(), refusal)) {
            return false;
        }
        Evidence seen = outcome.refusal()
                .map(notes::of)
                .orElseGet(() -> notes.of(source(job), "no_evidence", outcome.describe()));
        return wait(claim, asked.unposted(null), seen, false);
    }

    /** Whether a status says something although the handle may have been followed by another one since the back-up. */
    private static boolean tells(HandleStatus status) {
        return status instanceof HandleStatus.Published
                || status instanceof HandleStatus.Delivered
                || status instanceof HandleStatus.Processing;
    }

    /** Out of a back-up, and this handle is no post: a later one, which the back-up does not know, may be. */
    private boolean undecided(Claim claim, JobDoc doc, HandleStatus status) {
        String kind = status.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        Evidence seen = notes.of(source(claim.job()), kind, "this handle is no post; a later one may be");
        if (claim.job().state().phase() == Phase.AWAITING_DECISION) {
            return wait(claim, doc, seen, false);
        }
        PublishEvent event =
                new PublishEvent.QuietTooLong(RestoredJobs.why(claim.job().doc()), kernel.now());
        moves.rest(claim, doc.seen(seen), event, kernel.now().plus(DECISION_PAUSE));
        return false;
    }

    /** A draft in the inbox: only a look whether the person posted it. */
    boolean draft(Claim claim, PublishAdapter adapter) {
        return postedAfterAll(claim, adapter, ending.draftWatchedUntil(claim.job()));
    }

    /** A verdict that does not rest on the platform's evidence: a look whether there is some. */
    boolean verdict(Claim claim, PublishAdapter adapter) {
        return postedAfterAll(claim, adapter, ending.verdictWatchedUntil(claim.job()));
    }

    private boolean postedAfterAll(Claim claim, PublishAdapter adapter, @Nullable Instant next) {
        Stored job = claim.job();
        Optional<PublishAttempt> attempt = job.doc().handle() == null ? Optional.empty() : attempts.afterwards(job);
        if (attempt.isPresent()) {
            Outcome<HandleStatus> outcome = attempts.caller(job).ask(adapter.status(attempt.get()));
            if (outcome.result().orElse(null) instanceof HandleStatus.Published it) {
                return ending.published(
                        claim,
                        new PublishEvent.SeenPublished(it.postId(), kernel.now()),
                        notes.of(source(job), "published", it.detail()));
            }
        }
        claim.release(job.doc().looked(), next);
        return false;
    }

    private static String source(Stored job) {
        return job.doc().platform() + ".status";
    }

    /** Asks the platform to stop what somebody wants to stop; the answer is no verdict. */
    private JobDoc stopping(Stored job, PublishAdapter adapter, PublishAttempt attempt) {
        if (job.doc().cancel() == null) {
            return job.doc();
        }
        return adapter.cancel(attempt)
                .map(flow -> attempts.caller(job).run(flow))
                .map(outcome -> job.doc().seen(notes.of(job.doc().platform() + ".cancel", "asked", outcome.describe())))
                .orElse(job.doc());
    }

    private boolean seen(Claim claim, JobDoc doc, PublishAdapter adapter, HandleStatus status) {
        Stored job = claim.job();
        String source = source(job);
        if (status instanceof HandleStatus.Published published) {
            return ending.published(
                    claim,
                    new PublishEvent.SeenPublished(published.postId(), kernel.now()),
                    notes.of(source, "published", published.detail()));
        }
        if (status instanceof HandleStatus.Delivered delivered) {
            return ending.delivered(
                    claim,
                    new PublishEvent.SeenDelivered(delivered.instruction(), kernel.now()),
                    notes.of(source, "delivered", delivered.detail()));
        }
        if (status instanceof HandleStatus.Dead dead) {
            return ending.dead(claim, adapter, dead.error());
        }
        if (status instanceof HandleStatus.Incomplete incomplete) {
            Evidence seen = notes.of(source, "incomplete", incomplete.detail());
            if (doc.cancel() != null) {
                return wait(claim, doc, seen, false);
            }
            JobDoc resumed = doc.withHandle(jobs.seal(job, incomplete.handle())).seen(seen);
            if (doc.resends() == 0) {
                return moves.go(claim, resumed, new PublishEvent.SeenIncomplete());
            }
            moves.rest(
                    claim,
                    resumed,
                    new PublishEvent.SeenIncomplete(),
                    kernel.now().plus(notes.backOff(doc.resends())));
            return false;
        }
        if (status instanceof HandleStatus.Processing processing) {
            return wait(claim, doc.unposted(null), notes.of(source, "processing", processing.detail()), true);
        }
        return unposted(claim, doc, notes.of(source, "not_published", ((HandleStatus.NotPublished) status).detail()));
    }

    /** Seen unused. That proves nothing, unless the host says that a handle posts once at most. */
    private boolean unposted(Claim claim, JobDoc doc, Evidence seen) {
        JobDoc noted = doc.unposted(kernel.now());
        Instant since = noted.unpostedSince();
        boolean again = kernel.settings().publishing().resendSameHandle()
                && doc.resends() == 0
                && doc.cancel() == null
                && since != null
                && Duration.between(since, kernel.now()).compareTo(SURELY_UNUSED) >= 0;
        return again
                ? moves.go(claim, noted.seen(seen), new PublishEvent.SeenUnposted())
                : wait(claim, noted, seen, false);
    }

    /**
     * A message of the platform may have named the attempt. The name is this job's only when nothing else of the account can be
     * meant, and when what it names is there: a failure told under a name that may be somebody else's proves nothing.
     */
    private boolean named(Claim claim, JobDoc doc, PublishAdapter adapter, PublishAttempt attempt) {
        Stored job = claim.job();
        for (String name : lanes.hints(job)) {
            Optional<Handle> handle = adapter.named(attempt.requireHandle(), name);
            if (handle.isEmpty()) {
                continue;
            }
            Outcome<HandleStatus> outcome =
                    attempts.caller(job).inDoubt().ask(adapter.status(attempt.withHandle(handle.get())));
            HandleStatus status = outcome.result().orElse(null);
            if (status instanceof HandleStatus.Published || status instanceof HandleStatus.Delivered) {
                lanes.named(job, name);
                Evidence seen = notes.of(
                        source(job),
                        "named",
                        "a message named " + name + ", and no other attempt of the account lacks its name");
                if (claim.save(doc.withHandle(jobs.seal(job, handle.get())).seen(seen))) {
                    seen(claim, claim.job().doc(), adapter, status);
                }
                return true;
            }
        }
        return false;
    }

    /** Nothing at the platform names the attempt: only an address that nobody asked for proves that nothing can appear. */
    private boolean nameless(Claim claim, JobDoc doc, PublishAdapter adapter) {
        Stored job = claim.job();
        OptionalLong requests;
        try {
            requests = media.fence(job);
        } catch (RuntimeException e) {
            return wait(claim, doc, notes.of("linkspan.media_host", "failed", RedactedFailure.line(e)), false);
        }
        if (requests.isEmpty()) {
            return wait(
                    claim,
                    doc,
                    notes.of(
                            "linkspan.media_host",
                            "no_fence",
                            "the answer with the post's name is lost, and the media host cannot prove what was fetched"),
                    false);
        }
        if (requests.getAsLong() > 0) {
            String detail = "the answer with the post's name is lost, and its media were asked for "
                    + requests.getAsLong() + " times";
            return wait(claim, doc, notes.of("linkspan.media_host", "served", detail), false);
        }
        Evidence seen = notes.of(
                "linkspan.media_host", "never_served", "withdrawn, and nobody ever asked for it: nothing can appear");
        String cancel = doc.cancel();
        if (cancel != null) {
            return ending.end(claim, new PublishEvent.CancelProven(cancel), seen);
        }
        notTaken(job, adapter);
        return ending.interrupted(claim, seen, notes.backOff(job.doc().handles()), notTaken());
    }

    /** The commit had no effect, so what it took of the limits is free again. */
    private void notTaken(Stored job, PublishAdapter adapter) {
        Instant at = job.doc().committedAt();
        if (at != null) {
            List<Quota> quotas = adapter.quotas(job.doc().content()).stream()
                    .filter(quota -> quota.step() == Quota.Step.COMMIT && quota.counting() == Quota.Counting.EACH)
                    .toList();
            lanes.giveBack(job, new Lanes.Taken(quotas, at, null));
        }
    }

    private static Failure notTaken() {
        return new Failure(
                "not_taken",
                CauseClass.TRANSIENT,
                "the platform answered none of the attempts and never fetched the media",
                Actor.PLATFORM,
                "Nothing was posted. Submit again with a new key.");
    }

    private boolean wait(Claim claim, JobDoc doc, Evidence seen, boolean alive) {
        if (!alive && quietTooLong(claim.job())) {
            return giveUp(claim, doc.seen(seen));
        }
        JobDoc looked = doc.looked().seen(seen);
        claim.release(alive ? looked.alive(kernel.now()) : looked, kernel.now().plus(pause(claim.job())));
        return false;
    }

    /** Reads go on, but a person may know more. */
    private boolean giveUp(Claim claim, JobDoc doc) {
        String why = "the platform has given no result for "
                + kernel.settings().quietTime().toMinutes() + " min";
        moves.rest(
                claim,
                doc,
                new PublishEvent.QuietTooLong(why, kernel.now()),
                kernel.now().plus(DECISION_PAUSE));
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

    /**
     * No sign for the quiet time, by the clock and by this process's own measure. Clocks explain a sign in the future, but not one that is
     * much too old; a process that does not live long enough needs to have waited only a little then.
     */
    private boolean quietTooLong(Stored job) {
        Duration watched = attempts.watched(job); // begins with the first look after the sign
        Instant lastSign = job.doc().lastSign();
        if (lastSign == null
                || job.state().phase() == Phase.AWAITING_DECISION
                || job.doc().looks() < EARLIER_READS) {
            return false;
        }
        Duration enough = kernel.settings().quietTime();
        Duration quiet = Duration.between(lastSign, kernel.now());
        if (quiet.compareTo(enough.plus(CLOCKS_APART)) >= 0) {
            return watched.compareTo(LEAST_WATCHED) >= 0;
        }
        return (quiet.isNegative() || quiet.compareTo(enough) >= 0) && watched.compareTo(enough) >= 0;
    }
}
