package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Capability;
import io.linkspan.spi.AuthorizationRequest;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.Grant;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenEffect;
import io.linkspan.spi.TokenPair;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TikTokOAuthTest {
    private static final String VERIFIER = "tt-sdk-verifier_0123456789.ABCDEFGHIJKLMNOPQRSTUVWXYZ~abc";
    private static final String CHALLENGE = "6ffc48fe8ac8b26bb2164ef110595497f5a80b0b176492be580a4ca44f30f732";
    private static final String GRANT = "{\"access_token\":\"" + Fixtures.ACCESS
            + "\",\"expires_in\":7200,\"open_id\":\"-000SAMPLE\",\"refresh_expires_in\":15552000,\"refresh_token\":\""
            + Fixtures.REFRESH + "\",\"scope\":\"video.publish,user.info.basic\",\"token_type\":\"Bearer\"}";

    private final OAuthAdapter oauth = Fixtures.tiktok().oauth();

    @Test
    void authorizationUri_ofFreshLogin_hasTikToksParameters() {
        AuthorizationRequest request =
                new AuthorizationRequest("st-1", Set.of("video.publish", "user.info.basic"), null, true);
        assertEquals(
                "https://www.tiktok.com/v2/auth/authorize/?client_key=demo_client_key&response_type=code"
                        + "&scope=user.info.basic%2Cvideo.publish"
                        + "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback%2Ftiktok&state=st-1&disable_auto_auth=1",
                oauth.authorizationUri(request).toString());
    }

    @Test
    void authorizationUri_withWebPkce_hasHexChallenge() {
        OAuthAdapter pkce = Fixtures.builder().webPkce(true).build().oauth();
        assertTrue(pkce.usesPkce());
        String uri = pkce.authorizationUri(
                        new AuthorizationRequest("st", Set.of("user.info.basic"), Secret.of(VERIFIER), false))
                .toString();
        assertTrue(
                uri.endsWith("&disable_auto_auth=0&code_challenge=" + CHALLENGE + "&code_challenge_method=S256"), uri);
        assertFalse(uri.contains(VERIFIER), uri);
    }

    @Test
    void authorizationUri_withWebPkceAndWithoutVerifier_isRefused() {
        OAuthAdapter pkce = Fixtures.builder().webPkce(true).build().oauth();
        AuthorizationRequest request = new AuthorizationRequest("st", Set.of("user.info.basic"), null, false);
        assertThrows(IllegalArgumentException.class, () -> pkce.authorizationUri(request));
    }

    @Test
    void challenge_ofVector_isHexNotBase64() {
        assertEquals(CHALLENGE, Pkce.challenge(Secret.of(VERIFIER)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "0123456789012345678901234567890123456789+/+",
                "äöü0123456789012345678901234567890123456789"
            })
    void challenge_ofIllegalVerifier_isRefusedWithoutShowingIt(String verifier) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Pkce.challenge(Secret.of(verifier)));
        assertFalse(e.getMessage().contains(verifier));
    }

    @Test
    void scopes_ofCapabilities_areTheLeast() {
        assertEquals(Set.of("user.info.basic"), oauth.scopes(Set.of(Capability.READ_PROFILE)));
        assertEquals(Set.of("user.info.basic", "video.publish"), oauth.scopes(Set.of(Capability.PUBLISH_VIDEO)));
        assertEquals(
                Set.of("user.info.basic", "user.info.profile", "video.upload"),
                oauth.scopes(Set.of(Capability.PROFILE_LINK, Capability.DELIVER_DRAFT)));
    }

    @Test
    void scopes_withoutDisplayApi_neverAskForTheProfile() {
        OAuthAdapter without = Fixtures.builder().build().oauth();
        assertEquals(Set.of("user.info.basic"), without.scopes(Set.of(Capability.PROFILE_LINK)));
    }

    @Test
    void granted_ofPublishScopeAlone_deliversNoDraft() {
        assertEquals(
                Set.of(Capability.READ_PROFILE, Capability.PUBLISH_VIDEO, Capability.PUBLISH_PHOTO),
                oauth.granted(Set.of("user.info.basic", "video.publish")));
    }

    @Test
    void exchange_ofCode_sendsFormAndReadsGrant() {
        Script script = Script.of(Script.answer(200, GRANT));
        Grant grant = script.done(oauth.exchange("code*v!1234.s1", null));
        assertEquals("tiktok.token", script.call(0).operation());
        assertEquals(CallClass.CODE, script.call(0).callClass());
        assertEquals(
                "https://open.tiktokapis.com/v2/oauth/token/",
                script.call(0).uri().toString());
        assertEquals(
                java.util.Map.of(
                        "client_key",
                        Fixtures.KEY,
                        "client_secret",
                        Fixtures.SECRET,
                        "grant_type",
                        "authorization_code",
                        "code",
                        "code*v!1234.s1",
                        "redirect_uri",
                        Fixtures.REDIRECT.toString()),
                Script.form(script.call(0)));
        assertEquals(Fixtures.ACCESS, grant.tokens().access().reveal());
        assertEquals(Fixtures.REFRESH, grant.tokens().refresh().reveal());
        assertEquals(Duration.ofHours(2), grant.accessLife());
        assertEquals(Duration.ofDays(180), grant.refreshLife());
        assertEquals(Set.of("video.publish", "user.info.basic"), grant.scopes());
        assertEquals("-000SAMPLE", grant.accountId());
    }

    @Test
    void exchange_withWebPkce_sendsVerifier() {
        Script script = Script.of(Script.answer(200, GRANT));
        script.done(Fixtures.builder().webPkce(true).build().oauth().exchange("code", Secret.of(VERIFIER)));
        assertEquals(VERIFIER, Script.form(script.call(0)).get("code_verifier"));
    }

    @Test
    void refresh_ofPair_spendsRefreshTokenOnly() {
        Script script = Script.of(Script.answer(200, GRANT));
        script.done(oauth.renew(Fixtures.tokens()));
        assertEquals("tiktok.refresh", script.call(0).operation());
        assertEquals(CallClass.SPEND, script.call(0).callClass());
        assertEquals(
                java.util.Map.of(
                        "client_key", Fixtures.KEY,
                        "client_secret", Fixtures.SECRET,
                        "grant_type", "refresh_token",
                        "refresh_token", Fixtures.REFRESH),
                Script.form(script.call(0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401})
    void refresh_withReplacedToken_isRefusedInvalidGrant(int status) {
        Script script = Script.of(Script.oauthFailure(status, "invalid_grant", "Refresh token is invalid or expired."));
        PlatformError error = Script.refused(script.play(oauth.renew(Fixtures.tokens())));
        assertEquals("invalid_grant", error.code());
        assertEquals("L1", error.traceId());
        assertEquals(TokenEffect.DEAD, error.meaning().tokenEffect());
        assertTrue(error.definite());
    }

    @Test
    void refresh_withWrongSecret_keepsTheConnection() {
        Script script = Script.of(Script.oauthFailure(200, "invalid_client", "Client key or secret is incorrect."));
        PlatformError error = Script.refused(script.play(oauth.renew(Fixtures.tokens())));
        assertEquals(CauseClass.CONFIGURATION, error.meaning().causeClass());
        assertEquals(TokenEffect.NONE, error.meaning().tokenEffect());
    }

    @ParameterizedTest
    @CsvSource({
        "500, invalid_grant",
        "503, temporarily_unavailable",
        "200, server_error",
        "200, never_seen_code",
        "302, invalid_grant"
    })
    void refresh_withWeakAnswer_isUnclear(int status, String code) {
        Script script = Script.of(Script.oauthFailure(status, code, "?"));
        Outcome.Unclear<?> unclear = Script.unclear(script.play(oauth.renew(Fixtures.tokens())));
        assertFalse(unclear.error().definite());
        assertEquals(code, unclear.error().code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"access_token\":\"act.only\"}",
                "{\"access_token\":\"\",\"refresh_token\":\"rft.x\"}",
                "{\"access_token\":12,\"refresh_token\":\"rft.x\"}",
                "{\"access_token\":\"act.x\",\"refresh_token\":\"rf",
                "<html>busy</html>",
                "{\"data\":{\"access_token\":\"act.x\",\"refresh_token\":\"rft.x\"}}"
            })
    void refresh_withMalformedSuccess_isUnclear(String body) {
        Outcome<Grant> outcome = Script.of(Script.answer(200, body)).play(oauth.renew(Fixtures.tokens()));
        assertNull(Script.unclear(outcome).error());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1e9", "\"soon\"", "99999999999999999999", "9000000000", "null"})
    void refresh_withOddLifetime_keepsTheTokensAndTellsNoLife(String seconds) {
        String body = GRANT.replace("7200", seconds);
        Grant grant = Script.of(Script.answer(200, body)).done(oauth.renew(Fixtures.tokens()));
        assertNull(grant.accessLife());
        assertEquals(Fixtures.ACCESS, grant.tokens().access().reveal());
    }

    @Test
    void refresh_withoutAnswer_keepsWhatIsProven() {
        assertEquals(
                new Outcome.NotSent<Grant>("connection refused"),
                Script.of(new HttpResult.NotSent("connection refused")).play(oauth.renew(Fixtures.tokens())));
        assertEquals(
                new Outcome.Unclear<Grant>("timeout", null),
                Script.of(new HttpResult.Lost("timeout")).play(oauth.renew(Fixtures.tokens())));
    }

    @Test
    void refresh_withoutRefreshToken_isACallersMistake() {
        TokenPair pair = new TokenPair(Fixtures.access(), null);
        assertThrows(IllegalArgumentException.class, () -> oauth.renew(pair));
    }

    @Test
    void resume_ofStoredAnswer_readsTheSame() {
        Grant grant = Script.of().done(oauth.resume("tiktok.refresh", Script.answer(200, GRANT)));
        assertEquals(Fixtures.REFRESH, grant.tokens().refresh().reveal());
        HttpResult.Answered other = Script.answer(200, GRANT);
        assertThrows(IllegalArgumentException.class, () -> oauth.resume("tiktok.status", other));
    }

    @Test
    void renewal_ofTwoHours_isDueAQuarterBeforeTheEnd() {
        RenewalModel renewal = oauth.renewal();
        assertTrue(renewal.renewsExpired());
        assertEquals(
                Fixtures.NOW.plus(Duration.ofMinutes(90)),
                renewal.dueAt(Fixtures.NOW, Fixtures.NOW.plus(Duration.ofHours(2))));
    }
}
