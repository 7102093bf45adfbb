package io.linkspan.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real transport against a raw server. */
class JdkTransportTest {
    private static final HttpLimits SHORT = new HttpLimits(
            Duration.ofSeconds(2), Duration.ofMillis(700), Duration.ofMillis(700), Duration.ofMillis(700));

    private final JdkTransport transport = new JdkTransport(SHORT);

    private static HttpCall get(CallClass kind, URI uri) {
        return HttpCall.of("test", kind, "GET", uri);
    }

    @Test
    void exchange_withAClosedPort_isNotSent() throws Exception {
        URI closed;
        try (RawServer server = new RawServer("")) {
            closed = server.uri();
        }

        assertInstanceOf(HttpResult.NotSent.class, transport.exchange(get(CallClass.COMMIT, closed)));
    }

    @Test
    void exchange_withAnUnknownName_isNotSent() {
        HttpResult result = transport.exchange(get(CallClass.READ, URI.create("http://nobody.invalid/")));

        assertInstanceOf(HttpResult.NotSent.class, result);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMMIT", "SPEND", "CODE"})
    void exchange_whoseConnectionClosesWithoutAnswer_isLostAndWasSentOnce(CallClass kind) throws Exception {
        try (RawServer server = new RawServer("")) {
            HttpResult result = transport.exchange(get(kind, server.uri()));

            assertInstanceOf(HttpResult.Lost.class, result);
            assertEquals(1, server.requests(), "requests that reached the server");
        }
    }

    @Test
    void exchange_ofAFormWhoseConnectionClosesWithoutAnswer_isLostAndWasSentOnce() throws Exception {
        try (RawServer server = new RawServer("")) {
            HttpCall post = HttpCall.of("test", CallClass.COMMIT, "POST", server.uri())
                    .body(new HttpBody.Form(java.util.Map.of("a", "b")));

            assertInstanceOf(HttpResult.Lost.class, transport.exchange(post));
            assertEquals(1, server.requests());
        }
    }

    @Test
    void exchange_withAnAnswer_givesStatusHeadersAndBody() throws Exception {
        try (RawServer server = new RawServer("HTTP/1.1 418 Teapot\r\nX-Tt-Logid: 7\r\nContent-Length: 2\r\n\r\nhi")) {
            HttpResult.Answered answer =
                    assertInstanceOf(HttpResult.Answered.class, transport.exchange(get(CallClass.SPEND, server.uri())));

            assertEquals(418, answer.status());
            assertEquals("7", answer.header("x-tt-logid").orElseThrow());
            assertEquals("hi", answer.text());
        }
    }

    @Test
    void exchange_withARedirect_isNotFollowed() throws Exception {
        try (RawServer server =
                new RawServer("HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")) {
            HttpResult.Answered answer =
                    assertInstanceOf(HttpResult.Answered.class, transport.exchange(get(CallClass.READ, server.uri())));

            assertEquals(307, answer.status());
        }
    }

    @Test
    void exchange_withABodyPastTheCap_isLost() throws Exception {
        int length = JdkTransport.MAX_ANSWER + 1;
        try (RawServer server =
                new RawServer("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + "x".repeat(length))) {
            assertInstanceOf(HttpResult.Lost.class, transport.exchange(get(CallClass.SPEND, server.uri())));
        }
    }

    @Test
    void exchange_withABodyThatNeverEnds_isLostAtTheDeadline() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx");
            peer.hold();
        })) {
            HttpResult.Lost lost =
                    assertInstanceOf(HttpResult.Lost.class, transport.exchange(get(CallClass.SPEND, server.uri())));

            assertEquals("no answer in time (700 ms)", lost.why());
        }
    }

    @Test
    void exchange_withAHeadPastTheCap_isLostAndSaysSo() throws Exception {
        String header = "X-Much: " + "x".repeat(8_000) + "\r\n";
        try (RawServer server = new RawServer("HTTP/1.1 200 OK\r\n" + header.repeat(9) + "Content-Length: 0\r\n\r\n")) {
            HttpResult.Lost lost =
                    assertInstanceOf(HttpResult.Lost.class, transport.exchange(get(CallClass.READ, server.uri())));

            assertEquals("the headers of the answer are larger than 65536 bytes", lost.why());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "PREPARE", "REVOKE"})
    void exchange_ofHarmlessCalls_keepsTheConnection(CallClass kind) throws Exception {
        try (RawServer server = new RawServer(peer -> peer.answer("200 OK", "{}"))) {
            for (int i = 0; i < 3; i++) {
                assertInstanceOf(HttpResult.Answered.class, transport.exchange(get(kind, server.uri())));
            }

            assertEquals(1, server.connections());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"COMMIT", "SPEND", "CODE"})
    void exchange_thatMustLeaveOnce_takesAFreshConnection(CallClass kind) throws Exception {
        try (RawServer server = new RawServer(peer -> peer.answer("200 OK", "{}"))) {
            transport.exchange(get(CallClass.READ, server.uri()));
            for (int i = 0; i < 3; i++) {
                assertInstanceOf(HttpResult.Answered.class, transport.exchange(get(kind, server.uri())));
            }

            assertEquals(4, server.connections());
        }
    }

    @Test
    void exchange_onAKeptConnectionThatDies_isNotRepeatedUnseen() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            if (peer.number() == 2) {
                peer.reset();
            } else {
                peer.answer("200 OK", "{}");
            }
        })) {
            transport.exchange(get(CallClass.READ, server.uri()));
            HttpResult second = transport.exchange(get(CallClass.READ, server.uri()));

            assertInstanceOf(HttpResult.Lost.class, second);
            assertEquals(2, server.requests());
        }
    }

    @Test
    void exchange_interrupted_isLostAndStaysInterrupted() throws Exception {
        Thread caller = Thread.currentThread();
        try (RawServer server = new RawServer(peer -> {
            caller.interrupt();
            peer.hold();
        })) {
            HttpResult result = transport.exchange(get(CallClass.COMMIT, server.uri()));

            assertTrue(Thread.interrupted(), "interrupted");
            assertInstanceOf(HttpResult.Lost.class, result);
        }
    }

    @Test
    void exchange_ofManyCommits_leavesNoClientsBehind() throws Exception {
        long before = clients();
        try (RawServer server = new RawServer(peer -> peer.answer("200 OK", "{}"))) {
            for (int i = 0; i < 100; i++) {
                assertInstanceOf(HttpResult.Answered.class, transport.exchange(get(CallClass.COMMIT, server.uri())));
            }
        }

        assertFewMoreClientsThan(before);
    }

    @Test
    void exchange_ofManyCommitsThatCannotConnect_leavesNoClientsBehind() throws Exception {
        long before = clients();
        URI closed;
        try (RawServer server = new RawServer("")) {
            closed = server.uri();
        }
        for (int i = 0; i < 100; i++) {
            assertInstanceOf(HttpResult.NotSent.class, transport.exchange(get(CallClass.COMMIT, closed)));
        }

        assertFewMoreClientsThan(before);
    }

    /** Clients end on their own threads, a moment later; other tests have left some. */
    private static void assertFewMoreClientsThan(long before) {
        long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        long more = clients() - before;
        while (more > 20 && System.nanoTime() < limit) {
            Thread.onSpinWait();
            more = clients() - before;
        }
        assertTrue(more <= 20, more + " more clients are alive");
    }

    private static long clients() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("-SelectorManager"))
                .count();
    }
}
