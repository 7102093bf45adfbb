package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.HttpCall;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenPair;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetUpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:1", "http://127.0.0.1:8080/x/", "http://[::1]:1", "https://proxy.example"})
    void endpoints_httpsOrLoopback_areTaken(String base) {
        assertEquals(
                base.endsWith("/") ? base.substring(0, base.length() - 1) : base,
                InstagramEndpoints.allAt(URI.create(base)).graph().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://graph.instagram.com", "http://127.0.0.1.evil.example", "http://10.0.0.1", "ftp://localhost",
                "https://u:p@x.example", "https://x.example?q=1", "https://x.example#f", "mailto:x"
            })
    void endpoints_anythingElse_isRefused(String base) {
        assertThrows(IllegalArgumentException.class, () -> InstagramEndpoints.allAt(URI.create(base)));
    }

    @Test
    void build_namesOptionValueAndLimit() {
        assertRefused("graphVersion", () -> TestApp.builder().graphVersion("26").build());
        assertRefused(
                "appId",
                () -> Instagram.withInstagramLogin("a b", Secret.of("s"), URI.create("https://a.example/"))
                        .build());
        assertRefused(
                "redirectUri",
                () -> Instagram.withInstagramLogin("1", Secret.of("s"), URI.create("http://app.example/cb"))
                        .build());
        assertRefused(
                "redirectUri",
                () -> Instagram.withInstagramLogin("1", Secret.of("s"), URI.create("https://app.example/cb#x"))
                        .build());
        assertRefused("additionalWebhookSecret", () -> {
            InstagramLoginBuilder builder = TestApp.builder();
            for (int i = 0; i < 4; i++) {
                builder.additionalWebhookSecret(Secret.of("s" + i));
            }
            builder.build();
        });
    }

    private static void assertRefused(String option, Runnable build) {
        String message =
                assertThrows(IllegalArgumentException.class, build::run).getMessage();
        assertTrue(message.contains(option), message);
    }

    @Test
    void adapter_namesPlatformAndRegistration() {
        assertEquals("instagram", TestApp.instagram().platform().name());
        assertEquals("990602627938098", TestApp.instagram().registration());
    }

    @Test
    void revocation_isLeftToThePerson() {
        RevocationAdapter revocation = TestApp.instagram().revocation();
        assertTrue(revocation.revoke(new TokenPair(Secret.of("t"), null)).isEmpty());
        assertFalse(revocation.needsLiveToken());
        assertTrue(revocation.removeAppGuidance().contains("https://www.instagram.com/accounts/manage_access/"));
        assertTrue(revocation.removeAppGuidance().contains("Apps and websites"));
    }

    @Test
    void callsAndAdapters_neverShowSecrets() {
        Instagram instagram = TestApp.instagram();
        Conversation<?> exchange = Conversation.of(instagram.oauth().exchange("AQBcode", null))
                .answer(200, "{\"access_token\":\"" + TestApp.TOKEN + "\"}");
        Conversation<?> commit = Conversation.of(instagram.publishing().commit(TestApp.committed()));
        List<HttpCall> calls = List.of(exchange.call(0), exchange.next(), commit.next());
        String shown = instagram + " " + calls + " " + calls.get(0).body() + TestApp.committed()
                + exchange.answer(200, "{\"access_token\":\"" + TestApp.TOKEN + "\"}")
                        .done();
        for (String secret : List.of(TestApp.SECRET, TestApp.TOKEN, "AQBcode", "sig=")) {
            assertFalse(shown.contains(secret), shown);
        }
    }

    @Test
    void reelOptions_outOfLimits_areRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> InstagramReelOptions.builder().thumbOffset(Duration.ofMillis(-1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> InstagramReelOptions.builder().audioName(" "));
        assertThrows(
                IllegalArgumentException.class,
                () -> InstagramImageOptions.builder().altText("x".repeat(1001)));
        assertEquals("true", InstagramReelOptions.builder().build().toMap().get("share_to_feed"));
    }
}
