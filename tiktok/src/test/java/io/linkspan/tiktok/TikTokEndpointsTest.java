package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.Secret;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TikTokEndpointsTest {
    private static final TikTokEndpoints SIMULATOR = TikTokEndpoints.allAt(URI.create("http://127.0.0.1:8080/"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "http://10.0.0.1",
                "http://localhost.example.com",
                "ftp://127.0.0.1",
                "https://user@example.com",
                "https://example.com?x=1",
                "https://example.com#x",
                "/relative"
            })
    void allAt_withUnsafeAddress_isRefused(String base) {
        assertThrows(IllegalArgumentException.class, () -> TikTokEndpoints.allAt(URI.create(base)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:1", "http://[::1]:1", "http://localhost:1", "https://proxy.example.com/tt"})
    void allAt_withLoopbackOrHttps_isTaken(String base) {
        assertEquals(URI.create(base), TikTokEndpoints.allAt(URI.create(base)).api());
    }

    @Test
    void apiPath_ofBaseWithSlash_hasOneSlash() {
        assertEquals(
                "http://127.0.0.1:8080/v2/oauth/token/",
                SIMULATOR.apiPath("/v2/oauth/token/").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://open-upload.tiktokapis.com/video/?upload_id=1&upload_token=a%2Bb",
                "https://upload.us.tiktokapis.com/video/",
                "https://UPLOAD.tiktokapis.com:443/upload/"
            })
    void upload_underTikTok_isTakenByteForByte(String address) {
        assertEquals(
                address,
                TikTokEndpoints.production()
                        .upload(Secret.of(address))
                        .orElseThrow()
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://eviltiktokapis.com/video/",
                "https://.tiktokapis.com/video/",
                "https://tiktokapis.com.example.com/video/",
                "https://example.com/?.tiktokapis.com",
                "http://open-upload.tiktokapis.com/video/",
                "https://open-upload.tiktokapis.com:8443/video/",
                "https://a@open-upload.tiktokapis.com/video/",
                "https://127.0.0.1/video/",
                "http://127.0.0.1:8080/video/",
                "not a uri",
                "mailto:x"
            })
    void upload_elsewhere_isRefused(String address) {
        assertFalse(TikTokEndpoints.production().upload(Secret.of(address)).isPresent());
    }

    @Test
    void upload_ofSimulator_staysAtItsHostAndPort() {
        assertTrue(
                SIMULATOR.upload(Secret.of("http://127.0.0.1:8080/video/?x=1")).isPresent());
        assertFalse(SIMULATOR.upload(Secret.of("http://127.0.0.1:8081/video/")).isPresent());
        assertFalse(SIMULATOR.upload(Secret.of("http://localhost:8080/video/")).isPresent());
        assertFalse(SIMULATOR.upload(Secret.of(Fixtures.UPLOAD_URL)).isPresent());
    }
}
