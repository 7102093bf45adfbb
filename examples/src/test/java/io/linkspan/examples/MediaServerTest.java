package io.linkspan.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.linkspan.spi.MediaSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What platforms and the fence need of a media host. */
class MediaServerTest {
    private static final byte[] BYTES = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final MediaSource SOURCE = MediaSource.ofStream(8, () -> new ByteArrayInputStream(BYTES));

    @TempDir
    private Path folder;

    private MediaServer server;
    private MediaDirectory directory;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        server = new MediaServer(folder, 0, InstantSource.system());
        directory = new MediaDirectory(folder, server.base());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<byte[]> ask(URI address, String method, String range)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).method(method, HttpRequest.BodyPublishers.noBody());
        if (!range.isEmpty()) {
            request.header("Range", range);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void get_ofAnIssuedFile_givesItUncached() throws Exception {
        URI address = directory.issue("attempt", SOURCE, "video/webm");

        HttpResponse<byte[]> answer = ask(address, "GET", "");

        assertEquals(200, answer.statusCode());
        assertArrayEquals(BYTES, answer.body());
        assertEquals("video/webm", answer.headers().firstValue("Content-Type").orElseThrow());
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
    }

    @Test
    void get_ofARange_givesThatRange() throws Exception {
        URI address = directory.issue("attempt", SOURCE, "image/jpeg");

        assertArrayEquals(new byte[] {3, 4, 5}, ask(address, "GET", "bytes=2-4").body());
        assertArrayEquals(new byte[] {7, 8}, ask(address, "GET", "bytes=-2").body());
        assertEquals(416, ask(address, "GET", "bytes=8-9").statusCode());
        assertEquals(206, ask(address, "GET", "bytes=7-99").statusCode());
    }

    @Test
    void head_givesTheLengthAndCountsAsNoFetch() throws Exception {
        URI address = directory.issue("attempt", SOURCE, "video/mp4");

        HttpResponse<byte[]> answer = ask(address, "HEAD", "");

        assertEquals("8", answer.headers().firstValue("Content-Length").orElseThrow());
        assertEquals(0, directory.fence("attempt").requests());
    }

    @Test
    void issue_again_givesTheSameAddress() {
        assertEquals(
                directory.issue("attempt", SOURCE, "video/mp4"),
                new MediaDirectory(folder, server.base()).issue("attempt", SOURCE, "video/mp4"));
    }

    @Test
    void fence_countsFetchesAndEndsTheAddressForEver() throws Exception {
        URI address = directory.issue("attempt", SOURCE, "video/mp4");
        ask(address, "GET", "bytes=0-0");
        ask(address, "GET", "");

        assertEquals(2, directory.fence("attempt").requests());

        assertEquals(404, ask(address, "GET", "").statusCode());
        MediaDirectory restarted = new MediaDirectory(folder, server.base());
        assertThrows(IllegalStateException.class, () -> restarted.issue("attempt", SOURCE, "video/mp4"));
        assertEquals(2, restarted.fence("attempt").requests());
    }

    @Test
    void issue_ofATypeThatCannotBeShown_saysWhichCan() {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> directory.issue("attempt", SOURCE, "image/gif"));

        assertEquals(
                "media of type image/gif cannot be shown; this directory shows " + MediaDirectory.ENDINGS.keySet(),
                error.getMessage());
    }
}
