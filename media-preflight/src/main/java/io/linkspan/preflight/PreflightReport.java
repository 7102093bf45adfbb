package io.linkspan.preflight;

import io.linkspan.preflight.internal.report.JsonReport;
import io.linkspan.preflight.internal.report.TextReport;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a check found: a {@link Verdict} per destination and every {@link Finding} behind it. Immutable, and the same for
 * the same file, options and rules.
 */
public final class PreflightReport {
    private final String name;
    private final MediaFacts facts;
    private final Set<Destination> destinations;
    private final List<Finding> findings;
    private final List<PackVersion> packs;
    private final TreeMap<Destination, Verdict> verdicts = new TreeMap<>();

    PreflightReport(
            String name,
            MediaFacts facts,
            Set<Destination> destinations,
            List<Finding> findings,
            List<PackVersion> packs) {
        this.name = name;
        this.facts = facts;
        this.destinations = Collections.unmodifiableSet(EnumSet.copyOf(destinations));
        this.findings = List.copyOf(findings);
        this.packs = List.copyOf(packs);
        for (Destination destination : destinations) {
            verdicts.put(destination, judge(destination));
        }
    }

    private Verdict judge(Destination destination) {
        Verdict worst = Verdict.OK;
        for (Finding finding : findings(destination)) {
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
     * @return the file's name without its folders, or {@code media} for a channel and for hand-built facts
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
     * What was learned about the media.
     *
     * @return the facts
     */
    public MediaFacts facts() {
        return facts;
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
     * The report for people: verdicts, then findings with measured and allowed values, reason, source and fix.
     *
     * @return several lines, each ended by a line feed
     */
    public String toText() {
        return TextReport.render(this);
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
     * The verdicts in one line.
     *
     * @return for example {@code sample.mp4: OK {TIKTOK_VIDEO=OK, INSTAGRAM_REEL=OK}}
     */
    @Override
    public String toString() {
        return name + ": " + verdict() + " " + verdicts;
    }
}
