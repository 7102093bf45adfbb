package io.linkspan.preflight;

import io.linkspan.preflight.internal.report.HtmlReport;
import io.linkspan.preflight.internal.report.JsonReport;
import io.linkspan.preflight.internal.report.TextReport;
import io.linkspan.preflight.internal.rule.Judgement;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What a check of several items as one post found: the report of each item, and what concerns them together. Immutable. */
public final class PostReport {
    private final List<PreflightReport> items;
    private final List<Finding> findings;
    private final List<PassedRule> passed;
    private final Set<Destination> destinations;

    private final List<PackVersion> packs;
    private final PreflightOptions options;
    private final LocalDate day;

    PostReport(
            List<PreflightReport> items,
            Judgement judgement,
            Set<Destination> destinations,
            List<PackVersion> packs,
            PreflightOptions options) {
        this.packs = List.copyOf(packs);
        this.options = options;
        day = options.day();
        this.items = List.copyOf(items);
        findings = judgement.findings();
        passed = judgement.passed();
        this.destinations = Collections.unmodifiableSet(EnumSet.copyOf(destinations));
    }

    /**
     * The report of each item.
     *
     * @return the reports in the order of the post
     */
    public List<PreflightReport> items() {
        return items;
    }

    /**
     * What concerns the items together, such as their number; not the findings of single items.
     *
     * @return the findings, worst first, often none
     */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * The rules for the post as a whole that were checked and that it keeps to.
     *
     * @return the rules in the order of the packs, each with the destinations it was checked for
     */
    public List<PassedRule> passed() {
        return passed;
    }

    /**
     * The destinations that were judged.
     *
     * @return the destinations of posts with several items that were asked for, or all such destinations
     */
    public Set<Destination> destinations() {
        return destinations;
    }

    /**
     * The verdict on the whole post for one destination.
     *
     * @param destination one of {@link #destinations()}
     * @return the worst of the post's own verdict and those of its items
     * @throws IllegalArgumentException if this report is not about the destination
     */
    public Verdict verdict(Destination destination) {
        Objects.requireNonNull(destination, "destination");
        if (!destinations.contains(destination)) {
            throw new IllegalArgumentException("this report is about " + destinations + ", not about " + destination);
        }
        Verdict worst = PreflightReport.judge(findings, destination);
        for (PreflightReport item : items) {
            Verdict verdict = item.verdict(destination);
            worst = worst.compareTo(verdict) >= 0 ? worst : verdict;
        }
        return worst;
    }

    /**
     * The worst verdict of all destinations of this report.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        return destinations.stream().map(this::verdict).max(Verdict::compareTo).orElse(Verdict.OK);
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
     * The rule packs that are more than 90 days old on the day of {@link PreflightOptions#asOf()}, or else on the day of
     * the check.
     *
     * @return one for each such pack with rules for the first item
     */
    public List<StaleSources> staleSources() {
        return options.rules().engine().stale(items.get(0).facts(), options, day);
    }

    /**
     * The report for people: the post's findings, then each item's report.
     *
     * @return several lines, each ended by a line feed
     */
    public String toText() {
        return TextReport.render(this, false);
    }

    /**
     * The report for machines, with the whole report of each item.
     *
     * @return one JSON object, indented
     */
    public String toJson() {
        return JsonReport.render(this);
    }

    /**
     * The report as one self-contained page.
     *
     * @return an HTML document
     */
    public String toHtml() {
        return HtmlReport.render(this);
    }

    /**
     * The number of items and the verdicts.
     *
     * @return one line
     */
    @Override
    public String toString() {
        return "PostReport[" + items.size() + " items, " + findings + "]";
    }
}
