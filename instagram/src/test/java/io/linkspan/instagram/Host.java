package io.linkspan.instagram;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.linkspan.webhook.WebhookRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The host application's two addresses: a file that answers ranges, and the deauthorize callback. */
final class Host implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

    private final HttpServer server;
    private final byte[] file;
    private final BlockingQueue<WebhookRequest> callbacks = new LinkedBlockingQueue<>();

    Host(byte[] file) throws IOException {
        this.file = file;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file", this::serve);
        server.createContext("/deauthorize", this::receive);
        server.start();
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    WebhookRequest callback() throws InterruptedException {
        WebhookRequest callback = callbacks.poll(10, TimeUnit.SECONDS);
        if (callback == null) {
            throw new AssertionError("no callback came");
        }
        return callback;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher range =
                    RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
            boolean part = range.matches();
            int from = part ? Integer.parseInt(range.group(1)) : 0;
            int to = part && !range.group(2).isEmpty()
                    ? Math.min(Integer.parseInt(range.group(2)), file.length - 1)
                    : file.length - 1;
            exchange.getResponseHeaders().set("Content-Type", "video/mp4");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + to + "/" + file.length);
            exchange.sendResponseHeaders(part ? 206 : 200, to - from + 1);
            exchange.getResponseBody().write(file, from, to - from + 1);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            callbacks.add(WebhookRequest.of(headers, exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
