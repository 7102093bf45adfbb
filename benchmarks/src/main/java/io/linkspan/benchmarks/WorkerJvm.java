package io.linkspan.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A {@link PublishWorker} in a process of its own, seen from its parent. */
final class WorkerJvm implements AutoCloseable {
    private final Process process;
    private final PrintWriter in;
    private final BufferedReader out;

    WorkerJvm(Product product) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                PublishWorker.class.getName()));
        command.addAll(product.toArguments());
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        await("ready");
    }

    void order(String line) throws IOException {
        in.println(line);
        await(line + " done");
    }

    private void await(String wanted) throws IOException {
        String line = out.readLine();
        if (!wanted.equals(line)) {
            throw new IllegalStateException("a worker process said '" + line + "' instead of '" + wanted + "'");
        }
    }

    @Override
    public void close() {
        in.close(); // the end of its orders ends the process
        process.onExit().join();
    }
}
