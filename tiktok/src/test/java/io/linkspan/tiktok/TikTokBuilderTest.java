package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.Secret;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TikTokBuilderTest {
    @ParameterizedTest
    @CsvSource({
        "/callback, absolute",
        "http://app.example.com/callback, https",
        "http://127.0.0.1:9000/callback, https",
        "https://app.example.com/callback?x=1, query or fragment",
        "https://app.example.com/callback#x, query or fragment",
        "mailto:someone, absolute",
    })
    void build_withBadRedirect_namesOptionAndLimit(String redirect, String words) {
        TikTok.Builder builder = TikTok.builder("key", Secret.of("secret"), URI.create(redirect));
        String message =
                assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertTrue(message.startsWith("redirectUri must"), message);
        assertTrue(message.contains(words), message);
    }

    @Test
    void build_withRedirectOf512Characters_isRefused() {
        URI longest = URI.create("https://app.example.com/" + "a".repeat(511 - 24));
        assertEquals(511, longest.toString().length());
        TikTok.builder("key", Secret.of("secret"), longest).build();
        TikTok.Builder tooLong = TikTok.builder("key", Secret.of("secret"), URI.create(longest + "a"));
        String message =
                assertThrows(IllegalArgumentException.class, tooLong::build).getMessage();
        assertEquals("redirectUri must be shorter than 512 characters, had 512", message);
    }

    @Test
    void build_withLoopbackEndpoints_takesPlainLoopbackRedirect() {
        URI redirect = URI.create("http://localhost:9000/callback");
        TikTok tiktok = TikTok.builder("key", Secret.of("secret"), redirect)
                .endpoints(TikTokEndpoints.allAt(URI.create("http://127.0.0.1:8080")))
                .build();
        assertEquals(redirect, tiktok.oauth().redirectUri());
    }

    @Test
    void build_withTwoMistakes_namesBoth() {
        TikTok.Builder builder = TikTok.builder(" key", Secret.of("secret"), URI.create("http://app.example.com/cb"));
        String message =
                assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertTrue(message.contains("clientKey must") && message.contains("redirectUri must"), message);
    }

    @Test
    void builder_withoutSecret_saysWhichAndHow() {
        String message = assertThrows(NullPointerException.class, () -> TikTok.builder("key", null, Fixtures.REDIRECT))
                .getMessage();
        assertTrue(message.startsWith("clientSecret") && message.contains("Secret.required"), message);
    }

    @Test
    void toString_holdsNoSecret() {
        TikTok tiktok = Fixtures.builder()
                .previousClientSecret(Secret.of("older_secret"))
                .build();
        assertFalse(tiktok.toString().contains(Fixtures.SECRET), tiktok.toString());
        assertEquals("demo_client_key", tiktok.registration());
        assertEquals(TikTok.PLATFORM, tiktok.platform());
    }
}
