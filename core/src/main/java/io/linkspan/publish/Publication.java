package io.linkspan.publish;

import io.linkspan.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One accepted post.
 *
 * @param id its id
 * @param owner whose
 * @param idempotencyKey the host's key
 * @param acceptedAt when it was accepted
 * @param jobs one per target, in order
 */
public record Publication(
        PublicationId id, Owner owner, String idempotencyKey, Instant acceptedAt, List<PublishJob> jobs) {
    /**
     * Copies the list.
     *
     * @param id its id
     * @param owner whose
     * @param idempotencyKey the host's key
     * @param acceptedAt when it was accepted
     * @param jobs one per target, in order
     */
    public Publication {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(idempotencyKey, "idempotencyKey");
        Objects.requireNonNull(acceptedAt, "acceptedAt");
        jobs = List.copyOf(jobs);
    }

    /**
     * Whether every job has its final verdict.
     *
     * @return true when nothing more happens by itself
     */
    public boolean settled() {
        return jobs.stream().allMatch(job -> job.state().phase().terminal());
    }

    /**
     * A support-ready account.
     *
     * @return what is known of each job, from which evidence, and what happens next
     */
    public String explain() {
        StringBuilder text = new StringBuilder("Publication ")
                .append(id)
                .append(", accepted ")
                .append(acceptedAt);
        jobs.forEach(job -> text.append(System.lineSeparator()).append(job.explain()));
        return text.toString();
    }
}
