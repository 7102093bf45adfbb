package io.linkspan.preflight.internal.rule;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.preflight.PreflightOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes one page for each rule, from the packs. Run its main after a pack was edited. */
public final class RulePages {
    private static final Path FOLDER = Path.of("..", "docs", "rules");

    private static final String FIELDS = """

            ## Packs of your own

            A pack is one JSON document: `pack` (its id), `version` (a day), `title`, `sources` (for each key a `title`, an
            optional `url` and a `confidence` of `OFFICIAL`, `QUOTED`, `PRACTICE`, `FOLKLORE` or `OWN`) and `rules`. A rule has:

            | field | meaning |
            |---|---|
            | `id`, `title` | the stable id, and a few words |
            | `destinations`, `media` | for which destinations and kinds of media; no `media` means any |
            | `post` | `true` if the items of a post are judged together |
            | `source`, `seen` | a key of `sources`, and the day it was last read |
            | `validFrom`, `validUntil` | first and last day of the rule, both optional |
            | `supersedes` | older values, as text |
            | `predicts` | codes the platform is expected to answer |
            | `why`, `fix`, `ffmpeg` | for people, and the options of a command between input and output |
            | `checks` | in order; the first that fails speaks for the rule |

            A check has a `severity` and an `op`: `range` with `fact`, `unit`, `min` or `max` or both and an optional
            `tolerance` (a number or a percentage), `oneOf` or `noneOf` with `fact` and `values`, or `predicate` with the
            `name` of a comparison in code. Optional are `when` (`BYTES` or `PULL`), `measured`, `allowed`, `fix` and `ffmpeg`
            in place of the rule's.

            An `ffmpeg` value may hold names that are filled for each file: `{picture}` (scaling and bars that keep to the
            limits of all destinations; for images also turning and a white ground), `{canvas}` (1080x1920 with bars),
            `{square}` (square pixels), `{sdr}` (tone mapping), `{bt709}` (colours), `{gop}` (frames of two seconds, at most
            60), `{fit:BYTES}` (the bit rate for that size), `{creator}` (the creator's longest time), and `{mp4}` with
            `{video}` and `{audio}` (copied if MP4 can hold them, else re-encoded).

            An overlay has `overlays` (the id of a pack) and changes it: the fields of a rule with a known id replace those of
            that rule, its `checks` change one by one in their order (one with an `op` as a whole, others field by field), a
            rule with a new id is added, and `remove` lists ids to drop. Load both with `RulePacks`, or `--pack` on the
            command line.
            """;

    private RulePages() {}

    /**
     * Writes the pages into {@code docs/rules}.
     *
     * @param args ignored
     * @throws IOException if they cannot be written
     */
    public static void main(String[] args) throws IOException {
        Files.createDirectories(FOLDER);
        for (Map.Entry<String, String> page : pages().entrySet()) {
            Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
        }
    }

    static Map<String, String> pages() {
        Map<String, String> pages = new TreeMap<>();
        StringBuilder index = new StringBuilder("""
                # Rules

                Generated from the rule packs; do not edit. One page for each rule id that a report can name. One finding is
                in no pack: `media.unchecked` (a fact could not be read, so its rules could not be checked). A report says
                beside its rules when a pack is more than 90 days old on the day of the check.
                """);
        for (PackDocument document : RuleEngine.shipped()) {
            JsonNode root = document.root();
            index.append("\n## ").append(root.get("title").stringValue());
            index.append("\n\nPack `")
                    .append(document.version())
                    .append("`\n\n| rule | about | severity | seen |\n|---|---|---|---|\n");
            List<Rule> rules = document.pack().rules();
            for (int i = 0; i < rules.size(); i++) {
                Rule rule = rules.get(i);
                pages.put(rule.id() + ".md", page(document, root.get("rules").get(i), rule));
                index.append("| [`")
                        .append(rule.id())
                        .append("`](")
                        .append(rule.id())
                        .append(".md) | ");
                index.append(rule.title()).append(" | ").append(rule.worst()).append(" | ");
                index.append(rule.seen() == null ? "" : rule.seen()).append(" |\n");
            }
        }
        pages.put("README.md", index.append(FIELDS).toString());
        return pages;
    }

    private static String page(PackDocument document, JsonNode json, Rule rule) {
        StringBuilder page = new StringBuilder("# `" + rule.id() + "`: " + rule.title() + "\n\n");
        page.append(rule.why()).append("\n\n**Fix.** ").append(rule.fix()).append("\n\n");
        row(page, "Destinations", String.join(", ", texts(json.get("destinations"))));
        row(page, "Media", json.has("media") ? String.join(", ", texts(json.get("media"))) : "any");
        row(page, "Judged", rule.post() ? "for the items of a post together" : "for each file");
        row(page, "Source", rule.sourceText());
        JsonNode source = document.root().get("sources").get(json.get("source").stringValue());
        row(page, "Confidence", source.get("confidence").stringValue().toLowerCase(Locale.ROOT));
        row(
                page,
                "Seen",
                rule.seen() == null ? "does not depend on a page" : rule.seen().toString());
        row(page, "Valid", valid(rule));
        row(page, "Supersedes", String.join("; ", rule.supersedes()));
        row(page, "Platform answers", code(rule.predicts()));
        row(page, "Pack", "`" + document.version() + "`");
        page.append("\n## Checks\n\nThe first that fails speaks for the rule.\n\n");
        page.append("| severity | what | allowed | limit |\n|---|---|---|---|\n");
        List<JsonNode> checks = new ArrayList<>();
        json.get("checks").forEach(checks::add);
        for (int i = 0; i < checks.size(); i++) {
            Rule.Check check = rule.checks().get(i);
            JsonNode raw = checks.get(i);
            String what = raw.has("fact")
                    ? raw.get("fact").stringValue()
                    : "predicate " + raw.get("name").stringValue();
            page.append("| ")
                    .append(check.severity())
                    .append(" | `")
                    .append(what)
                    .append("` | ");
            page.append(check.allowed()).append(" | ").append(limit(check, raw)).append(" |\n");
        }
        if (!rule.ffmpeg().isEmpty()) {
            page.append("\n## Command\n\n```\nffmpeg -nostdin -i file:IN ");
            page.append(String.join(" ", rule.ffmpeg())).append(" file:OUT\n```\n");
        }
        return page.append("\n[All rules](README.md)\n").toString();
    }

    private static String limit(Rule.Check check, JsonNode raw) {
        List<String> parts = new ArrayList<>();
        Bound bound = check.condition().bound(PreflightOptions.defaults());
        if (bound != null && !bound.values().isEmpty()) {
            parts.add((bound.wanted() ? "one of " : "none of ")
                    + String.join(", ", new java.util.TreeSet<>(bound.values())));
        }
        for (String name : List.of("min", "max", "tolerance")) {
            if (raw.has(name)) {
                parts.add(name + " " + raw.get(name).asString());
            }
        }
        if (raw.has("unit")) {
            parts.add(raw.get("unit").stringValue());
        }
        if (check.when() != null) {
            parts.add("only when delivered by " + check.when());
        }
        return String.join(", ", parts);
    }

    private static String valid(Rule rule) {
        return (rule.validFrom() == null ? "" : "from " + rule.validFrom() + " ")
                + (rule.validUntil() == null ? "until further notice" : "until " + rule.validUntil());
    }

    private static String code(List<String> words) {
        return words.isEmpty() ? "" : "`" + String.join("`, `", words) + "`";
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.stringValue()));
        return texts;
    }

    private static void row(StringBuilder page, String term, String value) {
        if (!value.isEmpty()) {
            page.append("- **").append(term).append(":** ").append(value).append('\n');
        }
    }
}
