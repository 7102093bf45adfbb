package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.Finding;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.PackVersion;
import io.linkspan.preflight.PreflightOptions;
import io.linkspan.preflight.Severity;
import io.linkspan.preflight.internal.rule.Outcome.Fail;
import io.linkspan.preflight.internal.rule.Outcome.Unchecked;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Applies rule packs to facts: rules × facts → findings, the same for the same input. */
public final class RuleEngine {
    /** After this many days a source counts as old. */
    private static final int FRESH_DAYS = 90;

    private static final String KIND_RULE = "media.kind";

    private final List<RulePack> packs;

    RuleEngine(List<RulePack> packs) {
        this.packs = List.copyOf(packs);
    }

    /**
     * The engine over the packs that ship with the library.
     *
     * @return the engine
     */
    public static RuleEngine builtIn() {
        return Holder.BUILT_IN;
    }

    private static final class Holder {
        static final RuleEngine BUILT_IN = new RuleEngine(List.of(
                PackLoader.resource("media.json"),
                PackLoader.resource("tiktok.json"),
                PackLoader.resource("instagram.json")));
    }

    /**
     * Which rules these are.
     *
     * @return the packs, in the order in which they are applied
     */
    public List<PackVersion> versions() {
        return packs.stream().map(RulePack::version).toList();
    }

    /**
     * The destinations that a check is about.
     *
     * @param facts what is known about the media
     * @param options what was asked
     * @return what was asked for, or else all destinations that take such media
     */
    public static Set<Destination> destinations(MediaFacts facts, PreflightOptions options) {
        if (!options.destinations().isEmpty()) {
            return options.destinations();
        }
        Set<Destination> fitting = EnumSet.noneOf(Destination.class);
        Arrays.stream(Destination.values())
                .filter(destination -> facts.kind() == MediaKind.UNRECOGNIZED || destination.takes(facts.kind()))
                .forEach(fitting::add);
        return fitting;
    }

    /**
     * Judges media.
     *
     * @param facts what is known about it
     * @param options what is known besides, and what is asked
     * @param name the file as a command would name it, or null if it has no name
     * @return the findings, worst first and then in the order of the packs
     */
    public List<Finding> judge(MediaFacts facts, PreflightOptions options, @Nullable String name) {
        Set<Destination> asked = destinations(facts, options);
        Set<Destination> misfits = EnumSet.noneOf(Destination.class);
        asked.stream()
                .filter(destination -> facts.kind() != MediaKind.UNRECOGNIZED && !destination.takes(facts.kind()))
                .forEach(misfits::add);
        List<Finding> findings = new ArrayList<>();
        Map<String, Gap> gaps = new LinkedHashMap<>();
        for (RulePack pack : packs) {
            for (Rule rule : pack.rules()) {
                Set<Destination> concerned = EnumSet.noneOf(Destination.class);
                concerned.addAll(asked);
                concerned.retainAll(rule.destinations());
                if (rule.id().equals(KIND_RULE)) {
                    concerned.retainAll(misfits);
                } else {
                    concerned.removeAll(misfits);
                }
                if (!concerned.isEmpty() && rule.media().contains(facts.kind())) {
                    apply(rule, concerned, facts, options, name, findings, gaps);
                }
            }
            stale(pack, asked, options, findings);
        }
        gaps.values().forEach(gap -> findings.add(gap.finding()));
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static void apply(
            Rule rule,
            Set<Destination> concerned,
            MediaFacts facts,
            PreflightOptions options,
            @Nullable String name,
            List<Finding> findings,
            Map<String, Gap> gaps) {
        @Nullable String unchecked = null;
        for (Rule.Check check : rule.checks()) {
            boolean otherDelivery = check.when() != null
                    && options.delivery().isPresent()
                    && options.delivery().get() != check.when();
            if (otherDelivery) {
                continue;
            }
            Outcome outcome = check.condition().judge(facts, options);
            if (outcome instanceof Fail fail) {
                findings.add(finding(rule, check, fail, concerned, facts.kind(), name));
                return;
            }
            if (outcome instanceof Unchecked open && unchecked == null) {
                unchecked = open.reason();
            }
        }
        if (unchecked != null) {
            Severity severity = rule.worst() == Severity.ADVICE ? Severity.ADVICE : Severity.WARNING;
            String reason = unchecked;
            gaps.computeIfAbsent(severity + reason, key -> new Gap(severity, reason))
                    .add(rule, concerned);
        }
    }

    private static Finding finding(
            Rule rule, Rule.Check check, Fail fail, Set<Destination> concerned, MediaKind kind, @Nullable String name) {
        List<String> arguments = check.ffmpeg() != null ? check.ffmpeg() : rule.ffmpeg();
        return Finding.builder(rule.id(), check.severity())
                .destinations(concerned)
                .title(rule.title())
                .measured(check.measured() == null ? fail.measured() : check.measured(), check.allowed())
                .explained(rule.why(), check.fix() == null ? rule.fix() : check.fix())
                .command(Ffmpeg.command(arguments, kind, name))
                .source(rule.sourceText(), rule.seen())
                .predictedErrors(rule.predicts())
                .build();
    }

    private static void stale(RulePack pack, Set<Destination> asked, PreflightOptions options, List<Finding> findings) {
        if (options.asOf().isEmpty()) {
            return;
        }
        LocalDate limit = options.asOf().get().minusDays(FRESH_DAYS);
        Set<Destination> concerned = EnumSet.noneOf(Destination.class);
        Set<String> ids = new TreeSet<>();
        LocalDate oldest = limit;
        for (Rule rule : pack.rules()) {
            LocalDate seen = rule.seen();
            if (seen != null
                    && seen.isBefore(limit)
                    && rule.destinations().stream().anyMatch(asked::contains)) {
                ids.add(rule.id());
                concerned.addAll(rule.destinations());
                oldest = seen.isBefore(oldest) ? seen : oldest;
            }
        }
        concerned.retainAll(asked);
        if (!ids.isEmpty()) {
            findings.add(Finding.builder("rules.stale", Severity.ADVICE)
                    .destinations(concerned)
                    .title("age of the rules")
                    .measured(
                            "the oldest source of " + pack.version() + " was last seen on " + oldest,
                            "at most " + FRESH_DAYS + " days before "
                                    + options.asOf().get())
                    .explained(
                            "Platforms change their limits without notice. Old sources: " + String.join(", ", ids)
                                    + ".",
                            "Use a newer version of the rules.")
                    .build());
        }
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
