package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All hostile cases and thousands of mutations in a child with a 64 MB heap and a 512 KB stack. A mutation is made again
 * from the name of its file and its seed. {@code -Dlinkspan.mutations=1000} makes so many of each file,
 * {@code -Dlinkspan.mutations.seed=500} begins at another seed.
 */
final class HostileChildTest {
    private static final int FEW = 4;
    private static final int MUTATIONS = Integer.getInteger("linkspan.mutations", 40);
    private static final long SEED = Long.getLong("linkspan.mutations.seed", 1);

    @TempDir
    private Path folder;

    @Test
    void check_ofAnythingHostile_endsInAReportInLittleMemoryAndTime() throws Exception {
        check(FEW);
    }

    @Tag("proof")
    @Test
    void check_ofThousandsOfMutations_endsInAReportInLittleMemoryAndTime() throws Exception {
        check(MUTATIONS);
    }

    private void check(int mutations) throws Exception {
        Path output = folder.resolve("output");
        Path files = Files.createDirectory(folder.resolve("files"));
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-Xss512k",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileChild.class.getName(),
                        files.toString(),
                        corpus().toString(),
                        Integer.toString(mutations),
                        Long.toString(SEED))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        // only for a child that hangs; a busy machine may be slow
        long seconds = 600L + mutations;
        boolean ended = child.waitFor(seconds, TimeUnit.SECONDS);
        if (!ended) {
            child.destroyForcibly().waitFor();
        }
        List<String> lines = Files.readAllLines(output);
        String last = lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
        assertTrue(ended, "still busy after " + seconds + " s with " + last);
        assertEquals(List.of(), starting(lines, "BAD "));
        assertEquals(
                0, child.exitValue(), String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
        assertEquals(
                IntStream.rangeClosed(1, HostileCases.ROWS).boxed().toList(),
                starting(lines, "ROW ").stream()
                        .map(line -> Integer.valueOf(line.substring(4, line.lastIndexOf(' '))))
                        .toList());
        assertTrue(last.startsWith("DONE "), last);
        System.getLogger(HostileChildTest.class.getName()).log(System.Logger.Level.INFO, last);
    }

    private static List<String> starting(List<String> lines, String prefix) {
        return lines.stream().filter(line -> line.startsWith(prefix)).toList();
    }

    private static Path corpus() throws URISyntaxException, IOException {
        return new File(HostileChildTest.class.getResource("/corpus").toURI())
                .toPath()
                .toRealPath();
    }
}
