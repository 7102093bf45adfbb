package io.linkspan.preflight.internal.report;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.Fact;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.Finding;
import io.linkspan.preflight.FixPlan;
import io.linkspan.preflight.Limits;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.PackVersion;
import io.linkspan.preflight.PostReport;
import io.linkspan.preflight.PreflightReport;
import io.linkspan.preflight.StaleSources;
import io.linkspan.preflight.Verdict;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes a report as one page that needs nothing else. */
public final class HtmlReport {
    private final HtmlPage page = new HtmlPage();

    private HtmlReport() {}

    /**
     * Writes the report.
     *
     * @param report the report
     * @return an HTML document
     */
    public static String render(PreflightReport report) {
        HtmlReport html = new HtmlReport();
        html.header(report.verdict(), report.name(), Summary.of(report.facts()), "h1");
        html.verdicts(report.destinations(), report::verdict, report.findings());
        html.media(report, 1);
        html.stale(report.staleSources());
        html.footer(report.packs());
        return html.page.document(report.name() + ": " + Words.of(report.verdict()));
    }

    /**
     * Writes the report of a post.
     *
     * @param post the report
     * @return an HTML document
     */
    public static String render(PostReport post) {
        HtmlReport html = new HtmlReport();
        List<PreflightReport> items = post.items();
        String title = Words.of(post);
        html.header(post.verdict(), title, "Judged together, then one by one.", "h1");
        html.verdicts(post.destinations(), post::verdict, post.findings());
        html.findings(post.findings(), "Findings for the whole post", 2);
        for (int i = 0; i < items.size(); i++) {
            PreflightReport item = items.get(i);
            html.page
                    .raw("<section class=\"item\">\n<p class=\"eyebrow\">Item ")
                    .raw(i + 1 + " of " + items.size() + "</p>\n");
            html.header(item.verdict(), item.name(), Summary.of(item.facts()), "h2");
            html.media(item, i + 1);
            html.page.raw("</section>\n");
        }
        html.stale(post.staleSources());
        html.footer(post.packs());
        return html.page.document(title + ": " + Words.of(post.verdict()));
    }

    private void header(Verdict verdict, String name, String summary, String level) {
        page.raw("<header>\n<p class=\"pill " + verdict.name().toLowerCase(Locale.ROOT) + "\">")
                .raw(mark(verdict))
                .text(Words.of(verdict))
                .raw("</p>\n<" + level + ">")
                .text(name)
                .raw("</" + level + ">\n<p class=\"sub\">")
                .text(summary)
                .raw("</p>\n</header>\n");
    }

    private static String mark(Verdict verdict) {
        return "<span class=\"mark\" aria-hidden=\"true\">"
                + switch (verdict) {
                    case OK -> "\u2713";
                    case RISKY -> "!";
                    case BLOCKED -> "\u2715";
                }
                + "</span> ";
    }

    private void stale(List<StaleSources> stale) {
        if (stale.isEmpty()) {
            return;
        }
        page.raw("<aside class=\"note-box\"><p><strong>Warning: old rules.</strong></p>\n");
        for (StaleSources old : stale) {
            page.raw("<p>").text(old.toString()).raw("</p>\n");
        }
        page.raw("<details><summary>Which rules</summary><p><code>")
                .text(stale.stream().flatMap(old -> old.rules().stream()).collect(Collectors.joining(", ")))
                .raw("</code></p></details></aside>\n");
    }

    private void verdicts(Set<Destination> destinations, Function<Destination, Verdict> verdicts, List<Finding> all) {
        page.raw("<ul aria-label=\"Verdicts\" class=\"grid\">\n");
        for (Destination destination : destinations) {
            Verdict verdict = verdicts.apply(destination);
            String tally = TextReport.tally(all, destination);
            page.raw("<li class=\"tile " + verdict.name().toLowerCase(Locale.ROOT) + "\"><span class=\"name\">")
                    .text(Words.of(destination))
                    .raw("</span> <strong>" + mark(verdict))
                    .text(Words.of(verdict))
                    .raw("</strong> <span class=\"sub\">")
                    .text(!tally.isEmpty() ? tally : verdict == Verdict.OK ? "nothing to say" : "because of an item")
                    .raw("</span></li>\n");
        }
        page.raw("</ul>\n");
    }

    private void media(PreflightReport report, int number) {
        String picture = TimelineSvg.draw(Timeline.of(report), "tl" + number);
        if (!picture.isEmpty()) {
            page.raw("<section class=\"card\"><h2>Timeline</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"group\""
                    + " aria-label=\"Timeline, scrolls sideways\">");
            page.raw(picture).raw("</div></section>\n");
        }
        report.fixPlan().ifPresent(this::plan);
        byHand(report.byHand());
        findings(report.findings(), "Findings", 2);
        limits(report.limits());
        facts(report.facts());
    }

    private void findings(List<Finding> findings, String title, int level) {
        page.raw("<section><h" + level + ">" + title + "</h" + level + ">\n");
        if (findings.isEmpty()) {
            page.raw("<p class=\"card\">Nothing was found. Publish it.</p>\n");
        }
        findings.forEach(this::finding);
        page.raw("</section>\n");
    }

    private void finding(Finding finding) {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        page.raw("<article class=\"card finding " + severity + "\">\n<h3><span class=\"sev\">")
                .text(severity)
                .raw("</span> ")
                .text(finding.title())
                .raw("</h3>\n<p class=\"sub\">")
                .text(finding.destinations().stream().map(Words::of).collect(Collectors.joining(", ")))
                .raw(" \u00B7 <code>")
                .text(finding.ruleId())
                .raw("</code></p>\n<div class=\"vs\"><div><span>measured</span><b>")
                .text(finding.measured())
                .raw("</b></div>");
        if (!finding.allowed().isEmpty()) {
            page.raw("<div><span>allowed</span><b>").text(finding.allowed()).raw("</b></div>");
        }
        page.raw("</div>\n<dl>");
        row("why", finding.why());
        row("fix", finding.fix());
        row("expect", String.join(", ", finding.predictedErrors()));
        row(
                "source",
                finding.source() + finding.seen().map(day -> ", seen " + day).orElse(""));
        page.raw("</dl>\n");
        finding.command()
                .ifPresent(command -> page.raw("<details><summary>Command for this alone</summary>")
                        .code(command)
                        .raw("</details>\n"));
        page.raw("</article>\n");
    }

    private void plan(FixPlan plan) {
        page.raw("<section class=\"card plan\"><h2>One command for all of it</h2>\n<ol>");
        for (FixPlan.Step step : plan.steps()) {
            page.raw("<li>").text(step.what());
            page.raw(step.lossy() ? " <span class=\"tag lossy\">lossy" : " <span class=\"tag\">lossless")
                    .raw("</span></li>\n");
        }
        page.raw("</ol>\n<h3>macOS and Linux</h3>").code(plan.posix());
        page.raw("\n<details><summary>Windows PowerShell</summary>")
                .code(plan.windows())
                .raw("</details></section>\n");
    }

    private void byHand(List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        page.raw("<section class=\"card\"><h2>No command mends this</h2>\n<dl>");
        // destinations often ask for the same
        Map<String, Set<String>> titles = new LinkedHashMap<>();
        for (Finding finding : findings) {
            titles.computeIfAbsent(finding.fix(), fix -> new LinkedHashSet<>()).add(finding.title());
        }
        titles.forEach((fix, asked) -> row(String.join(", ", asked), fix));
        page.raw("</dl></section>\n");
    }

    private void limits(Limits limits) {
        if (limits.all().isEmpty()) {
            return;
        }
        page.raw("<details class=\"card\"><summary>What all of these destinations take</summary>\n");
        page.table("Limits", "fact", "allowed");
        for (Limits.Limit limit : limits.all()) {
            page.cells(limit.fact(), limit.toString().substring(limit.fact().length() + 2));
        }
        page.raw("</tbody></table></details>\n");
    }

    private void facts(MediaFacts facts) {
        page.raw("<details class=\"card\"><summary>Everything that was read</summary>\n");
        page.table("Facts", "fact", "value");
        for (FactKey<?> key : FactKey.all()) {
            Fact<?> fact = facts.fact(key);
            if (fact.state() != Fact.State.NOT_APPLICABLE) {
                page.cells(key.name(), Words.of(fact));
            }
        }
        page.raw("</tbody></table></details>\n");
    }

    private void footer(List<PackVersion> packs) {
        page.raw("<footer class=\"sub\">Rules: ")
                .text(packs.stream().map(PackVersion::toString).collect(Collectors.joining(", ")))
                .raw("</footer>\n");
    }

    private void row(String term, String value) {
        if (!value.isEmpty()) {
            page.raw("<dt>").text(term).raw("</dt><dd>").text(value).raw("</dd>");
        }
    }
}
