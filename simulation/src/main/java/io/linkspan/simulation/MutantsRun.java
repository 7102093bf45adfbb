package io.linkspan.simulation;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Puts each mistake in, runs what has to find it, and prints the table: {@code simulation/mutants}. */
public final class MutantsRun {
    private MutantsRun() {}

    /**
     * Runs.
     *
     * @param arguments root of the repository, most histories per mutant, then names of mutants; none for all
     * @throws IOException when files cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        int most = Integer.parseInt(arguments[1]);
        List<String> wanted = List.of(arguments).subList(2, arguments.length);
        boolean all = true;
        System.out.printf(
                "%-4s %-66s %-10s %s%n", "", "what is changed", "killed by", "seed or test, what was seen, histories");
        for (Mutant mutant : Mutant.all()) {
            if (wanted.isEmpty() || wanted.contains(mutant.name())) {
                String killed = kill(root, mutant, most);
                all &= !killed.isEmpty();
                System.out.printf(
                        "%-4s %-66s %s%n", mutant.name(), mutant.change(), killed.isEmpty() ? "SURVIVED" : killed);
            }
        }
        if (!all) {
            System.exit(1);
        }
    }

    /** How a mutant was killed, or nothing when it survived. */
    static String kill(Path root, Mutant mutant, int most) throws IOException {
        Path overlay = Files.createTempDirectory("mutant");
        try {
            build(root, mutant, overlay);
            return mutant.killer().equals("simulation") ? bySeeds(overlay, most) : byTests(overlay, mutant);
        } finally {
            try (Stream<Path> files = Files.walk(overlay)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static String bySeeds(Path overlay, int most) throws IOException {
        return run(overlay, MutantSeeds.class, List.of(Integer.toString(most))).stream()
                .filter(line -> line.startsWith("killed "))
                .map(line -> line.substring(7))
                .findFirst()
                .orElse("");
    }

    /** Only what passes without the mistake says anything. */
    private static String byTests(Path overlay, Mutant mutant) throws IOException {
        List<String> classes = List.of(mutant.killer().split(",", -1));
        List<String> failed = failed(run(overlay, MutantTests.class, classes));
        if (failed.isEmpty()) {
            return "";
        }
        failed.removeAll(failed(run(overlay.resolve("nothing"), MutantTests.class, classes)));
        return failed.isEmpty() ? "" : failed.get(0) + ", " + failed.size() + " failed";
    }

    private static List<String> failed(List<String> lines) {
        return new ArrayList<>(lines.stream()
                .filter(line -> line.startsWith("failed "))
                .map(line -> line.substring(7))
                .toList());
    }

    private static List<String> run(Path first, Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                first + File.pathSeparator + System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static void build(Path root, Mutant mutant, Path overlay) throws IOException {
        String text = mutant.mutated(root);
        if (mutant.resource()) {
            Path file = overlay.resolve(mutant.inSources());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return;
        }
        Path source = overlay.resolve("source").resolve(mutant.inSources());
        Files.createDirectories(source.getParent());
        Files.writeString(source, text);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter told = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-proc:none", "-nowarn", "-d", overlay.toString(), "-cp", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(told, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            if (!compiled) {
                throw new IllegalStateException(mutant.name() + " does not compile: " + told);
            }
        }
    }
}
