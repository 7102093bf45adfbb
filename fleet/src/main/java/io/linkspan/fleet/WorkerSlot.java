package io.linkspan.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** The place of one worker in the fleet: its process is killed and replaced, under a new name each time. */
final class WorkerSlot implements AutoCloseable {
    private static final long END_SECONDS = 60;

    private final Product product;
    private final String name;
    private final BiConsumer<String, String> lines;
    private Process process;
    private Thread reader;
    private int started;

    /**
     * Starts the first process.
     *
     * @param product what it works for
     * @param name the name of the place
     * @param lines hears the name of the process and what it tells
     */
    WorkerSlot(Product product, String name, BiConsumer<String, String> lines) {
        this.product = product;
        this.name = name;
        this.lines = lines;
        spawn();
    }

    private void spawn() {
        String node = node(++started);
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"));
        String archive = System.getProperty("fleet.archive");
        if (archive != null) { // of loaded classes; a worker starts in half the time with it
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                FleetWorker.class.getName()));
        command.addAll(product.named(node, product.threads()).toArguments());
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("the worker process cannot be started", e);
        }
        Process own = process;
        reader = new Thread(() -> read(own, node), "lines-of-" + node);
        reader.setDaemon(true);
        reader.start();
    }

    private String node(int number) {
        return name + "-" + number;
    }

    private void read(Process own, String node) {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(own.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.accept(node, line);
            }
        } catch (IOException e) {
            lines.accept(node, "unreadable"); // the pipe of a killed process may break
        }
    }

    /** {@code kill -9}, and a new process at once; returns the name of the killed one once its last line was heard. */
    String killAndReplace() throws InterruptedException {
        String killed = node(started);
        process.toHandle().destroyForcibly(); // through the handle, which leaves the pipe open for the last lines
        process.onExit().join();
        reader.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        spawn();
        return killed;
    }

    /** SIGTERM; false when it did not end in time. */
    boolean terminate() throws InterruptedException {
        process.toHandle().destroy();
        return process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
