package io.linkspan.examples;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker in a process of its own, so that it can be killed. */
final class WorkerProcess {
    private final Process process;

    private WorkerProcess(Process process) {
        this.process = process;
    }

    static WorkerProcess start(DemoHost host, String publication) {
        return start(host, publication, Duration.ZERO);
    }

    /** A worker whose clock is ahead. */
    static WorkerProcess start(DemoHost host, String publication, Duration ahead) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:TieredStopAtLevel=1"));
        // the worker logs as its parent does
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("org.slf4j.simpleLogger."))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path") + modulePath(),
                QuickstartWorker.class.getName(),
                host.folder().toString(),
                publication,
                ahead.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("LINKSPAN_KEY", host.key());
        try {
            return new WorkerProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("the worker process cannot be started", e);
        }
    }

    private static String modulePath() {
        String modules = System.getProperty("jdk.module.path");
        return modules == null ? "" : File.pathSeparator + modules;
    }

    /** {@code kill -9}: no handler runs, nothing is flushed. */
    void kill() {
        process.destroyForcibly();
    }

    /** Whether it ended within the time, by itself and well. */
    boolean endsWell(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    boolean ends(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }
}
