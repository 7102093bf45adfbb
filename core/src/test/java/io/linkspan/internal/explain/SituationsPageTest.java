package io.linkspan.internal.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of the most frequent situations in the documentation. {@code -Dlinkspan.writePages=true} writes it anew. */
class SituationsPageTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir", ".")).resolve("../docs/situations.md");
    private static final String MARK =
            "<!-- The texts below are those of the code; SituationsPageTest compares them. -->\n";

    /** Words of ours that support staff need not know. Names of calls are for developers and operators. */
    private static final Pattern OURS = Pattern.compile(
            "(?i)\\b(bucket|verdict|handle|lane|claim|idempotenc|quota|preflight|fence|epoch|lease|nobody|the person)\\b");

    @Test
    void page_holdsTheTextsOfTheCode() throws IOException {
        String page = Files.readString(PAGE);
        String expected = page.substring(0, page.indexOf(MARK) + MARK.length()) + texts();
        if (Boolean.getBoolean("linkspan.writePages")) {
            Files.writeString(PAGE, expected);
        }
        assertEquals(expected, Files.readString(PAGE), "write the page anew with -Dlinkspan.writePages=true");
    }

    @Test
    void page_hasSixtySituations_inWordsOfSupport() {
        Map<String, Explanation> all = Situations.all();
        assertTrue(all.size() >= 60, () -> all.size() + " situations");
        all.forEach((title, explanation) -> {
            String text = head(explanation);
            assertFalse(OURS.matcher(text).find(), () -> title + "\n" + text);
        });
    }

    private static String head(Explanation explanation) {
        return explanation.toText().split("\nDetails\n", 2)[0];
    }

    private static String texts() {
        StringBuilder page = new StringBuilder();
        List<String> sections = Situations.sections();
        Map<String, Explanation> all = Situations.all();
        for (String section : sections) {
            page.append("\n## ").append(section).append('\n');
            all.forEach((title, explanation) -> {
                if (title.startsWith(section + ": ")) {
                    page.append("\n### ")
                            .append(title.substring(section.length() + 2))
                            .append("\n\n");
                    for (String line : head(explanation).split("\n", -1)) {
                        page.append(line.isEmpty() ? ">" : "> " + line + "  ").append('\n');
                    }
                }
            });
        }
        return page.toString().replaceAll("(>\n)+\n", "\n").replaceAll("(>\n)+$", "");
    }
}
