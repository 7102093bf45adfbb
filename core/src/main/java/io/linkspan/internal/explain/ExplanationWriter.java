package io.linkspan.internal.explain;

import io.linkspan.connection.Evidence;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.internal.json.Json;
import io.linkspan.json.databind.node.ArrayNode;
import io.linkspan.json.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** An explanation as text and as JSON. The text begins with what support needs, without our own terms. */
public final class ExplanationWriter {
    private ExplanationWriter() {}

    /** For people. */
    public static String text(Explanation explanation) {
        Instant now = explanation.asOf();
        StringBuilder text = new StringBuilder();
        line(text, "", explanation.verdict());
        line(text, "Category: ", explanation.bucket().words());
        line(text, "Reason: ", explanation.reason());
        line(text, "Acts next: ", explanation.who().map(ExplanationWriter::name).orElse("no one"));
        text.append("\nNext steps\n");
        int number = 0;
        for (Explanation.Step step : explanation.next()) {
            line(text, ++number + ". " + name(step.who()) + ": ", step.what());
        }
        if (number == 0) {
            text.append("Nothing has to be done.\n");
        }
        text.append("\nDetails\n");
        line(
                text,
                "- ",
                explanation.kind() + " " + explanation.id() + ", " + explanation.name() + ", as of "
                        + PlainWords.time(now));
        for (Explanation.Fact fact : explanation.known()) {
            text.append("- ").append(fact.about()).append(": ").append(oneLine(fact.says()));
            if (fact.since() != null) {
                text.append(", since ").append(PlainWords.time(fact.since()));
            }
            fact.seen().ifPresent(seen -> text.append("\n  evidence: ").append(oneLine(seen.describe(now))));
            text.append('\n');
        }
        if (explanation.history().isEmpty()) {
            return text.toString();
        }
        text.append("\nHistory\n");
        for (HistoryEntry entry : explanation.history()) {
            text.append("- ")
                    .append(PlainWords.time(entry.at()))
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

    private static void line(StringBuilder text, String label, String words) {
        if (!words.isEmpty()) {
            text.append(label).append(oneLine(words)).append('\n');
        }
    }

    private static String name(Explanation.Who who) {
        return switch (who) {
            case PERSON -> "User";
            case OPERATOR -> "Operator";
            case DEVELOPER -> "Developers";
            case PLATFORM -> "Platform";
            case LINKSPAN -> "Linkspan";
        };
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
        if (!explanation.reason().isEmpty()) {
            root.put("reason", explanation.reason());
        }
        explanation.who().ifPresent(who -> root.put("who", who.name()));
        if (explanation.until() != null) {
            root.put("until", explanation.until().toString());
        }
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
