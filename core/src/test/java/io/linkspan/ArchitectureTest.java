package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the sources must not do, read from the sources. */
class ArchitectureTest {
    private static final Path MAIN = Path.of(System.getProperty("basedir", ".")).resolve("src/main/java/io/linkspan");

    /** Files below a directory whose code, without comments, holds a pattern. */
    private static List<String> files(Path directory, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        try (Stream<Path> files = Files.walk(directory)) {
            TreeSet<String> found = new TreeSet<>();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String code =
                        Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)//.*$", "");
                if (wanted.matcher(code).find()) {
                    found.add(String.valueOf(file.getFileName()));
                }
            }
            return List.copyOf(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void sources_areThere() {
        assertTrue(files(MAIN, "class").size() > 100);
    }

    @Test
    void state_ofJobsIsWrittenByMovesOnly() {
        assertEquals(
                List.of("Moves.java"), files(MAIN, "[dD]oc(\\(\\))?\\.moved\\(|PublishMachine\\.(next|follow)\\("));
        // a state enters a record when the job is accepted, by a move, and when the account is forgotten
        assertEquals(List.of("JobDoc.java"), files(MAIN, "StateDoc\\.of\\("));
        assertEquals(List.of("StateDoc.java"), files(MAIN, "new StateDoc\\("));
        assertEquals(List.of("JobDoc.java"), files(MAIN, "new JobDoc\\("));
    }

    @Test
    void commit_isSentFromOnePlace() {
        assertEquals(List.of("Committing.java"), files(MAIN, "adapter\\.commit\\("));
    }

    @Test
    void time_andChanceAreInjected() {
        assertEquals(
                List.of(),
                files(
                        MAIN,
                        "System\\.currentTimeMillis|Instant\\.now\\(|LocalDate(Time)?\\.now\\(|Thread\\.sleep|new Random\\(|Math\\.random"
                                + "|ThreadLocalRandom|UUID\\.randomUUID"));
    }

    @Test
    void spi_neverImportsInternals() {
        assertEquals(List.of(), files(MAIN.resolve("spi"), "io\\.linkspan\\.internal"));
    }
}
