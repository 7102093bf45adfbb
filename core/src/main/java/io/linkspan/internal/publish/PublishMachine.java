package io.linkspan.internal.publish;

import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pure heart of publishing: which state follows. A commit leaves only from PREPARED, through COMMITTING; from then on
 * until a verdict, nothing but evidence moves a job.
 */
public final class PublishMachine {
    /** The legal moves. */
    static final Map<Phase, Set<Phase>> MOVES = new EnumMap<>(Phase.class);

    static {
        MOVES.put(Phase.ACCEPTED, EnumSet.of(Phase.PREPARING, Phase.CANCELLED, Phase.EXPIRED, Phase.FAILED));
        MOVES.put(
                Phase.PREPARING,
                EnumSet.of(Phase.PREPARING, Phase.PREPARED, Phase.CANCELLED, Phase.EXPIRED, Phase.FAILED));
        MOVES.put(
                Phase.PREPARED,
                EnumSet.of(
                        Phase.PREPARING,
                        Phase.COMMITTING,
                        Phase.IN_DOUBT,
                        Phase.PUBLISHED,
                        Phase.CANCELLED,
                        Phase.EXPIRED,
                        Phase.FAILED));
        MOVES.put(
                Phase.COMMITTING,
                EnumSet.of(Phase.PUBLISHED, Phase.CONFIRMING, Phase.PREPARED, Phase.FAILED, Phase.IN_DOUBT));
        Set<Phase> afterLook =
                EnumSet.of(Phase.PUBLISHED, Phase.PREPARED, Phase.PREPARING, Phase.FAILED, Phase.AWAITING_DECISION);
        MOVES.put(Phase.CONFIRMING, afterLook);
        MOVES.put(Phase.IN_DOUBT, afterLook);
        MOVES.put(Phase.AWAITING_DECISION, EnumSet.of(Phase.PUBLISHED, Phase.PREPARED, Phase.PREPARING, Phase.FAILED));
        MOVES.put(Phase.PUBLISHED, EnumSet.of(Phase.PUBLISHED));
        MOVES.put(Phase.FAILED, EnumSet.noneOf(Phase.class));
        MOVES.put(Phase.CANCELLED, EnumSet.noneOf(Phase.class));
        MOVES.put(Phase.EXPIRED, EnumSet.noneOf(Phase.class));
    }

    private PublishMachine() {}

    /**
     * The state that follows.
     *
     * @param state where the job stands
     * @param event what happened
     * @return the next state
     * @throws IllegalStateException naming both when the event cannot happen in this state
     */
    public static PublishState next(PublishState state, PublishEvent event) {
        return follow(state, event)
                .orElseThrow(() -> new IllegalStateException("a job in " + state.phase() + " cannot take "
                        + event.getClass().getSimpleName()));
    }

    /** The state that follows, or empty when the event cannot happen in this state. */
    static Optional<PublishState> follow(PublishState state, PublishEvent event) {
        if (event instanceof PublishEvent.Located it) {
            return located(state, it);
        }
        return Optional.ofNullable(
                switch (state.phase()) {
                    case ACCEPTED -> event instanceof PublishEvent.Begun ? new PublishState.Preparing() : stop(event);
                    case PREPARING -> preparing(event);
                    case PREPARED -> prepared((PublishState.Prepared) state, event);
                    case COMMITTING -> committing((PublishState.Committing) state, event);
                    case CONFIRMING -> look(((PublishState.Confirming) state).handle(), event);
                    case IN_DOUBT -> look(((PublishState.InDoubt) state).handle(), event);
                    case AWAITING_DECISION -> decide((PublishState.AwaitingDecision) state, event);
                    case PUBLISHED, FAILED, CANCELLED, EXPIRED -> null;
                });
    }

    private static Optional<PublishState> located(PublishState state, PublishEvent.Located event) {
        if (!(state instanceof PublishState.Published published)) {
            return Optional.empty();
        }
        String postId = published.postId().isEmpty() ? event.postId() : published.postId();
        return Optional.of(new PublishState.Published(
                postId, event.permalink() == null ? published.permalink() : event.permalink(), published.at()));
    }

    /** What can end a job before its commit. */
    private static @org.jspecify.annotations.Nullable PublishState stop(PublishEvent event) {
        if (event instanceof PublishEvent.CancelWanted it) {
            return new PublishState.Cancelled(it.reason());
        }
        if (event instanceof PublishEvent.TooLate it) {
            return new PublishState.Expired(it.notAfter());
        }
        return event instanceof PublishEvent.Refused it ? new PublishState.Failed(it.failure()) : null;
    }

    private static @org.jspecify.annotations.Nullable PublishState preparing(PublishEvent event) {
        if (event instanceof PublishEvent.Ready it) {
            return new PublishState.Prepared(it.handle());
        }
        return event instanceof PublishEvent.HandleDead ? new PublishState.Preparing() : stop(event);
    }

    private static @org.jspecify.annotations.Nullable PublishState prepared(
            PublishState.Prepared state, PublishEvent event) {
        if (event instanceof PublishEvent.CommitBegins it) {
            return new PublishState.Committing(state.handle(), it.at());
        }
        if (event instanceof PublishEvent.CommitUnclear it) { // committed before, and must not be sent again
            return new PublishState.InDoubt(state.handle(), it.at(), it.why());
        }
        if (event instanceof PublishEvent.SeenPublished it) {
            return new PublishState.Published(it.postId(), null, it.at());
        }
        return event instanceof PublishEvent.HandleDead ? new PublishState.Preparing() : stop(event);
    }

    private static @org.jspecify.annotations.Nullable PublishState committing(
            PublishState.Committing state, PublishEvent event) {
        if (event instanceof PublishEvent.CommitPublished it) {
            return new PublishState.Published(it.postId(), null, it.at());
        }
        if (event instanceof PublishEvent.CommitAccepted it) {
            return new PublishState.Confirming(state.handle(), it.at());
        }
        if (event instanceof PublishEvent.CommitNotDone) {
            return new PublishState.Prepared(state.handle());
        }
        if (event instanceof PublishEvent.CommitUnclear it) {
            return new PublishState.InDoubt(state.handle(), it.at(), it.why());
        }
        return event instanceof PublishEvent.Refused it ? new PublishState.Failed(it.failure()) : null;
    }

    private static @org.jspecify.annotations.Nullable PublishState look(String handle, PublishEvent event) {
        if (event instanceof PublishEvent.SeenPublished it) {
            return new PublishState.Published(it.postId(), null, it.at());
        }
        if (event instanceof PublishEvent.SeenIncomplete) {
            return new PublishState.Prepared(handle);
        }
        if (event instanceof PublishEvent.HandleDead) {
            return new PublishState.Preparing();
        }
        if (event instanceof PublishEvent.Refused it) {
            return new PublishState.Failed(it.failure());
        }
        return event instanceof PublishEvent.QuietTooLong it
                ? new PublishState.AwaitingDecision(handle, it.at(), it.why())
                : null;
    }

    private static @org.jspecify.annotations.Nullable PublishState decide(
            PublishState.AwaitingDecision state, PublishEvent event) {
        if (event instanceof PublishEvent.DecidedThere it) {
            return new PublishState.Published("", null, it.at());
        }
        if (event instanceof PublishEvent.DecidedRetry) {
            return new PublishState.Preparing();
        }
        if (event instanceof PublishEvent.DecidedGiveUp it) {
            return new PublishState.Failed(it.failure());
        }
        return event instanceof PublishEvent.QuietTooLong ? null : look(state.handle(), event);
    }
}
