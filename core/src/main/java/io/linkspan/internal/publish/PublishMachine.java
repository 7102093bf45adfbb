package io.linkspan.internal.publish;

import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pure heart of publishing: which state follows from an event, and what is to be done. A commit leaves only from PREPARED,
 * through COMMITTING; from then on until a verdict, nothing but evidence moves a job. Evidence of a post also moves a verdict that says
 * there is none.
 */
public final class PublishMachine {
    /** The legal moves. */
    static final Map<Phase, Set<Phase>> MOVES = new EnumMap<>(Phase.class);

    static {
        MOVES.put(Phase.ACCEPTED, EnumSet.of(Phase.PREPARING, Phase.CANCELLED, Phase.EXPIRED, Phase.FAILED));
        MOVES.put(
                Phase.PREPARING,
                EnumSet.of(
                        Phase.PREPARING,
                        Phase.PREPARED,
                        Phase.CONFIRMING,
                        Phase.PUBLISHED,
                        Phase.CANCELLED,
                        Phase.EXPIRED,
                        Phase.FAILED));
        MOVES.put(
                Phase.PREPARED,
                EnumSet.of(
                        Phase.PREPARING,
                        Phase.COMMITTING,
                        Phase.CONFIRMING,
                        Phase.IN_DOUBT,
                        Phase.DELIVERED,
                        Phase.PUBLISHED,
                        Phase.CANCELLED,
                        Phase.EXPIRED,
                        Phase.FAILED));
        MOVES.put(
                Phase.COMMITTING,
                EnumSet.of(Phase.PUBLISHED, Phase.CONFIRMING, Phase.PREPARED, Phase.FAILED, Phase.IN_DOUBT));
        Set<Phase> afterLook = EnumSet.of(
                Phase.DELIVERED,
                Phase.PUBLISHED,
                Phase.PREPARED,
                Phase.PREPARING,
                Phase.CANCELLED,
                Phase.FAILED,
                Phase.AWAITING_DECISION);
        MOVES.put(Phase.CONFIRMING, afterLook);
        Set<Phase> inDoubt = EnumSet.copyOf(afterLook);
        inDoubt.add(Phase.CONFIRMING);
        MOVES.put(Phase.IN_DOUBT, inDoubt);
        Set<Phase> afterDecision = EnumSet.copyOf(inDoubt);
        afterDecision.remove(Phase.AWAITING_DECISION);
        MOVES.put(Phase.AWAITING_DECISION, afterDecision);
        MOVES.put(Phase.DELIVERED, EnumSet.of(Phase.PUBLISHED));
        MOVES.put(Phase.PUBLISHED, EnumSet.of(Phase.PUBLISHED));
        MOVES.put(Phase.FAILED, EnumSet.of(Phase.PUBLISHED));
        MOVES.put(Phase.CANCELLED, EnumSet.of(Phase.PUBLISHED));
        MOVES.put(Phase.EXPIRED, EnumSet.of(Phase.PUBLISHED));
    }

    private PublishMachine() {}

    /**
     * What follows.
     *
     * @param state where the job stands
     * @param event what happened
     * @return the next state and what to do
     * @throws IllegalStateException naming both when the event cannot happen in this state
     */
    public static Move next(PublishState state, PublishEvent event) {
        return follow(state, event)
                .map(next -> new Move(next, effects(state, next)))
                .orElseThrow(() -> new IllegalStateException("a job in " + state.phase() + " cannot take "
                        + event.getClass().getSimpleName()));
    }

    /** What to do after a move. */
    private static Set<Effect> effects(PublishState from, PublishState to) {
        return switch (to.phase()) {
            case ACCEPTED, PREPARED -> EnumSet.noneOf(Effect.class);
            case PREPARING ->
                from.phase() == Phase.ACCEPTED
                        ? EnumSet.of(Effect.PREPARE)
                        : EnumSet.of(Effect.DROP_HANDLE, Effect.WITHDRAW_MEDIA, Effect.PREPARE);
            case COMMITTING -> EnumSet.of(Effect.SEND_COMMIT);
            case CONFIRMING, IN_DOUBT, AWAITING_DECISION -> EnumSet.of(Effect.READ_HANDLE);
            case PUBLISHED ->
                from.phase() == Phase.PUBLISHED
                        ? EnumSet.noneOf(Effect.class)
                        : EnumSet.of(Effect.WITHDRAW_MEDIA, Effect.LOCATE);
            case DELIVERED, FAILED, CANCELLED, EXPIRED -> EnumSet.of(Effect.WITHDRAW_MEDIA);
        };
    }

    /** The state that follows, or empty when the event cannot happen in this state. */
    static Optional<PublishState> follow(PublishState state, PublishEvent event) {
        if (event instanceof PublishEvent.CommitPublished it) {
            return Optional.ofNullable(answered(state, it));
        }
        return Optional.ofNullable(
                switch (state.phase()) {
                    case ACCEPTED -> event instanceof PublishEvent.Begun ? new PublishState.Preparing() : stop(event);
                    case PREPARING -> preparing(event);
                    case PREPARED -> prepared((PublishState.Prepared) state, event);
                    case COMMITTING -> committing((PublishState.Committing) state, event);
                    case CONFIRMING -> look(((PublishState.Confirming) state).handle(), event);
                    case IN_DOUBT -> doubted(((PublishState.InDoubt) state).handle(), event);
                    case AWAITING_DECISION -> decide((PublishState.AwaitingDecision) state, event);
                    case DELIVERED, FAILED, CANCELLED, EXPIRED ->
                        event instanceof PublishEvent.SeenPublished ? verdict(event) : null;
                    case PUBLISHED -> located((PublishState.Published) state, event);
                });
    }

    /** The answer to a commit names the post: it is there, however late it comes and whatever was concluded without it. */
    private static @Nullable PublishState answered(PublishState state, PublishEvent.CommitPublished event) {
        if (state.phase() == Phase.ACCEPTED) {
            return null;
        }
        if (state instanceof PublishState.Published known) {
            boolean same = known.postId().equals(event.postId());
            return new PublishState.Published(event.postId(), same ? known.permalink() : null, known.at());
        }
        return new PublishState.Published(event.postId(), null, event.at());
    }

    /** The platform took a commit, so that its handle is read, also when another one was begun on a person's word. */
    private static @Nullable PublishState taken(@Nullable String present, PublishEvent.CommitAccepted event) {
        String handle = event.handle() == null ? present : event.handle();
        return handle == null ? null : new PublishState.Confirming(handle, event.at());
    }

    private static @Nullable PublishState located(PublishState.Published state, PublishEvent event) {
        if (!(event instanceof PublishEvent.Located it)) {
            return null;
        }
        String postId = state.postId().isEmpty() ? it.postId() : state.postId();
        return new PublishState.Published(
                postId, it.permalink() == null ? state.permalink() : it.permalink(), state.at());
    }

    /** What can end a job before its commit. */
    private static @Nullable PublishState stop(PublishEvent event) {
        if (event instanceof PublishEvent.CancelWanted it) {
            return new PublishState.Cancelled(it.reason());
        }
        if (event instanceof PublishEvent.TooLate it) {
            return new PublishState.Expired(it.notAfter());
        }
        return event instanceof PublishEvent.Refused it ? new PublishState.Failed(it.failure()) : null;
    }

    /** What the platform can be seen to have done with a handle. */
    private static @Nullable PublishState verdict(PublishEvent event) {
        if (event instanceof PublishEvent.SeenPublished it) {
            return new PublishState.Published(it.postId(), null, it.at());
        }
        return event instanceof PublishEvent.SeenDelivered it
                ? new PublishState.Delivered(it.instruction(), it.at())
                : null;
    }

    private static @Nullable PublishState preparing(PublishEvent event) {
        if (event instanceof PublishEvent.Ready it) {
            return new PublishState.Prepared(it.handle());
        }
        if (event instanceof PublishEvent.CommitAccepted it) {
            return taken(null, it);
        }
        return event instanceof PublishEvent.HandleDead ? new PublishState.Preparing() : stop(event);
    }

    private static @Nullable PublishState prepared(PublishState.Prepared state, PublishEvent event) {
        if (event instanceof PublishEvent.CommitBegins it) {
            return new PublishState.Committing(state.handle(), it.at());
        }
        if (event instanceof PublishEvent.CommitUnclear it) { // committed before, and must not be sent again
            return new PublishState.InDoubt(state.handle(), it.at(), it.why());
        }
        if (event instanceof PublishEvent.CommitAccepted it) {
            return taken(state.handle(), it);
        }
        if (event instanceof PublishEvent.HandleDead) {
            return new PublishState.Preparing();
        }
        PublishState seen = verdict(event);
        return seen == null ? stop(event) : seen;
    }

    private static @Nullable PublishState committing(PublishState.Committing state, PublishEvent event) {
        if (event instanceof PublishEvent.CommitAccepted it) {
            return taken(state.handle(), it);
        }
        if (event instanceof PublishEvent.CommitNotDone) {
            return new PublishState.Prepared(state.handle());
        }
        if (event instanceof PublishEvent.CommitUnclear it) {
            return new PublishState.InDoubt(state.handle(), it.at(), it.why());
        }
        return event instanceof PublishEvent.Refused it ? new PublishState.Failed(it.failure()) : null;
    }

    private static @Nullable PublishState doubted(String handle, PublishEvent event) {
        if (event instanceof PublishEvent.CommitAccepted it) {
            return taken(handle, it);
        }
        return event instanceof PublishEvent.CommitNotDone ? new PublishState.Prepared(handle) : look(handle, event);
    }

    private static @Nullable PublishState look(String handle, PublishEvent event) {
        if (event instanceof PublishEvent.SeenIncomplete || event instanceof PublishEvent.SeenUnposted) {
            return new PublishState.Prepared(handle);
        }
        if (event instanceof PublishEvent.HandleDead) {
            return new PublishState.Preparing();
        }
        if (event instanceof PublishEvent.Refused it) {
            return new PublishState.Failed(it.failure());
        }
        if (event instanceof PublishEvent.CancelProven it) {
            return new PublishState.Cancelled(it.reason());
        }
        return event instanceof PublishEvent.QuietTooLong it
                ? new PublishState.AwaitingDecision(handle, it.at(), it.why())
                : verdict(event);
    }

    private static @Nullable PublishState decide(PublishState.AwaitingDecision state, PublishEvent event) {
        if (event instanceof PublishEvent.DecidedThere it) {
            return new PublishState.Published(it.postId(), null, it.at());
        }
        if (event instanceof PublishEvent.DecidedRetry) {
            return new PublishState.Preparing();
        }
        if (event instanceof PublishEvent.DecidedGiveUp it) {
            return new PublishState.Failed(it.failure());
        }
        return event instanceof PublishEvent.QuietTooLong ? null : doubted(state.handle(), event);
    }
}
