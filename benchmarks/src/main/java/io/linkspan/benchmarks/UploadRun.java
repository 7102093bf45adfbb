package io.linkspan.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Uploads 1 GiB in 64 MiB slices to a sink in another process, plain and over TLS 1.3, by Linkspan's transport and by a bare
 * JDK client in one small process, in turns; curl beside them. Then counts the requests of a whole publish.
 *
 * <p>The certificate is made for the run, and the uploading process trusts it by the JVM's own trust store property.
 */
public final class UploadRun {
    private static final long SIZE = 1L << 30;
    private static final int ROUNDS = 7;
    private static final int CURL_ROUNDS = 5;
    private static final String HEAP = "64m";

    private final Path folder = Movies.folder();
    private final Map<String, List<Double>> rates = new TreeMap<>();
    private final Map<String, List<Double>> cpu = new TreeMap<>();
    private final Map<String, Long> held = new TreeMap<>();
    private final Map<String, Long> peaks = new TreeMap<>();

    private UploadRun() {}

    /**
     * Runs the benchmark.
     *
     * @param args ignored
     * @throws IOException if a process does not start
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        new UploadRun().run();
    }

    private void run() throws IOException, InterruptedException {
        Path file = fill(folder.resolve("upload.bin"));
        Path keys = folder.resolve("keys.p12");
        Path certificate = folder.resolve("certificate.pem");
        try {
            certificate(keys, certificate);
            Process sink = new ProcessBuilder(java(UploadSink.class, List.of(), keys.toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (OutputStream stop = sink.getOutputStream()) {
                String[] ports = sink.inputReader().readLine().split(" ", -1);
                List<String> addresses =
                        List.of("http://127.0.0.1:" + ports[0] + "/", "https://localhost:" + ports[1] + "/");
                upload(file, keys, addresses);
                curl(file, certificate, addresses);
                stop.flush();
            } finally {
                sink.destroy();
            }
        } finally {
            for (Path each : List.of(file, keys, certificate)) {
                Files.deleteIfExists(each);
            }
        }
        print();
        UploadRequests.run(folder);
    }

    private static Path fill(Path file) throws IOException {
        byte[] block = new byte[1 << 20];
        new Random(1).nextBytes(block);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long written = 0; written < SIZE; written += block.length) {
                out.write(block);
            }
        }
        return file;
    }

    private void certificate(Path keys, Path certificate) throws IOException, InterruptedException {
        List<String> store = List.of("-alias", "sink", "-keystore", keys.toString(), "-storepass", UploadSink.PASSWORD);
        List<String> make = new ArrayList<>(List.of(tool("keytool"), "-genkeypair", "-keyalg", "EC", "-validity", "2"));
        make.addAll(List.of("-dname", "CN=localhost", "-ext", "san=dns:localhost", "-storetype", "PKCS12"));
        make.addAll(store);
        run(make);
        List<String> export =
                new ArrayList<>(List.of(tool("keytool"), "-exportcert", "-rfc", "-file", certificate.toString()));
        export.addAll(store);
        run(export);
    }

    private void upload(Path file, Path keys, List<String> addresses) throws IOException, InterruptedException {
        List<String> options = List.of(
                "-Xmx" + HEAP,
                "-XX:+UseSerialGC",
                "-Djavax.net.ssl.trustStore=" + keys,
                "-Djavax.net.ssl.trustStorePassword=" + UploadSink.PASSWORD);
        Process client = new ProcessBuilder(java(
                        UploadClient.class,
                        options,
                        file.toString(),
                        Integer.toString(ROUNDS),
                        addresses.get(0),
                        addresses.get(1)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = client.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(line);
                String[] words = line.split(" ", -1);
                String name = words[1] + " " + words[2];
                if (words[0].equals("round")) {
                    rates.computeIfAbsent(name, key -> new ArrayList<>()).add(Double.valueOf(words[3]));
                    cpu.computeIfAbsent(name, key -> new ArrayList<>()).add(Double.valueOf(words[4]));
                } else {
                    held.put(name, Long.valueOf(words[3]));
                    peaks.put(name, Long.valueOf(words[4]));
                }
            }
        }
        if (client.waitFor() != 0) {
            throw new IllegalStateException("the uploading process failed");
        }
    }

    /** The whole file in one request, since curl has no slices. */
    private void curl(Path file, Path certificate, List<String> addresses) throws IOException, InterruptedException {
        for (int round = 0; round < CURL_ROUNDS; round++) {
            for (String address : addresses) {
                String seconds;
                try {
                    seconds = run(List.of(
                            "curl",
                            "-sS",
                            "--http1.1",
                            "--tlsv1.3",
                            "--cacert",
                            certificate.toString(),
                            "-o",
                            "/dev/null",
                            "-w",
                            "%{time_total}",
                            "-T",
                            file.toString(),
                            address));
                } catch (IOException e) {
                    System.out.println("SKIPPED curl: it is not at hand");
                    return;
                }
                rates.computeIfAbsent(address.substring(0, address.indexOf(':')) + " curl", key -> new ArrayList<>())
                        .add(SIZE / 1e6 / Double.parseDouble(seconds));
            }
        }
    }

    private void print() {
        System.out.printf(
                Locale.ROOT,
                "%n1 GiB in slices of 64 MiB, client -Xmx%s; MB/s, median of %d rounds (curl: one request, median of %d)%n",
                HEAP,
                ROUNDS,
                CURL_ROUNDS);
        System.out.printf(
                "  %-8s %-10s %8s %8s %8s %12s %16s %20s%n",
                "", "", "median", "least", "most", "CPU s/GiB", "heap held, MiB", "with garbage, MiB");
        rates.forEach((name, all) -> System.out.printf(
                Locale.ROOT,
                "  %-8s %-10s %8.0f %8.0f %8.0f %12s %16s %20s%n",
                name.split(" ", -1)[0],
                name.split(" ", -1)[1],
                at(all, 0.5),
                at(all, 0),
                at(all, 1),
                cpu.containsKey(name) ? String.format(Locale.ROOT, "%.2f", at(cpu.get(name), 0.5)) : "-",
                mebibytes(held.get(name)),
                mebibytes(peaks.get(name))));
        System.out.printf("  heap held: the most in use after any collection while 1 GiB went out, less what was in use"
                + " before;%n  with garbage: the peaks of the heap's pools, less the same%n%n");
        for (String scheme : List.of("http", "https")) {
            Goal.atLeast(
                    "upload/" + scheme + "-to-bare-client",
                    at(rates.get(scheme + " linkspan"), 0.5) / at(rates.get(scheme + " bare"), 0.5),
                    0.95);
            Goal.atMost("upload/" + scheme + "-heap-growth-MiB", held.get(scheme + " linkspan") / 1048576.0, 16);
        }
    }

    private static String mebibytes(Long bytes) {
        return bytes == null ? "-" : String.format(Locale.ROOT, "%.1f", bytes / 1048576.0);
    }

    private static double at(List<Double> values, double share) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) ((sorted.length - 1) * share)];
    }

    private static List<String> java(Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of(tool("java")));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String tool(String name) {
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + name;
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output = String.join("\n", lines.lines().toList());
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command.get(0) + " failed");
        }
        return output;
    }
}
