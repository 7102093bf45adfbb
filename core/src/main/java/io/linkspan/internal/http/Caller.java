package io.linkspan.internal.http;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.Outcome;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries conversations through: repeats reads and preparations, never a commit, a code or a spent token beyond what
 * provably did not leave.
 */
public final class Caller {
    private static final Logger log = LoggerFactory.getLogger(Caller.class);

    private final HttpTransport transport;
    private final Duration retryBase;

    /** Over a transport; the base of the growing pauses between tries. */
    public Caller(HttpTransport transport, Duration retryBase) {
        this.transport = transport;
        this.retryBase = retryBase;
    }

    /** Carries a conversation through. */
    public <T> Outcome<T> run(Flow<T> flow) {
        return run(flow, (call, answer) -> {});
    }

    /** Carries a conversation through; each answer is shown before it is read, so that it can be kept. */
    public <T> Outcome<T> run(Flow<T> flow, BiConsumer<HttpCall, HttpResult.Answered> keep) {
        Flow<T> current = flow;
        while (current instanceof Flow.Call<T> step) {
            HttpResult result = send(step.call());
            if (result instanceof HttpResult.Answered answered) {
                keep.accept(step.call(), answered);
            }
            current = step.next().apply(result);
        }
        return ((Flow.Finished<T>) current).outcome();
    }

    /** Sends one request once; for looks at what is no platform. */
    public HttpResult once(HttpCall call) {
        return transport.exchange(call);
    }

    private HttpResult send(HttpCall call) {
        CallClass kind = call.callClass();
        boolean repeatable = kind == CallClass.READ || kind == CallClass.PREPARE || kind == CallClass.REVOKE;
        RetryPolicy<HttpResult> policy = RetryPolicy.<HttpResult>builder()
                .handleResultIf(result -> Caller.worthRepeating(result, repeatable))
                .withBackoff(
                        retryBase,
                        Duration.ofSeconds(20).compareTo(retryBase) > 0
                                ? Duration.ofSeconds(20)
                                : retryBase.multipliedBy(2))
                .withJitter(0.5)
                .withMaxAttempts(tries(kind))
                .onRetry(event ->
                        log.debug("repeating operation={} attempt={}", call.operation(), event.getAttemptCount()))
                .build();
        return Failsafe.with(policy).get(() -> transport.exchange(call));
    }

    /** How often one decision may send (reliability table of operation classes). */
    private static int tries(CallClass kind) {
        return switch (kind) {
            case READ -> 4;
            case PREPARE, SPEND -> 3;
            case CODE -> 2;
            case COMMIT, REVOKE -> 1; // a revocation is repeated by its saga, over days
        };
    }

    private static boolean worthRepeating(HttpResult result, boolean repeatable) {
        if (result instanceof HttpResult.NotSent) {
            return true;
        }
        if (!repeatable) {
            return false;
        }
        return result instanceof HttpResult.Lost
                || (result instanceof HttpResult.Answered answered && answered.status() >= 500);
    }
}
