package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.Finding;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.PassedRule;
import io.linkspan.preflight.PreflightOptions;
import io.linkspan.preflight.Severity;
import io.linkspan.preflight.internal.rule.Outcome.Fail;
import io.linkspan.preflight.internal.rule.Outcome.Pass;
import io.linkspan.preflight.internal.rule.Outcome.Unchecked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what rules say about one medium; rules that could not be checked for one reason become one finding. */
final class Collector {
    final List<Finding> findings = new ArrayList<>();
    private final List<PassedRule> passed = new ArrayList<>();
    private final List<Fix> fixes = new ArrayList<>();
    private final Map<String, Gap> gaps = new LinkedHashMap<>();
    private final MediaFacts facts;
    private final PreflightOptions options;
    private final @Nullable String name;

    Collector(MediaFacts facts, PreflightOptions options, @Nullable String name) {
        this.facts = facts;
        this.options = options;
        this.name = name;
    }

    void apply(Rule rule, Set<Destination> concerned) {
        @Nullable String unchecked = null;
        boolean checked = false;
        for (Rule.Check check : rule.checks()) {
            if (RuleEngine.otherDelivery(check, options)) {
                continue;
            }
            Outcome outcome = check.condition().judge(facts, options);
            if (outcome instanceof Fail fail) {
                fail(rule, check, fail, concerned);
                return;
            }
            if (outcome instanceof Unchecked open && unchecked == null) {
                unchecked = open.reason();
            }
            checked |= outcome instanceof Pass;
        }
        if (unchecked == null && checked && facts.unreadable().isEmpty()) {
            passed.add(new PassedRule(rule.id(), rule.title(), concerned));
        }
        // what cannot be read at all leaves every other question open, which need not be said again
        if (unchecked != null && facts.unreadable().isEmpty()) {
            Severity severity = rule.worst() == Severity.ADVICE ? Severity.ADVICE : Severity.WARNING;
            String reason = unchecked;
            gaps.computeIfAbsent(severity + reason, key -> new Gap(severity, reason))
                    .add(rule, concerned);
        }
    }

    private void fail(Rule rule, Rule.Check check, Fail fail, Set<Destination> concerned) {
        List<String> given = check.ffmpeg() != null ? check.ffmpeg() : rule.ffmpeg();
        List<String> arguments = Placeholders.filled(given, facts, options);
        String what = check.fix() == null ? rule.fix() : check.fix();
        List<Fix> fix = arguments == null || arguments.isEmpty()
                ? List.of()
                : List.of(new Fix(rule.id(), check.severity(), what, arguments, bounds(check)));
        fixes.addAll(fix);
        findings.add(Finding.builder(rule.id(), check.severity())
                .destinations(concerned)
                .subject(check.subject(rule))
                .title(rule.title())
                .measured(check.measured() == null ? fail.measured() : check.measured(), check.allowed())
                .explained(rule.why(), what)
                .command(command(fix, facts, name))
                .source(rule.sourceText(), rule.seen())
                .predictedErrors(rule.predicts())
                .build());
    }

    private static Supplier<List<String>> command(List<Fix> fix, MediaFacts facts, @Nullable String name) {
        return name == null || fix.isEmpty() ? List::of : () -> Ffmpeg.command(fix, facts, name, List.of());
    }

    private List<Bound> bounds(Rule.Check check) {
        Bound bound = check.condition().bound(options);
        return bound == null ? List.of() : List.of(bound);
    }

    Judgement judgement() {
        // one cause once; what is only advice for some does not make them risky
        for (Gap gap : gaps.values()) {
            Gap worse = gaps.get(Severity.WARNING + gap.reason);
            if (gap.severity == Severity.ADVICE && worse != null) {
                worse.rules.addAll(gap.rules);
            }
        }
        gaps.values().stream()
                .filter(gap -> gap.severity != Severity.ADVICE || !gaps.containsKey(Severity.WARNING + gap.reason))
                .forEach(gap -> findings.add(gap.finding()));
        findings.sort(Comparator.comparing(Finding::severity));
        fixes.sort(Comparator.comparing(Fix::severity));
        return new Judgement(List.copyOf(findings), List.copyOf(passed), List.copyOf(fixes));
    }

    /** Rules that could not be checked for one and the same reason. */
    private static final class Gap {
        private final Severity severity;
        private final String reason;
        private final Set<String> rules = new TreeSet<>();
        private final Set<Destination> destinations = EnumSet.noneOf(Destination.class);

        Gap(Severity severity, String reason) {
            this.severity = severity;
            this.reason = reason;
        }

        void add(Rule rule, Set<Destination> concerned) {
            rules.add(rule.id());
            destinations.addAll(concerned);
        }

        Finding finding() {
            return Finding.builder("media.unchecked", severity)
                    .destinations(destinations)
                    .title("could not check")
                    .measured(reason, "")
                    .explained(
                            "Not checked for this reason: " + String.join(", ", rules) + ".",
                            "Check these limits by other means, or change the file so that they can be read.")
                    .unchecked(rules)
                    .build();
        }
    }
}
