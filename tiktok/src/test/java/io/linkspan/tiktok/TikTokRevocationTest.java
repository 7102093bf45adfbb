package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.RevocationAdapter.Revoked;
import io.linkspan.spi.TokenEffect;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TikTokRevocationTest {
    private final RevocationAdapter revocation = Fixtures.tiktok().revocation();

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{}", "{\"log_id\":\"L\"}", "{\"error\":\"\"}"})
    void revoke_answeredWithNothing_isDone(String body) {
        Script script = Script.of(Script.answer(200, body));
        assertEquals(new Revoked(), script.done(flow()));
        assertEquals("tiktok.revoke", script.call(0).operation());
        assertEquals(CallClass.REVOKE, script.call(0).callClass());
        assertEquals(
                Map.of("client_key", Fixtures.KEY, "client_secret", Fixtures.SECRET, "token", Fixtures.ACCESS),
                Script.form(script.call(0)));
    }

    @Test
    void revoke_withEndedToken_isRefusedAndAsksForRenewal() {
        Script script = Script.of(Script.oauthFailure(200, "invalid_grant", "Access token is invalid or expired."));
        PlatformError error = Script.refused(script.play(flow()));
        assertEquals("invalid_grant", error.code());
        assertEquals(TokenEffect.RENEW, error.meaning().tokenEffect());
        assertTrue(revocation.needsLiveToken());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "\"ok\""})
    void revoke_answeredWithSomethingElse_isUnclear(String body) {
        Script.unclear(Script.of(Script.answer(200, body)).play(flow()));
    }

    @Test
    void revoke_answered502_isUnclear() {
        assertEquals(
                "http_502",
                Script.unclear(Script.of(Script.answer(502, "")).play(flow()))
                        .error()
                        .code());
    }

    @Test
    void guidance_namesTheMenus() {
        assertTrue(revocation.removeAppGuidance().contains("Apps and services permissions"));
        assertTrue(revocation.removeProfileLinkGuidance().contains("Edit profile"));
    }

    private Flow<Revoked> flow() {
        return revocation.revoke(Fixtures.tokens()).orElseThrow();
    }
}
