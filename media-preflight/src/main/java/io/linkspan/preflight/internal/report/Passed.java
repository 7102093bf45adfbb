package io.linkspan.preflight.internal.report;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.Finding;
import io.linkspan.preflight.PassedRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was checked and is fine for the same destinations.
 *
 * @param destinations the destinations
 * @param titles the topics of the rules
 */
record Passed(Set<Destination> destinations, Set<String> titles) {
    /** Groups topics by the destinations at which nothing was found about them; most destinations first. */
    static List<Passed> of(List<PassedRule> rules, List<Finding> findings) {
        Map<Destination, Set<String>> open = new EnumMap<>(Destination.class);
        for (Finding finding : findings) {
            finding.destinations()
                    .forEach(place -> open.computeIfAbsent(place, key -> new LinkedHashSet<>())
                            .add(finding.title()));
        }
        Map<String, Set<Destination>> places = new LinkedHashMap<>();
        for (PassedRule rule : rules) {
            Set<Destination> fine = EnumSet.copyOf(rule.destinations());
            fine.removeIf(place -> open.getOrDefault(place, Set.of()).contains(rule.title()));
            places.computeIfAbsent(rule.title(), title -> EnumSet.noneOf(Destination.class))
                    .addAll(fine);
        }
        Map<Set<Destination>, Set<String>> groups = new LinkedHashMap<>();
        places.forEach((title, fine) ->
                groups.computeIfAbsent(fine, key -> new LinkedHashSet<>()).add(title));
        groups.remove(Set.<Destination>of());
        List<Passed> all = new ArrayList<>();
        groups.forEach((fine, titles) -> all.add(new Passed(fine, titles)));
        all.sort(Comparator.comparing((Passed group) -> group.destinations().size())
                .reversed());
        return List.copyOf(all);
    }

    /** The destinations in words, shorter where they are all that a report is about. */
    String where(Collection<Destination> all) {
        return all.size() > 1 && destinations.containsAll(all) ? "all destinations" : Words.of(destinations);
    }

    String what() {
        return String.join(", ", titles);
    }
}
