package io.linkspan.preflight.internal.report;

import io.linkspan.json.core.util.DefaultIndenter;
import io.linkspan.json.core.util.DefaultPrettyPrinter;
import io.linkspan.json.databind.ObjectWriter;
import io.linkspan.json.databind.json.JsonMapper;
import io.linkspan.json.databind.node.ArrayNode;
import io.linkspan.json.databind.node.JsonNodeFactory;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.preflight.Damage;
import io.linkspan.preflight.Destination;
import io.linkspan.preflight.Fact;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.Finding;
import io.linkspan.preflight.FixPlan;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.PackVersion;
import io.linkspan.preflight.PassedRule;
import io.linkspan.preflight.PostReport;
import io.linkspan.preflight.PreflightReport;
import io.linkspan.preflight.Size;
import io.linkspan.preflight.StaleSources;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Writes a report for machines. Fields are only ever added. */
public final class JsonReport {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .build()
            .writer()
            .with(new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));

    private JsonReport() {}

    /**
     * Writes the report.
     *
     * @param report the report
     * @return one JSON object
     */
    public static String render(PreflightReport report) {
        return write(report(report));
    }

    /**
     * Writes the report of a post.
     *
     * @param post the report
     * @return one JSON object
     */
    public static String render(PostReport post) {
        ObjectNode root = NODES.objectNode();
        root.put("schema", 1);
        root.put("verdict", post.verdict().name());
        ObjectNode verdicts = root.putObject("destinations");
        for (Destination destination : post.destinations()) {
            verdicts.put(destination.name(), post.verdict(destination).name());
        }
        ArrayNode findings = root.putArray("findings");
        Cause.of(post.findings()).forEach(cause -> cause(findings.addObject(), cause));
        passed(root.putArray("passed"), post.passed());
        ArrayNode items = root.putArray("items");
        post.items().forEach(item -> items.add(report(item)));
        rules(root, post.packs(), post.staleSources());
        return write(root);
    }

    private static String write(ObjectNode root) {
        return WRITER.writeValueAsString(root) + "\n";
    }

    private static ObjectNode report(PreflightReport report) {
        ObjectNode root = NODES.objectNode();
        root.put("schema", 1);
        root.put("name", report.name());
        root.put("verdict", report.verdict().name());
        ObjectNode verdicts = root.putObject("destinations");
        for (Destination destination : report.destinations()) {
            verdicts.put(destination.name(), report.verdict(destination).name());
        }
        ArrayNode findings = root.putArray("findings");
        Cause.of(report.findings()).forEach(cause -> cause(findings.addObject(), cause));
        passed(root.putArray("passed"), report.passed());
        facts(root.putObject("facts"), report.facts());
        ArrayNode damage = root.putArray("damage");
        for (Damage place : report.facts().damage()) {
            damage.addObject()
                    .put("what", place.what())
                    .put("path", place.path())
                    .put("offset", place.offset());
        }
        rules(root, report.packs(), report.staleSources());
        report.fixPlan().ifPresent(plan -> plan(root.putObject("plan"), plan));
        texts(
                root.putArray("byHand"),
                report.byHand().stream().map(Finding::ruleId).toList());
        return root;
    }

    private static void rules(ObjectNode root, List<PackVersion> versions, List<StaleSources> stale) {
        ObjectNode packs = root.putObject("packs");
        for (PackVersion pack : versions) {
            packs.put(pack.id(), pack.version().toString());
        }
        ArrayNode warnings = root.putArray("warnings");
        for (StaleSources old : stale) {
            warnings.addObject()
                    .put("code", "rules.stale")
                    .put("message", old.toString())
                    .put("pack", old.pack().id())
                    .put("days", old.days());
        }
    }

    private static void plan(ObjectNode node, FixPlan plan) {
        node.put("lossy", plan.lossy());
        ArrayNode steps = node.putArray("steps");
        for (FixPlan.Step step : plan.steps()) {
            ObjectNode one = steps.addObject().put("what", step.what()).put("lossy", step.lossy());
            texts(one.putArray("rules"), step.rules());
        }
        texts(node.putArray("command"), plan.arguments());
        node.put("posix", plan.posix());
        node.put("windows", plan.windows());
        texts(node.putArray("remaining"), plan.remaining());
    }

    /** One entry for each cause, with the limits of the destinations inside. */
    private static void cause(ObjectNode node, Cause cause) {
        node.put("subject", cause.subject());
        node.put("severity", cause.severity().name());
        node.put("title", cause.title());
        node.put("measured", cause.measured());
        places(node, cause.destinations());
        texts(node.putArray("fixes"), cause.fixes());
        ArrayNode limits = node.putArray("limits");
        cause.findings().forEach(finding -> limit(limits.addObject(), finding));
    }

    private static void limit(ObjectNode node, Finding finding) {
        node.put("rule", finding.ruleId());
        node.put("severity", finding.severity().name());
        places(node, finding.destinations());
        node.put("allowed", finding.allowed());
        node.put("why", finding.why());
        node.put("source", finding.source());
        finding.seen().ifPresent(day -> node.put("seen", day.toString()));
        texts(node.putArray("predictedErrors"), finding.predictedErrors());
        texts(node.putArray("unchecked"), finding.unchecked());
    }

    private static void passed(ArrayNode array, List<PassedRule> rules) {
        for (PassedRule rule : rules) {
            ObjectNode node = array.addObject().put("rule", rule.ruleId()).put("title", rule.title());
            places(node, rule.destinations());
        }
    }

    private static void places(ObjectNode node, Collection<Destination> destinations) {
        texts(
                node.putArray("destinations"),
                destinations.stream().map(Destination::name).toList());
    }

    private static void texts(ArrayNode array, Collection<String> values) {
        values.forEach((Consumer<String>) array::add);
    }

    private static void facts(ObjectNode node, MediaFacts facts) {
        node.put("media.kind", facts.kind().name());
        for (FactKey<?> key : FactKey.all()) {
            Fact<?> fact = facts.fact(key);
            if (fact.state() == Fact.State.NOT_APPLICABLE) {
                continue;
            }
            ObjectNode entry = node.putObject(key.name());
            entry.put("state", fact.state().name());
            if (fact instanceof Fact.Known<?> known) {
                value(entry, known.value());
            } else if (fact instanceof Fact.Unknown<?> unknown) {
                entry.put("reason", unknown.reason());
            }
        }
    }

    private static void value(ObjectNode entry, Object value) {
        if (value instanceof Boolean flag) {
            entry.put("value", flag);
        } else if (value instanceof Integer || value instanceof Long) {
            entry.put("value", ((Number) value).longValue());
        } else if (value instanceof Double number) {
            entry.put("value", new BigDecimal(Summary.decimal(number, 3)));
        } else if (value instanceof Duration duration) {
            entry.put("seconds", new BigDecimal(Summary.decimal(Summary.seconds(duration), 6)));
        } else if (value instanceof Size size) {
            entry.put("width", size.width()).put("height", size.height());
        } else if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Duration) {
            ArrayNode seconds = entry.putArray("seconds");
            for (Object each : list) {
                seconds.add(new BigDecimal(Summary.decimal(Summary.seconds((Duration) each), 3)));
            }
        } else if (value instanceof List<?> list) {
            texts(entry.putArray("value"), list.stream().map(String::valueOf).toList());
        } else {
            entry.put("value", value.toString());
        }
    }
}
