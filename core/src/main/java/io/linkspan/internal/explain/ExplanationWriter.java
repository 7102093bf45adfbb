package io.linkspan.internal.explain;

import io.linkspan.connection.Evidence;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.internal.json.Json;
import io.linkspan.json.databind.node.ArrayNode;
import io.linkspan.json.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** An explanation as text and as JSON. */
public final class ExplanationWriter {
    private ExplanationWriter() {}

    /** For people. */
    public static String text(Explanation explanation) {
        Instant now = explanation.asOf();
        StringBuilder text = new StringBuilder()
                .append("Problem: ")
                .append(explanation.bucket().words())
                .append('\n')
                .append(explanation.verdict())
                .append('\n')
                .append(explanation.kind())
                .append(' ')
                .append(explanation.id())
                .append(", ")
                .append(explanation.name())
                .append(", as of ")
                .append(now)
                .append("\n\nWhat is known\n");
        for (Explanation.Fact fact : explanation.known()) {
            text.append("- ").append(fact.about()).append(": ").append(oneLine(fact.says()));
            if (fact.since() != null) {
                text.append(", since ").append(fact.since());
            }
            fact.seen().ifPresent(seen -> text.append("\n  evidence: ").append(oneLine(seen.describe(now))));
            text.append('\n');
        }
        text.append("\nWhat to do next\n");
        int number = 0;
        for (Explanation.Step step : explanation.next()) {
            text.append(++number)
                    .append(". ")
                    .append(word(step.who()))
                    .append(": ")
                    .append(oneLine(step.what()))
                    .append('\n');
        }
        if (number == 0) {
            text.append("Nothing has to be done.\n");
        }
        text.append("\nWhat happened last\n");
        for (HistoryEntry entry : explanation.history()) {
            text.append("- ")
                    .append(entry.at())
                    .append(' ')
                    .append(oneLine(entry.actor()))
                    .append(": ")
                    .append(entry.action())
                    .append(entry.detail().isEmpty() ? "" : ", " + oneLine(entry.detail()))
                    .append('\n');
        }
        return text.toString();
    }

    /** What came from outside must not look like lines of ours. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** For machines. */
    public static String json(Explanation explanation) {
        ObjectNode root = Json.object()
                .put("format", 1)
                .put("kind", explanation.kind())
                .put("id", explanation.id())
                .put("name", explanation.name())
                .put("asOf", explanation.asOf().toString())
                .put("bucket", explanation.bucket().name())
                .put("verdict", explanation.verdict());
        ArrayNode known = root.putArray("known");
        for (Explanation.Fact fact : explanation.known()) {
            ObjectNode node = known.addObject().put("about", fact.about()).put("says", fact.says());
            if (fact.since() != null) {
                node.put("since", fact.since().toString());
            }
            fact.seen().ifPresent(seen -> evidence(node.putObject("evidence"), seen, explanation.asOf()));
        }
        ArrayNode next = root.putArray("next");
        for (Explanation.Step step : explanation.next()) {
            next.addObject().put("who", step.who().name()).put("what", step.what());
        }
        history(root.putArray("history"), explanation.history());
        return Json.text(root);
    }

    private static void evidence(ObjectNode node, Evidence seen, Instant now) {
        node.put("source", seen.source())
                .put("at", seen.at().toString())
                .put("ageSeconds", seen.age(now).toSeconds())
                .put("code", seen.code())
                .put("detail", seen.detail());
    }

    private static void history(ArrayNode lines, List<HistoryEntry> history) {
        for (HistoryEntry entry : history) {
            lines.addObject()
                    .put("sequence", entry.sequence())
                    .put("at", entry.at().toString())
                    .put("actor", entry.actor())
                    .put("action", entry.action())
                    .put("detail", entry.detail());
        }
    }
}
