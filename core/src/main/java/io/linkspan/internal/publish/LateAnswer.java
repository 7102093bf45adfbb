package io.linkspan.internal.publish;

import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.HandleDoc;
import io.linkspan.internal.wire.JobDoc;
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
    private final Moves moves;

    LateAnswer(Kernel kernel, JobRepository jobs, Moves moves) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.moves = moves;
    }

    /** The commit was answered with a post. */
    void published(Stored sent, String postId, Evidence seen) {
        Optional<Stored> now = sameHandle(sent);
        while (now.isPresent()) {
            PublishEvent event = new PublishEvent.SeenPublished(postId, kernel.now());
            if (moves.beside(now.get(), now.get().doc().seen(seen), event, kernel.now())) {
                return;
            }
            now = sameHandle(sent);
        }
    }

    /** The commit was answered with the name of what it made. */
    void named(Stored sent, Handle handle, Evidence seen) {
        Optional<Stored> now = sameHandle(sent);
        while (now.isPresent()) {
            JobDoc doc = now.get()
                    .doc()
                    .withHandle(jobs.seal(now.get(), handle))
                    .alive(kernel.now())
                    .seen(seen);
            if (jobs.save(now.get(), doc, kernel.now()).isPresent()) {
                return;
            }
            now = sameHandle(sent);
        }
    }

    private Optional<Stored> sameHandle(Stored sent) {
        return jobs.find(sent.record().tenant(), sent.record().id())
                .filter(job -> job.state().phase().afterCommit())
                .filter(job -> same(sent.doc().handle(), job.doc().handle()));
    }

    private static boolean same(@Nullable HandleDoc a, @Nullable HandleDoc b) {
        return a != null && b != null && a.id().equals(b.id());
    }
}
