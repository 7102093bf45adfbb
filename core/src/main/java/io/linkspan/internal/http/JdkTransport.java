package io.linkspan.internal.http;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link HttpTransport} over the JDK's client: HTTP/1.1, no redirects, one deadline over the whole exchange, bounded answers.
 * A {@link SendGate} proves what has not left. Calls that must not be repeated use a client without kept connections, because
 * a kept connection that turns out dead leaves in doubt what a fresh one would have carried.
 */
public final class JdkTransport implements HttpTransport, AutoCloseable {
    /** Largest answer body: 1 MiB. */
    public static final int MAX_ANSWER = 1 << 20;

    /** Largest answer head: 64 KiB. */
    public static final int MAX_HEADERS = 64 << 10;

    private static final String RETRY_PROPERTY = "jdk.httpclient.enableAllMethodRetry";
    private static final Logger log = LoggerFactory.getLogger(JdkTransport.class);

    private final FreshClients clients;
    private final HttpLimits limits;
    /** Exchanges that are awaited, so that a close ends them. */
    private final Map<SendGate, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();

    /** With the given limits. */
    public JdkTransport(HttpLimits limits) {
        if (System.getProperty(RETRY_PROPERTY) != null && !"false".equals(System.getProperty(RETRY_PROPERTY))) {
            throw new IllegalStateException("the system property " + RETRY_PROPERTY
                    + " is set: the JDK would repeat commits and so post twice; remove it");
        }
        JdkHttpLog.requireQuiet();
        this.limits = limits;
        this.clients = new FreshClients(executor -> HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect())
                .executor(executor)
                .build());
    }

    /** Ends the clients and their threads; nothing is sent after it. */
    @Override
    public void close() {
        clients.close();
        underWay.values().forEach(answer -> answer.cancel(true));
    }

    @Override
    public HttpResult exchange(HttpCall call) {
        log.trace(
                "sending operation={} method={} host={}",
                call.operation(),
                call.method(),
                call.uri().getHost());
        HttpResult result = sentOnce(call.callClass()) ? sendFresh(call) : sendShared(call);
        log.trace("received operation={} result={}", call.operation(), result);
        return result;
    }

    private HttpResult sendShared(HttpCall call) {
        return clients.shared().map(client -> send(call, client)).orElseGet(JdkTransport::closedBefore);
    }

    private HttpResult sendFresh(HttpCall call) {
        Optional<FreshClients.Fresh> client = clients.take();
        if (client.isEmpty()) {
            return closedBefore();
        }
        boolean carried = true;
        try {
            HttpResult result = send(call, client.get().client());
            carried = !(result instanceof HttpResult.NotSent);
            return result;
        } finally {
            client.get().done(carried);
        }
    }

    private static HttpResult closedBefore() {
        return new HttpResult.NotSent(Caller.CLOSED + "; build a new one");
    }

    private HttpResult send(HttpCall call, HttpClient client) {
        SendGate gate = new SendGate(call);
        Duration deadline = call.callClass() == CallClass.COMMIT ? limits.commit() : limits.call();
        boolean upload = call.body() instanceof HttpBody.Slice;
        UploadWatch watch = new UploadWatch(upload ? limits.stall() : deadline, deadline);
        CompletableFuture<HttpResponse<byte[]>> answer;
        try {
            HttpRequest request = RequestMapper.request(call, gate, watch);
            answer = client.sendAsync(request, head -> BoundedBody.of(head, MAX_HEADERS, MAX_ANSWER));
        } catch (IllegalArgumentException e) {
            return new HttpResult.NotSent("the request could not be built: an address or a header is malformed");
        }
        try {
            underWay.put(gate, answer);
            if (clients.closed()) {
                answer.cancel(true);
            }
            HttpResponse<byte[]> response = await(answer, watch);
            return new HttpResult.Answered(
                    response.statusCode(), response.headers().map(), response.body());
        } catch (TimeoutException e) {
            return given(
                    gate,
                    answer,
                    "not connected to " + call.uri().getHost() + " in time; check network and proxy",
                    upload ? watch.why() : "no answer in time (" + deadline.toMillis() + " ms)");
        } catch (InterruptedException e) {
            HttpResult result = given(gate, answer, Caller.INTERRUPTED, "interrupted while waiting for the answer");
            Thread.currentThread().interrupt();
            return result;
        } catch (CancellationException e) {
            return closedMeanwhile(gate);
        } catch (ExecutionException e) {
            return clients.closed()
                    ? closedMeanwhile(gate)
                    : Failures.result(e.getCause() == null ? e : e.getCause(), call, gate.closeUnpassed());
        } finally {
            underWay.remove(gate);
        }
    }

    private static HttpResult closedMeanwhile(SendGate gate) {
        return gate.closeUnpassed()
                ? closedBefore()
                : new HttpResult.Lost(Caller.CLOSED + "; its answer was not awaited");
    }

    /** Waits until there is an answer or time is up; an upload that moves gets more of it. */
    private static HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer, UploadWatch watch)
            throws TimeoutException, InterruptedException, ExecutionException {
        while (true) {
            long left = watch.left().toNanos();
            try {
                return answer.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (watch.left().toNanos() <= 0) {
                    throw e;
                }
            }
        }
    }

    /** Stops waiting. The gate closes first, so that what has not left by now stays here. */
    private static HttpResult given(
            SendGate gate, CompletableFuture<HttpResponse<byte[]>> answer, String notSent, String lost) {
        boolean nothingLeft = gate.closeUnpassed();
        answer.cancel(true);
        return nothingLeft ? new HttpResult.NotSent(notSent) : new HttpResult.Lost(lost);
    }

    /** Whether one call may reach the platform once at most. */
    static boolean sentOnce(CallClass callClass) {
        return callClass == CallClass.COMMIT || callClass == CallClass.SPEND || callClass == CallClass.CODE;
    }
}
