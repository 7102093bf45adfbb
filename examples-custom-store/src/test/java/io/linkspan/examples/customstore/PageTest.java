package io.linkspan.examples.customstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page shows this module's code and no other. */
class PageTest {
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("```(java|sql)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// docs: begin(.*?)// docs: end", Pattern.DOTALL);

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String flat(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(MODULE.resolve("src"))) {
            return files.filter(file -> file.toString().matches(".*\\.(java|sql)"))
                    .filter(file -> !file.endsWith("PageTest.java"))
                    .sorted()
                    .map(PageTest::read)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String page() {
        return read(MODULE.resolveSibling("docs").resolve("custom-store.md"));
    }

    @Test
    void everyBlockOfThePage_isInTheSources() throws IOException {
        String sources = flat(sources());
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(page());
        while (block.find()) {
            blocks.add(block.group(2));
            assertTrue(sources.contains(flat(block.group(2))), () -> "not in the sources: " + block.group(2));
        }
        assertFalse(blocks.isEmpty());
    }

    @Test
    void everyMarkedRegion_isOnThePage() throws IOException {
        String page = flat(page());
        Matcher region = REGION.matcher(sources());
        int regions = 0;
        while (region.find()) {
            regions++;
            assertTrue(page.contains(flat(region.group(1))), () -> "not on the page: " + region.group(1));
        }
        assertEquals(20, regions);
    }

    @Test
    void everyStatusWord_isOnThePage() {
        for (ConnectionStatus.Kind kind : ConnectionStatus.Kind.values()) {
            String word = "`" + kind.name().toLowerCase(Locale.ROOT) + "`";
            assertTrue(page().contains(word), word);
        }
    }

    @Test
    void everyLinkedFileOfThePage_exists() throws IOException {
        Matcher link =
                Pattern.compile("\\(\\.\\./(examples-custom-store/[^)]+)\\)").matcher(page());
        List<String> missing = new ArrayList<>();
        while (link.find()) {
            if (!Files.exists(MODULE.resolveSibling(link.group(1)))) {
                missing.add(link.group(1));
            }
        }
        assertEquals(List.of(), missing);
    }
}
