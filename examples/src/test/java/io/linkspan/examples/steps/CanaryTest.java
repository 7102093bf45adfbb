package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.instagram.InstagramSimulator;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a life of consents, uses, renewals, failures and a disconnect, no token, code, state or browser secret is in a log at
 * TRACE, in any text or exception, in the store, or in the heap of the idle process.
 */
class CanaryTest {
    private static final String HEAP = "heap.hprof";

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-03-02T09:00:00Z");
    private final TikTokSimulator tiktok = TikTokSimulator.builder()
            .clock(clock)
            .app(IdleNode.KEY, IdleNode.SECRET, IdleNode.BACK + "tiktok")
            .start();
    private final InstagramSimulator instagram = InstagramSimulator.builder()
            .clock(clock)
            .app(IdleNode.APP, IdleNode.SECRET, IdleNode.BACK + "instagram")
            .start();
    private final Set<String> secrets = new TreeSet<>(Set.of(IdleNode.browser()));

    @AfterEach
    void close() {
        tiktok.close();
        instagram.close();
    }

    @Tag("proof")
    @Test
    void idleProcess_holdsNoSecretAnywhere() throws Exception {
        tiktok.addAccount("quay.studio");
        tiktok.addAccount("pier.bakery");
        instagram.addAccount("quay.studio");
        Process node = start();
        try (BufferedReader out =
                        new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
                PrintWriter in = new PrintWriter(node.getOutputStream(), true, StandardCharsets.UTF_8)) {
            int consents = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("consent")) {
                    consent(line.substring("consent ".length()), consents++ == 0 ? "pier.bakery" : "quay.studio");
                }
                String answer = answer(line);
                if (line.equals("idle")) {
                    secrets.addAll(tiktok.secrets());
                    secrets.addAll(instagram.secrets());
                    // the host's configuration, which an adapter has to hold
                    secrets.remove(IdleNode.SECRET);
                    letRest(node);
                }
                in.println(answer);
            }
            assertEquals(0, node.waitFor(), this::logged);
            assertTrue(tiktok.ledger().count(TikTokOperation.TOKEN_REFRESH) >= 2, "renewals took place");
            assertEquals(List.of(), hits());
            assertTrue(Files.size(folder.resolve("jul.txt")) > 0, "java.util.logging was on");
        } finally {
            node.destroyForcibly();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx128m",
                        "-Djava.util.logging.config.file=" + everythingLogged(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-Dorg.slf4j.simpleLogger.logFile=" + folder.resolve("log.txt"),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        IdleNode.class.getName(),
                        folder.toString(),
                        tiktok.baseUri().toString(),
                        instagram.baseUri().toString())
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
    }

    /**
     * Looks into the heap again and again for a minute at most: clients of {@code java.net.http} let go of what they read and
     * wrote some seconds after they are not used any more.
     */
    private void letRest(Process node) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        do {
            Files.deleteIfExists(folder.resolve(HEAP));
            dump(node);
        } while (!hits(folder.resolve(HEAP)).isEmpty() && System.nanoTime() - end < 0);
    }

    /** What can be reached in the idle process; garbage is left out. */
    private void dump(Process node) throws IOException, InterruptedException {
        Process dumping = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(node.pid()),
                        "GC.heap_dump",
                        folder.resolve(HEAP).toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("jcmd.txt").toFile())
                .start();
        assertEquals(0, dumping.waitFor(), this::logged);
        assertTrue(Files.size(folder.resolve(HEAP)) > 1_000_000, "there is a heap to search");
    }

    private String logged() {
        try {
            return Files.readString(folder.resolve("errors.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void consent(String platform, String account) throws IOException {
        URI page = URI.create(Files.readString(folder.resolve(IdleNode.PAGE)));
        String query = Browser.create()
                .as(account)
                .allow(page, IdleNode.BACK + platform)
                .getRawQuery();
        secrets.add(query.replaceAll("(?:^|.*&)state=([^&]*).*", "$1"));
        Files.writeString(folder.resolve(IdleNode.QUERY), query);
    }

    private String answer(String step) throws IOException {
        switch (step) {
            case "later" -> clock.advance(Duration.ofHours(3));
            case "outage" -> {
                clock.advance(Duration.ofHours(3));
                tiktok.faults().on(TikTokOperation.TOKEN_REFRESH).next(Fault.serverErrorBefore());
            }
            case "echo" -> {
                clock.advance(Duration.ofMinutes(10));
                echo();
            }
            case "back" -> clock.advance(Duration.ofMinutes(10));
            case "idle" -> {
                Files.delete(folder.resolve(IdleNode.PAGE));
                Files.delete(folder.resolve(IdleNode.QUERY));
            }
            default -> {}
        }
        return clock.instant().toString();
    }

    /** TikTok repeats what it was sent in the code and in the message of its refusal. */
    private void echo() {
        Set<String> tokens = new TreeSet<>(tiktok.secrets());
        tokens.remove(IdleNode.SECRET);
        String one = tokens.stream().reduce("", (first, next) -> next);
        tiktok.faults().on(TikTokOperation.TOKEN_REFRESH).next(Fault.errorBefore(400, one, "refused " + one));
    }

    /** A configuration of java.util.logging that writes all there is, the JDK's own HTTP client included. */
    private Path everythingLogged() throws IOException {
        return Files.writeString(folder.resolve("logging.properties"), """
                handlers=java.util.logging.FileHandler
                .level=ALL
                java.util.logging.FileHandler.level=ALL
                java.util.logging.FileHandler.formatter=java.util.logging.SimpleFormatter
                java.util.logging.FileHandler.pattern=%s
                """.formatted(folder.resolve("jul.txt")));
    }

    /** Where a secret occurs. */
    private List<String> hits() throws IOException {
        List<String> hits = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                hits.addAll(hits(file));
            }
        }
        return hits;
    }

    /** In any of the forms that a file or a heap may have it. */
    private List<String> hits(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<String> hits = new ArrayList<>();
        for (String secret : secrets) {
            for (Charset form :
                    List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
                int at = indexOf(bytes, secret.getBytes(form));
                if (at >= 0) {
                    hits.add(secret.substring(0, 4) + "... as " + form + " in " + file.getFileName() + " at " + at);
                }
            }
        }
        return hits;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (bytes[i] == part[0] && java.util.Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }
}
