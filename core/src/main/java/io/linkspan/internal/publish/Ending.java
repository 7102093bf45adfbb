package io.linkspan.internal.publish;

import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.Trouble;
import io.linkspan.publish.Failure;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishedPost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How an attempt or a job ends: published, delivered, dead, or stopped. */
final class Ending {
    /** When id and address of a published post are looked for again; a new post may be listed some minutes late. */
    private static final List<Duration> LATE_LOOKS =
            List.of(Duration.ofSeconds(35), Duration.ofMinutes(3), Duration.ofMinutes(30));

    /** When a handle is read again that a person gave up. */
    static final List<Duration> GIVEN_UP_LOOKS =
            List.of(Duration.ofMinutes(15), Duration.ofHours(2), Duration.ofHours(24), Duration.ofHours(48));

    /** How long a platform's message about a draft is waited for. */
    /** So many handles may be made in a short trouble; platforms count each of them, so further ones come seldom. */
    private static final int MOST_AT_ONCE = 6;

    private static final Duration RARELY = Duration.ofMinutes(30);
    private static final Duration DRAFT_WATCHED = Duration.ofDays(30);

    private final Kernel kernel;
    private final Moves moves;
    private final Attempts attempts;
    private final PreparationFailures failures;
    private final Notes notes;
    private final Function<Stored, PublishAdapter> adapters;

    Ending(
            Kernel kernel,
            Moves moves,
            Attempts attempts,
            PreparationFailures failures,
            Function<Stored, PublishAdapter> adapters) {
        this.kernel = kernel;
        this.moves = moves;
        this.attempts = attempts;
        this.failures = failures;
        this.notes = new Notes(kernel);
        this.adapters = adapters;
    }

    /** Ends a job with its evidence. */
    boolean end(Claim claim, PublishEvent event, Evidence seen) {
        moves.rest(claim, claim.job().doc().seen(seen), event, null);
        return false;
    }

    /** A job that was seen as published: its verdict is written with id and address, for what was seen can be seen again. */
    boolean published(Claim claim, PublishEvent.SeenPublished event, Evidence seen) {
        moves.note(claim, claim.job().doc().seen(seen), event, () -> located(claim));
        return false;
    }

    /** A job that has just reached the inbox. */
    boolean delivered(Claim claim, PublishEvent event, Evidence seen) {
        moves.rest(claim, claim.job().doc().seen(seen), event, kernel.now().plus(DRAFT_WATCHED));
        return false;
    }

    /** Until when a look at a draft is worth it; null when that is over. Until then hints of the platform find the job. */
    @Nullable
    Instant draftWatchedUntil(Stored job) {
        Instant end = ((PublishState.Delivered) job.state()).at().plus(DRAFT_WATCHED);
        return kernel.now().isBefore(end) ? end : null;
    }

    /** When the next look is worth it at a job that was given up; null when there is none. */
    @Nullable
    Instant verdictWatchedUntil(Stored job) {
        boolean again = job.state() instanceof PublishState.Failed failed
                && failed.attested()
                && job.doc().handle() != null
                && job.doc().looks() + 1 < GIVEN_UP_LOOKS.size();
        return again ? kernel.now().plus(GIVEN_UP_LOOKS.get(job.doc().looks() + 1)) : null;
    }

    /** A job whose handle is dead: a new handle, or the end. */
    boolean dead(Claim claim, PublishAdapter adapter, PlatformError error) {
        Stored job = claim.job();
        attempts.refused(job, adapters.apply(job), error);
        String cancel = job.doc().cancel();
        if (cancel != null && job.state().phase().afterCommit()) {
            return end(claim, new PublishEvent.CancelProven(cancel), notes.of(error));
        }
        if (adapter.interrupted(error)) {
            Duration pause = notes.backOff(job.doc().handles(), error);
            boolean often = job.doc().handles() > MOST_AT_ONCE && pause.compareTo(RARELY) < 0;
            return interrupted(claim, notes.of(error), often ? RARELY : pause, Failure.of(error));
        }
        boolean again = error.meaning().retryable()
                && job.doc().failedHandles() < kernel.settings().maxHandles();
        return again // some minutes for all handles, so that a short trouble inside the platform does not end the job
                ? anew(claim, notes.of(error), notes.backOff(3 * job.doc().failedHandles(), error))
                : end(claim, new PublishEvent.Refused(Failure.of(error)), notes.of(error));
    }

    /** A job whose handle an outage or the time ended: a new handle, as long as the job has patience. */
    boolean interrupted(Claim claim, Evidence seen, Duration pause, Failure failure) {
        JobDoc doc = claim.job().doc().troubled(kernel.now(), Trouble.PLATFORM);
        if (failures.tooLong(doc)) {
            return end(claim, new PublishEvent.Refused(failure), seen);
        }
        claim.note(doc.sparing());
        return anew(claim, seen, pause);
    }

    /** Goes on with a new handle after a pause; the present one is proven dead, or was never committed. */
    boolean anew(Claim claim, Evidence seen, Duration pause) {
        moves.rest(
                claim,
                claim.job().doc().seen(seen),
                new PublishEvent.HandleDead(),
                kernel.now().plus(pause));
        return false;
    }

    /** After the verdict: id and address, best effort; never changes the verdict. */
    boolean locate(Claim claim) {
        located(claim);
        return false;
    }

    /** Whether what was found could be written. */
    private boolean located(Claim claim) {
        Stored job = claim.job();
        PublishState.Published published = (PublishState.Published) job.state();
        if (job.doc().handle() == null && published.postId().isEmpty()) {
            return claim.release(job.doc(), null); // a person says that it is there, and nothing here can name it
        }
        Optional<PublishedPost> found = found(job, published.postId());
        JobDoc doc = job.doc().looked();
        boolean known = published.permalink() != null
                || found.filter(post -> post.permalink() != null).isPresent();
        boolean again = !known && doc.looks() <= LATE_LOOKS.size();
        Instant next = again ? kernel.now().plus(LATE_LOOKS.get(doc.looks() - 1)) : null;
        return found.map(
                        post -> moves.rest(claim, doc, new PublishEvent.Located(post.postId(), post.permalink()), next))
                .orElseGet(() -> claim.release(doc, next));
    }

    private Optional<PublishedPost> found(Stored job, String postId) {
        return attempts.afterwards(job)
                .flatMap(attempt -> attempts.caller(job)
                        .ask(adapters.apply(job).locate(attempt, postId))
                        .result())
                .filter(post ->
                        !postId.isEmpty() || post.postId().isEmpty() || !attempts.mayMeanAnother(job, post.postId()));
    }
}
