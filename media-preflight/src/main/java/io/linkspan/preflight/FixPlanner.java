package io.linkspan.preflight;

import io.linkspan.preflight.internal.rule.Bound;
import io.linkspan.preflight.internal.rule.Ffmpeg;
import io.linkspan.preflight.internal.rule.Fix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Joins the fixes of a report into one plan. */
final class FixPlanner {
    private static final Set<String> HOPELESS =
            Set.of("media.unreadable", "media.encrypted", "media.videoMissing", "file.truncated");

    private final MediaFacts facts;
    private final List<Finding> findings;
    private final List<Fix> fixes;
    private final PreflightOptions options;
    private final String argument;

    FixPlanner(MediaFacts facts, List<Finding> findings, List<Fix> fixes, PreflightOptions options, String argument) {
        this.facts = facts;
        this.findings = findings;
        this.fixes = fixes;
        this.options = options;
        this.argument = argument;
    }

    Optional<FixPlan> plan(boolean advice) {
        if (findings.stream().anyMatch(finding -> HOPELESS.contains(finding.ruleId()))) {
            return Optional.empty();
        }
        List<Fix> chosen = chosen(advice);
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Map<String, FixPlan.Step> steps = new LinkedHashMap<>();
        Set<String> fixed = new HashSet<>();
        for (Fix fix : chosen) {
            fixed.add(fix.ruleId());
            steps.merge(
                    fix.what(),
                    new FixPlan.Step(fix.what(), List.of(fix.ruleId()), fix.lossy()),
                    (a, b) -> new FixPlan.Step(
                            a.what(),
                            Stream.concat(a.rules().stream(), b.rules().stream())
                                    .toList(),
                            a.lossy() || b.lossy()));
        }
        List<String> remaining = findings.stream()
                .filter(finding -> advice || finding.severity() != Severity.ADVICE)
                .map(Finding::ruleId)
                .filter(rule -> !fixed.contains(rule))
                .distinct()
                .toList();
        List<String> command = Ffmpeg.command(chosen, facts, argument, bounds());
        return Optional.of(new FixPlan(List.copyOf(steps.values()), command, remaining));
    }

    /** The fixes that go together, worst first; one that leaves no size satisfying all destinations is left out. */
    private List<Fix> chosen(boolean advice) {
        List<Fix> chosen = new ArrayList<>();
        for (Fix fix : fixes) {
            if (!advice && fix.severity() == Severity.ADVICE && fix.lossy() && !encodesHdr(fix, chosen)) {
                continue;
            }
            chosen.add(fix);
            if (Ffmpeg.command(chosen, facts, argument, bounds()).isEmpty()) {
                chosen.remove(fix);
            }
        }
        return chosen;
    }

    /** An encoder for SDR would show HDR with wrong colours. */
    private static boolean encodesHdr(Fix fix, List<Fix> chosen) {
        return fix.ruleId().equals("media.video.hdr") && Ffmpeg.encodesPicture(chosen);
    }

    private List<Bound> bounds() {
        List<Bound> bounds = new ArrayList<>();
        options.rules().engine().limits(facts.kind(), options, Severity.WARNING, (rule, bound) -> bounds.add(bound));
        return bounds;
    }
}
