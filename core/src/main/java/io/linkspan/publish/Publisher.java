package io.linkspan.publish;

import io.linkspan.Owner;
import java.util.Optional;

/** Accepts posts and tells what became of them. Thread-safe, blocking. */
public interface Publisher {
    /**
     * Checks a post as {@link #submit} would, without effect.
     *
     * @param owner whose
     * @param post the post
     * @return what would happen at each target
     * @throws PostRefusedException when it has no target, or its media cannot be read
     * @throws io.linkspan.NotFoundException when a target is not one of this owner
     */
    Preview preview(Owner owner, Post post);

    /**
     * Accepts a post: checked first, queued second, durable on return. The same key with the same post returns the
     * publication that exists.
     *
     * @param owner whose
     * @param idempotencyKey the host's key; 1 to 128 characters, unique per user of a tenant, kept as long as the publication
     * @param post the post with at least one target
     * @return the publication
     * @throws PostRefusedException when a check stands in the way; nothing was queued
     * @throws io.linkspan.NotFoundException when a target is not one of this owner; nothing was queued
     * @throws IdempotencyConflictException when the key was used for another post; nothing was queued
     */
    Publication submit(Owner owner, String idempotencyKey, Post post);

    /**
     * Finds a publication.
     *
     * @param owner whose
     * @param id its id
     * @return the publication; empty when there is none, or it is someone else's
     */
    Optional<Publication> find(Owner owner, PublicationId id);

    /**
     * Stops what has not been committed. What has been is stopped where the platform offers that, gets no second handle, and
     * goes on to its verdict.
     *
     * @param owner whose
     * @param id the publication
     * @param reason who stops it and why
     * @return the publication after it; jobs past their commit go on to their verdict
     * @throws io.linkspan.NotFoundException when there is no such publication of this owner
     */
    Publication cancel(Owner owner, PublicationId id, String reason);

    /**
     * Answers for a job that waits for a decision.
     *
     * @param owner whose
     * @param id the publication
     * @param jobId the job
     * @param decision the answer
     * @param actor who answers; kept as evidence
     * @return the publication after it
     * @throws io.linkspan.NotFoundException when there is no such publication of this owner, or no such job in it
     * @throws io.linkspan.ConflictException when the job does not wait for a decision
     */
    Publication decide(Owner owner, PublicationId id, String jobId, Decision decision, String actor);

    /**
     * Answers for a job that waits for a decision, with the id of the post that was found.
     *
     * @param owner whose
     * @param id the publication
     * @param jobId the job
     * @param decision the answer
     * @param postId the platform's id of the post, used with {@link Decision#IT_IS_THERE}; empty when not known
     * @param actor who answers; kept as evidence
     * @return the publication after it
     * @throws io.linkspan.NotFoundException when there is no such publication of this owner, or no such job in it
     * @throws io.linkspan.ConflictException when the job does not wait for a decision
     */
    Publication decide(Owner owner, PublicationId id, String jobId, Decision decision, String postId, String actor);
}
