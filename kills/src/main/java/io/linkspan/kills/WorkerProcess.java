package io.linkspan.kills;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A {@link WorkerMain} in a process of its own, seen from its parent. */
final class WorkerProcess implements AutoCloseable {
    /** Longest wait for anything a worker should do at once. */
    static final int LIMIT_SECONDS = 300;

    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;

    private final Process process;
    private final PrintWriter in;
    private final Thread reader;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private WorkerProcess(Process process, Consumer<String> lines) {
        this.process = process;
        this.in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.reader = new Thread(() -> read(lines), "worker-lines");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a worker; what it tells is handed on, line by line. */
    static WorkerProcess start(Settings settings, Consumer<String> lines) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m"));
        String archive = System.getProperty("kills.archive");
        if (archive != null) { // of loaded classes; a worker starts in half the time with it
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                WorkerMain.class.getName()));
        command.addAll(settings.toArguments());
        try {
            return new WorkerProcess(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start(),
                    lines);
        } catch (IOException e) {
            throw new UncheckedIOException("the worker process cannot be started", e);
        }
    }

    private void read(Consumer<String> lines) {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.accept(line);
                answers.add(line);
            }
        } catch (IOException e) {
            answers.add("unreadable " + e.getMessage()); // the pipe of a killed process may break
        }
    }

    void order(String line) {
        in.println(line);
    }

    /** Waits for a line that begins so; what came before it is dropped. */
    String await(String beginning) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            String line = answers.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IllegalStateException(
                        "the worker did not say '" + beginning + "' within " + LIMIT_SECONDS + " s");
            }
            if (line.startsWith(beginning)) {
                return line;
            }
        }
    }

    /** {@code kill -9}: no handler runs, nothing is flushed. Returns when the process is gone. */
    void kill() {
        process.toHandle().destroyForcibly(); // through the handle, which leaves the pipes open for the last lines
        process.onExit().join();
    }

    /** SIGTERM: the process may end what it does. */
    void terminate() {
        process.toHandle().destroy();
    }

    boolean endsWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** After its end: waits for its last lines, and says whether it was killed as wanted and did not fail by itself. */
    boolean wasKilled() throws InterruptedException {
        reader.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        return process.exitValue() == KILLED;
    }

    boolean wasTerminated() throws InterruptedException {
        reader.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        return process.exitValue() == TERMINATED;
    }

    /** No more orders: the worker ends by itself. Returns whether it did so well. */
    boolean endsWell() throws InterruptedException {
        in.close();
        return endsWithin(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS)) && process.exitValue() == 0;
    }

    @Override
    public void close() {
        kill();
    }
}
