package io.linkspan.internal.publish;

import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.HandleDoc;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Handle;
import io.linkspan.spi.Outcome;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of a commit whose sender lost its claim, or its store, meanwhile. It is evidence all the same, and the only copy of it: it
 * is added to the job as it stands now, whatever a worker or a person concluded without it.
 */
final class LateAnswer {
    private static final Logger log = LoggerFactory.getLogger(LateAnswer.class);
    private static final Set<Phase> DOUBTED = EnumSet.of(Phase.COMMITTING, Phase.IN_DOUBT, Phase.AWAITING_DECISION);

    private final Kernel kernel;
    private final JobRepository jobs;
    private final Lanes lanes;
    private final Moves moves;
    private final UnstoredOutcomes unstored = new UnstoredOutcomes();

    LateAnswer(Kernel kernel, JobRepository jobs, Lanes lanes, Moves moves) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.lanes = lanes;
        this.moves = moves;
    }

    /** What to write about a job; without an event only what was seen. */
    private record Change(JobDoc doc, @Nullable PublishEvent event) {}

    /** Writes what no store took when it came. */
    void flush() {
        unstored.flush();
    }

    /** The same for the last time. */
    void close() {
        unstored.close();
    }

    /** An answer whose write failed: written as soon as the store takes it. */
    void keep(Stored sent, Outcome<CommitResult> outcome, Evidence seen) {
        unstored.write(sent.record().id(), () -> answered(sent, outcome, seen));
    }

    /** An intent that may or may not have been stored, and whose commit stays here: the doubt about it ends as soon as the store answers. */
    void neverSent(Stored before, JobDoc intent, Evidence seen) {
        Stored sent = new Stored(before.record(), intent);
        unstored.write(before.record().id(), () -> {
            if (!fenced(before)) {
                notDone(sent, seen);
            }
        });
    }

    /** Whether the intent was not kept; a write in its place sees to it that it never will be. */
    private boolean fenced(Stored before) {
        Optional<Stored> now = find(before);
        return now.filter(job -> job.record().version() == before.record().version())
                .filter(job -> jobs.save(job, job.doc(), kernel.now()).isPresent())
                .isPresent();
    }

    private void answered(Stored sent, Outcome<CommitResult> outcome, Evidence seen) {
        if (outcome instanceof Outcome.NotSent<CommitResult> || outcome instanceof Outcome.Refused<CommitResult>) {
            notDone(sent, seen);
        } else if (outcome.result().orElse(null) instanceof CommitResult.Published it) {
            published(sent, it.postId(), seen);
        } else if (outcome.result().orElse(null) instanceof CommitResult.Accepted it) {
            accepted(sent, it.handle(), seen);
        }
    }

    /** The commit was answered with a post: there is one, whatever was concluded or said meanwhile. */
    void published(Stored sent, String postId, Evidence seen) {
        change(sent, now -> {
            if (!(now.state() instanceof PublishState.Published known)) {
                return Optional.of(new Change(ofAttempt(now, sent).seen(seen), event(now, postId)));
            }
            if (known.postId().equals(postId) || now.doc().isForgotten()) {
                return Optional.empty();
            }
            if (same(sent, now)) { // what was found by searching, or said by a person, gives way
                return Optional.of(new Change(now.doc().seen(seen), event(now, postId)));
            }
            log.warn("job {} appeared twice: as {} and as {}", now.record().id(), known.postId(), postId);
            return Optional.of(new Change(now.doc().seen(another(seen)), null));
        });
    }

    /** Nothing about the account comes back to a job that was to forget it. */
    private PublishEvent event(Stored now, String postId) {
        return new PublishEvent.CommitPublished(now.doc().isForgotten() ? "" : postId, kernel.now());
    }

    private static Evidence another(Evidence seen) {
        return new Evidence(
                seen.source(),
                seen.at(),
                "another_post",
                seen.detail() + ", from an earlier attempt; the job appeared twice",
                seen.cause());
    }

    /** The job with the attempt that the answer is about, also when another one was begun on a person's word. */
    private JobDoc ofAttempt(Stored now, Stored sent) {
        return same(sent, now) || now.doc().isForgotten()
                ? now.doc()
                : now.doc().withHandle(jobs.seal(now, Objects.requireNonNull(jobs.open(sent), "handle")));
    }

    /** The platform has everything, perhaps under a name of its own; no other job of the account can mean that name any more. */
    void accepted(Stored sent, @Nullable Handle handle, Evidence seen) {
        if (handle != null) {
            lanes.named(sent, handle.id());
        }
        change(sent, now -> acceptedThen(now, sent, handle, seen));
    }

    private Optional<Change> acceptedThen(Stored now, Stored sent, @Nullable Handle handle, Evidence seen) {
        Phase phase = now.state().phase();
        boolean known = handle != null
                && now.doc().handle() != null
                && now.doc().handle().id().equals(handle.id());
        if (known || now.doc().isForgotten() || phase == Phase.PUBLISHED || phase == Phase.DELIVERED) {
            return Optional.empty();
        }
        JobDoc doc = handle == null ? ofAttempt(now, sent) : now.doc().withHandle(jobs.seal(now, handle));
        PublishEvent taken = new PublishEvent.CommitAccepted(
                Objects.requireNonNull(doc.handle(), "handle").id(), kernel.now());
        if (same(sent, now)) {
            JobDoc alive = doc.alive(kernel.now()).seen(seen);
            boolean open = DOUBTED.contains(phase);
            boolean news = handle != null || phase != Phase.CONFIRMING;
            return news ? Optional.of(new Change(alive, open ? taken : null)) : Optional.empty();
        }
        if (phase.terminal()) { // the next look reads the attempt that was taken
            return Optional.of(new Change(doc.seen(seen), null));
        }
        boolean begunAnew = (phase == Phase.PREPARING || phase == Phase.PREPARED)
                && !now.doc().mayLand();
        return begunAnew
                ? Optional.of(new Change(doc.committing(kernel.now()).seen(seen), taken))
                : Optional.of(new Change(now.doc().seen(seen), null));
    }

    /**
     * Records that a commit had no effect, because it was definitely refused or never sent. Valid also after another worker has claimed the
     * job, as long as no other commit was begun.
     */
    void notDone(Stored sent, Evidence seen) {
        change(sent, now -> notDone(now, sent, seen));
    }

    private Optional<Change> notDone(Stored now, Stored sent, Evidence seen) {
        JobDoc doc = now.doc();
        boolean sameIntent = same(sent, now)
                && doc.resends() == sent.doc().resends()
                && Objects.equals(doc.committedAt(), sent.doc().committedAt());
        if (!sameIntent || doc.isRestored()) {
            return Optional.empty();
        }
        if (doc.resends() > 0) { // an earlier one may still land
            String why = "an earlier request may still land; " + seen.code();
            return now.state().phase() == Phase.COMMITTING
                    ? Optional.of(new Change(doc.seen(seen), new PublishEvent.CommitUnclear(why, kernel.now())))
                    : Optional.empty();
        }
        if (DOUBTED.contains(now.state().phase())) {
            return Optional.of(new Change(doc.notCommitted().seen(seen), new PublishEvent.CommitNotDone()));
        }
        return now.state().phase() == Phase.PREPARED
                ? Optional.of(new Change(doc.notCommitted().seen(seen), null))
                : Optional.empty();
    }

    private void change(Stored sent, Function<Stored, Optional<Change>> rule) {
        Optional<Stored> now = find(sent);
        while (now.isPresent()) {
            Optional<Change> change = rule.apply(now.get());
            if (change.isEmpty() || written(now.get(), change.get())) {
                return;
            }
            now = find(sent);
        }
    }

    private boolean written(Stored now, Change change) {
        JobDoc doc = now.doc().isForgotten() ? change.doc().forgotten() : change.doc();
        PublishEvent event = change.event();
        return (event == null || !Moves.takes(now, event))
                ? jobs.save(now, doc, kernel.now()).isPresent()
                : moves.beside(now, doc, event, kernel.now());
    }

    private Optional<Stored> find(Stored sent) {
        return jobs.find(sent.record().tenant(), sent.record().id());
    }

    private static boolean same(Stored sent, Stored now) {
        HandleDoc handle = now.doc().handle();
        HandleDoc of = sent.doc().handle();
        return handle != null && of != null && handle.id().equals(of.id());
    }
}
