package io.linkspan.internal.http;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link HttpTransport} over the JDK's client: HTTP/1.1, no redirects, one deadline over the whole exchange, bounded answers.
 * Calls that must not be repeated use a client without kept connections, because the JDK silently repeats a request whose
 * kept connection turns out dead.
 */
public final class JdkTransport implements HttpTransport {
    /** Largest answer: 1 MiB. */
    public static final int MAX_ANSWER = 1 << 20;

    private static final String RETRY_PROPERTY = "jdk.httpclient.enableAllMethodRetry";
    private static final Logger log = LoggerFactory.getLogger(JdkTransport.class);

    private final HttpClient pooled;
    private final HttpLimits limits;

    /** With the given limits. */
    public JdkTransport(HttpLimits limits) {
        if (System.getProperty(RETRY_PROPERTY) != null && !"false".equals(System.getProperty(RETRY_PROPERTY))) {
            throw new IllegalStateException("the system property " + RETRY_PROPERTY
                    + " is set: the JDK would repeat commits and so post twice; remove it");
        }
        this.limits = limits;
        this.pooled = newClient();
    }

    private HttpClient newClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect())
                .build();
    }

    @Override
    public HttpResult exchange(HttpCall call) {
        log.trace(
                "sending operation={} method={} host={}",
                call.operation(),
                call.method(),
                call.uri().getHost());
        HttpResult result = send(call);
        log.trace("received operation={} result={}", call.operation(), result);
        return result;
    }

    private HttpResult send(HttpCall call) {
        AtomicBoolean subscribed = new AtomicBoolean();
        UploadWatch watch = new UploadWatch(limits.stall());
        CompletableFuture<HttpResponse<byte[]>> answer;
        try {
            HttpRequest request = RequestMapper.request(call, subscribed, watch);
            answer = client(call.callClass()).sendAsync(request, info -> new BoundedBody(MAX_ANSWER));
        } catch (IllegalArgumentException e) {
            return new HttpResult.NotSent("the request could not be built: an address or a header is malformed");
        }
        try {
            HttpResponse<byte[]> response = await(call, answer, watch);
            return new HttpResult.Answered(
                    response.statusCode(), response.headers().map(), response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new HttpResult.Lost(e.getMessage() == null ? "no answer in time" : e.getMessage());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new HttpResult.Lost("interrupted while waiting for the answer");
        } catch (CancellationException e) {
            return new HttpResult.Lost("the exchange was cancelled");
        } catch (ExecutionException e) {
            return failure(e.getCause() == null ? e : e.getCause(), call, subscribed.get());
        }
    }

    private HttpResponse<byte[]> await(HttpCall call, CompletableFuture<HttpResponse<byte[]>> answer, UploadWatch watch)
            throws TimeoutException, InterruptedException, ExecutionException {
        if (!(call.body() instanceof HttpBody.Slice)) {
            Duration deadline = call.callClass() == CallClass.COMMIT ? limits.commit() : limits.call();
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        }
        // an upload may take long, but not stand still
        while (true) {
            try {
                return answer.get(watch.left().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (watch.stalled()) {
                    throw new TimeoutException(
                            "the upload stood still for " + limits.stall().toSeconds() + " s");
                }
            }
        }
    }

    private HttpClient client(CallClass callClass) {
        return sentOnce(callClass) ? newClient() : pooled;
    }

    /** Whether one call may reach the platform once at most. */
    static boolean sentOnce(CallClass callClass) {
        return callClass == CallClass.COMMIT || callClass == CallClass.SPEND || callClass == CallClass.CODE;
    }

    private static HttpResult failure(Throwable failure, HttpCall call, boolean bodyAskedFor) {
        String what = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RequestMapper.RepeatRefused) {
                return new HttpResult.Lost(
                        "the connection to " + call.uri().getHost() + " closed without an answer; not sent again");
            }
            boolean neverConnected = cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof SSLHandshakeException;
            if (neverConnected) {
                return new HttpResult.NotSent("cannot reach " + call.uri().getHost() + " ("
                        + cause.getClass().getSimpleName() + "); check network, proxy and DNS");
            }
        }
        if (!(call.body() instanceof HttpBody.None) && !bodyAskedFor) {
            return new HttpResult.NotSent(
                    "connection to " + call.uri().getHost() + " failed before the request (" + what + ")");
        }
        return new HttpResult.Lost("no complete answer from " + call.uri().getHost() + " (" + what + ")");
    }
}
