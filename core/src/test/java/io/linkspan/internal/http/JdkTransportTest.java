package io.linkspan.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.MediaSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
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
        try (RawServer server = RawServer.thatStaysOpen("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx")) {
            HttpResult.Lost lost =
                    assertInstanceOf(HttpResult.Lost.class, transport.exchange(get(CallClass.SPEND, server.uri())));

            assertTrue(lost.why().contains("in time"), lost.why());
        }
    }

    @Test
    void exchange_ofASlice_sendsExactlyItAndTellsProgress() throws Exception {
        byte[] media = new byte[300_000];
        for (int i = 0; i < media.length; i++) {
            media[i] = (byte) i;
        }
        AtomicLong sent = new AtomicLong();
        try (RawServer server = new RawServer("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")) {
            HttpCall put = HttpCall.of("test", CallClass.COMMIT, "PUT", server.uri())
                    .body(new HttpBody.Slice(source(media, media.length), 100, 200_000, "video/mp4", sent::set));

            HttpResult result = transport.exchange(put);

            assertInstanceOf(HttpResult.Answered.class, result);
            assertEquals(200_000, server.bodyBytes());
            assertEquals(200_000, sent.get());
        }
    }

    @Test
    void exchange_ofASourceThatShrank_isLost() throws Exception {
        try (RawServer server = new RawServer("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")) {
            HttpCall put = HttpCall.of("test", CallClass.COMMIT, "PUT", server.uri())
                    .body(new HttpBody.Slice(source(new byte[50_000], 200_000), 0, 200_000, "video/mp4", bytes -> {}));

            assertInstanceOf(HttpResult.Lost.class, transport.exchange(put));
        }
    }

    @Test
    void transport_withTheJdkRepeatingEverything_refusesToStart() {
        System.setProperty("jdk.httpclient.enableAllMethodRetry", "");
        try {
            IllegalStateException error =
                    assertThrows(IllegalStateException.class, () -> new JdkTransport(HttpLimits.DEFAULT));
            assertTrue(String.valueOf(error.getMessage()).contains("enableAllMethodRetry"));
        } finally {
            System.clearProperty("jdk.httpclient.enableAllMethodRetry");
        }
    }

    private static MediaSource source(byte[] bytes, long size) {
        return new MediaSource() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open(long offset) throws IOException {
                InputStream in = new ByteArrayInputStream(bytes);
                in.skipNBytes(Math.min(offset, bytes.length));
                return in;
            }
        };
    }
}
