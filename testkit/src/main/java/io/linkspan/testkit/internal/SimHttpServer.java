package io.linkspan.testkit.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.linkspan.testkit.sim.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a simulated platform on the loopback interface and plays its faults.
 *
 * @param <O> the operations of the platform
 */
public final class SimHttpServer<O extends Enum<O>> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SimHttpServer.class);

    /** Read once by the JDK's server; without it every answer waits 40 ms for the acknowledgement of its headers. */
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    /** Longer than any caller waits. */
    private static final Duration FOREVER = Duration.ofDays(1);

    static {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = DaemonThreads.cached("linkspan-sim");
    private final FaultPlayer<O> player;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Binds to a free port of the loopback interface; {@link #start()} begins to serve.
     *
     * @param vendor the platform
     * @param faults what goes wrong
     * @param ledger where requests are noted
     */
    public SimHttpServer(Vendor<O> vendor, FaultScripts<O> faults, LedgerBook ledger) {
        this.player = new FaultPlayer<>(vendor, faults, ledger, this::pause);
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            this.server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback interface", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
    }

    /** {@return the address of the server, without a slash at the end} */
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Begins to serve. */
    public void start() {
        server.start();
    }

    private void serve(HttpExchange exchange) {
        try (exchange) {
            SimRequest request = SimRequest.of(exchange);
            FaultPlayer.Played played = player.play(request);
            if (played instanceof FaultPlayer.Played.Answer answer) {
                transmit(exchange, request, answer.reply(), answer.how());
            } else if (played instanceof FaultPlayer.Played.Silent) {
                pause(FOREVER);
            }
        } catch (IOException | UncheckedIOException e) {
            log.debug("connection ended early", e);
        } catch (RuntimeException e) {
            log.warn("simulator failed method={}", exchange.getRequestMethod(), e);
            throw e;
        }
    }

    private void transmit(HttpExchange exchange, SimRequest request, SimReply reply, Fault fault) throws IOException {
        if (fault instanceof Fault.Cut cut) {
            byte[] whole = reply.bytes();
            if (cut.connection()) {
                head(exchange, request, reply, whole.length);
                exchange.getResponseBody().write(whole, 0, whole.length / 2);
                exchange.getResponseBody().flush();
            } else {
                String text = new String(SimTransport.half(whole), StandardCharsets.UTF_8);
                write(exchange, request, new SimReply(200, reply.headers(), text, reply.outcome()));
            }
        } else if (fault instanceof Fault.Drip drip) {
            byte[] whole = reply.bytes();
            head(exchange, request, reply, whole.length);
            OutputStream out = exchange.getResponseBody();
            for (int sent = 0; sent < whole.length; sent += drip.step()) {
                out.write(whole, sent, Math.min(drip.step(), whole.length - sent));
                out.flush();
                pause(drip.pause());
            }
        } else {
            write(exchange, request, reply);
        }
    }

    private static void write(HttpExchange exchange, SimRequest request, SimReply reply) throws IOException {
        byte[] body = reply.bytes();
        head(exchange, request, reply, body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void head(HttpExchange exchange, SimRequest request, SimReply reply, int length) throws IOException {
        request.drain();
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
    }

    private void pause(Duration pause) {
        try {
            if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("pause ended by close");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
