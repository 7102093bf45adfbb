package io.linkspan.preflight;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * A warning that a report may rest on outdated rules: their sources were last seen more than 90 days before the day of
 * the check. It concerns the rules, not the media, so it changes no verdict.
 *
 * @param pack the rules
 * @param oldest the day on which the oldest source was last seen
 * @param rules the ids of the rules with such a source
 */
public record StaleSources(PackVersion pack, LocalDate oldest, List<String> rules) {
    /**
     * Copies the list.
     *
     * @param pack the rules
     * @param oldest the day on which the oldest source was last seen
     * @param rules the ids of the rules with such a source
     */
    public StaleSources {
        Objects.requireNonNull(pack, "pack");
        Objects.requireNonNull(oldest, "oldest");
        rules = List.copyOf(rules);
    }

    /**
     * The warning in a sentence.
     *
     * @return what is old, and what to do
     */
    @Override
    public String toString() {
        boolean one = rules.size() == 1;
        return (one ? "1 rule of " : rules.size() + " rules of ") + pack
                + (one ? " rests" : " rest") + " on sources last seen more than 90 days ago, the oldest on " + oldest
                + ". Platforms change their limits without notice; use a newer pack.";
    }
}
