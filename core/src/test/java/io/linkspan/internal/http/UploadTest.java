package io.linkspan.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.MediaSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Uploads of slices through the real transport. */
class UploadTest {
    private static final HttpLimits SHORT = new HttpLimits(
            Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(700));

    /** More than the buffers of two sockets take. */
    private static final int LARGE = 64 << 20;

    private final JdkTransport transport = new JdkTransport(SHORT);

    private static HttpCall put(CallClass kind, RawServer server, HttpBody body) {
        return HttpCall.of("test", kind, "PUT", server.uri()).body(body);
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
                    .body(new HttpBody.Slice(
                            TestMedia.source(media, media.length), 100, 200_000, "video/mp4", sent::set));

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
                    .body(new HttpBody.Slice(
                            TestMedia.source(new byte[50_000], 200_000), 0, 200_000, "video/mp4", bytes -> {}));

            HttpResult.Lost lost = assertInstanceOf(HttpResult.Lost.class, transport.exchange(put));

            assertEquals("the media ended 150000 bytes early", lost.why());
        }
    }

    @Test
    void exchange_ofAnUploadThatIsNotRead_isLostWhenItStandsStill() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.read(1_000);
            LockSupport.park();
        })) {
            HttpResult.Lost lost = assertInstanceOf(
                    HttpResult.Lost.class, transport.exchange(put(CallClass.COMMIT, server, TestMedia.slice(LARGE))));

            assertEquals("the upload stood still for 700 ms", lost.why());
            assertEquals(1, server.requests());
        }
    }

    @Test
    void exchange_ofAnUploadWhoseSourceHangs_isLostWhenItStandsStill() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        MediaSource hanging = new MediaSource() {
            @Override
            public long size() {
                return 100;
            }

            @Override
            public InputStream open(long offset) throws IOException {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("over");
            }
        };
        try (RawServer server = new RawServer("")) {
            HttpResult.Lost lost = assertInstanceOf(
                    HttpResult.Lost.class,
                    transport.exchange(put(
                            CallClass.PREPARE, server, new HttpBody.Slice(hanging, 0, 100, "video/mp4", sent -> {}))));

            assertEquals("the upload stood still for 700 ms", lost.why());
        } finally {
            over.countDown();
        }
    }

    @Test
    void exchange_ofAnUploadThatIsReadSlowly_mayTakeLongerThanTheStall() throws Exception {
        AtomicLong took = new AtomicLong();
        try (RawServer server = new RawServer(peer -> {
            long start = System.nanoTime();
            while (System.nanoTime() - start < Duration.ofMillis(1_500).toNanos()) {
                peer.read(1 << 20);
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
            took.set(System.nanoTime() - start);
            peer.answer("201 Created", "");
        })) {
            HttpResult result = transport.exchange(put(CallClass.COMMIT, server, TestMedia.slice(LARGE)));

            assertInstanceOf(HttpResult.Answered.class, result);
            assertTrue(took.get() > SHORT.stall().toNanos(), "the upload was slow");
            assertEquals(LARGE, server.bodyBytes());
        }
    }

    @Test
    void exchange_ofACompleteUpload_waitsForItsAnswerAsLongAsForAny() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.readBody();
            LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
            peer.answer("201 Created", "");
        })) {
            assertInstanceOf(
                    HttpResult.Answered.class,
                    transport.exchange(put(CallClass.COMMIT, server, TestMedia.slice(100_000))));
        }
    }

    @Test
    void exchange_withAnAnswerDuringTheUpload_givesIt() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.read(1_000);
            peer.write("HTTP/1.1 429 Slow\r\nContent-Length: 4\r\n\r\nwait");
            peer.hold();
        })) {
            HttpResult.Answered answer = assertInstanceOf(
                    HttpResult.Answered.class,
                    transport.exchange(put(CallClass.PREPARE, server, TestMedia.slice(LARGE))));

            assertEquals(429, answer.status());
            assertEquals("wait", answer.text());
        }
    }
}
