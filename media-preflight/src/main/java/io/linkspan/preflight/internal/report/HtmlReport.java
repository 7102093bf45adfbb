package io.linkspan.preflight.internal.report;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.Finding;
import io.linkspan.preflight.FixPlan;
import io.linkspan.preflight.Limits;
import io.linkspan.preflight.PackVersion;
import io.linkspan.preflight.PreflightReport;
import io.linkspan.preflight.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a report as one page that needs nothing else. */
public final class HtmlReport {
    private final PreflightReport report;
    private final StringBuilder page = new StringBuilder(16_384);

    private HtmlReport(PreflightReport report) {
        this.report = report;
    }

    /**
     * Writes the report.
     *
     * @param report the report
     * @return an HTML document
     */
    public static String render(PreflightReport report) {
        return new HtmlReport(report).page();
    }

    private String page() {
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                        + " 'unsafe-inline'\">\n<title>");
        text(report.name() + ": " + Words.of(report.verdict())).append("</title>\n<style>\n");
        page.append(style()).append("</style>\n</head>\n<body>\n<main>\n");
        header();
        verdicts();
        String picture = TimelineSvg.draw(Timeline.of(report));
        if (!picture.isEmpty()) {
            page.append("<section class=\"card\"><h2>Timeline</h2>")
                    .append(picture)
                    .append("</section>\n");
        }
        findings();
        report.fixPlan().ifPresent(this::plan);
        limits();
        footer();
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private void header() {
        page.append("<header><p class=\"pill ")
                .append(report.verdict().name().toLowerCase(Locale.ROOT))
                .append("\">")
                .append(Words.of(report.verdict()))
                .append("</p><h1>");
        text(report.name()).append("</h1><p class=\"sub\">");
        text(Summary.of(report.facts())).append("</p></header>\n");
    }

    private void verdicts() {
        page.append("<section aria-label=\"Verdicts\" class=\"grid\">\n");
        for (Destination destination : report.destinations()) {
            String verdict = report.verdict(destination).name().toLowerCase(Locale.ROOT);
            page.append("<div class=\"tile ").append(verdict).append("\"><span class=\"name\">");
            text(Words.of(destination)).append("</span><strong>");
            text(Words.of(report.verdict(destination))).append("</strong><span class=\"sub\">");
            String tally = TextReport.tally(report, destination);
            text(tally.isEmpty() ? "nothing to say" : tally).append("</span></div>\n");
        }
        page.append("</section>\n");
    }

    private void findings() {
        page.append("<section><h2>Findings</h2>\n");
        if (report.findings().isEmpty()) {
            page.append("<p class=\"card\">Nothing was found. Publish it.</p>\n");
        }
        report.findings().forEach(this::finding);
        page.append("</section>\n");
    }

    private void finding(Finding finding) {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        page.append("<article class=\"card finding ").append(severity).append("\">\n<h3><span class=\"sev\">");
        text(severity).append("</span> ");
        text(finding.title()).append(" <code>");
        text(finding.ruleId()).append("</code></h3>\n<p class=\"sub\">");
        text(finding.destinations().stream().map(Words::of).collect(Collectors.joining(", ")))
                .append("</p>\n<div class=\"vs\"><div><span>measured</span><b>");
        text(finding.measured()).append("</b></div>");
        if (!finding.allowed().isEmpty()) {
            page.append("<div><span>allowed</span><b>");
            text(finding.allowed()).append("</b></div>");
        }
        page.append("</div>\n<dl>");
        row("why", finding.why());
        row("fix", finding.fix());
        row("expect", String.join(", ", finding.predictedErrors()));
        row(
                "source",
                finding.source() + finding.seen().map(day -> ", seen " + day).orElse(""));
        page.append("</dl>\n");
        finding.command().ifPresent(command -> {
            page.append("<details><summary>Command for this alone</summary><pre tabindex=\"0\"><code>");
            text(command).append("</code></pre></details>\n");
        });
        page.append("</article>\n");
    }

    private void plan(FixPlan plan) {
        page.append("<section class=\"card\"><h2>One command for all of it</h2>\n<ul>");
        for (FixPlan.Step step : plan.steps()) {
            page.append("<li>");
            text(step.what()).append(" <span class=\"tag ").append(step.lossy() ? "lossy\">lossy" : "\">lossless");
            page.append("</span></li>");
        }
        page.append("</ul>\n");
        if (!plan.remaining().isEmpty()) {
            page.append("<p>Not fixed by it: ");
            text(String.join(", ", plan.remaining())).append("</p>\n");
        }
        page.append("<h3>macOS and Linux</h3><pre tabindex=\"0\"><code>");
        text(plan.posix()).append("</code></pre>\n<details><summary>Windows PowerShell</summary>");
        page.append("<pre tabindex=\"0\"><code>");
        text(plan.windows()).append("</code></pre></details></section>\n");
    }

    private void limits() {
        Limits limits = report.limits();
        if (limits.all().isEmpty()) {
            return;
        }
        page.append("<section class=\"card\"><details><summary>What all of these destinations take</summary><dl>");
        for (Limits.Limit limit : limits.all()) {
            row(limit.fact(), limit.toString().substring(limit.fact().length() + 2));
        }
        page.append("</dl></details></section>\n");
    }

    private void footer() {
        page.append("<footer class=\"sub\">Rules: ");
        text(report.packs().stream().map(PackVersion::toString).collect(Collectors.joining(", ")))
                .append(". ")
                .append(
                        report.findings().stream().anyMatch(f -> f.severity() == Severity.ERROR)
                                ? "Fix the errors before publishing."
                                : "")
                .append("</footer>\n");
    }

    private void row(String term, String value) {
        if (!value.isEmpty()) {
            page.append("<dt>");
            text(term).append("</dt><dd>");
            text(value).append("</dd>");
        }
    }

    private StringBuilder text(String words) {
        return page.append(Escape.html(words));
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
