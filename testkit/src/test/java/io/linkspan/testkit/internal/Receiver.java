package io.linkspan.testkit.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on the side of the application: takes webhooks and callbacks, shows media. */
public final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> signatures = new CopyOnWriteArrayList<>();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final byte[] media;

    public Receiver(byte[] media) throws IOException {
        this.media = media.clone();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", this::hook);
        server.createContext("/media", exchange -> media(exchange, true));
        server.createContext("/norange", exchange -> media(exchange, false));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", uri("/media").toString());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    public List<String> bodies() {
        return bodies;
    }

    public List<String> signatures() {
        return signatures;
    }

    public List<String> ranges() {
        return ranges;
    }

    private void hook(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        signatures.add(Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("TikTok-Signature"), ""));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void media(HttpExchange exchange, boolean withRanges) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int first = 0;
        int last = media.length - 1;
        if (withRanges && range != null) {
            ranges.add(range);
            int dash = range.indexOf('-');
            first = Integer.parseInt(range.substring("bytes=".length(), dash));
            last = Math.min(last, Integer.parseInt(range.substring(dash + 1)));
            exchange.getResponseHeaders().set("Content-Range", "bytes " + first + "-" + last + "/" + media.length);
        }
        exchange.sendResponseHeaders(withRanges && range != null ? 206 : 200, last - first + 1);
        exchange.getResponseBody().write(media, first, last - first + 1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
