package io.linkspan.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.StoreException;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.Outcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CallerTest {
    private static final HttpResult LOST = new HttpResult.Lost("reset");
    private static final HttpResult OK = new HttpResult.Answered(200, Map.of(), new byte[0]);
    private static final HttpResult NOT_SENT = new HttpResult.NotSent("refused");
    private static final HttpResult ERROR = new HttpResult.Answered(500, Map.of(), new byte[0]);

    private static int sends(CallClass kind, HttpResult always) {
        AtomicInteger sends = new AtomicInteger();
        Caller caller = new Caller(
                call -> {
                    sends.incrementAndGet();
                    return always;
                },
                Duration.ofMillis(1));
        Outcome<String> outcome = caller.run(Flow.call(
                HttpCall.of("test", kind, "POST", URI.create("http://127.0.0.1/")),
                result -> new Outcome.Unclear<>("ended", null)));
        assertInstanceOf(Outcome.Unclear.class, outcome);
        return sends.get();
    }

    @ParameterizedTest
    @CsvSource({"READ,4", "PREPARE,3", "REVOKE,1", "SPEND,1", "CODE,1", "COMMIT,1"})
    void send_afterALostAnswer_repeatsOnlyWhatIsHarmless(CallClass kind, int expected) {
        assertEquals(expected, sends(kind, LOST));
    }

    @ParameterizedTest
    @EnumSource(
            value = CallClass.class,
            names = {"READ", "PREPARE"})
    void send_afterALostAnswerAndTriesThatStayedHere_saysThatARequestLeft(CallClass kind) {
        AtomicInteger sends = new AtomicInteger();
        Caller caller = new Caller(call -> sends.incrementAndGet() == 1 ? LOST : NOT_SENT, Duration.ofMillis(1));
        AtomicReference<HttpResult> seen = new AtomicReference<>();
        caller.run(Flow.call(HttpCall.of("test", kind, "POST", URI.create("http://127.0.0.1/")), result -> {
            seen.set(result);
            return new Outcome.Unclear<>("ended", null);
        }));
        assertEquals(LOST, seen.get());
        assertTrue(sends.get() > 1);
    }

    @ParameterizedTest
    @CsvSource({"READ,4", "PREPARE,3", "REVOKE,1", "SPEND,1", "CODE,1", "COMMIT,1"})
    void send_afterAServerError_repeatsOnlyWhatIsHarmless(CallClass kind, int expected) {
        assertEquals(expected, sends(kind, ERROR));
    }

    @ParameterizedTest
    @CsvSource({"READ,4", "PREPARE,3", "REVOKE,1", "SPEND,3", "CODE,2", "COMMIT,1"})
    void send_whenNothingLeft_repeatsByClass(CallClass kind, int expected) {
        assertEquals(expected, sends(kind, NOT_SENT));
    }

    @ParameterizedTest
    @EnumSource(CallClass.class)
    void send_insideATransactionOfTheHost_doesNotLeave(CallClass kind) {
        AtomicInteger sends = new AtomicInteger();
        AtomicBoolean inside = new AtomicBoolean(true);
        Caller caller = new Caller(
                        call -> {
                            sends.incrementAndGet();
                            return OK;
                        },
                        Duration.ofMillis(1))
                .outsideOf(inside::get);
        Flow<String> flow = Flow.call(
                HttpCall.of("test", kind, "POST", URI.create("http://127.0.0.1/")),
                result -> result instanceof HttpResult.NotSent notSent
                        ? new Outcome.NotSent<>(notSent.why())
                        : Outcome.done("sent"));
        assertTrue(caller.run(flow).describe().contains("inside a transaction of the host"));
        assertEquals(0, sends.get());
        inside.set(false);
        assertInstanceOf(Outcome.Done.class, caller.run(flow));
        assertEquals(1, sends.get());
    }

    @Test
    void run_showsEachAnswerBeforeItIsRead() {
        StringBuilder order = new StringBuilder();
        Caller caller = new Caller(call -> new HttpResult.Answered(200, Map.of(), new byte[0]), Duration.ofMillis(1));
        Flow<String> flow =
                new Flow.Call<>(HttpCall.of("one", CallClass.SPEND, "GET", URI.create("http://127.0.0.1/")), result -> {
                    order.append("read ");
                    return Flow.of("done");
                });

        caller.run(flow, (call, answer) -> order.append("kept "));

        assertEquals("kept read ", order.toString());
    }

    /** A caller on a clock that the test sets. */
    private static final class Stage implements HttpTransport {
        private Instant now = Instant.parse("2026-11-21T10:00:00Z");
        private HttpResult answer = LOST;
        private int sends;
        private final Caller caller = new Caller(this, Duration.ZERO, () -> now);

        @Override
        public HttpResult exchange(HttpCall call) {
            sends++;
            return answer;
        }

        HttpResult call(CallClass kind) {
            AtomicReference<HttpResult> seen = new AtomicReference<>(LOST);
            caller.run(Flow.<String>call(
                    HttpCall.of("platform.operation", kind, "POST", URI.create("http://127.0.0.1/")), result -> {
                        seen.set(result);
                        return new Outcome.Unclear<>("ended", null);
                    }));
            return seen.get();
        }
    }

    @Test
    void circuit_afterTwentyCallsOfWhichHalfFailed_letsOneCallThroughInHalfAMinute() {
        Stage stage = new Stage();
        for (int i = 0; i < 20; i++) {
            stage.answer = i % 2 == 0 ? LOST : OK;
            stage.call(CallClass.COMMIT);
        }
        assertEquals(20, stage.sends);

        assertInstanceOf(HttpResult.NotSent.class, stage.call(CallClass.COMMIT));
        stage.now = stage.now.plusSeconds(30);
        stage.answer = LOST;
        stage.call(CallClass.COMMIT);
        stage.call(CallClass.COMMIT);
        assertEquals(21, stage.sends);
        stage.now = stage.now.plusSeconds(30);
        stage.answer = OK;
        stage.call(CallClass.COMMIT);
        stage.call(CallClass.COMMIT);

        assertEquals(23, stage.sends);
    }

    @Test
    void circuit_ofOnePlatform_stopsNoCallToAnother() {
        Stage stage = new Stage();
        for (int i = 0; i < 25; i++) {
            stage.call(CallClass.COMMIT);
        }
        int before = stage.sends;

        stage.caller.run(Flow.<String>call(
                HttpCall.of("other.operation", CallClass.COMMIT, "POST", URI.create("http://127.0.0.1/")),
                result -> new Outcome.Unclear<>("ended", null)));

        assertEquals(before + 1, stage.sends);
    }

    @Test
    void failures_spreadOverMoreThanAMinute_openNothing() {
        Stage stage = new Stage();
        for (int i = 0; i < 100; i++) {
            stage.call(CallClass.COMMIT);
            stage.now = stage.now.plusSeconds(4);
        }

        assertEquals(100, stage.sends);
    }

    @Test
    void outage_ofAThousandCalls_isAmplifiedByATenthAtMost() {
        Stage stage = new Stage();
        for (int i = 0; i < 1000; i++) {
            stage.call(CallClass.READ);
            stage.now = stage.now.plusSeconds(31); // each call is let through
        }

        assertTrue(stage.sends <= 1100, "sends: " + stage.sends);
    }

    @Test
    void code_isSentThoughThePlatformSeldomAnswers() {
        Stage stage = new Stage();
        for (int i = 0; i < 25; i++) {
            stage.call(CallClass.COMMIT);
        }
        int before = stage.sends;

        stage.call(CallClass.CODE);

        assertEquals(before + 1, stage.sends);
    }

    private static Flow<String> read() {
        return Flow.call(
                HttpCall.of("platform.status", CallClass.READ, "GET", URI.create("http://127.0.0.1/")),
                result -> new Outcome.Unclear<>("ended", null));
    }

    /** What became of a commit is read while a platform still tells, so it never waits behind an open circuit. */
    @Test
    void readInDoubt_passesAnOpenCircuitOnce() {
        Stage stage = new Stage();
        for (int i = 0; i < 25; i++) {
            stage.call(CallClass.COMMIT);
        }
        int before = stage.sends;

        for (int i = 0; i < 10; i++) {
            stage.caller.run(read());
            stage.caller.inDoubt().run(read());
        }
        assertEquals(before + 10, stage.sends, "each once, and no other read");
        stage.answer = OK;
        stage.caller.inDoubt().run(read());
        stage.caller.run(read());

        assertEquals(before + 12, stage.sends, "its success closes the circuit");
    }

    @ParameterizedTest
    @EnumSource(CallClass.class)
    void send_whenTheStoreDoesNotSayWhetherATransactionIsRunning_doesNotLeave(CallClass kind) {
        AtomicInteger sends = new AtomicInteger();
        Caller caller = new Caller(
                        call -> {
                            sends.incrementAndGet();
                            return OK;
                        },
                        Duration.ofMillis(1))
                .outsideOf(() -> {
                    throw new StoreException("the database cannot be reached", null);
                });
        Outcome<String> outcome = caller.run(Flow.call(
                HttpCall.of("test", kind, "POST", URI.create("http://127.0.0.1/")),
                result -> result instanceof HttpResult.NotSent notSent
                        ? new Outcome.NotSent<>(notSent.why())
                        : Outcome.done("sent")));

        assertInstanceOf(Outcome.NotSent.class, outcome);
        assertTrue(outcome.describe().contains("the database cannot be reached"), outcome::describe);
        assertEquals(0, sends.get());
    }
}
