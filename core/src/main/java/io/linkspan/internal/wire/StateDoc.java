package io.linkspan.internal.wire;

import io.linkspan.publish.Failure;
import io.linkspan.publish.PublishState;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@link PublishState}, flat.
 *
 * @param phase the case
 * @param handle the platform's id of the attempt
 * @param at since when, or when
 * @param text why
 * @param postId the post's id
 * @param permalink the post's address
 * @param failure why it failed
 */
public record StateDoc(
        PublishState.Phase phase,
        @Nullable String handle,
        @Nullable Instant at,
        @Nullable String text,
        @Nullable String postId,
        @Nullable URI permalink,
        @Nullable Failure failure) {

    private static StateDoc flat(
            PublishState state, @Nullable String handle, @Nullable Instant at, @Nullable String text) {
        return new StateDoc(state.phase(), handle, at, text, null, null, null);
    }

    /** From the public type. */
    public static StateDoc of(PublishState state) {
        return switch (state.phase()) {
            case ACCEPTED, PREPARING -> flat(state, null, null, null);
            case PREPARED -> flat(state, ((PublishState.Prepared) state).handle(), null, null);
            case COMMITTING -> {
                PublishState.Committing it = (PublishState.Committing) state;
                yield flat(state, it.handle(), it.since(), null);
            }
            case CONFIRMING -> {
                PublishState.Confirming it = (PublishState.Confirming) state;
                yield flat(state, it.handle(), it.since(), null);
            }
            case IN_DOUBT -> {
                PublishState.InDoubt it = (PublishState.InDoubt) state;
                yield flat(state, it.handle(), it.since(), it.why());
            }
            case AWAITING_DECISION -> {
                PublishState.AwaitingDecision it = (PublishState.AwaitingDecision) state;
                yield flat(state, it.handle(), it.since(), it.why());
            }
            case DELIVERED -> {
                PublishState.Delivered it = (PublishState.Delivered) state;
                yield flat(state, null, it.at(), it.instruction());
            }
            case PUBLISHED -> {
                PublishState.Published it = (PublishState.Published) state;
                yield new StateDoc(it.phase(), null, it.at(), null, it.postId(), it.permalink(), null);
            }
            case FAILED ->
                new StateDoc(state.phase(), null, null, null, null, null, ((PublishState.Failed) state).failure());
            case CANCELLED -> flat(state, null, null, ((PublishState.Cancelled) state).reason());
            case EXPIRED -> flat(state, null, ((PublishState.Expired) state).at(), null);
        };
    }

    /** As the public type. */
    public PublishState state() {
        return switch (phase) {
            case ACCEPTED -> new PublishState.Accepted();
            case PREPARING -> new PublishState.Preparing();
            case PREPARED -> new PublishState.Prepared(need(handle));
            case COMMITTING -> new PublishState.Committing(need(handle), need(at));
            case CONFIRMING -> new PublishState.Confirming(need(handle), need(at));
            case IN_DOUBT -> new PublishState.InDoubt(need(handle), need(at), need(text));
            case AWAITING_DECISION -> new PublishState.AwaitingDecision(need(handle), need(at), need(text));
            case DELIVERED -> new PublishState.Delivered(need(text), need(at));
            case PUBLISHED -> new PublishState.Published(need(postId), permalink, need(at));
            case FAILED -> new PublishState.Failed(need(failure));
            case CANCELLED -> new PublishState.Cancelled(need(text));
            case EXPIRED -> new PublishState.Expired(need(at));
        };
    }

    private <T> T need(@Nullable T part) {
        return Objects.requireNonNull(part, () -> "state " + phase + " lacks a part");
    }
}
