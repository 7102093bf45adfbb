package io.linkspan.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTest {
    private static final HttpResult LOST = new HttpResult.Lost("reset");
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
    @CsvSource({"READ,4", "PREPARE,3", "REVOKE,1", "SPEND,1", "CODE,1", "COMMIT,1"})
    void send_afterAServerError_repeatsOnlyWhatIsHarmless(CallClass kind, int expected) {
        assertEquals(expected, sends(kind, ERROR));
    }

    @ParameterizedTest
    @CsvSource({"READ,4", "PREPARE,3", "REVOKE,1", "SPEND,3", "CODE,2", "COMMIT,1"})
    void send_whenNothingLeft_repeatsByClass(CallClass kind, int expected) {
        assertEquals(expected, sends(kind, NOT_SENT));
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
}
