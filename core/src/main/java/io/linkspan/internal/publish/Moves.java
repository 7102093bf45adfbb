package io.linkspan.internal.publish;

import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.JobDoc;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Writes what {@link PublishMachine} says, then does what it asks for. The only place where a job changes its state. */
final class Moves {
    private final JobRepository jobs;
    private final MediaFiles media;

    Moves(JobRepository jobs, MediaFiles media) {
        this.jobs = jobs;
        this.media = media;
    }

    /** Whether an event can happen to a job as it stands. */
    static boolean takes(Stored job, PublishEvent event) {
        return PublishMachine.follow(job.state(), event).isPresent();
    }

    /** Writes a move and keeps the claim; false when the claim was lost. */
    boolean go(Claim claim, JobDoc doc, PublishEvent event) {
        Stored before = claim.job();
        Move move = PublishMachine.next(before.state(), event);
        return done(before, move, claim.save(after(doc, move)));
    }

    /** Makes a move that the next write brings along; for what may be done again after a crash that comes before it. */
    void note(Claim claim, JobDoc doc, PublishEvent event) {
        claim.note(after(doc, PublishMachine.next(claim.job().state(), event)));
    }

    /** Makes a move, has it written together with what comes next, and then does what it asks for; false when that was not written. */
    boolean note(Claim claim, JobDoc doc, PublishEvent event, BooleanSupplier write) {
        Stored before = claim.job();
        Move move = PublishMachine.next(before.state(), event);
        claim.note(after(doc, move));
        return done(before, move, write.getAsBoolean());
    }

    /** Writes a move and gives the claim back; false when the claim was lost. */
    boolean rest(Claim claim, JobDoc doc, PublishEvent event, @Nullable Instant dueAt) {
        Stored before = claim.job();
        Move move = PublishMachine.next(before.state(), event);
        return done(before, move, claim.release(after(doc, move), dueAt));
    }

    /** Writes a move without a claim; false when someone else was first. */
    boolean beside(Stored before, JobDoc doc, PublishEvent event, @Nullable Instant dueAt) {
        Move move = PublishMachine.next(before.state(), event);
        return done(before, move, jobs.save(before, after(doc, move), dueAt).isPresent());
    }

    /** Writes several moves at once, without a claim; false when someone else was first. */
    boolean along(Stored before, JobDoc doc, List<PublishEvent> events, @Nullable Instant dueAt) {
        JobDoc next = doc;
        for (PublishEvent event : events) {
            next = after(next, PublishMachine.next(next.state().state(), event));
        }
        return jobs.save(before, next, dueAt).isPresent();
    }

    private static JobDoc after(JobDoc doc, Move move) {
        JobDoc moved = doc.moved(move.state());
        return move.effects().contains(Effect.DROP_HANDLE) ? moved.withoutHandle() : moved;
    }

    private boolean done(Stored before, Move move, boolean written) {
        if (written && move.effects().contains(Effect.WITHDRAW_MEDIA)) {
            media.withdraw(before);
        }
        return written;
    }
}
