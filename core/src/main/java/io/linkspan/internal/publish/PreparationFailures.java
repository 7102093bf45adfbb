package io.linkspan.internal.publish;

import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.JobDoc;
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

    /** Tries again after a pause, or ends a job whose tries have failed for too long. */
    boolean again(Claim claim, Duration pause, Evidence seen) {
        Stored job = claim.job();
        if (!tooLong(job)) {
            claim.release(
                    job.doc().troubled(kernel.now()).seen(seen), kernel.now().plus(pause));
        } else if (job.doc().mayLand()) {
            doubted(claim, "a commit may still land, and its media cannot be sent again", seen);
        } else {
            moves.rest(claim, job.doc().seen(seen), new PublishEvent.Refused(notPrepared(seen)), null);
        }
        return false;
    }

    /** Only tries that failed one after the other count; waiting for a limit or a moment does not. */
    boolean tooLong(Stored job) {
        Instant since = job.doc().troubleSince();
        return since != null
                && kernel.now().isAfter(since.plus(kernel.settings().prepareLife()));
    }

    private Failure notPrepared(Evidence seen) {
        return new Failure(
                "not_prepared",
                CauseClass.TRANSIENT,
                "preparing failed for " + kernel.settings().prepareLife().toHours() + " h, at last: " + seen.describe(),
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
        if (job.doc().handles() >= kernel.settings().maxHandles()) {
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
