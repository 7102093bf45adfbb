package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs ffmpeg where it is at hand. */
final class Ffmpeg {
    private static final String FILTERS = output("ffmpeg", "-hide_banner", "-filters");

    private Ffmpeg() {}

    static boolean isAtHand() {
        return !FILTERS.isEmpty();
    }

    static boolean hasFilter(String name) {
        return FILTERS.contains(" " + name + " ");
    }

    /** Ends the test as skipped, and says so, if there is no ffmpeg. */
    static void assume() {
        if (!isAtHand()) {
            System.out.println("SKIPPED: ffmpeg is not at hand, fix plans are not executed");
        }
        Assumptions.assumeTrue(isAtHand(), "SKIPPED: ffmpeg is not at hand");
    }

    /** Runs a plan from one file into a folder and returns what it wrote. */
    static Path run(FixPlan plan, Path input, Path folder) {
        String output = plan.arguments().get(plan.arguments().size() - 1);
        Path fixed = folder.resolve("out" + output.substring(output.lastIndexOf('.')));
        List<String> command = new ArrayList<>(plan.arguments(input.toString(), fixed.toString()));
        command.add(1, "-y");
        if (command.contains("libx264")) {
            // only the speed of the test depends on it
            command.addAll(command.size() - 1, List.of("-preset", "ultrafast"));
        }
        run(command);
        return fixed;
    }

    /** Runs ffmpeg with these arguments and returns what it said. */
    static String make(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-y"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
            assertEquals(0, process.exitValue(), () -> command + "\n" + log);
            return log;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String output(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? log : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
