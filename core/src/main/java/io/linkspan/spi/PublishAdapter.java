package io.linkspan.spi;

import io.linkspan.connection.Capability;
import io.linkspan.preflight.Destination;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
     * What preflight checks a file for.
     *
     * @param content the post at this target
     * @param part one of its files
     * @return the destination
     */
    Destination destination(PublishContent content, MediaPart part);

    /**
     * Whether the platform pulls a file from a public address.
     *
     * @param content the post at this target
     * @param part one of its files
     * @return true when a {@link MediaHost} is needed
     */
    boolean pulls(PublishContent content, MediaPart part);

    /**
     * Checks text and options without asking the platform.
     *
     * @param content the post at this target
     * @return what stands in the way; empty when nothing does
     */
    List<Problem> problems(PublishContent content);

    /**
     * Whether the platform takes a cover image with this post. Where it does not, a cover that was meant for all platforms is left out with a
     * warning; one that was given for this platform reaches {@link #problems}.
     *
     * @param content the post at this target, with the cover
     * @return true by default
     */
    default boolean takesCover(PublishContent content) {
        return true;
    }

    /**
     * How long the caption may be.
     *
     * @param content the post at this target
     * @return the limit
     */
    default TextLimit captionLimit(PublishContent content) {
        return TextLimit.NONE;
    }

    /**
     * What the platform will receive, for people.
     *
     * @param content the post at this target
     * @return the platform's own fields with their values; no bytes, no addresses
     */
    default Map<String, String> sends(PublishContent content) {
        return content.options();
    }

    /**
     * Limits that Linkspan counts before the platform has to refuse.
     *
     * @param content the post at this target
     * @return the limits; empty when none is known
     */
    default List<Quota> quotas(PublishContent content) {
        return List.of();
    }

    /**
     * What a refusal says about a limit.
     *
     * @param error a refusal
     * @return the limit that is used up; empty when the refusal is about something else
     */
    default Optional<QuotaBlock> blocked(PlatformError error) {
        return Optional.empty();
    }

    /**
     * Whether a refusal of a post is about the account or its permissions, so that no other post would be taken either. It is kept at the
     * connection, as health and for attention, until a post or a look shows otherwise.
     *
     * @param error the platform's answer
     * @return by default, whether it is about the state of the account and lets posts wait
     */
    default boolean restricts(PlatformError error) {
        return error.meaning().causeClass() == CauseClass.ACCOUNT
                && blocked(error).isPresent();
    }

    /**
     * Whether a limit that is used up stops a post.
     *
     * @param limit its name, as {@link #blocked} gave it
     * @param content the post at this target
     * @return false when the limit is about other kinds of posts
     */
    default boolean stops(String limit, PublishContent content) {
        return true;
    }

    /**
     * Whether a limit that is used up stops a post before one of its steps. A post that the platform has counted already goes on.
     *
     * @param limit its name, as {@link #blocked} gave it
     * @param content the post at this target
     * @param step the step that comes next
     * @return by default as {@link #stops(String, PublishContent)}, whatever the step
     */
    default boolean stops(String limit, PublishContent content, Quota.Step step) {
        return stops(limit, content);
    }

    /**
     * Whether the error of a dead handle says nothing about the post: its time ended or its transfer broke off. Then another handle is made
     * for as long as the job has patience, instead of a few times.
     *
     * @param error why the handle is dead
     * @return false by default
     */
    default boolean interrupted(PlatformError error) {
        return false;
    }

    /**
     * Asks what the platform says about the account right now. Calls have class {@link CallClass#READ}.
     *
     * @param accessToken a valid access token
     * @param account the account
     * @param content the post at this target
     * @return the conversation
     */
    default Flow<TargetFacts> look(Secret accessToken, AccountIdentity account, PublishContent content) {
        return Flow.of(TargetFacts.NONE);
    }

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
     * The handle of an attempt whose answer is lost, once a message of the platform has named it.
     *
     * @param nameless the handle as it is known
     * @param name the platform's name of it
     * @return the named handle; empty when the handle has its name already
     */
    default Optional<Handle> named(Handle nameless, String name) {
        return Optional.empty();
    }

    /**
     * Looks for id and public address of a published post, best effort.
     *
     * @param attempt the attempt with its handle
     * @param postId the id when it is known already, or empty
     * @return the conversation
     */
    Flow<PublishedPost> locate(PublishAttempt attempt, String postId);

    /**
     * Asks the platform to stop what was committed, where it offers that. Best effort: whatever is answered, only
     * {@link #status} tells what became of the handle. The call has class {@link CallClass#PREPARE}; repeating is harmless.
     *
     * @param attempt the attempt with its handle
     * @return the conversation; empty when the platform cannot stop this
     */
    default Optional<Flow<Cancelling>> cancel(PublishAttempt attempt) {
        return Optional.empty();
    }

    /** The platform took the wish to stop. */
    record Cancelling() {}
}
