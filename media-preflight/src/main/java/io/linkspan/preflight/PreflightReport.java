package io.linkspan.preflight;

import io.linkspan.preflight.internal.report.HtmlReport;
import io.linkspan.preflight.internal.report.JsonReport;
import io.linkspan.preflight.internal.report.TextReport;
import io.linkspan.preflight.internal.rule.Fix;
import io.linkspan.preflight.internal.rule.Judgement;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a check found: a {@link Verdict} per destination and every {@link Finding} behind it. Immutable, and the same for
 * the same file, options, rules and day.
 */
public final class PreflightReport {
    private final String name;
    private final String argument;
    private final List<Fix> fixes;
    private final PreflightOptions options;
    private final MediaFacts facts;
    private final Set<Destination> destinations;
    private final List<Finding> findings;
    private final List<PassedRule> passed;
    private final List<PackVersion> packs;
    private final LocalDate day;
    private final TreeMap<Destination, Verdict> verdicts = new TreeMap<>();

    PreflightReport(
            String name,
            String argument,
            MediaFacts facts,
            Set<Destination> destinations,
            Judgement judgement,
            PreflightOptions options,
            List<PackVersion> packs) {
        this.options = options;
        day = options.day();
        this.name = name;
        this.argument = argument;
        fixes = judgement.fixes();
        this.facts = facts;
        this.destinations = Collections.unmodifiableSet(EnumSet.copyOf(destinations));
        findings = judgement.findings();
        passed = judgement.passed();
        this.packs = List.copyOf(packs);
        for (Destination destination : destinations) {
            verdicts.put(destination, judge(findings, destination));
        }
    }

    static Verdict judge(List<Finding> findings, Destination destination) {
        Verdict worst = Verdict.OK;
        for (Finding finding : findings) {
            if (!finding.destinations().contains(destination)) {
                continue;
            }
            Verdict verdict = switch (finding.severity()) {
                case ERROR -> Verdict.BLOCKED;
                case WARNING -> Verdict.RISKY;
                case ADVICE -> Verdict.OK;
            };
            worst = worst.compareTo(verdict) >= 0 ? worst : verdict;
        }
        return worst;
    }

    /**
     * What the media is called in the report.
     *
     * @return the name of the options, else the name of the file without its folders, else {@code media}
     */
    public String name() {
        return name;
    }

    /**
     * The worst verdict of all destinations of this report. A destination that was not asked for but fits the media
     * counts too, so name the destinations that matter.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        return verdicts.values().stream().max(Verdict::compareTo).orElse(Verdict.OK);
    }

    /**
     * The verdict for one destination.
     *
     * @param destination one of {@link #destinations()}
     * @return the verdict
     * @throws IllegalArgumentException if this report is not about the destination
     */
    public Verdict verdict(Destination destination) {
        Verdict verdict = verdicts.get(Objects.requireNonNull(destination, "destination"));
        if (verdict == null) {
            throw new IllegalArgumentException("this report is about " + destinations + ", not about " + destination);
        }
        return verdict;
    }

    /**
     * The destinations this report is about.
     *
     * @return what was asked for, or all that take such media; in the order of {@link Destination}
     */
    public Set<Destination> destinations() {
        return destinations;
    }

    /**
     * All findings, worst first.
     *
     * @return the findings, often none
     */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * The findings that concern one destination, worst first.
     *
     * @param destination the destination
     * @return its findings, often none
     */
    public List<Finding> findings(Destination destination) {
        Objects.requireNonNull(destination, "destination");
        return findings.stream()
                .filter(finding -> finding.destinations().contains(destination))
                .toList();
    }

    /**
     * The rules that were checked and that the media keeps to.
     *
     * @return the rules in the order of the packs, each with the destinations it was checked for
     */
    public List<PassedRule> passed() {
        return passed;
    }

    /**
     * One command for every error and warning that a command can satisfy, for all destinations together. Advice is
     * followed only where that costs no quality.
     *
     * @return the plan, or empty if no command helps
     */
    public Optional<FixPlan> fixPlan() {
        return fixPlan(false);
    }

    /**
     * One command that also follows advice which costs quality or changes the picture's shape.
     *
     * @return the plan, or empty if no command helps
     */
    public Optional<FixPlan> fixPlanWithAdvice() {
        return fixPlan(true);
    }

    private Optional<FixPlan> fixPlan(boolean advice) {
        PreflightOptions all = options.toBuilder().destinations(destinations).build();
        return new FixPlanner(facts, findings, fixes, all, argument).plan(advice);
    }

    /**
     * Errors and warnings that {@link #fixPlan()} does not mend, because no command can or because it takes a decision.
     * Each says in {@link Finding#fix()} what to do.
     *
     * @return the findings, worst first, often none
     */
    public List<Finding> byHand() {
        Optional<FixPlan> plan = fixPlan();
        return findings.stream()
                .filter(finding -> finding.severity() != Severity.ADVICE)
                .filter(finding -> plan.isEmpty() || plan.get().remaining().contains(finding.ruleId()))
                .toList();
    }

    /**
     * The rule packs that are more than 90 days old on the day of {@link PreflightOptions#asOf()}, or else on the day of
     * the check.
     *
     * @return one for each such pack with rules for this media
     */
    public List<StaleSources> staleSources() {
        return options.rules().engine().stale(facts, options, day);
    }

    /**
     * What was learned about the media.
     *
     * @return the facts
     */
    public MediaFacts facts() {
        return facts;
    }

    /**
     * What one destination allows for media of this kind, by the rules and the context of this report.
     *
     * @param destination the destination
     * @return the limits past which it is expected to refuse the media
     */
    public Limits limits(Destination destination) {
        PreflightOptions one = options.toBuilder().destinations(destination).build();
        return Limits.of(facts.kind(), one, Severity.ERROR);
    }

    /**
     * What all destinations of this report allow together.
     *
     * @return the limits past which one of them is expected to refuse the media
     */
    public Limits limits() {
        PreflightOptions all = options.toBuilder().destinations(destinations).build();
        return Limits.of(facts.kind(), all, Severity.ERROR);
    }

    /**
     * The rules that were applied.
     *
     * @return packs with their versions
     */
    public List<PackVersion> packs() {
        return packs;
    }

    /**
     * The report as text: verdicts, one entry for each cause with the limits of its destinations, the plan as a line for
     * a POSIX shell, and what was checked and is fine.
     *
     * @return several lines, each ended by a line feed
     */
    public String toText() {
        return TextReport.render(this, false);
    }

    /**
     * The report for machines: the same content with all facts, in a stable order.
     *
     * @return one JSON object, indented
     */
    public String toJson() {
        return JsonReport.render(this);
    }

    /**
     * The report as one self-contained page, with a picture of the file's timeline.
     *
     * @return an HTML document
     */
    public String toHtml() {
        return HtmlReport.render(this);
    }

    /**
     * The verdicts in one line.
     *
     * @return for example {@code sample.mp4: OK {TIKTOK_VIDEO=OK, INSTAGRAM_REEL=OK}}
     */
    @Override
    public String toString() {
        return name + ": " + verdict() + " " + verdicts;
    }
}
