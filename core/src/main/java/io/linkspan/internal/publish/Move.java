package io.linkspan.internal.publish;

import io.linkspan.publish.PublishState;
import java.util.Set;

/**
 * What follows from an event.
 *
 * @param state the next state
 * @param effects what to do
 */
public record Move(PublishState state, Set<Effect> effects) {
    /** Copies the effects. */
    public Move {
        effects = Set.copyOf(effects);
    }
}
