package io.linkspan.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mistake on purpose.
 *
 * @param name M1 to M23
 * @param change what is changed
 * @param killer {@code simulation}, or the names of test classes
 * @param file which file, from the root of the repository
 * @param before the text as it is
 * @param after the text instead
 */
record Mutant(String name, String change, String killer, String file, String before, String after) {
    private static final Pattern ONE =
            Pattern.compile("(?m)^(M\\d+) \\| (.*) \\| (.*) \\| (.*)\\n<<<<\\n([\\s\\S]*?)^====\\n([\\s\\S]*?)^>>>>$");

    /** All mutants. */
    static List<Mutant> all() {
        List<Mutant> all = new ArrayList<>();
        Matcher matcher = ONE.matcher(text());
        while (matcher.find()) {
            all.add(new Mutant(
                    matcher.group(1),
                    matcher.group(2),
                    matcher.group(3),
                    matcher.group(4),
                    matcher.group(5).stripTrailing(),
                    matcher.group(6).stripTrailing()));
        }
        return all;
    }

    private static String text() {
        try (InputStream in = Mutant.class.getResourceAsStream("/mutants.txt")) {
            if (in == null) {
                throw new IllegalStateException("no resource mutants.txt");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often the text to be changed occurs; once, if the mutant still applies. */
    int occurrences(Path root) throws IOException {
        return Files.readString(root.resolve(file)).split(Pattern.quote(before), -1).length - 1;
    }

    /** The file with the mistake. */
    String mutated(Path root) throws IOException {
        if (occurrences(root) != 1) {
            throw new IllegalStateException(
                    name + " does not apply to " + file + " any more; bring mutants.txt up to date");
        }
        return Files.readString(root.resolve(file)).replace(before, after);
    }

    boolean resource() {
        return !file.endsWith(".java");
    }

    /** Path of the file below its source folder. */
    String inSources() {
        return file.replaceFirst("^[^/]+/src/main/(java|resources)/", "");
    }
}
