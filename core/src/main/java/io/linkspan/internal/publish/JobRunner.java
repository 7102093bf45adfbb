package io.linkspan.internal.publish;

import io.linkspan.CallInterruptedException;
import io.linkspan.LinkspanException;
import io.linkspan.Platform;
import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.Renewer;
import io.linkspan.internal.connection.TokenTrouble;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one job on, from claim to release: checks before the commit, the stored intent, the one commit, and reads after
 * it. Which state follows is decided by {@link PublishMachine}.
 */
final class JobRunner {
    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

    private final Kernel kernel;
    private final JobRepository jobs;
    private final MediaFiles media;
    private final Attempts attempts;
    private final Moves moves;
    private final Ending ending;
    private final Preparing preparing;
    private final Committing committing;
    private final LateAnswer late;
    private final Watching watching;
    private final Lanes lanes;
    private final Notes notes;
    private final Set<Claim> claims = ConcurrentHashMap.newKeySet();

    JobRunner(
            Kernel kernel,
            JobRepository jobs,
            ConnectionRepository connections,
            Renewer renewer,
            TokenTrouble trouble,
            MediaFiles media,
            Lanes lanes,
            Moves moves) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.media = media;
        this.moves = moves;
        this.lanes = lanes;
        this.notes = new Notes(kernel);
        PreparationFailures failures = new PreparationFailures(kernel, moves, media);
        this.attempts = new Attempts(kernel, jobs, connections, renewer, trouble, media, failures);
        this.ending = new Ending(kernel, moves, attempts, failures, this::publishing);
        this.preparing = new Preparing(kernel, jobs, media, lanes, attempts, moves, ending, failures);
        this.late = new LateAnswer(kernel, jobs, lanes, moves);
        this.committing = new Committing(kernel, jobs, media, lanes, attempts, moves, ending, late, failures);
        this.watching = new Watching(kernel, jobs, media, lanes, attempts, moves, ending);
    }

    /** Keeps all claims of this process alive. */
    void beat() {
        claims.forEach(claim -> {
            try {
                claim.beat();
            } catch (LinkspanException e) {
                log.warn("a heartbeat failed; the job goes on and is fenced by its version", e);
            }
        });
    }

    /** Writes what became of commits when no store took it at once. */
    void flush() {
        late.flush();
    }

    /** The same for the last time. */
    void close() {
        late.close();
    }

    /** What this process holds. */
    List<Claim> held() {
        return List.copyOf(claims);
    }

    /** Keeps a claim alive from now on, until it was run. */
    void hold(Claim claim) {
        claims.add(claim);
    }

    /** Gives a claim back that was not worked on, to its place among the jobs of its account: by the time when it was submitted. */
    void giveBack(Claim claim) {
        try {
            Stored job = claim.job();
            Instant now = kernel.now();
            Instant notBefore = job.doc().notBefore();
            Instant place = notBefore == null ? Kernel.madeAt(job.record().id()) : notBefore;
            claim.release(job.doc(), place.isBefore(now) ? place : now);
        } catch (LinkspanException | NumberFormatException e) { // the second: the id is not one of Linkspan's
            log.warn("a claim could not be given back and ends with its lease: {}", e.getMessage());
        } finally {
            claims.remove(claim);
        }
    }

    /** Works on a due job, unless someone else was first. */
    void run(Stored due, BooleanSupplier stop) {
        if (!jobs.toldAgain(due)) {
            Claim.take(kernel, jobs, due).ifPresent(claim -> {
                hold(claim);
                run(claim, stop);
            });
        }
    }

    /**
     * Looks after the right to send that somebody holds beyond a lease: a job at the point of no return is taken over before all work
     * that only waits, however much of it there is.
     */
    void takeOver(StoredRecord lane) {
        Optional<Stored> job = jobs.find(lane.tenant(), Lanes.holder(lane))
                .filter(it -> it.state().phase() == Phase.COMMITTING);
        Optional<Instant> leaseEnd = job.flatMap(it -> it.record().dueAt());
        if (leaseEnd.filter(kernel.now()::isBefore).isPresent()) {
            lanes.lookedAt(lane, leaseEnd.get());
            return;
        }
        lanes.lookedAt(lane, null);
        job.ifPresent(it -> run(it, () -> false));
    }

    /** Works on a held job until it has to wait, or is given back between two steps because the worker stops. */
    void run(Claim claim, BooleanSupplier stop) {
        try {
            if (jobs.toldAgain(claim.job())) {
                return;
            }
            boolean goesOn = true;
            while (goesOn && !stop.getAsBoolean()) {
                goesOn = step(claim);
            }
            if (goesOn) {
                claim.release(claim.job().doc(), kernel.now());
            }
        } catch (CallInterruptedException e) { // says nothing about the job
            claim.release(claim.job().doc(), kernel.now());
            throw e;
        } finally {
            claims.remove(claim);
        }
    }

    private PublishAdapter publishing(Stored job) {
        return kernel.adapter(Platform.of(job.doc().platform())).publishing();
    }

    private boolean step(Claim claim) {
        Stored job = claim.job();
        PublishAdapter adapter = publishing(job);
        log.debug(
                "step job={} phase={} epoch={}",
                job.record().id(),
                job.state().phase(),
                job.doc().epoch());
        withdrawDecided(job);
        return switch (job.state().phase()) {
            case ACCEPTED -> begin(claim);
            case PREPARING -> stopped(claim) ? false : preparing.step(claim, adapter);
            case PREPARED -> stopped(claim) ? false : committing.step(claim, adapter);
            case COMMITTING -> // found at a claim: whoever sent the commit is gone, and its last bytes may be on their
                // way still
                moves.go(
                        claim,
                        job.doc().alive(kernel.now()),
                        new PublishEvent.CommitUnclear(
                                "the worker stopped between the commit and its answer", kernel.now()));
            case CONFIRMING, IN_DOUBT, AWAITING_DECISION -> watching.step(claim, adapter);
            case DELIVERED -> watching.draft(claim, adapter);
            case PUBLISHED -> ending.locate(claim);
            case FAILED, CANCELLED, EXPIRED -> watching.verdict(claim, adapter);
        };
    }

    /** A decision in a transaction of the host left the media where they were: a rollback would not have put them back. */
    private void withdrawDecided(Stored job) {
        List<Evidence> evidence = job.doc().evidence();
        boolean justDecided = job.doc().looks() == 0
                && !evidence.isEmpty()
                && evidence.get(evidence.size() - 1).source().equals(DefaultPublisher.PERSON);
        if (justDecided && job.state().phase().terminal()) {
            media.withdraw(job);
        } else if (justDecided && job.state().phase() == Phase.PREPARING) {
            media.withdrawBefore(job);
        }
    }

    private boolean begin(Claim claim) {
        Instant notBefore = claim.job().doc().notBefore();
        if (notBefore != null && kernel.now().isBefore(notBefore)) {
            claim.release(claim.job().doc(), notBefore);
            return false;
        }
        if (stopped(claim)) {
            return false;
        }
        moves.note(claim, claim.job().doc(), new PublishEvent.Begun()); // what follows can be repeated
        return true;
    }

    /** Ends a job that must not be committed any more. */
    private boolean stopped(Claim claim) {
        Stored job = claim.job();
        Instant notAfter = job.doc().notAfter();
        if (job.doc().mayLand()) {
            return stoppedAfterCommit(claim);
        }
        if (notAfter != null && !kernel.now().isBefore(notAfter)) {
            ending.end(
                    claim,
                    new PublishEvent.TooLate(notAfter),
                    notes.of("linkspan.clock", "too_late", "not after " + notAfter));
            return true;
        }
        String cancel = job.doc().cancel();
        if (cancel != null) { // wanted while a commit could land; by now nothing can
            ending.end(
                    claim,
                    new PublishEvent.CancelWanted(cancel),
                    notes.of("linkspan.cancel", "cancelled", "nothing can appear any more; " + cancel));
            return true;
        }
        if (!attempts.held(job)) {
            String reason = attempts.whyNotHeld(job);
            ending.end(
                    claim,
                    new PublishEvent.CancelWanted(reason),
                    notes.of("linkspan.connection", "disconnected", reason));
            return true;
        }
        return false;
    }

    /** Part of a commit may still land: it is not sent again, and what became of it is read until the handle tells. */
    private boolean stoppedAfterCommit(Claim claim) {
        Stored job = claim.job();
        Instant notAfter = job.doc().notAfter();
        boolean late = notAfter != null && !kernel.now().isBefore(notAfter);
        if (!late && job.doc().cancel() == null && attempts.held(job)) {
            return false;
        }
        String why = late
                ? "its latest moment passed while a commit may still land"
                : job.doc().cancel() != null
                        ? "it is to be stopped while a commit may still land"
                        : "disconnected while a commit may still land";
        moves.rest(
                claim,
                job.doc().seen(notes.of("linkspan.stop", "not_sent_again", why)),
                new PublishEvent.CommitUnclear(why, kernel.now()),
                kernel.now().plus(Duration.ofMinutes(1)));
        return true;
    }
}
