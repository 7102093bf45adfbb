package io.linkspan.internal.publish;

import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.HandleDoc;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.Handle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a commit whose sender lost its claim meanwhile. It is evidence all the same, and the only copy of it: it is
 * added to the job as it stands now, as long as that is still about the same handle.
 */
final class LateAnswer {
    private final Kernel kernel;
    private final JobRepository jobs;
    private final Lanes lanes;
    private final Moves moves;

    LateAnswer(Kernel kernel, JobRepository jobs, Lanes lanes, Moves moves) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.lanes = lanes;
        this.moves = moves;
    }

    /** The commit was answered with a post. */
    void published(Stored sent, String postId, Evidence seen) {
        Optional<Stored> now = sameHandle(sent);
        while (now.isPresent()) {
            if (moves.beside(now.get(), now.get().doc().seen(seen), event(now.get(), postId), kernel.now())) {
                return;
            }
            now = sameHandle(sent);
        }
    }

    /** A job that was seen as published meanwhile may still lack the id. */
    private PublishEvent event(Stored now, String postId) {
        return switch (now.state().phase()) {
            case COMMITTING -> new PublishEvent.CommitPublished(postId, kernel.now());
            case PUBLISHED -> new PublishEvent.Located(postId, null);
            default -> new PublishEvent.SeenPublished(postId, kernel.now());
        };
    }

    /**
     * The commit had no effect for certain. Used only while nobody else claimed the job, as when a wish to stop it was written
     * meanwhile: who claimed it may have sent another one.
     */
    void notDone(Stored sent, Evidence seen) {
        Optional<Stored> now = untouched(sent);
        while (now.isPresent()) {
            JobDoc doc = now.get().doc().notCommitted().seen(seen);
            if (moves.beside(now.get(), doc, new PublishEvent.CommitNotDone(), kernel.now())) {
                return;
            }
            now = untouched(sent);
        }
    }

    private Optional<Stored> untouched(Stored sent) {
        return sameHandle(sent)
                .filter(job -> job.state().phase() == Phase.COMMITTING)
                .filter(job ->
                        job.doc().epoch() == sent.doc().epoch() && job.doc().resends() == 0);
    }

    /** The commit was answered with the name of what it made; no other job of the account can mean it any more. */
    void named(Stored sent, Handle handle, Evidence seen) {
        lanes.named(sent, handle.id());
        Optional<Stored> now = sameHandle(sent).filter(LateAnswer::open);
        while (now.isPresent()) {
            JobDoc doc = now.get()
                    .doc()
                    .withHandle(jobs.seal(now.get(), handle))
                    .alive(kernel.now())
                    .seen(seen);
            if (jobs.save(now.get(), doc, kernel.now()).isPresent()) {
                return;
            }
            now = sameHandle(sent).filter(LateAnswer::open);
        }
    }

    private static boolean open(Stored job) {
        return job.state().phase().afterCommit()
                || (job.doc().mayLand() && !job.state().phase().terminal());
    }

    private static boolean lacksId(Stored job) {
        return job.state() instanceof PublishState.Published it && it.postId().isEmpty();
    }

    private Optional<Stored> sameHandle(Stored sent) {
        return jobs.find(sent.record().tenant(), sent.record().id())
                .filter(job -> open(job) || lacksId(job))
                .filter(job -> same(sent.doc().handle(), job.doc().handle()));
    }

    private static boolean same(@Nullable HandleDoc a, @Nullable HandleDoc b) {
        return a != null && b != null && a.id().equals(b.id());
    }
}
