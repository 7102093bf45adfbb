package io.linkspan.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.linkspan.Linkspan;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.webhook.WebhookOutcome;
import io.linkspan.webhook.WebhookRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The web side of the product: the callback of the consent page and the address for signed messages. It answers a callback
 * with a redirect to a page of its own, so that the code does not stay in the browser's history.
 */
final class CallbackServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;
    private final AtomicReference<@Nullable Linkspan> linkspan = new AtomicReference<>();
    private final BlockingQueue<ConnectOutcome> outcomes = new LinkedBlockingQueue<>();

    CallbackServer() {
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "callback-server");
            thread.setDaemon(true);
            return thread;
        });
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            threads.shutdownNow();
            throw new IllegalStateException("the callback server cannot listen on the loopback", e);
        }
        server.createContext("/callback/", this::callback);
        server.createContext("/webhook/", this::webhook);
        server.createContext("/done", exchange -> answer(exchange, 200, "Done. You can close this page."));
        server.setExecutor(threads);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    void serve(Linkspan next) {
        linkspan.set(next);
    }

    @Nullable
    ConnectOutcome await(long seconds) throws InterruptedException {
        return outcomes.poll(seconds, TimeUnit.SECONDS);
    }

    private void callback(HttpExchange exchange) throws IOException {
        Linkspan current = linkspan.get();
        String query = exchange.getRequestURI().getRawQuery();
        if (current == null || query == null) {
            answer(exchange, 404, "nothing here");
            return;
        }
        // a product keeps this secret in the signed-in browser's session; the demo has one browser
        ConnectOutcome outcome = current.connections().complete(query, Quickstart.BROWSER_SECRET);
        exchange.getResponseHeaders().set("Location", "/done");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(303, -1);
        exchange.close();
        outcomes.add(outcome); // the demo may end once it hears this; the browser has its answer
    }

    private void webhook(HttpExchange exchange) throws IOException {
        Linkspan current = linkspan.get();
        if (current == null) {
            answer(exchange, 503, "not now");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(WebhookRequest.MAX_BODY + 1);
        if (body.length > WebhookRequest.MAX_BODY) {
            answer(exchange, 413, "too large");
            return;
        }
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        String platform = exchange.getRequestURI().getPath().substring("/webhook/".length());
        WebhookOutcome outcome = current.webhooks().receive(Platform.of(platform), WebhookRequest.of(headers, body));
        answer(exchange, outcome.status(), "");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
