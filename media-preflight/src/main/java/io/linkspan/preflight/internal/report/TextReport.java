package io.linkspan.preflight.internal.report;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.Finding;
import io.linkspan.preflight.FixPlan;
import io.linkspan.preflight.PackVersion;
import io.linkspan.preflight.PostReport;
import io.linkspan.preflight.PreflightReport;
import io.linkspan.preflight.Severity;
import io.linkspan.preflight.StaleSources;
import io.linkspan.preflight.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a report for people. */
public final class TextReport {
    private TextReport() {}

    /**
     * Writes the report.
     *
     * @param report the report
     * @param windows whether the plan is a line for PowerShell instead of a POSIX shell
     * @return lines ended by line feeds
     */
    public static String render(PreflightReport report, boolean windows) {
        StringBuilder text = new StringBuilder();
        item(text, report, windows);
        rules(text, report.packs(), report.staleSources());
        return text.toString();
    }

    /**
     * Writes the report of a post: what concerns its items together, then each item.
     *
     * @param post the report
     * @param windows whether plans are lines for PowerShell instead of a POSIX shell
     * @return lines ended by line feeds
     */
    public static String render(PostReport post, boolean windows) {
        StringBuilder text = new StringBuilder(Words.of(post) + ": " + post.verdict() + "\n\n");
        for (Destination destination : post.destinations()) {
            verdict(text, destination, post.verdict(destination), tally(post.findings(), destination));
        }
        post.findings().forEach(finding -> finding(text, finding));
        for (int i = 0; i < post.items().size(); i++) {
            text.append("\nItem ")
                    .append(i + 1)
                    .append(" of ")
                    .append(post.items().size())
                    .append(": ");
            item(text, post.items().get(i), windows);
        }
        rules(text, post.packs(), post.staleSources());
        return text.toString();
    }

    private static void item(StringBuilder text, PreflightReport report, boolean windows) {
        text.append(clean(report.name())).append(": ").append(report.verdict()).append('\n');
        String summary = Summary.of(report.facts());
        if (!summary.isEmpty()) {
            text.append("  ").append(clean(summary)).append('\n');
        }
        text.append('\n');
        for (Destination destination : report.destinations()) {
            verdict(text, destination, report.verdict(destination), tally(report.findings(), destination));
        }
        report.findings().forEach(finding -> finding(text, finding));
        report.fixPlan().ifPresent(plan -> plan(text, plan, windows));
        List<Finding> byHand = report.byHand();
        if (!byHand.isEmpty()) {
            text.append("\nNo command mends this:\n");
            for (Finding finding : byHand) {
                text.append("  ")
                        .append(finding.ruleId())
                        .append(": ")
                        .append(clean(finding.fix()))
                        .append('\n');
            }
        }
    }

    private static void verdict(StringBuilder text, Destination destination, Verdict verdict, String tally) {
        text.append(String.format(Locale.ROOT, "  %-22s %-8s %s", destination, verdict, tally)
                        .stripTrailing())
                .append('\n');
    }

    private static void plan(StringBuilder text, FixPlan plan, boolean windows) {
        text.append("\nOne command for all of it:\n");
        for (FixPlan.Step step : plan.steps()) {
            text.append(step.lossy() ? "  (lossy) " : "          ")
                    .append(clean(step.what()))
                    .append(' ')
                    .append(step.rules())
                    .append('\n');
        }
        text.append("  ").append(clean(windows ? plan.windows() : plan.posix())).append('\n');
    }

    private static void rules(StringBuilder text, List<PackVersion> packs, List<StaleSources> stale) {
        text.append("\nRules: ")
                .append(packs.stream().map(PackVersion::toString).collect(Collectors.joining(", ")))
                .append('\n');
        stale.forEach(old -> text.append("Warning: ").append(old).append('\n'));
    }

    static String tally(List<Finding> findings, Destination destination) {
        return findings.stream()
                .filter(finding -> finding.destinations().contains(destination))
                .collect(Collectors.groupingBy(
                        Finding::severity, () -> new java.util.TreeMap<>(), Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " " + noun(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String noun(Severity severity, long count) {
        String noun = severity.name().toLowerCase(Locale.ROOT);
        return count == 1 || severity == Severity.ADVICE ? noun : noun + "s";
    }

    private static void finding(StringBuilder text, Finding finding) {
        text.append('\n').append(finding.severity()).append("  ").append(finding.title());
        text.append("  [").append(finding.ruleId()).append("]\n");
        line(text, "for", finding.destinations().stream().map(Destination::name).collect(Collectors.joining(", ")));
        line(text, "measured", finding.measured());
        line(text, "allowed", finding.allowed());
        line(text, "why", finding.why());
        line(text, "expect", String.join(", ", finding.predictedErrors()));
        line(text, "fix", finding.fix());
        line(text, "command", finding.command().orElse(""));
        line(
                text,
                "source",
                finding.source()
                        + finding.seen().map(day -> " (seen " + day + ")").orElse(""));
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append("  ")
                    .append(String.format(Locale.ROOT, "%-9s ", label))
                    .append(clean(value))
                    .append('\n');
        }
    }

    /** Names and brands come from strangers; control characters could rewrite a terminal. */
    private static String clean(String value) {
        StringBuilder clean = new StringBuilder(value.length());
        value.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
