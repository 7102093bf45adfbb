package io.linkspan.preflight.internal.report;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.Fact;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.Finding;
import io.linkspan.preflight.FixPlan;
import io.linkspan.preflight.Limits;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.PackVersion;
import io.linkspan.preflight.PassedRule;
import io.linkspan.preflight.PostReport;
import io.linkspan.preflight.PreflightReport;
import io.linkspan.preflight.StaleSources;
import io.linkspan.preflight.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

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
        html.header(report, "h1");
        html.verdicts(report.destinations(), report::verdict, report.findings());
        html.media(report);
        html.footer(report.packs(), report.staleSources());
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
        html.findings(post.findings(), "Findings for the whole post");
        html.passed(post.passed(), post.findings(), post.destinations());
        html.sources(post.findings());
        for (int i = 0; i < items.size(); i++) {
            PreflightReport item = items.get(i);
            html.page
                    .raw("<section class=\"item\">\n<p class=\"eyebrow\">Item ")
                    .raw(i + 1 + " of " + items.size() + "</p>\n");
            html.header(item, "h2");
            html.media(item);
            html.page.raw("</section>\n");
        }
        html.footer(post.packs(), post.staleSources());
        return html.page.document(title + ": " + Words.of(post.verdict()));
    }

    private void header(PreflightReport report, String level) {
        String summary = Summary.of(report.facts());
        String headline = report.facts().unreadable().map(Words::headline).orElse("");
        header(report.verdict(), report.name(), (headline + " " + summary).strip(), level);
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

    private void media(PreflightReport report) {
        findings(report.findings(), "Findings");
        report.fixPlan().ifPresent(this::plan);
        byHand(report.byHand());
        String picture = TimelineSvg.draw(Timeline.of(report));
        if (!picture.isEmpty()) {
            page.raw("<section class=\"card timeline\"><h2>Timeline</h2>\n")
                    .raw(picture)
                    .raw("</section>\n");
        }
        passed(report.passed(), report.findings(), report.destinations());
        sources(report.findings());
        limits(report.limits());
        facts(report.facts());
    }

    private void findings(List<Finding> findings, String title) {
        page.raw("<section><h2>" + title + "</h2>\n");
        if (findings.isEmpty()) {
            page.raw("<p class=\"card\">Nothing was found. Publish it.</p>\n");
        }
        Cause.of(findings).forEach(this::cause);
        page.raw("</section>\n");
    }

    private void cause(Cause cause) {
        String severity = Words.of(cause.severity());
        page.raw("<article class=\"card finding " + severity + "\"><h3><span class=\"sev\">" + severity + "</span> ")
                .text(cause.headline())
                .raw("</h3>\n<ul class=\"limits\">\n");
        for (Finding finding : cause.findings()) {
            String answers = Words.answers(finding);
            page.raw("<li><b>").text(Words.of(finding.destinations())).raw("</b>");
            if (!finding.allowed().isEmpty()) {
                page.raw(": ").text(finding.allowed());
            }
            if (finding.severity() != cause.severity()) {
                page.raw(" <span class=\"sub\">(" + Words.of(finding.severity()) + ")</span>");
            }
            page.raw("<p>").text(finding.why()).raw("</p><p class=\"sub\"><code>");
            page.text(finding.ruleId()).raw("</code>");
            page.text(answers.isEmpty() ? "" : ", expected error: " + answers).raw("</p></li>\n");
        }
        page.raw("</ul>\n");
        cause.fixes().forEach(fix -> page.raw("<p><b>Fix:</b> ").text(fix).raw("</p>\n"));
        page.raw("</article>\n");
    }

    private void passed(List<PassedRule> rules, List<Finding> findings, Set<Destination> all) {
        List<Passed> groups = Passed.of(rules, findings);
        if (!groups.isEmpty()) {
            page.raw("<section class=\"card\"><h2>Checked and fine</h2>\n<dl>");
            groups.forEach(group -> row(group.where(all), group.what()));
            page.raw("</dl></section>\n");
        }
    }

    private void plan(FixPlan plan) {
        page.raw("<section class=\"card plan\"><h2>" + Words.plan(plan) + "</h2>\n<ol>");
        for (FixPlan.Step step : plan.steps()) {
            page.raw("<li>").text(step.what());
            page.raw(step.lossy() ? " <span class=\"tag lossy\">lossy" : " <span class=\"tag\">lossless")
                    .raw("</span></li>\n");
        }
        if (plan.posix().equals(plan.windows())) {
            page.raw("</ol>\n").code(plan.posix()).raw("</section>\n");
            return;
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
        page.raw("<section class=\"card\"><h2>No command fixes this</h2>\n<dl>");
        Cause.of(findings).forEach(cause -> row(cause.title(), String.join(" ", cause.fixes())));
        page.raw("</dl></section>\n");
    }

    private void sources(List<Finding> findings) {
        Map<String, Set<String>> sources = Cause.sources(findings);
        if (!sources.isEmpty()) {
            page.raw("<details class=\"card\"><summary>Sources of these limits</summary>\n<dl>");
            sources.forEach((source, rules) -> row(String.join(", ", rules), source));
            page.raw("</dl></details>\n");
        }
    }

    private void limits(Limits limits) {
        if (limits.all().isEmpty()) {
            return;
        }
        page.raw("<details class=\"card\"><summary>What all of these destinations take</summary>\n");
        page.table("Limits", "fact", "allowed");
        for (Limits.Limit limit : limits.all()) {
            page.cells(limit.fact(), Words.of(limit));
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

    private void footer(List<PackVersion> packs, List<StaleSources> stale) {
        page.raw("<footer class=\"sub\">").text(Words.rules(packs, stale)).raw("</footer>\n");
    }

    private void row(String term, String value) {
        if (!value.isEmpty()) {
            page.raw("<dt>").text(term).raw("</dt><dd>").text(value).raw("</dd>");
        }
    }
}
