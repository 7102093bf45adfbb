package io.linkspan.spi;

import io.linkspan.connection.Capability;
import io.linkspan.preflight.Destination;
import java.util.List;

/**
 * Publish paths of one platform, as steps. Linkspan owns order, durability and doubt: it calls {@link #prepare} until the
 * attempt is ready, stores that it will commit, calls {@link #commit} once, and then only reads.
 */
public interface PublishAdapter {
    /**
     * What a connection must be able to do.
     *
     * @param content the post at this target
     * @return the capability
     */
    Capability capability(PublishContent content);

    /**
     * What preflight checks the media for.
     *
     * @param content the post at this target
     * @return the destination
     */
    Destination destination(PublishContent content);

    /**
     * Whether the platform pulls the media from a public address.
     *
     * @param content the post at this target
     * @return true when a {@link MediaHost} is needed
     */
    boolean pulls(PublishContent content);

    /**
     * Checks text and options without asking the platform.
     *
     * @param content the post at this target
     * @return one sentence per problem, saying what, the limit and what to do; empty when there is none
     */
    List<String> problems(PublishContent content);

    /**
     * Next step before the commit. Calls have class {@link CallClass#PREPARE} or {@link CallClass#READ}.
     *
     * @param attempt the attempt; {@link PublishAttempt#handle()} is null at first
     * @return the conversation
     */
    Flow<PrepareStep> prepare(PublishAttempt attempt);

    /**
     * The one request that can create the post, class {@link CallClass#COMMIT}. Exactly one call.
     *
     * @param attempt the attempt with its handle
     * @return the conversation
     */
    Flow<CommitResult> commit(PublishAttempt attempt);

    /**
     * Reads what became of the handle; nothing else.
     *
     * @param attempt the attempt with its handle
     * @return the conversation; anything that is no evidence is {@link Outcome.Unclear}
     */
    Flow<HandleStatus> status(PublishAttempt attempt);

    /**
     * Looks for id and public address of a published post, best effort.
     *
     * @param attempt the attempt with its handle
     * @param postId the id when it is known already, or empty
     * @return the conversation
     */
    Flow<PublishedPost> locate(PublishAttempt attempt, String postId);
}
