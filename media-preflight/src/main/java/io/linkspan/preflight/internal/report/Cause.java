package io.linkspan.preflight.internal.report;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.Finding;
import io.linkspan.preflight.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One property of the media that is past the limits of some destinations.
 *
 * @param findings the limits, worst first; at least one, all about the same property
 */
record Cause(List<Finding> findings) {
    /** Groups findings by the property they are about; worst first, else in their order. */
    static List<Cause> of(List<Finding> findings) {
        Map<String, List<Finding>> bySubject = new LinkedHashMap<>();
        findings.forEach(finding -> bySubject
                .computeIfAbsent(key(finding), subject -> new ArrayList<>())
                .add(finding));
        return bySubject.values().stream()
                .map(same -> new Cause(same.stream()
                        .sorted(Comparator.comparing(Finding::severity))
                        .toList()))
                .sorted(Comparator.comparing(Cause::severity))
                .toList();
    }

    /** What could not be checked has a cause of its own for each reason. */
    private static String key(Finding finding) {
        return finding.unchecked().isEmpty() ? finding.subject() : finding.subject() + " " + finding.measured();
    }

    private Finding worst() {
        return findings.get(0);
    }

    Severity severity() {
        return worst().severity();
    }

    String subject() {
        return worst().subject();
    }

    String title() {
        return worst().title();
    }

    String measured() {
        return String.join("; ", distinct(Finding::measured));
    }

    Set<Destination> destinations() {
        Set<Destination> all = EnumSet.noneOf(Destination.class);
        findings.forEach(finding -> all.addAll(finding.destinations()));
        return all;
    }

    /** What to do about the worst of it, which also does for the rest. */
    List<String> fixes() {
        return distinct(finding -> finding.severity() == severity() ? finding.fix() : "");
    }

    /** The sources of findings with the rules that rest on them, each once. */
    static Map<String, Set<String>> sources(List<Finding> findings) {
        Map<String, Set<String>> rules = new LinkedHashMap<>();
        for (Finding finding : findings) {
            finding.seen()
                    .ifPresent(day -> rules.computeIfAbsent(
                                    finding.source() + " (seen " + day + ")", source -> new LinkedHashSet<>())
                            .add(finding.ruleId()));
        }
        return rules;
    }

    /** The cause in a few words. */
    String headline() {
        String title = title().substring(0, 1).toUpperCase(Locale.ROOT) + title().substring(1);
        return measured().isEmpty() ? title : title + ": " + measured();
    }

    private List<String> distinct(Function<Finding, String> part) {
        return findings.stream()
                .map(part)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }
}
