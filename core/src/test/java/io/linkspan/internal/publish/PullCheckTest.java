package io.linkspan.internal.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.internal.http.Caller;
import io.linkspan.internal.http.HttpLimits;
import io.linkspan.internal.http.JdkTransport;
import io.linkspan.spi.MediaPart;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of media hosts as they come over the wire, for a video of 3000 bytes. */
@Timeout(60)
class PullCheckTest {
    private static final MediaPart VIDEO =
            new MediaPart(MediaPart.Role.ITEM, MediaPart.Type.VIDEO, "video/mp4", 3000, Map.of());
    private static final String RANGE = "206~Content-Type: video/mp4~Content-Length: 1~Content-Range: bytes 0-0/3000";
    private static final String WHOLE = "200~Content-Type: video/mp4~Content-Length: 3000";
    private static final String UNSIGNED = "403~Content-Length: 0";

    private final AtomicLong sent = new AtomicLong();

    /** What the check says of a host that answers so, with {@code ~} between lines; {@code >N} lets N bytes follow. */
    private String says(String head, String get) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                JdkTransport transport = new JdkTransport(HttpLimits.DEFAULT)) {
            Thread host = new Thread(() -> serve(server, head, get), "media-host");
            host.setDaemon(true);
            host.start();
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/media");
            return PullCheck.shown(new Caller(transport, Duration.ZERO), address, VIDEO)
                    .orElse("");
        }
    }

    private void serve(ServerSocket server, String head, String get) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                Scanner request = new Scanner(client.getInputStream(), StandardCharsets.ISO_8859_1);
                boolean whole = request.nextLine().startsWith("HEAD");
                while (!request.nextLine().isEmpty()) {
                    // the rest of the head
                }
                answer(client.getOutputStream(), whole ? head : get);
            } catch (IOException e) {
                // the client has enough, or the test is over
            }
        }
    }

    private void answer(OutputStream out, String answer) throws IOException {
        String[] parts = answer.split(">", -1);
        String lines = "HTTP/1.1 " + parts[0].replace("~", "\r\n") + "\r\nConnection: close\r\n\r\n";
        out.write(lines.getBytes(StandardCharsets.ISO_8859_1));
        long bytes = parts.length > 1 ? Long.parseLong(parts[1]) : parts[0].startsWith("206") ? 1 : 0;
        for (long left = bytes; left > 0; left -= 65_536) {
            int step = (int) Math.min(left, 65_536);
            out.write(new byte[step]);
            sent.addAndGet(step);
        }
        out.flush();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200~Content-Type: video/mp4~Content-Length: 3000",
                "200~Content-Type: video/mp4",
                "200~Content-Length: 3000",
                "200~Content-Type: Video/MP4~Content-Length: 3000",
                "200~Content-Type: video/mp4; charset=binary~Content-Length: 3000",
                "200~Content-Type: VIDEO/mp4 ~Content-Length: 3000",
                "200~Content-Type: video/mp4~Content-Length: 0",
                "403~Content-Length: 0",
                "405~Content-Length: 0",
                "404~Content-Length: 0",
                "501~Content-Length: 0"
            })
    void head_thatContradictsNothing_isFine(String head) throws IOException {
        assertEquals("", says(head, RANGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "206~Content-Type: video/mp4~Content-Range: bytes 0-0/3000",
                "206~Content-Type: video/mp4~Content-Length: 1~Content-Range: bytes 0-0/*",
                "206~Content-Type: Video/MP4; charset=utf-8~Content-Length: 1~Content-Range: bytes 0-0/ 3000",
                "206~Content-Type: video/mp4~Content-Length: 1"
            })
    void range_thatContradictsNothing_isFine(String range) throws IOException {
        assertEquals("", says(WHOLE, range));
        assertEquals("", says(UNSIGNED, range));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200~Content-Type: video/mp4~Content-Length: 7|says that it has 7 bytes, the media has 3000",
                "200~Content-Type: video/mp4v-es~Content-Length: 3000|says that it is video/mp4v-es, the media is video/mp4;"
                        + " have the media host answer with that Content-Type",
                "200~Content-Type: text/html~Content-Length: 3000|says that it is text/html, the media is video/mp4;"
                        + " have the media host answer with that Content-Type",
                "301~Location: /other|answers HEAD with HTTP 301 instead of 200; serve the media without a redirect",
                "307~Location: /other|answers HEAD with HTTP 307 instead of 200; serve the media without a redirect"
            })
    void head_thatContradicts_isNamed(String head, String words) throws IOException {
        assertEquals(words, says(head, RANGE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "206~Content-Type: video/mp4~Content-Length: 1~Content-Range: bytes 0-0/7|says that it has 7 bytes, the"
                        + " media has 3000",
                "206~Content-Type: binary/octet-stream~Content-Range: bytes 0-0/3000|says that it is binary/octet-stream,"
                        + " the media is video/mp4; have the media host answer with that Content-Type",
                "206~Content-Type: video/mp4~Content-Length: 3000~Content-Range: bytes 0-2999/3000>3000|does not serve"
                        + " ranges, which platforms ask for; answer Range requests with HTTP 206",
                "302~Location: /other|answers GET of one byte with HTTP 302 instead of HTTP 206; serve ranges, with no"
                        + " redirect and no log-in",
                "416~Content-Length: 0|answers GET of one byte with HTTP 416 instead of HTTP 206; serve ranges, with no"
                        + " redirect and no log-in",
                "200~Content-Type: video/mp4~Content-Length: 3000>3000|does not serve ranges, which platforms ask for;"
                        + " answer Range requests with HTTP 206"
            })
    void range_thatContradicts_isNamed(String range, String words) throws IOException {
        assertEquals(words, says(WHOLE, range));
        String unsigned = words.replace("answers GET", "answers HEAD with HTTP 403 and GET");
        assertEquals(unsigned, says(UNSIGNED, range));
    }

    @Test
    void rangeWithoutAType_isFineWhereHeadNamedIt() throws IOException {
        String range = "206~Content-Length: 1~Content-Range: bytes 0-0/3000";

        assertEquals("", says(WHOLE, range));
        assertEquals(
                "says that it is of no type, the media is video/mp4; have the media host answer with that Content-Type",
                says(UNSIGNED, range));
    }

    /** As long as it is said to be, or without end. */
    @ParameterizedTest
    @ValueSource(strings = {"~Content-Length: 4000000000", ""})
    void host_thatIgnoresRanges_isNotDownloaded(String length) throws IOException {
        String all = "200~Content-Type: video/mp4" + length + ">4000000000";
        assertEquals(
                "answers GET of one byte with no usable answer (the answer is larger than 1048576 bytes) instead of HTTP 206;"
                        + " serve ranges, with no redirect and no log-in",
                says(WHOLE, all));
        assertTrue(sent.get() < 64_000_000, sent.get() + " bytes were taken by the network or read");
    }

    @Test
    void host_thatIsNotThere_isNotReached() {
        URI nowhere = URI.create("http://127.0.0.1:1/media");
        try (JdkTransport transport = new JdkTransport(HttpLimits.DEFAULT)) {
            String words = PullCheck.shown(new Caller(transport, Duration.ZERO), nowhere, VIDEO)
                    .orElseThrow();
            assertTrue(words.startsWith("does not answer (cannot reach 127.0.0.1"), words);
        }
    }
}
