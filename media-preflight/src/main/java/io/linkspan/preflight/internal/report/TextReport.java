package io.linkspan.preflight.internal.report;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.Finding;
import io.linkspan.preflight.PackVersion;
import io.linkspan.preflight.PreflightReport;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a report for people. */
public final class TextReport {
    private TextReport() {}

    /**
     * Writes the report.
     *
     * @param report the report
     * @return lines ended by line feeds
     */
    public static String render(PreflightReport report) {
        StringBuilder text = new StringBuilder();
        text.append(clean(report.name())).append(": ").append(report.verdict()).append('\n');
        String summary = Summary.of(report.facts());
        if (!summary.isEmpty()) {
            text.append("  ").append(clean(summary)).append('\n');
        }
        text.append('\n');
        for (Destination destination : report.destinations()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-22s %-8s %s%n",
                    destination,
                    report.verdict(destination),
                    tally(report, destination)));
        }
        for (Finding finding : report.findings()) {
            text.append('\n');
            finding(text, finding);
        }
        text.append("\nRules: ")
                .append(report.packs().stream().map(PackVersion::toString).collect(Collectors.joining(", ")))
                .append('\n');
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    static String tally(PreflightReport report, Destination destination) {
        return report.findings(destination).stream()
                .collect(Collectors.groupingBy(
                        Finding::severity, () -> new java.util.TreeMap<>(), Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static void finding(StringBuilder text, Finding finding) {
        text.append(finding.severity()).append("  ").append(finding.title());
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
            text.append(String.format(Locale.ROOT, "  %-9s ", label))
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
