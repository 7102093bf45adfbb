package io.linkspan.testkit.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.testkit.internal.Caller;
import io.linkspan.testkit.internal.Forms;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.sim.IssuedTokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TikTokOauthTest {

    private final TikTokBench bench = new TikTokBench();
    private final Browser browser = Browser.create();

    @AfterEach
    void stop() {
        bench.close();
    }

    private Forms callback(URI uri) {
        assertTrue(uri.toString().startsWith(TikTokBench.REDIRECT + "?"), uri.toString());
        return Forms.parse(uri.getRawQuery());
    }

    private String code() {
        bench.sim.autoConsent(bench.account);
        return callback(browser.allow(bench.consent("video.publish"), TikTokBench.REDIRECT))
                .text("code");
    }

    @Test
    void consentPage_allow_returnsCodeScopesAndState() throws Exception {
        bench.sim.addAccount("second");
        URI uri = browser.as("second")
                .without("video.upload")
                .allow(bench.consent("video.publish,video.upload"), TikTokBench.REDIRECT);
        Forms callback = callback(uri);
        assertEquals("st/1", callback.text("state"));
        assertEquals("user.info.basic,video.publish", callback.text("scopes"));
        assertTrue(callback.text("code").matches(".+\\*v!\\d{4}\\.s1"));
        assertTrue(uri.getRawQuery().contains("%2Av%21"));
        Caller.Reply reply = bench.exchange(callback.text("code"));
        assertEquals(200, reply.status());
        assertTrue(reply.json().path("access_token").asString().startsWith("act."));
        assertTrue(reply.json().path("refresh_token").asString().startsWith("rft."));
        assertTrue(reply.json().path("open_id").asString().startsWith("-000"));
        assertEquals(7200, reply.json().path("expires_in").asInt());
        assertEquals(15552000, reply.json().path("refresh_expires_in").asInt());
        assertEquals("user.info.basic,video.publish", reply.json().path("scope").asString());
        assertEquals("second", bench.sim.ledger().grants().get(0).account());
    }

    @Test
    void consentPage_deny_returnsAccessDenied() {
        Forms callback = callback(browser.deny(bench.consent("video.publish"), TikTokBench.REDIRECT));
        assertEquals("access_denied", callback.text("error"));
        assertEquals("st/1", callback.text("state"));
    }

    @Test
    void autoConsent_leavesOutDeniedScopes() {
        bench.account.denies("video.publish");
        bench.sim.autoConsent(bench.account);
        Forms callback = callback(browser.allow(bench.consent("video.publish,video.list"), TikTokBench.REDIRECT));
        assertEquals("user.info.basic,video.list", callback.text("scopes"));
    }

    @Test
    void authorize_withUnregisteredRedirect_neverComesBack() {
        URI uri = URI.create(bench.consent("video.publish").toString().replace("app.example", "evil.example"));
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> browser.allow(uri, "https://evil.example"));
        assertTrue(e.getMessage().contains("error_type=redirect_uri"), e.getMessage());
    }

    @Test
    void redirectUri_withPortWildcard_matchesPortsOnly() {
        bench.sim.addRedirectUri("http://127.0.0.1:*/callback/");
        bench.sim.autoConsent(bench.account);
        String consent = bench.consent("video.list").toString();
        String encoded = Forms.encode(TikTokBench.REDIRECT);
        String good = consent.replace(encoded, Forms.encode("http://127.0.0.1:4711/callback/"));
        assertTrue(browser.allow(URI.create(good), "http://127.0.0.1:4711/callback/")
                .getRawQuery()
                .contains("code="));
        String bad = consent.replace(encoded, Forms.encode("http://127.0.0.1:4711/x/callback/"));
        assertThrows(IllegalStateException.class, () -> browser.allow(URI.create(bad), "http://127.0.0.1"));
    }

    @Test
    void code_worksOnce() throws Exception {
        String code = code();
        assertEquals(200, bench.exchange(code).status());
        Caller.Reply second = bench.exchange(code);
        assertEquals(200, second.status());
        assertEquals("invalid_grant", second.error());
        assertFalse(second.json().path("log_id").asString().isEmpty());
    }

    @Test
    void code_withoutItsTail_isRefused() throws Exception {
        String code = code();
        assertEquals(
                "invalid_grant",
                bench.exchange(code.substring(0, code.indexOf('*'))).error());
    }

    @Test
    void code_withOtherRedirect_isRefused() throws Exception {
        assertEquals(
                "invalid_request",
                bench.token("grant_type", "authorization_code", "code", code(), "redirect_uri", "https://app.example/")
                        .error());
    }

    @Test
    void code_expires() throws Exception {
        String code = code();
        bench.clock.advance(Duration.ofMinutes(5));
        assertEquals("invalid_grant", bench.exchange(code).error());
    }

    @Test
    void token_withJsonBody_isRefused() throws Exception {
        Caller.Reply reply = bench.caller.send(bench.caller
                .to("/v2/oauth/token/")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"client_key\":\"key-1\"}")));
        assertEquals("invalid_request", reply.error());
    }

    @Test
    void token_withBadSecret_isInvalidClient() throws Exception {
        bench.sim.rules().oauthErrorStatus(401);
        Caller.Reply reply = bench.caller.form(
                "/v2/oauth/token/",
                "client_key",
                "key-1",
                "client_secret",
                "x",
                "grant_type",
                "refresh_token",
                "refresh_token",
                "y");
        assertEquals("invalid_client", reply.error());
        assertEquals(401, reply.status());
    }

    @Test
    void clientCredentials_giveClientToken() throws Exception {
        assertTrue(bench.token("grant_type", "client_credentials")
                .json()
                .path("access_token")
                .asString()
                .startsWith("clt."));
    }

    @Test
    void pkce_wantsHexNotBase64Url() throws Exception {
        String verifier = "tt-sdk-verifier_0123456789.ABCDEFGHIJKLMNOPQRSTUVWXYZ~abc";
        bench.sim.autoConsent(bench.account);
        assertEquals(
                "",
                exchangeWith(verifier, "6ffc48fe8ac8b26bb2164ef110595497f5a80b0b176492be580a4ca44f30f732")
                        .error());
        assertEquals(
                "invalid_request",
                exchangeWith(verifier, "b_xI_orIsmuyFk7xEFlUl_WoCwsXZJK-WApMpE8w9zI")
                        .error());
    }

    private Caller.Reply exchangeWith(String verifier, String challenge) throws Exception {
        URI consent = bench.consent("video.list", "code_challenge", challenge, "code_challenge_method", "S256");
        String code = callback(browser.allow(consent, TikTokBench.REDIRECT)).text("code");
        return bench.token(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                TikTokBench.REDIRECT,
                "code_verifier",
                verifier);
    }

    @Test
    void refresh_rotatesAndSpendingTheOldTokenKillsTheGrant() throws Exception {
        IssuedTokens first = bench.tokens();
        Caller.Reply second = bench.refresh(first.refreshToken());
        String access = second.json().path("access_token").asString();
        assertEquals("ok", info(access).code());
        assertEquals("access_token_invalid", info(first.accessToken()).code());
        assertEquals("invalid_grant", bench.refresh(first.refreshToken()).error());
        assertEquals("access_token_invalid", info(access).code());
        assertEquals(
                "invalid_grant",
                bench.refresh(second.json().path("refresh_token").asString()).error());
        assertFalse(bench.sim.ledger().grants().get(0).alive());
    }

    @Test
    void refresh_withoutStrictRotation_leavesTheGrantAlive() throws Exception {
        bench.sim.rules().strictRotation(false).refreshKillsAccessToken(false);
        IssuedTokens first = bench.tokens();
        assertEquals("", bench.refresh(first.refreshToken()).error());
        assertEquals("invalid_grant", bench.refresh(first.refreshToken()).error());
        assertEquals("ok", info(first.accessToken()).code());
    }

    @Test
    void refresh_doesNotMoveTheEndOfTheChain() throws Exception {
        IssuedTokens first = bench.tokens();
        bench.clock.advance(Duration.ofDays(100));
        Caller.Reply second = bench.refresh(first.refreshToken());
        assertEquals(
                Duration.ofDays(80).toSeconds(),
                second.json().path("refresh_expires_in").asLong());
        bench.clock.advance(Duration.ofDays(80));
        assertEquals(
                "invalid_grant",
                bench.refresh(second.json().path("refresh_token").asString()).error());
    }

    @Test
    void revoke_withExpiredToken_leavesTheGrantAlive() throws Exception {
        IssuedTokens tokens = bench.tokens();
        bench.clock.advance(Duration.ofHours(2));
        Caller.Reply refused = bench.revoke(tokens.accessToken());
        assertEquals(200, refused.status());
        assertEquals("invalid_grant", refused.error());
        Caller.Reply fresh = bench.refresh(tokens.refreshToken());
        Caller.Reply revoked = bench.revoke(fresh.json().path("access_token").asString());
        assertEquals(200, revoked.status());
        assertEquals("", revoked.response().body());
        assertEquals(
                "invalid_grant",
                bench.refresh(fresh.json().path("refresh_token").asString()).error());
    }

    @Test
    void userInfo_isAllOrNothing() throws Exception {
        String token = bench.sim.issueTokens(bench.account, "user.info.basic").accessToken();
        Caller.Reply good = bench.caller.get("/v2/user/info/?fields=open_id,display_name", token);
        assertEquals(
                bench.account.openId(), good.data().path("user").path("open_id").asString());
        Caller.Reply bad = bench.caller.get("/v2/user/info/?fields=open_id,username", token);
        assertEquals("scope_not_authorized", bad.code());
        assertEquals(401, bad.status());
        assertEquals("invalid_params", bench.caller.get("/v2/user/info/", token).code());
    }

    @Test
    void ledger_holdsNoSecret() throws Exception {
        assertEquals("", bench.exchange(code()).error());
        String json = bench.sim.ledger().toJson();
        assertTrue(bench.sim.secrets().size() >= 4);
        bench.sim.secrets().forEach(secret -> assertFalse(json.contains(secret)));
    }

    private Caller.Reply info(String token) throws Exception {
        return bench.caller.get("/v2/user/info/?fields=open_id", token);
    }
}
