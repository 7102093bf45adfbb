package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Capability;
import io.linkspan.spi.AccountAdapter;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CapabilityFinding;
import io.linkspan.spi.TokenEffect;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TikTokAccountsTest {
    private static final Set<String> PUBLISH = Set.of("user.info.basic", "video.publish");
    static final String CREATOR =
            "{\"creator_username\":\"demo\",\"creator_nickname\":\"Demo\",\"privacy_level_options\":"
                    + "[\"PUBLIC_TO_EVERYONE\",\"MUTUAL_FOLLOW_FRIENDS\",\"SELF_ONLY\"],\"comment_disabled\":false,"
                    + "\"duet_disabled\":false,\"stitch_disabled\":true,\"max_video_post_duration_sec\":600}";

    private final AccountAdapter accounts = Fixtures.tiktok().accounts();

    @Test
    void identify_withBasicScope_asksForCoveredFieldsOnly() {
        Script script = Script.of(Script.data(
                "{\"user\":{\"open_id\":\"-000A\",\"union_id\":\"U\",\"display_name\":\"Demo\",\"new\":{}}}"));
        AccountIdentity identity = script.done(accounts.identify(Fixtures.access(), Set.of("user.info.basic")));
        assertEquals(
                "https://open.tiktokapis.com/v2/user/info/?fields=open_id%2Cunion_id%2Cdisplay_name",
                script.call(0).uri().toString());
        assertEquals("Bearer " + Fixtures.ACCESS, script.call(0).headers().get("Authorization"));
        assertEquals("-000A", identity.id());
        assertEquals("", identity.handle());
        assertEquals("Demo", identity.displayName());
        assertEquals(java.util.Map.of("union_id", "U"), identity.attributes());
    }

    @Test
    void identify_withProfileScope_readsHandleAndLink() {
        Script script = Script.of(Script.data("{\"user\":{\"open_id\":\"_000A\",\"username\":\"demo\","
                + "\"bio_description\":\"hi\",\"profile_deep_link\":\"https://t/x\",\"is_verified\":false}}"));
        AccountIdentity identity =
                script.done(accounts.identify(Fixtures.access(), Set.of("user.info.basic", "user.info.profile")));
        assertTrue(script.call(0).uri().getQuery().contains("username,bio_description"));
        assertEquals("demo", identity.handle());
        assertEquals("hi", identity.attributes().get("bio_description"));
        assertEquals("false", identity.attributes().get("is_verified"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"user\":{}}", "{\"user\":{\"open_id\":\"\"}}", "{\"user\":{\"open_id\":7}}", "null"})
    void identify_withoutOpenId_isUnclear(String data) {
        Script script = Script.of(Script.data(data));
        Script.unclear(script.play(accounts.identify(Fixtures.access(), PUBLISH)));
    }

    @Test
    void identify_withEndedToken_asksForRenewal() {
        Script script = Script.of(Script.failure(401, "access_token_invalid", "The access token is invalid"));
        assertEquals(
                TokenEffect.RENEW,
                Script.refused(script.play(accounts.identify(Fixtures.access(), PUBLISH)))
                        .meaning()
                        .tokenEffect());
    }

    @Test
    void probe_withoutPublishScope_asksNothing() {
        Script script = Script.of();
        assertEquals(
                List.of(),
                script.done(accounts.probe(Fixtures.access(), Fixtures.account(""), Set.of("user.info.basic"))));
        assertEquals(0, script.count());
    }

    @Test
    void probe_ofWorkingAccount_findsBothOk() {
        List<CapabilityFinding> findings = probe(accounts, Script.data(CREATOR));
        assertEquals(
                List.of(Capability.PUBLISH_VIDEO, Capability.PUBLISH_PHOTO),
                findings.stream().map(CapabilityFinding::capability).toList());
        for (CapabilityFinding finding : findings) {
            assertEquals("ok", finding.code());
            assertEquals("tiktok.creator_info", finding.source());
            assertNull(finding.blockedBy());
            assertEquals(
                    "TikTok takes posts of @demo now; privacy levels PUBLIC_TO_EVERYONE, MUTUAL_FOLLOW_FRIENDS,"
                            + " SELF_ONLY; videos up to 600 s; stitches are off.",
                    finding.detail());
        }
    }

    @Test
    void probe_ofUnauditedApp_tellsTheRuleAndThatThisAccountIsPublic() {
        AccountAdapter unaudited = Fixtures.builder().build().accounts();
        String detail = probe(unaudited, Script.data(CREATOR)).get(0).detail();
        assertTrue(detail.contains("not audited"), detail);
        assertTrue(detail.contains("This account is public now"), detail);
        String hidden = probe(unaudited, Script.data(CREATOR.replace("PUBLIC_TO_EVERYONE", "FOLLOWER_OF_CREATOR")))
                .get(0)
                .detail();
        assertFalse(hidden.contains("This account is public now"), hidden);
    }

    @ParameterizedTest
    @CsvSource({
        "200, spam_risk_too_many_posts, PERSON",
        "200, spam_risk_user_banned_from_posting, PERSON",
        "200, reached_active_user_cap, OPERATOR",
        "401, scope_not_authorized, PERSON"
    })
    void probe_ofBlockedAccount_isAFindingWithRemedy(int status, String code, Actor actor) {
        for (CapabilityFinding finding : probe(accounts, Script.failure(status, code, "no"))) {
            assertEquals(code, finding.code());
            assertEquals(actor, finding.blockedBy().actor());
            assertTrue(finding.detail().contains(finding.blockedBy().remedy()));
        }
    }

    @ParameterizedTest
    @CsvSource({"401, access_token_invalid", "429, rate_limit_exceeded"})
    void probe_refusedForTheQuestion_isNoFinding(int status, String code) {
        Script script = Script.of(Script.failure(status, code, "no"));
        assertEquals(
                code,
                Script.refused(script.play(accounts.probe(Fixtures.access(), Fixtures.account(""), PUBLISH)))
                        .code());
    }

    @Test
    void probe_withoutOptions_isUnclear() {
        Script script = Script.of(Script.data("{\"creator_username\":\"demo\"}"));
        Script.unclear(script.play(accounts.probe(Fixtures.access(), Fixtures.account(""), PUBLISH)));
    }

    private static List<CapabilityFinding> probe(AccountAdapter accounts, io.linkspan.spi.HttpResult answer) {
        return Script.of(answer).done(accounts.probe(Fixtures.access(), Fixtures.account("demo"), PUBLISH));
    }
}
