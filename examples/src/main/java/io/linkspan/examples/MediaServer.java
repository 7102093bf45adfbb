package io.linkspan.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Serves the files of a {@link MediaDirectory} over the JDK's HTTP server: GET, HEAD and single ranges, never cached, at most
 * 32 requests at once. Each GET is written down before it is answered, so that the directory can prove what was fetched.
 */
public final class MediaServer implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("/media/([0-9a-f]{64})\\.([a-z0-9]{3,4})");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final int AT_ONCE = 32;
    private static final Map<String, String> TYPES = MediaDirectory.ENDINGS.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private final Path directory;
    private final InstantSource clock;
    private final HttpServer server;
    private final ExecutorService threads;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /**
     * Serves on the loopback.
     *
     * @param directory the media directory
     * @param port the port, 0 for a free one
     * @param clock for the log of what was served
     * @throws IllegalStateException when the port is in use
     */
    public MediaServer(Path directory, int port, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "media-server");
            thread.setDaemon(true);
            return thread;
        });
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (BindException e) {
            threads.shutdownNow();
            throw new IllegalStateException("port " + port + " is in use; choose another one, or 0 for a free one", e);
        } catch (IOException e) {
            threads.shutdownNow();
            throw new IllegalStateException("the media server cannot listen on port " + port, e);
        }
        server.createContext("/media/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * The address of the directory.
     *
     * @return the address, ending in a slash
     */
    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/media/");
    }

    private void serve(HttpExchange exchange) throws IOException {
        if (!places.tryAcquire()) {
            try (exchange) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                exchange.sendResponseHeaders(503, -1);
            }
            return;
        }
        try (exchange) {
            Matcher name = NAME.matcher(exchange.getRequestURI().getPath());
            String method = exchange.getRequestMethod();
            boolean asked = name.matches()
                    && TYPES.containsKey(name.group(2))
                    && (method.equals("GET") || method.equals("HEAD"));
            Path file = asked ? directory.resolve(name.group(1) + "." + name.group(2)) : directory;
            if (!asked || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            answer(exchange, file, name.group(1), name.group(2));
        } finally {
            places.release();
        }
    }

    private void answer(HttpExchange exchange, Path file, String hash, String ending) throws IOException {
        long size = Files.size(file);
        long first = 0;
        long last = size - 1;
        boolean partial = false;
        String wanted = exchange.getRequestHeaders().getFirst("Range");
        Matcher range = RANGE.matcher(wanted == null ? "" : wanted);
        if (range.matches() && !(range.group(1).isEmpty() && range.group(2).isEmpty())) {
            partial = true;
            if (range.group(1).isEmpty()) {
                first = Math.max(0, size - Long.parseLong(range.group(2)));
            } else {
                first = Long.parseLong(range.group(1));
                last = range.group(2).isEmpty() ? last : Math.min(last, Long.parseLong(range.group(2)));
            }
        }
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", TYPES.get(ending));
        headers.set("Cache-Control", "no-store");
        headers.set("Accept-Ranges", "bytes");
        if (first > last) {
            headers.set("Content-Range", "bytes */" + size);
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (partial) {
            headers.set("Content-Range", "bytes " + first + "-" + last + "/" + size);
        }
        long length = last - first + 1;
        int status = partial ? 206 : 200;
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Long.toString(length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        remember(hash, length);
        if (Files.exists(directory.resolve(hash + ".gone"))) { // withdrawn between the look and the note
            headers.remove("Content-Range");
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.sendResponseHeaders(status, length);
        copy(file, first, length, exchange.getResponseBody());
    }

    private static void copy(Path file, long first, long length, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(first);
            long left = length;
            while (left > 0) {
                int count = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
                if (count == 0) {
                    throw new IOException("the file shrank while it was served");
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    private synchronized void remember(String hash, long bytes) throws IOException {
        Files.writeString(
                directory.resolve(hash + ".log"),
                clock.instant().toEpochMilli() + " " + bytes + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.DSYNC);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
