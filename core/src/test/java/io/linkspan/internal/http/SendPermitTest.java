package io.linkspan.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A permit that ends before a request, while it connects, or in the middle of its body. */
class SendPermitTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String LATE = "too late; nothing was sent";

    private final JdkTransport transport = new JdkTransport(HttpLimits.DEFAULT);

    /** Ends after so many questions. */
    private static SendPermit after(int questions) {
        AtomicInteger asked = new AtomicInteger();
        return () -> asked.incrementAndGet() > questions ? LATE : null;
    }

    private static Flow<String> flow(CallClass kind, URI uri) {
        return Flow.call(HttpCall.of("test.call", kind, "POST", uri), SendPermitTest::read);
    }

    private static Outcome<String> read(HttpResult result) {
        if (result instanceof HttpResult.NotSent notSent) {
            return new Outcome.NotSent<>(notSent.why());
        }
        return result instanceof HttpResult.Lost lost
                ? new Outcome.Unclear<>(lost.why(), null)
                : Outcome.done(((HttpResult.Answered) result).text());
    }

    private static boolean spends(CallClass kind) {
        return kind != CallClass.READ && kind != CallClass.PREPARE;
    }

    @ParameterizedTest
    @EnumSource(CallClass.class)
    void call_afterItsPermitEnded_staysHereUnlessItCanBeRepeated(CallClass kind) throws Exception {
        try (RawServer server = new RawServer(OK)) {
            Outcome<String> outcome =
                    new Caller(transport, Duration.ofMillis(1)).run(flow(kind, server.uri()), () -> LATE);

            assertEquals(spends(kind) ? new Outcome.NotSent<>(LATE) : Outcome.done("ok"), outcome);
            assertEquals(spends(kind) ? 0 : 1, server.requests());
        }
    }

    @ParameterizedTest
    @EnumSource(CallClass.class)
    void call_whosePermitEndsWhileItConnects_staysHereAndIsNotRepeated(CallClass kind) throws Exception {
        try (RawServer server = new RawServer(OK)) {
            Outcome<String> outcome =
                    new Caller(transport, Duration.ofMillis(1)).run(flow(kind, server.uri()), after(1));

            assertEquals(spends(kind) ? new Outcome.NotSent<>(LATE) : Outcome.done("ok"), outcome);
            assertEquals(spends(kind) ? 0 : 1, server.requests());
        }
    }

    @Test
    void upload_whosePermitEndsInTheMiddle_neverSendsItsLastByte() throws Exception {
        int length = 1 << 20;
        try (RawServer server = new RawServer(OK)) {
            AtomicInteger asked = new AtomicInteger();
            HttpCall call = HttpCall.of("test.upload", CallClass.COMMIT, "PUT", server.uri())
                    .body(TestMedia.slice(length))
                    .permittedBy(() -> asked.incrementAndGet() <= 9);

            HttpResult.Lost lost = assertInstanceOf(HttpResult.Lost.class, transport.exchange(call));

            assertEquals("the upload was stopped before its last byte: its permit ended", lost.why());
            assertTrue(server.bodyBytes() < length, () -> server.bodyBytes() + " bytes came");
        }
    }

    /** A conversation of several requests: what was spent stays spent, and what can be repeated still goes. */
    @Test
    void flow_whosePermitEndsAfterTheSpendingCall_goesOnReading() {
        List<String> sent = new ArrayList<>();
        Caller caller = new Caller(
                call -> {
                    sent.add(call.operation());
                    return new HttpResult.Answered(200, Map.of(), new byte[0]);
                },
                Duration.ZERO);
        URI uri = URI.create("https://platform.test/");
        Flow<String> flow = new Flow.Call<>(
                HttpCall.of("test.commit", CallClass.COMMIT, "POST", uri),
                first -> Flow.call(HttpCall.of("test.status", CallClass.READ, "GET", uri), SendPermitTest::read));

        Outcome<String> outcome = caller.run(flow, after(2));

        assertInstanceOf(Outcome.Done.class, outcome);
        assertEquals(List.of("test.commit", "test.status"), sent);
    }

    @Test
    void lateCalls_sayNothingAboutThePlatform() {
        AtomicInteger sent = new AtomicInteger();
        Caller caller = new Caller(
                call -> {
                    sent.incrementAndGet();
                    return new HttpResult.Answered(200, Map.of(), new byte[0]);
                },
                Duration.ZERO);
        URI uri = URI.create("https://platform.test/");
        for (int i = 0; i < 50; i++) {
            caller.run(flow(CallClass.COMMIT, uri), () -> LATE);
        }

        assertInstanceOf(Outcome.Done.class, caller.run(flow(CallClass.READ, uri)));
        assertEquals(1, sent.get());
    }
}
