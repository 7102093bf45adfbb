package io.linkspan.preflight.internal.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.json.databind.JsonNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One page, one date: the facts and the pages of PLATFORMS.md and the sources of the rule packs agree. */
final class PlatformPagesTest {
    private static final Path PLATFORMS = Path.of("..", "PLATFORMS.md");

    /** A reading of a page, with the keys of the sources that rest on it. */
    private record Page(String name, String address, String read, List<String> sources) {}

    /** The cells of the rows of a table that begins with such a row. */
    private static List<List<String>> table(String head) throws IOException {
        return Files.readAllLines(PLATFORMS).stream()
                .dropWhile(line -> !line.startsWith(head))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)))
                .toList();
    }

    private static List<Page> pages() throws IOException {
        return table("| page |").stream()
                .map(row -> new Page(
                        row.get(0),
                        row.get(1),
                        row.get(2),
                        row.get(3).equals("-") ? List.of() : List.of(row.get(3).split("; ", -1))))
                .toList();
    }

    @Test
    void facts_haveTheDatesOfTheirPages() throws IOException {
        Map<String, String> dates = pages().stream().collect(Collectors.toMap(Page::name, Page::read));
        List<List<String>> facts = table("| fact |");
        assertFalse(facts.isEmpty());
        for (List<String> fact : facts) {
            List<String> named = Arrays.asList(fact.get(2).split("; ", -1));
            List<String> read = Arrays.asList(fact.get(3).split("; ", -1));
            assertEquals(named.size(), read.size(), () -> "a date for each page: " + fact);
            for (int i = 0; i < named.size(); i++) {
                if (named.get(i).startsWith("developers.")) {
                    assertEquals(dates.get(named.get(i)), read.get(i), named.get(i));
                }
            }
        }
    }

    @Test
    void rules_haveTheDatesOfTheirPages() throws IOException {
        Map<String, Page> bySource = new TreeMap<>();
        pages().forEach(page -> page.sources().forEach(source -> bySource.put(source, page)));
        Set<String> expected = new TreeSet<>();
        for (PackDocument document : RuleEngine.shipped()) {
            JsonNode root = document.root();
            String pack = "`" + root.get("pack").stringValue() + "` ";
            for (Map.Entry<String, JsonNode> source : root.get("sources").properties()) {
                JsonNode url = source.getValue().get("url");
                if (url != null && url.stringValue().startsWith("https://developers.")) {
                    expected.add(pack + source.getKey() + " " + url.stringValue());
                }
            }
            for (JsonNode rule : root.get("rules")) {
                Page page = bySource.get(pack + rule.get("source").stringValue());
                if (page != null) {
                    assertEquals(
                            page.read(),
                            rule.get("seen").stringValue(),
                            () -> rule.get("id").stringValue());
                }
            }
        }
        Set<String> listed = new TreeSet<>();
        bySource.forEach((source, page) -> listed.add(source + " " + page.address()));
        assertEquals(expected, listed);
    }

    @Test
    void openQuestions_nameTestsThatExist() throws IOException {
        Set<String> tests = new TreeSet<>();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(Path.of(".."), Files::isDirectory)) {
            for (Path module : modules) {
                Path sources = module.resolve(Path.of("src", "test", "java"));
                if (Files.isDirectory(sources)) {
                    try (Stream<Path> files = Files.walk(sources)) {
                        files.map(file -> file.getFileName().toString()).forEach(tests::add);
                    }
                }
            }
        }
        List<List<String>> questions = table("| open question |");
        assertFalse(questions.isEmpty());
        for (List<String> question : questions) {
            for (String test : question.get(2).split(", ", -1)) {
                assertTrue(tests.contains(test.replace("`", "") + ".java"), () -> test + ": " + question.get(0));
            }
        }
    }
}
