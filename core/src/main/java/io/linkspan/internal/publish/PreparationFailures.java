package io.linkspan.internal.publish;

import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.Trouble;
import io.linkspan.publish.Failure;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.Actor;
import io.linkspan.spi.Cause;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/** Tries before the commit that failed: repeated for a limited time, and with another address where the old one is withdrawn. */
final class PreparationFailures {
    private final Kernel kernel;
    private final Moves moves;
    private final MediaFiles media;
    private final Notes notes;

    PreparationFailures(Kernel kernel, Moves moves, MediaFiles media) {
        this.kernel = kernel;
        this.moves = moves;
        this.media = media;
        this.notes = new Notes(kernel);
    }

    /** Tries again after a pause, or ends a job whose media could not be used for too long. */
    boolean again(Claim claim, Duration pause, Evidence seen) {
        JobDoc doc = claim.job().doc().troubled(kernel.now(), Trouble.MEDIA);
        return again(claim, doc, pause, seen, notPrepared(doc, seen));
    }

    /** Tries again after a pause, or ends a job that the platform has failed for too long. */
    boolean again(Claim claim, JobDoc doc, Duration pause, Evidence seen, Failure failure) {
        if (!tooLong(doc)) {
            claim.release(doc.seen(seen), kernel.now().plus(pause));
        } else if (doc.mayLand()) {
            doubted(claim, "a commit may still land, and its media cannot be sent again", seen);
        } else {
            moves.rest(claim, doc.seen(seen), new PublishEvent.Refused(failure), null);
        }
        return false;
    }

    /** Tries again after a pause; nothing reached the platform, so that this says nothing about it and ends no job. */
    boolean notReached(Claim claim, Duration pause, Evidence seen) {
        claim.release(claim.job().doc().looked().seen(seen), kernel.now().plus(pause));
        return false;
    }

    /**
     * Whether tries have failed for too long, whatever the last of them failed at. A latest moment is itself the limit for an outage of the
     * platform.
     */
    boolean tooLong(JobDoc doc) {
        return over(doc, Trouble.MEDIA, kernel.settings().mediaPatience())
                || (doc.notAfter() == null
                        && over(doc, Trouble.PLATFORM, kernel.settings().patience()));
    }

    private static boolean over(JobDoc doc, Trouble by, Duration most) {
        return doc.troubledFor(by).compareTo(most) > 0;
    }

    /** The end of a job before its commit after tries that failed for too long. */
    Failure notPrepared(JobDoc doc, Evidence seen) {
        Cause cause = seen.cause();
        Duration failed = Collections.max(List.of(doc.troubledFor(Trouble.MEDIA), doc.troubledFor(Trouble.PLATFORM)));
        return new Failure(
                "not_prepared",
                cause == null ? CauseClass.TRANSIENT : cause.causeClass(),
                "preparing failed for " + failed.toHours() + " h, at last: " + seen.describe(),
                actor(seen),
                "Nothing was sent that could appear. Submit again with a new key.");
    }

    private static Actor actor(Evidence seen) {
        Cause cause = seen.cause();
        if (cause != null) {
            return cause.actor();
        }
        return seen.source().startsWith("linkspan.media") ? Actor.OPERATOR : Actor.PLATFORM;
    }

    /**
     * The media host does not show the media of an attempt. One that was withdrawn is never shown again, so where nothing but the address
     * names an attempt, the host is asked what was served there: nothing allows an attempt with a new address, anything else is doubt.
     */
    void notShown(Claim claim, PublishAdapter adapter, PublishAttempt attempt, Evidence seen) {
        if (claim.job().state().phase() != Phase.PREPARED || !nameless(adapter, attempt)) {
            again(claim, notes.backOff(claim.job().doc().looks()), seen);
            return;
        }
        OptionalLong requests;
        try {
            requests = media.fence(claim.job());
        } catch (RuntimeException e) { // the host's own code
            requests = OptionalLong.empty();
        }
        if (requests.isEmpty()) {
            again(claim, notes.backOff(claim.job().doc().looks()), seen);
        } else if (requests.getAsLong() > 0 || claim.job().doc().mayLand()) {
            String why = "the address of the media was withdrawn, and was asked for " + requests.getAsLong() + " times";
            doubted(claim, why, notes.of("linkspan.media_host", "served", why));
        } else {
            anew(claim, seen);
        }
    }

    private void anew(Claim claim, Evidence seen) {
        Stored job = claim.job();
        JobDoc doc = job.doc()
                .seen(seen)
                .seen(notes.of(
                        "linkspan.media_host",
                        "never_served",
                        "the address of the media was withdrawn before anyone asked for it"));
        if (job.doc().failedHandles() >= kernel.settings().maxHandles()) {
            moves.rest(claim, doc, new PublishEvent.Refused(withdrawn()), null);
            return;
        }
        Instant next = kernel.now().plus(notes.backOff(job.doc().handles()));
        moves.rest(claim, doc, new PublishEvent.HandleDead(), next);
    }

    private static Failure withdrawn() {
        return new Failure(
                "not_prepared",
                CauseClass.TRANSIENT,
                "the media host withdrew the address of each attempt before it was used",
                Actor.OPERATOR,
                "Nothing was posted. Check why the media host withdraws addresses, then submit again with a new key.");
    }

    /** Whether the platform has no name for the attempt; that is known without a request. */
    private static boolean nameless(PublishAdapter adapter, PublishAttempt attempt) {
        return attempt.handle() != null
                && adapter.status(attempt) instanceof Flow.Finished<HandleStatus> known
                && known.outcome().result().orElse(null) instanceof HandleStatus.Nameless;
    }

    private void doubted(Claim claim, String why, Evidence seen) {
        JobDoc doc = claim.job().doc();
        moves.rest(
                claim,
                (doc.mayLand() ? doc : doc.alive(kernel.now())).seen(seen),
                new PublishEvent.CommitUnclear(why, kernel.now()),
                kernel.now().plus(Duration.ofMinutes(1)));
    }
}
