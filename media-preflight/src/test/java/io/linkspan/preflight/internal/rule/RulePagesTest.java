package io.linkspan.preflight.internal.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The committed pages are the generated ones; if not, run {@link RulePages#main}. */
final class RulePagesTest {
    @Test
    void pages_areCommitted() throws Exception {
        Map<String, String> committed = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("..", "docs", "rules"))) {
            for (Path file : files.toList()) {
                committed.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        Map<String, String> generated = RulePages.pages();
        assertEquals(generated.keySet(), committed.keySet(), "run RulePages.main");
        generated.forEach((name, page) -> assertEquals(page, committed.get(name), name + ": run RulePages.main"));
    }
}
