package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every plan with real ffmpeg and checks what comes out. */
final class FixPlanFfmpegTest {
    private static final boolean FFMPEG = hasFfmpeg();

    @TempDir
    private Path folder;

    private static boolean hasFfmpeg() {
        try {
            Process process = new ProcessBuilder("ffmpeg", "-version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static Stream<Path> media() throws IOException {
        Path samples = Path.of("..", "examples", "media");
        try (Stream<Path> fixtures = Files.list(Path.of("src", "test", "resources"));
                Stream<Path> others = Files.list(samples)) {
            return Stream.concat(fixtures, others)
                    .filter(file -> file.toString().matches(".*\\.(mp4|mov|jpg|webm|mkv|png|webp)"))
                    .filter(file -> Preflight.check(file).fixPlan().isPresent())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("media")
    void run_ofThePlan_leavesOnlyWhatItSaid(Path original) throws Exception {
        passes(original, false);
    }

    @ParameterizedTest
    @MethodSource("media")
    void run_ofThePlanWithAdvice_leavesOnlyWhatItSaid(Path original) throws Exception {
        passes(original, true);
    }

    @Test
    void run_ofTheShellLineForAnAwkwardName_works() throws Exception {
        assumeFfmpeg();
        Assumptions.assumeTrue(File.separatorChar == '/', "SKIPPED: no POSIX shell");
        Path awkward = folder.resolve("-x 'y' \"q\" $(touch z) `w`;&%20\u00E9.mp4");
        Files.copy(Path.of("src", "test", "resources", "editlist-moov-last.mp4"), awkward);
        FixPlan plan = Preflight.check(awkward).fixPlan().orElseThrow();
        run(List.of("sh", "-c", plan.posix()));
        PreflightReport after = Preflight.check(folder.resolve("-x 'y' \"q\" $(touch z) `w`;&%20\u00E9-fixed.mp4"));
        assertTrue(after.facts().fact(FactKey.MOOV_FIRST).known().orElseThrow());
    }

    private void passes(Path original, boolean advice) throws Exception {
        assumeFfmpeg();
        PreflightReport before = Preflight.check(original);
        FixPlan plan = (advice ? before.fixPlanWithAdvice() : before.fixPlan()).orElseThrow();
        String output = plan.arguments().get(plan.arguments().size() - 1);
        Path fixed = folder.resolve("out" + output.substring(output.lastIndexOf('.')));
        List<String> command = new ArrayList<>(plan.arguments(original.toString(), fixed.toString()));
        if (command.contains("libx264")) {
            // only the speed of the test depends on it
            command.addAll(command.size() - 1, List.of("-preset", "ultrafast"));
        }
        run(command);
        PreflightReport after = Preflight.check(
                fixed,
                PreflightOptions.builder().destinations(before.destinations()).build());
        Set<String> left = new TreeSet<>();
        after.findings().stream()
                .filter(finding -> finding.severity() != Severity.ADVICE)
                .forEach(finding -> left.add(finding.ruleId()));
        Set<String> said = new TreeSet<>(plan.remaining());
        // what was risky before may stay so; nothing new may come
        left.removeAll(said);
        assertEquals(Set.of(), left, () -> plan + "\n" + after.toText());
    }

    private static void assumeFfmpeg() {
        if (!FFMPEG) {
            System.out.println("SKIPPED: ffmpeg is not at hand, fix plans are not executed");
        }
        Assumptions.assumeTrue(FFMPEG, "SKIPPED: ffmpeg is not at hand");
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String log = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
        assertEquals(0, process.exitValue(), () -> command + "\n" + log);
    }
}
