package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Capability;
import io.linkspan.spi.AuthorizationRequest;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.Grant;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenEffect;
import io.linkspan.spi.TokenPair;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthFlowTest {
    private static final String WRAPPED =
            "{\"data\":[{\"access_token\":\"IGAAshort\",\"user_id\":\"27000000000000001\",\"permissions\":"
                    + "\"instagram_business_basic,instagram_business_content_publish\"}]}";
    private static final String FLAT = "{\"access_token\":\"IGAAshort\",\"user_id\":27000000000000001,\"permissions\":"
            + "[\"instagram_business_basic\",\"instagram_business_content_publish\"]}";
    private static final String LONG =
            "{\"access_token\":\"IGAAlong\",\"token_type\":\"bearer\",\"expires_in\":5183944}";
    private static final Set<String> BOTH = Set.of("instagram_business_basic", "instagram_business_content_publish");

    private final OAuthAdapter oauth = TestApp.instagram().oauth();

    @Test
    void authorizationUri_plain_hasTheDocumentedParametersAndNoPkce() {
        URI uri = oauth.authorizationUri(new AuthorizationRequest("st&te", BOTH, null, false));
        assertTrue(uri.toString().startsWith("https://www.instagram.com/oauth/authorize?"), uri.toString());
        assertEquals(
                Map.of(
                        "client_id", "990602627938098",
                        "redirect_uri", "https://app.example/oauth/instagram",
                        "response_type", "code",
                        "scope", "instagram_business_basic,instagram_business_content_publish",
                        "state", "st&te"),
                TestApp.query(uri));
        assertFalse(oauth.usesPkce());
    }

    @Test
    void authorizationUri_freshLogin_forcesReauthentication() {
        Map<String, String> query =
                TestApp.query(oauth.authorizationUri(new AuthorizationRequest("s", BOTH, null, true)));
        assertEquals("true", query.get("force_reauth"));
        assertEquals("false", query.get("enable_fb_login"));
    }

    @Test
    void scopes_forPublishing_areBasicAndPublish() {
        assertEquals(BOTH, oauth.scopes(Set.of(Capability.PUBLISH_VIDEO)));
        assertEquals(Set.of("instagram_business_basic"), oauth.scopes(Set.of(Capability.PROFILE_LINK)));
    }

    @Test
    void granted_withoutBasic_isNothing() {
        assertEquals(Set.of(), oauth.granted(Set.of("instagram_business_content_publish")));
        assertEquals(Set.of(Capability.READ_PROFILE), oauth.granted(Set.of("instagram_business_basic")));
        assertEquals(
                Set.of(Capability.READ_PROFILE, Capability.PUBLISH_VIDEO, Capability.PUBLISH_PHOTO),
                oauth.granted(BOTH));
    }

    @ParameterizedTest
    @ValueSource(strings = {WRAPPED, FLAT})
    void exchange_eitherShape_keepsPermissionsAndAccountOfTheFirstAnswer(String first) {
        Conversation<Grant> talk = Conversation.of(oauth.exchange("AQB#_", null))
                .answer(200, first)
                .answer(200, LONG);
        Grant grant = talk.done();
        assertEquals("IGAAlong", grant.tokens().access().reveal());
        assertNull(grant.tokens().refresh());
        assertEquals(Duration.ofSeconds(5183944), grant.accessLife());
        assertEquals(BOTH, grant.scopes());
        assertEquals("27000000000000001", grant.accountId());
    }

    @Test
    void exchange_sendsTheCodeOnceAndBuysTheLongLivedTokenOnce() {
        Conversation<Grant> talk =
                Conversation.of(oauth.exchange("AQB#_", null)).answer(200, FLAT).answer(200, LONG);
        assertEquals("instagram.token", talk.call(0).operation());
        assertEquals(CallClass.CODE, talk.call(0).callClass());
        assertEquals("POST", talk.call(0).method());
        assertEquals(
                "https://api.instagram.com/oauth/access_token",
                talk.call(0).uri().toString());
        assertEquals(
                Map.of(
                        "client_id", "990602627938098",
                        "client_secret", TestApp.SECRET,
                        "grant_type", "authorization_code",
                        "redirect_uri", "https://app.example/oauth/instagram",
                        "code", "AQB"),
                TestApp.form(talk.call(0)));
        assertEquals("instagram.long_lived_token", talk.call(1).operation());
        assertEquals(CallClass.SPEND, talk.call(1).callClass());
        assertEquals("graph.instagram.com", talk.call(1).uri().getHost());
        assertEquals("/access_token", talk.call(1).uri().getPath());
        assertEquals(
                Map.of(
                        "grant_type", "ig_exchange_token",
                        "client_secret", TestApp.SECRET,
                        "access_token", "IGAAshort"),
                TestApp.query(talk.call(1).uri()));
    }

    @Test
    void exchange_withUsedCode_isRefusedForThePerson() {
        Conversation<Grant> talk = Conversation.of(oauth.exchange("AQB", null)).answer(400, Samples.CODE_USED);
        assertEquals("400", talk.refused().code());
        assertTrue(talk.refused().meaning().remedy().contains("works once"));
    }

    @Test
    void exchange_withMixedCredentials_isRefusedForTheOperator() {
        String body = "{\"error_type\":\"OAuthException\",\"code\":400,\"error_message\":\"Invalid platform app\"}";
        Conversation<Grant> talk = Conversation.of(oauth.exchange("AQB", null)).answer(400, body);
        assertEquals(
                io.linkspan.spi.CauseClass.CONFIGURATION,
                talk.refused().meaning().causeClass());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"access_token\":7}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":\"a\\nb\"}",
                "{\"data\":[]}",
                "{\"data\":[{\"access_token\":\"a\"},{\"access_token\":\"b\"}]}",
                "<html>"
            })
    void exchange_malformedSuccess_isUnclear(String body) {
        Conversation.of(oauth.exchange("AQB", null)).answer(200, body).unclear();
    }

    @Test
    void exchange_redirectAnswer_isUnclear() {
        Conversation.of(oauth.exchange("AQB", null)).answer(302, FLAT).unclear();
    }

    @Test
    void exchange_notSent_isNotSent() {
        Conversation<Grant> talk =
                Conversation.of(oauth.exchange("AQB", null)).answer(new HttpResult.NotSent("connection refused"));
        assertInstanceOf(Outcome.NotSent.class, talk.outcome());
    }

    @Test
    void exchange_lostAtTheSecondCall_isUnclearAndResumesFromTheFirst() {
        Conversation<Grant> lost =
                Conversation.of(oauth.exchange("AQB", null)).answer(200, FLAT).answer(new HttpResult.Lost("timeout"));
        lost.unclear();
        Grant grant = Conversation.of(oauth.resume("instagram.token", Conversation.json(200, FLAT)))
                .answer(200, LONG)
                .done();
        assertEquals(BOTH, grant.scopes());
        assertEquals("IGAAlong", grant.tokens().access().reveal());
    }

    @Test
    void resume_fromTheLongLivedAnswer_knowsNeitherScopesNorAccount() {
        Grant grant = Conversation.of(oauth.resume("instagram.long_lived_token", Conversation.json(200, LONG)))
                .done();
        assertEquals("IGAAlong", grant.tokens().access().reveal());
        assertNull(grant.scopes());
        assertNull(grant.accountId());
    }

    @Test
    void resume_ofAnUnknownOperation_isUnclear() {
        Conversation.of(oauth.resume("instagram.other", Conversation.json(200, LONG)))
                .unclear();
    }

    @Test
    void renew_sendsTheTokenOnceWithoutSecret() {
        Conversation<Grant> talk = Conversation.of(renew()).answer(200, LONG);
        assertEquals(CallClass.SPEND, talk.call(0).callClass());
        assertEquals("instagram.refresh", talk.call(0).operation());
        assertEquals("/refresh_access_token", talk.call(0).uri().getPath());
        assertEquals(
                Map.of("grant_type", "ig_refresh_token", "access_token", "IGAAold"),
                TestApp.query(talk.call(0).uri()));
        assertNull(talk.done().scopes());
    }

    @Test
    void renew_withPermissions_tellsThemUnlessBlank() {
        String told =
                "{\"access_token\":\"IGAAnew\",\"expires_in\":5127758,\"permissions\":\"instagram_business_basic\"}";
        assertEquals(
                Set.of("instagram_business_basic"),
                Conversation.of(renew()).answer(200, told).done().scopes());
        String blank = "{\"access_token\":\"IGAAnew\",\"expires_in\":5127758,\"permissions\":\"\"}";
        assertNull(Conversation.of(renew()).answer(200, blank).done().scopes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"expires_in\":0",
                ",\"expires_in\":-5",
                ",\"expires_in\":99999999999",
                ",\"expires_in\":\"x\""
            })
    void renew_withoutUsableLife_takesSixtyDays(String life) {
        Grant grant = Conversation.of(renew())
                .answer(200, "{\"access_token\":\"IGAAnew\"" + life + "}")
                .done();
        assertEquals(Duration.ofDays(60), grant.accessLife());
    }

    @Test
    void renew_ofAnExpiredToken_isDead() {
        assertEquals(
                TokenEffect.DEAD,
                Conversation.of(renew())
                        .answer(400, Samples.EXPIRED)
                        .refused()
                        .meaning()
                        .tokenEffect());
    }

    @Test
    void renew_serverError_isUnclear() {
        Conversation.of(renew()).answer(500, Samples.UNAVAILABLE).unclear();
    }

    @Test
    void renewal_isExtensionAfterADay() {
        assertEquals(new RenewalModel.Extension(Duration.ofHours(24), Duration.ofDays(30)), oauth.renewal());
    }

    private io.linkspan.spi.Flow<Grant> renew() {
        return oauth.renew(new TokenPair(Secret.of("IGAAold"), null));
    }
}
