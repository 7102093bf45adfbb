package io.linkspan.testkit.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.testkit.internal.Caller;
import io.linkspan.testkit.internal.Forms;
import io.linkspan.testkit.internal.Receiver;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.sim.Signatures;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstagramOauthTest {

    private final InstagramBench bench = new InstagramBench();
    private final Browser browser = Browser.create();

    @AfterEach
    void stop() {
        bench.close();
    }

    private String code() {
        bench.sim.autoConsent(bench.account);
        URI uri = browser.allow(bench.consent(InstagramBench.SCOPES), InstagramBench.REDIRECT);
        return Forms.parse(uri.getRawQuery()).text("code");
    }

    @Test
    void consentPage_allow_comesBackWithFragment() throws Exception {
        URI uri = browser.without("instagram_business_content_publish")
                .allow(bench.consent(InstagramBench.SCOPES), InstagramBench.REDIRECT);
        assertEquals("_", uri.getFragment());
        Forms callback = Forms.parse(uri.getRawQuery());
        assertEquals("st/1", callback.text("state"));
        Caller.Reply reply = bench.exchange(callback.text("code"), InstagramBench.REDIRECT);
        assertTrue(reply.json().path("access_token").asString().startsWith("IGAA"));
        assertTrue(reply.json().path("user_id").isNumber());
        assertEquals(bench.account.scopedId(), reply.json().path("user_id").asString());
        assertEquals(1, reply.json().path("permissions").size());
    }

    @Test
    void consentPage_deny_saysWhy() {
        URI uri = browser.deny(bench.consent(InstagramBench.SCOPES), InstagramBench.REDIRECT);
        assertEquals(
                "error=access_denied&error_reason=user_denied"
                        + "&error_description=The+user+denied+your+request&state=st%2F1",
                uri.getRawQuery());
    }

    @Test
    void authorize_ofPersonalAccountOrBadApp_neverComesBack() {
        bench.account.personal(true);
        assertThrows(
                IllegalStateException.class,
                () -> browser.allow(bench.consent(InstagramBench.SCOPES), InstagramBench.REDIRECT));
        URI bad = URI.create(bench.consent(InstagramBench.SCOPES).toString().replace("client_id=4711", "client_id=1"));
        assertThrows(IllegalStateException.class, () -> browser.allow(bad, InstagramBench.REDIRECT));
        assertThrows(
                IllegalStateException.class,
                () -> browser.allow(bench.consent("business_basic"), InstagramBench.REDIRECT));
    }

    @Test
    void code_worksOnceWithTheSameRedirectForAnHour() throws Exception {
        String code = code();
        assertEquals(200, bench.exchange(code, InstagramBench.REDIRECT).status());
        Caller.Reply again = bench.exchange(code, InstagramBench.REDIRECT);
        assertEquals(400, again.status());
        assertEquals(
                "Matching code was not found or was already used",
                again.json().path("error_message").asString());
        assertEquals(400, bench.exchange(code(), InstagramBench.REDIRECT + "/").status());
        String late = code();
        bench.clock.advance(Duration.ofHours(1));
        assertEquals(400, bench.exchange(late, InstagramBench.REDIRECT).status());
    }

    @Test
    void exchange_inItsOtherShape() throws Exception {
        bench.sim
                .rules()
                .wrappedExchange(true)
                .permissionsAsText(true)
                .userIdAsText(true)
                .exchangeTellsProfessionalId(true);
        Caller.Reply reply = bench.exchange(code(), InstagramBench.REDIRECT);
        assertEquals(
                bench.account.userId(), reply.data().path(0).path("user_id").asString());
        assertTrue(reply.data().path(0).path("user_id").isString());
        assertEquals(
                InstagramBench.SCOPES, reply.data().path(0).path("permissions").asString());
    }

    @Test
    void shortToken_becomesLong() throws Exception {
        String shortToken = bench.exchange(code(), InstagramBench.REDIRECT)
                .json()
                .path("access_token")
                .asString();
        String path = "/access_token?grant_type=ig_exchange_token&client_secret=%s&access_token=" + shortToken;
        Caller.Reply reply = bench.caller.get(path.formatted("secret-1"), "");
        assertEquals(5183944, reply.json().path("expires_in").asInt());
        assertEquals("bearer", reply.json().path("token_type").asString());
        assertEquals("101/-", bench.caller.get(path.formatted("bad"), "").graph());
        bench.clock.advance(Duration.ofHours(1));
        assertEquals("190/463", bench.caller.get(path.formatted("secret-1"), "").graph());
    }

    @Test
    void refresh_wantsAgeAndLifeAndReturnsANewToken() throws Exception {
        String token = bench.token();
        assertEquals("100/-", bench.refresh(token).graph());
        bench.clock.advance(Duration.ofHours(24));
        Caller.Reply reply = bench.refresh(token);
        String fresh = reply.json().path("access_token").asString();
        assertNotEquals(token, fresh);
        assertTrue(reply.json().path("permissions").asString().contains("instagram_business_basic"));
        assertEquals("190/467", bench.me(token, "id").graph());
        assertEquals(200, bench.me(fresh, "id").status());
        bench.clock.advance(Duration.ofDays(60));
        assertEquals("190/463", bench.refresh(fresh).graph());
    }

    @Test
    void me_refusesUnknownFields() throws Exception {
        String token = bench.token();
        Caller.Reply reply = bench.me(token, "user_id,username,account_type");
        assertEquals(bench.account.userId(), reply.json().path("user_id").asString());
        assertEquals(bench.account.scopedId(), reply.json().path("id").asString());
        assertEquals("BUSINESS", reply.json().path("account_type").asString());
        assertEquals("100/-", bench.me(token, "user_id,expires_at").graph());
        bench.sim.rules().wrappedMe(true);
        assertEquals(
                "shop",
                bench.me(token, "username").data().path(0).path("username").asString());
    }

    @Test
    void tokenTrouble_inAllItsForms() throws Exception {
        String token = bench.token();
        bench.account.checkpointed(true);
        Caller.Reply checkpoint = bench.me(token, "id");
        assertEquals("190/0", checkpoint.graph());
        assertTrue(checkpoint.response().body().contains("www.instagram.com"));
        bench.account.checkpointed(false);
        assertEquals(200, bench.me(token, "id").status());
        bench.sim.rules().appBlocked(true);
        assertEquals(
                "API access blocked.",
                bench.me(token, "id").json().path("error").path("message").asString());
        bench.sim.rules().appBlocked(false);
        bench.sim.invalidateTokens(bench.account, 460);
        assertEquals("190/460", bench.me(token, "id").graph());
        assertEquals("190/-", bench.me("nonsense", "id").graph());
    }

    @Test
    void revoke_doesNotExist() throws Exception {
        String token = bench.token();
        Caller.Reply reply = bench.caller.send(bench.caller
                .to("/v26.0/me/permissions")
                .header("Authorization", "Bearer " + token)
                .DELETE());
        assertEquals("100/-", reply.graph());
        assertEquals(200, bench.me(token, "id").status());
    }

    @Test
    void removeApp_killsTokensAndSendsSignedRequest() throws Exception {
        try (Receiver receiver = new Receiver(new byte[1])) {
            bench.sim.deauthorizeUri(receiver.uri("/hook"));
            String token = bench.token();
            bench.sim.removeApp(bench.account);
            assertEquals("190/458", bench.me(token, "id").graph());
            assertTrue(bench.sim.webhooks().await(Duration.ofSeconds(10)));
            long now = bench.clock.instant().getEpochSecond();
            String payload = "{\"algorithm\":\"HMAC-SHA256\",\"expires\":" + (now + 3600) + ",\"issued_at\":" + now
                    + ",\"user_id\":\"" + bench.account.scopedId() + "\"}";
            assertEquals(
                    Signatures.signedRequest("secret-1", payload),
                    Forms.parse(receiver.bodies().get(0)).text("signed_request"));
            assertFalse(bench.sim.ledger().grants().get(0).alive());
        }
    }
}
