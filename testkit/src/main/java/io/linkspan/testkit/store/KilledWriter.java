package io.linkspan.testkit.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Kills a {@link CrashWriter} in the middle of its work. */
final class KilledWriter {
    private KilledWriter() {}

    /** What it was told of before it died: at least so many writes, and those that were on their way. */
    static List<String> acknowledged(Process writer, int least) throws IOException {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> lines = new ArrayList<>();
            while (lines.size() < least) {
                String line = out.readLine();
                if (line == null) {
                    throw new AssertionError(
                            "the process of crashWriter() should write until it is killed, but ended by itself after "
                                    + lines.size()
                                    + " writes; its standard error says why, and nothing but writes may be on its standard output");
                }
                lines.add(line);
            }
            writer.toHandle().destroyForcibly();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
            return lines;
        } finally {
            writer.toHandle().destroyForcibly();
            writer.onExit().join();
        }
    }
}
