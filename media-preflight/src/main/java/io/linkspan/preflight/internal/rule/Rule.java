package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.Delivery;
import io.linkspan.preflight.Destination;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.Severity;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a pack. Its checks are ordered, and the first one that fails speaks for the rule, so that one cause gives
 * one finding.
 *
 * @param media the kinds of media it concerns
 * @param sourceText the source as people read it
 * @param seen the day the source was last seen, or null for what the reader itself knows
 * @param validFrom the first day the rule holds, or null if it always did
 * @param validUntil the last day the rule holds, or null if no end is known
 * @param post whether it judges the items of a post together instead of each on its own
 * @param supersedes older values of the same rule, as text
 */
record Rule(
        String id,
        String title,
        Set<Destination> destinations,
        Set<MediaKind> media,
        List<Check> checks,
        String sourceText,
        @Nullable LocalDate seen,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validUntil,
        boolean post,
        List<String> supersedes,
        List<String> predicts,
        String why,
        String fix,
        List<String> ffmpeg) {
    /** Whether it judges what is posted with the media, and not the media. */
    boolean ofText() {
        return checks.stream()
                .allMatch(check -> check.condition() instanceof Condition.Range range
                        && range.measure().name().matches("(caption|title)[.].*"));
    }

    boolean validOn(LocalDate day) {
        return (validFrom == null || !day.isBefore(validFrom)) && (validUntil == null || !day.isAfter(validUntil));
    }

    Severity worst() {
        return checks.stream().map(Check::severity).min(Severity::compareTo).orElse(Severity.ADVICE);
    }

    /**
     * One limit of a rule.
     *
     * @param when the delivery it holds for, or null for any
     * @param measured text in place of the measured value, or null
     * @param allowed what is allowed, for people
     * @param fix text in place of the rule's fix, or null
     * @param ffmpeg arguments in place of the rule's, or null
     */
    record Check(
            Severity severity,
            Condition condition,
            @Nullable Delivery when,
            @Nullable String measured,
            String allowed,
            @Nullable String fix,
            @Nullable List<String> ffmpeg) {
        /** The property that is judged; the id of the rule where no property stands for it. */
        String subject(Rule rule) {
            String subject = condition.subject();
            return subject == null ? rule.id() : subject;
        }
    }
}
