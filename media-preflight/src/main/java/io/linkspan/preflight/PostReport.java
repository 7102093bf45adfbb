package io.linkspan.preflight;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What a check of several items as one post found: the report of each item, and what concerns them together. Immutable. */
public final class PostReport {
    private final List<PreflightReport> items;
    private final List<Finding> findings;
    private final Set<Destination> destinations;

    PostReport(List<PreflightReport> items, List<Finding> findings, Set<Destination> destinations) {
        this.items = List.copyOf(items);
        this.findings = List.copyOf(findings);
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
     * The report for people: the post's findings, then each item's report.
     *
     * @return several lines, each ended by a line feed
     */
    public String toText() {
        StringBuilder text = new StringBuilder("Post of " + items.size() + " items\n");
        destinations.forEach(place -> text.append("  ")
                .append(place)
                .append(' ')
                .append(verdict(place))
                .append('\n'));
        for (Finding finding : findings) {
            text.append('\n').append(finding.severity()).append("  ").append(finding.title());
            text.append("  [")
                    .append(finding.ruleId())
                    .append("]\n  measured  ")
                    .append(finding.measured());
            text.append("\n  allowed   ")
                    .append(finding.allowed())
                    .append("\n  why       ")
                    .append(finding.why());
            text.append("\n  fix       ")
                    .append(finding.fix())
                    .append("\n  source    ")
                    .append(finding.source());
            finding.seen().ifPresent(day -> text.append(" (seen ").append(day).append(')'));
            text.append('\n');
        }
        for (int i = 0; i < items.size(); i++) {
            text.append("\nItem ")
                    .append(i + 1)
                    .append('\n')
                    .append(items.get(i).toText());
        }
        return text.toString();
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
