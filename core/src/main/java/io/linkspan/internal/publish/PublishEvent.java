package io.linkspan.internal.publish;

import io.linkspan.publish.Failure;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can happen to a job. */
public sealed interface PublishEvent {
    /** A worker begins. */
    record Begun() implements PublishEvent {}

    /** The platform is ready for the commit. */
    record Ready(String handle) implements PublishEvent {}

    /** The commit will leave now. */
    record CommitBegins(Instant at) implements PublishEvent {}

    /** The commit was answered with a post; the answer may be late, and then corrects what was concluded without it. */
    record CommitPublished(String postId, Instant at) implements PublishEvent {}

    /** The commit was taken and is being worked on, perhaps under another handle; the answer may be late. */
    record CommitAccepted(@Nullable String handle, Instant at) implements PublishEvent {}

    /** The commit was refused for certain, or did not leave; the same handle may be used again. */
    record CommitNotDone() implements PublishEvent {}

    /** Nothing tells what became of the commit. */
    record CommitUnclear(String why, Instant at) implements PublishEvent {}

    /** The handle was seen as a post. */
    record SeenPublished(String postId, Instant at) implements PublishEvent {}

    /** The handle was seen in the person's inbox. */
    record SeenDelivered(String instruction, Instant at) implements PublishEvent {}

    /** The handle lacks bytes, and sending them again cannot post twice. */
    record SeenIncomplete() implements PublishEvent {}

    /** The handle was seen unused for long enough, and the host assumes that a handle posts once at most. */
    record SeenUnposted() implements PublishEvent {}

    /** The handle can never become a post; a new one may. */
    record HandleDead() implements PublishEvent {}

    /** It will not be posted, for certain. */
    record Refused(Failure failure) implements PublishEvent {}

    /** Looking has not told for too long. */
    record QuietTooLong(String why, Instant at) implements PublishEvent {}

    /** Somebody wants to stop it. */
    record CancelWanted(String reason) implements PublishEvent {}

    /** The platform stopped what had been committed, and the handle is dead of it. */
    record CancelProven(String reason) implements PublishEvent {}

    /** Its latest moment has passed. */
    record TooLate(Instant notAfter) implements PublishEvent {}

    /** A person says it is there. */
    record DecidedThere(String postId, Instant at) implements PublishEvent {}

    /** A person says it is not there; a new handle may be made. */
    record DecidedRetry() implements PublishEvent {}

    /** A person gives up. */
    record DecidedGiveUp(Failure failure) implements PublishEvent {}

    /** Id or address became known after the verdict. */
    record Located(String postId, @Nullable URI permalink) implements PublishEvent {}
}
