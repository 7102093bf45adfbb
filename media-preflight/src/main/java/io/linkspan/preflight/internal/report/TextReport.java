package io.linkspan.preflight.internal.report;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.Finding;
import io.linkspan.preflight.FixPlan;
import io.linkspan.preflight.PackVersion;
import io.linkspan.preflight.PassedRule;
import io.linkspan.preflight.PostReport;
import io.linkspan.preflight.PreflightReport;
import io.linkspan.preflight.Severity;
import io.linkspan.preflight.StaleSources;
import io.linkspan.preflight.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a report as plain text. */
public final class TextReport {
    private final StringBuilder text = new StringBuilder();
    private final boolean windows;

    private TextReport(boolean windows) {
        this.windows = windows;
    }

    /**
     * Writes the report.
     *
     * @param report the report
     * @param windows whether the plan is a line for PowerShell instead of a POSIX shell
     * @return lines ended by line feeds
     */
    public static String render(PreflightReport report, boolean windows) {
        TextReport text = new TextReport(windows);
        text.item(report);
        text.rules(report.packs(), report.staleSources());
        return text.text.toString();
    }

    /**
     * Writes the report of a post: what concerns its items together, then each item.
     *
     * @param post the report
     * @param windows whether plans are lines for PowerShell instead of a POSIX shell
     * @return lines ended by line feeds
     */
    public static String render(PostReport post, boolean windows) {
        TextReport text = new TextReport(windows);
        text.line(Words.of(post) + ": " + post.verdict());
        text.line("");
        for (Destination destination : post.destinations()) {
            text.verdict(destination, post.verdict(destination), tally(post.findings(), destination));
        }
        Cause.of(post.findings()).forEach(text::cause);
        text.passed(post.passed(), post.findings(), post.destinations());
        text.sources(post.findings());
        for (int i = 0; i < post.items().size(); i++) {
            text.line("");
            text.text.append("Item " + (i + 1) + " of " + post.items().size() + ": ");
            text.item(post.items().get(i));
        }
        text.rules(post.packs(), post.staleSources());
        return text.text.toString();
    }

    private void item(PreflightReport report) {
        line(report.name() + ": " + report.verdict());
        report.facts().unreadable().ifPresent(place -> line("  " + Words.headline(place)));
        String summary = Summary.of(report.facts());
        if (!summary.isEmpty()) {
            line("  " + summary);
        }
        line("");
        for (Destination destination : report.destinations()) {
            verdict(destination, report.verdict(destination), tally(report.findings(), destination));
        }
        Cause.of(report.findings()).forEach(this::cause);
        report.fixPlan().ifPresent(this::plan);
        byHand(report.byHand());
        passed(report.passed(), report.findings(), report.destinations());
        sources(report.findings());
    }

    private void verdict(Destination destination, Verdict verdict, String tally) {
        line(String.format(Locale.ROOT, "  %-22s %-8s %s", Words.of(destination), verdict, tally)
                .stripTrailing());
    }

    private void cause(Cause cause) {
        line("");
        line(cause.severity() + "  " + cause.headline());
        for (Finding finding : cause.findings()) {
            String limit = finding.allowed().isEmpty() ? "" : ": " + finding.allowed();
            String weight = finding.severity() == cause.severity() ? "" : " (" + Words.of(finding.severity()) + ")";
            line("  " + Words.of(finding.destinations()) + limit + weight + "  [" + finding.ruleId() + "]");
            line("    " + finding.why());
            if (!Words.answers(finding).isEmpty()) {
                line("    Expected error: " + Words.answers(finding));
            }
        }
        cause.fixes().forEach(fix -> line("  Fix: " + fix));
    }

    private void plan(FixPlan plan) {
        line("");
        line(Words.plan(plan) + (plan.lossy() ? ", with some loss of quality:" : ", without loss of quality:"));
        plan.steps().forEach(step -> line("  - " + step.what()));
        line("  " + (windows ? plan.windows() : plan.posix()));
    }

    private void byHand(List<Finding> findings) {
        if (!findings.isEmpty()) {
            line("");
            line("No command fixes this:");
            Cause.of(findings).forEach(cause -> line("  - " + cause.title() + ": " + String.join(" ", cause.fixes())));
        }
    }

    private void passed(List<PassedRule> rules, List<Finding> findings, Collection<Destination> all) {
        List<Passed> groups = Passed.of(rules, findings);
        if (!groups.isEmpty()) {
            line("");
            line("Checked and fine:");
            groups.forEach(group -> line("  " + group.where(all) + ": " + group.what()));
        }
    }

    private void sources(List<Finding> findings) {
        Map<String, Set<String>> sources = Cause.sources(findings);
        if (!sources.isEmpty()) {
            line("");
            line("Sources of these limits:");
            sources.forEach((source, rules) -> line("  " + source + ": " + String.join(", ", rules)));
        }
    }

    private void rules(List<PackVersion> packs, List<StaleSources> stale) {
        line("");
        line(Words.rules(packs, stale));
    }

    static String tally(List<Finding> findings, Destination destination) {
        return Cause.of(findings.stream()
                        .filter(finding -> finding.destinations().contains(destination))
                        .toList())
                .stream()
                .collect(Collectors.groupingBy(Cause::severity, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " " + noun(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String noun(Severity severity, long count) {
        return count == 1 || severity == Severity.ADVICE ? Words.of(severity) : Words.of(severity) + "s";
    }

    /** Names and brands come from strangers; control characters could rewrite a terminal. */
    private void line(String value) {
        value.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(text::appendCodePoint);
        text.append('\n');
    }
}
