package io.linkspan.internal.publish;

import io.linkspan.UnreadableRecordException;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.publish.PublishState;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Whether a post that was found by searching may belong to another job of the same account. A search names a post by what it
 * looks like, and a platform may list one of two equal posts before the other; so it is believed only while no other job can
 * be meant.
 */
final class Twins {
    /** Longest life of a handle: a commit may have its effect as late as this. */
    private static final Duration APART = Duration.ofHours(24);

    private final JobRepository jobs;

    Twins(JobRepository jobs) {
        this.jobs = jobs;
    }

    boolean mayMeanAnother(Stored job, String postId) {
        try {
            return another(job, postId);
        } catch (UnreadableRecordException e) { // it may be that one
            return true;
        }
    }

    private boolean another(Stored job, String postId) {
        return Stream.concat(
                        jobs.ofConnection(job.record().tenant(), job.doc().connection()).stream(),
                        jobs.finishedOf(job.record().tenant(), job.doc().connection()).stream())
                .filter(other -> !other.record().id().equals(job.record().id()))
                .anyMatch(other -> holds(other, postId) || (unnamed(other) && alike(job, other)));
    }

    private static boolean holds(Stored other, String postId) {
        return other.state() instanceof PublishState.Published published
                && published.postId().equals(postId);
    }

    /** Committed, and nobody knows under which id it is live, if it is. */
    private static boolean unnamed(Stored other) {
        if (other.state() instanceof PublishState.Published published) {
            return published.postId().isEmpty();
        }
        return other.doc().committedAt() != null && !other.state().phase().terminal();
    }

    private static boolean alike(Stored job, Stored other) {
        Instant mine = job.doc().committedAt();
        Instant its = other.doc().committedAt();
        boolean close =
                mine == null || its == null || Duration.between(mine, its).abs().compareTo(APART) <= 0;
        return close
                && job.doc().content().kind() == other.doc().content().kind()
                && letters(job).equals(letters(other));
    }

    /** Platforms change white space and signs of a text; letters and digits stay. */
    private static String letters(Stored job) {
        return job.doc().content().caption().replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
