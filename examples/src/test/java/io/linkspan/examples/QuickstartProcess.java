package io.linkspan.examples;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs the quickstart as a user does, in a process of its own. */
final class QuickstartProcess {
    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> jvm = new ArrayList<>();
    private List<String> before = List.of();
    private boolean modules;

    QuickstartProcess(Path folder) {
        this.folder = folder;
    }

    /** What came out. */
    record Result(int exitCode, String output) {}

    QuickstartProcess with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** With logs at TRACE beside the output. */
    QuickstartProcess traced() {
        jvm.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=trace");
        return this;
    }

    /** On the module path. */
    QuickstartProcess modular() {
        modules = true;
        return this;
    }

    /** With no file larger than this many blocks of 512 bytes, as on a full disk. */
    QuickstartProcess withFilesOfAtMost(int blocks) {
        before = List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh");
        return this;
    }

    Result run(String... args) throws IOException, InterruptedException {
        Process process = start(args);
        if (!process.waitFor(170, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("the quickstart did not end: " + output());
        }
        return new Result(process.exitValue(), output());
    }

    Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(jvm);
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(part -> !part.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(
                modules
                        ? List.of("-p", path, "-m", "io.linkspan.examples/" + Quickstart.class.getName())
                        : List.of("-cp", path, Quickstart.class.getName()));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.redirectOutput(folder.resolve("output.txt").toFile());
        return builder.start();
    }

    String output() throws IOException {
        return Files.readString(folder.resolve("output.txt"), StandardCharsets.UTF_8);
    }
}
