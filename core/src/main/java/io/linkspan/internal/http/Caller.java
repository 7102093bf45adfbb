package io.linkspan.internal.http;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import io.linkspan.CallInterruptedException;
import io.linkspan.LinkspanException;
import io.linkspan.internal.HostTransactions;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries conversations through: repeats reads and preparations within a budget, never a commit, a code or a spent token beyond what
 * provably did not leave; and calls what does not answer only now and then. Budget and circuit are shared fairly by
 * {@link PlatformHealth}. Inside a transaction of the host nothing is sent.
 */
public final class Caller {
    private static final Logger log = LoggerFactory.getLogger(Caller.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
    /** Said of a request that stayed because its thread was interrupted. */
    static final String INTERRUPTED = "the calling thread was interrupted before the request left; call again";

    /** Said of a request that stayed, or was not awaited, because its Linkspan was closed. */
    static final String CLOSED = "this Linkspan was closed";

    private static final String NOT_ANSWERING =
            "the platform did not answer half of the last calls; one call in 30 s tries whether it is back";

    private final Shared shared;
    private final CallOrigin origin;
    private final boolean first;
    private final boolean once;

    /** What the callers of all origins have in common. */
    private record Shared(
            HttpTransport transport,
            Duration retryBase,
            InstantSource clock,
            Map<String, PlatformHealth> platforms,
            BooleanSupplier inHostTransaction) {}

    /** Over a transport and the system's clock. */
    public Caller(HttpTransport transport, Duration retryBase) {
        this(transport, retryBase, InstantSource.system());
    }

    /** Over a transport; the base of the growing pauses between tries, zero for none. */
    public Caller(HttpTransport transport, Duration retryBase, InstantSource clock) {
        this(
                new Shared(transport, retryBase, clock, new ConcurrentHashMap<>(), () -> false),
                CallOrigin.NONE,
                false,
                false);
    }

    private Caller(Shared shared, CallOrigin origin, boolean first, boolean once) {
        this.shared = shared;
        this.origin = origin;
        this.first = first;
        this.once = once;
    }

    /** The same, but nothing is sent by a thread that is inside a transaction of the host. */
    public Caller outsideOf(BooleanSupplier hostTransaction) {
        return new Caller(
                new Shared(shared.transport, shared.retryBase, shared.clock, shared.platforms, hostTransaction),
                origin,
                first,
                once);
    }

    /** The same for calls of this origin. */
    public Caller of(CallOrigin next) {
        return new Caller(shared, next, first, once);
    }

    /** The same for reads of what became of a commit: they pass an open circuit, each once, for a platform may stop telling. */
    public Caller inDoubt() {
        return new Caller(shared, origin, true, once);
    }

    /** The same with each request sent once: for looks that come again by themselves. */
    public Caller withoutRetries() {
        return new Caller(shared, origin, first, true);
    }

    /** Carries a conversation through. */
    public <T> Outcome<T> run(Flow<T> flow) {
        return run(flow, SendPermit.ALWAYS);
    }

    /**
     * Carries a conversation of reads and preparations through. One that ended because its thread was interrupted, or because its
     * Linkspan was closed, says nothing about the platform, so it has no outcome that could be stored.
     *
     * @throws CallInterruptedException then
     */
    public <T> Outcome<T> ask(Flow<T> flow) {
        AtomicBoolean stopped = new AtomicBoolean();
        Outcome<T> outcome = carried(flow, (call, result) -> stopped.set(stops(result)), SendPermit.ALWAYS);
        if (stopped.get()) {
            throw new CallInterruptedException(
                    "the call ended before the platform answered (" + outcome.describe()
                            + "). Nothing was changed; call again.",
                    null);
        }
        return outcome;
    }

    /** Whether a call ended because of us. */
    private static boolean stops(HttpResult result) {
        String why = result instanceof HttpResult.NotSent notSent
                ? notSent.why()
                : result instanceof HttpResult.Lost lost ? lost.why() : null;
        return why != null
                && (Thread.currentThread().isInterrupted() || why.equals(INTERRUPTED) || why.startsWith(CLOSED));
    }

    /** Carries a conversation through; each answer is shown before it is read, so that it can be kept. */
    public <T> Outcome<T> run(Flow<T> flow, BiConsumer<HttpCall, HttpResult.Answered> keep) {
        return run(flow, keep, SendPermit.ALWAYS);
    }

    /** Carries a conversation through whose requests rest on an intent, and leave only while that stands. */
    public <T> Outcome<T> run(Flow<T> flow, SendPermit permit) {
        return run(flow, (call, answer) -> {}, permit);
    }

    /** Both: what cannot be taken back leaves only while its permit stands; reads and preparations always do. */
    public <T> Outcome<T> run(Flow<T> flow, BiConsumer<HttpCall, HttpResult.Answered> keep, SendPermit permit) {
        return carried(
                flow,
                (call, result) -> {
                    if (result instanceof HttpResult.Answered answered) {
                        keep.accept(call, answered);
                    }
                },
                permit);
    }

    private <T> Outcome<T> carried(Flow<T> flow, BiConsumer<HttpCall, HttpResult> seen, SendPermit permit) {
        Flow<T> current = flow;
        Redaction redaction = new Redaction();
        while (current instanceof Flow.Call<T> step) {
            redaction.carries(step.call());
            HttpResult result = send(step.call(), spends(step.call()) ? permit : SendPermit.ALWAYS);
            seen.accept(step.call(), result);
            current = step.next().apply(result);
        }
        return redaction.of(((Flow.Finished<T>) current).outcome());
    }

    /** Sends one request once; for looks at what is no platform. */
    public HttpResult once(HttpCall call) {
        return checked(call);
    }

    /** Whether a request has an effect that a late one must not have. */
    private static boolean spends(HttpCall call) {
        return switch (call.callClass()) {
            case READ, PREPARE -> false;
            case COMMIT, SPEND, CODE, REVOKE -> true;
        };
    }

    private HttpResult send(HttpCall call, SendPermit permit) {
        try {
            if (shared.inHostTransaction.getAsBoolean()) {
                return new HttpResult.NotSent(HostTransactions.NOT_SENT);
            }
        } catch (LinkspanException e) { // the caller ends what rests on its intent, as for any request that stayed
            return new HttpResult.NotSent("the store did not say whether a transaction of the host is running: "
                    + e.getMessage() + "; nothing was sent");
        }
        CallClass kind = call.callClass();
        PlatformHealth health = shared.platforms.computeIfAbsent(platform(call), name -> new PlatformHealth());
        boolean repeatable = kind == CallClass.READ || kind == CallClass.PREPARE || kind == CallClass.REVOKE;
        int tries = once ? 1 : tries(kind);
        AtomicInteger sent = new AtomicInteger();
        RetryPolicyBuilder<HttpResult> policy = RetryPolicy.<HttpResult>builder()
                .handleResultIf(result -> sent.get() < tries
                        && worthRepeating(result, repeatable)
                        && permit.refusal() == null
                        && (!first || health.closed(origin))
                        && health.mayRetry(origin))
                .withMaxAttempts(tries)
                .onRetry(event ->
                        log.debug("repeating operation={} attempt={}", call.operation(), event.getAttemptCount()));
        Duration retryBase = shared.retryBase;
        if (!retryBase.isZero()) {
            policy.withBackoff(
                            retryBase,
                            LONGEST_PAUSE.compareTo(retryBase) > 0 ? LONGEST_PAUSE : retryBase.multipliedBy(2))
                    .withJitter(0.5);
        }
        AtomicReference<HttpResult> said = new AtomicReference<>(new HttpResult.NotSent(INTERRUPTED));
        try {
            Failsafe.with(policy.build()).get(() -> {
                sent.incrementAndGet();
                HttpResult result = exchange(call.permittedBy(() -> permit.refusal() == null), health, permit);
                said.updateAndGet(before -> strongest(before, result));
                return result;
            });
        } catch (FailsafeException e) {
            if (!(e.getCause() instanceof InterruptedException)) {
                throw e;
            }
            Thread.currentThread().interrupt(); // no time for another try
        }
        return Objects.requireNonNull(said.get());
    }

    /** A request that left stays sent, whatever becomes of the next try. */
    private static HttpResult strongest(HttpResult before, HttpResult result) {
        return result instanceof HttpResult.NotSent && !(before instanceof HttpResult.NotSent) ? before : result;
    }

    private HttpResult exchange(HttpCall call, PlatformHealth health, SendPermit permit) {
        if (Thread.currentThread().isInterrupted()) {
            return new HttpResult.NotSent(INTERRUPTED);
        }
        String refusal = permit.refusal();
        if (refusal != null) {
            return new HttpResult.NotSent(refusal);
        }
        boolean permitted = health.permits(origin, shared.clock.millis());
        // a person waits for the exchange of a code, and the code does not wait
        if (!permitted && call.callClass() != CallClass.CODE && !first) {
            return new HttpResult.NotSent(NOT_ANSWERING);
        }
        HttpResult result = checked(call);
        String late = result instanceof HttpResult.NotSent ? permit.refusal() : null;
        if (late != null) { // says nothing about the platform
            return new HttpResult.NotSent(late);
        }
        if (Thread.currentThread().isInterrupted()) {
            return result; // says nothing about the platform
        }
        boolean failed = !(result instanceof HttpResult.Answered answered) || answered.status() >= 500;
        health.ended(origin, failed, shared.clock.millis());
        return result;
    }

    /** A transport of the host's own may throw what it likes; then nobody knows whether the request left. */
    private HttpResult checked(HttpCall call) {
        try {
            return Objects.requireNonNull(shared.transport.exchange(call), "the transport returned null");
        } catch (VirtualMachineError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            log.warn(
                    "the transport failed operation={}",
                    call.operation(),
                    Redaction.of(call).failure(e));
            return new HttpResult.Lost(
                    "the transport failed with " + e.getClass().getName() + "; see the log");
        }
    }

    private static String platform(HttpCall call) {
        int dot = call.operation().indexOf('.');
        return dot < 0 ? call.operation() : call.operation().substring(0, dot);
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
        if (stops(result)) {
            return false;
        }
        if (result instanceof HttpResult.NotSent notSent) {
            return !notSent.why().equals(NOT_ANSWERING);
        }
        if (!repeatable) {
            return false;
        }
        return result instanceof HttpResult.Lost
                || (result instanceof HttpResult.Answered answered && answered.status() >= 500);
    }
}
