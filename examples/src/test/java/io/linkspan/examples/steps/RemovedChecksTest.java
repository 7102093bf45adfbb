package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linkspan.examples.steps.RemovedCheck.Cut;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check of the OAuth checklist is needed: with it removed from the source, the test beside it fails. */
class RemovedChecksTest {
    private static final Path ROOT = Path.of("..");

    @TempDir
    Path patched;

    static List<RemovedCheck> checks() {
        return RemovedCheck.all();
    }

    @Tag("proof")
    @ParameterizedTest(name = "{0}")
    @MethodSource("checks")
    void testBesideIt_failsWithoutTheCheck(RemovedCheck check) throws Exception {
        Path compiler = Path.of(System.getProperty("java.home"), "bin", "javac");
        assumeTrue(Files.exists(compiler), "skipped: this Java has no compiler");
        String source = Files.readString(ROOT.resolve(check.file()));
        for (Cut cut : check.cuts()) {
            assertEquals(1, occurrences(source, cut.from()), () -> "in " + check.file() + ": " + cut.from());
            source = source.replace(cut.from(), cut.to());
        }
        Path changed = Files.writeString(patched.resolve(Path.of(check.file()).getFileName()), source);
        Path output = patched.resolve("output.txt");
        int compiled = run(
                output,
                List.of(
                        compiler.toString(),
                        "-proc:none",
                        "-nowarn",
                        "-cp",
                        classPath(),
                        "-d",
                        patched.toString(),
                        changed.toString()));
        assertEquals(0, compiled, () -> "the changed source does not compile: " + text(output));

        int failed = run(
                output,
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        patched + File.pathSeparator + classPath(),
                        OneTest.class.getName(),
                        check.testClass().getName(),
                        check.test()));
        assertNotEquals(0, failed, () -> check.test() + " does not notice: " + text(output));
        assertEquals(OneTest.FAILED, failed, () -> text(output));
    }

    private static int run(Path output, List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
    }

    private static String text(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static long occurrences(String text, String part) {
        return IntStream.range(0, text.length())
                .filter(i -> text.startsWith(part, i))
                .count();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    @Test
    void everyRowOfTheChecklist_isThere() {
        Set<String> rows = checks().stream()
                .map(check -> check.name().substring(0, check.name().indexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(
                IntStream.rangeClosed(1, 16).mapToObj(row -> "L" + row).collect(Collectors.toCollection(TreeSet::new)),
                rows);
    }

    @Test
    void list_isTheOneInTheDocuments() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/oauth-checks.md"));

        for (RemovedCheck check : checks()) {
            String line = "| " + check.name() + " | `" + Path.of(check.file()).getFileName() + "` | `"
                    + check.testClass().getSimpleName() + "` " + check.test() + " |";
            assertTrue(page.contains(line), () -> "docs/oauth-checks.md lacks: " + line);
        }
    }
}
