package io.linkspan.preflight;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * A rule that was checked and that the media keeps to.
 *
 * @param ruleId the stable id of the rule, such as {@code ig.video.fps}
 * @param title the topic of the rule in a few words
 * @param destinations the destinations it was checked for, in the order of {@link Destination}; at least one
 */
public record PassedRule(String ruleId, String title, Set<Destination> destinations) {
    /**
     * Copies the set.
     *
     * @param ruleId the stable id of the rule, such as {@code ig.video.fps}
     * @param title the topic of the rule in a few words
     * @param destinations the destinations it was checked for; at least one
     */
    public PassedRule {
        Objects.requireNonNull(ruleId, "ruleId");
        Objects.requireNonNull(title, "title");
        destinations = Collections.unmodifiableSet(EnumSet.copyOf(destinations));
    }
}
