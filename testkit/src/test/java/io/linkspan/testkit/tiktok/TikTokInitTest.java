package io.linkspan.testkit.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.testkit.internal.Caller;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TikTokInitTest {

    private final TikTokBench bench = new TikTokBench();
    private final String token = bench.tokens().accessToken();

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource({
        "64000001,64000000,1",
        "121000000,64000000,1",
        "65000000,60000000,2",
        "8000000,4000000,2",
        "160000000,80000000,2",
        "70000000,70000000,1",
        "10000000,10000000,0",
        "10010000000,10000000,1001"
    })
    void illegalChunks_areRefused(long size, long chunk, long count) throws Exception {
        Caller.Reply reply = bench.init(token, "SELF_ONLY", "", size, chunk, count);
        assertEquals(400, reply.status());
        assertEquals("invalid_params", reply.code());
    }

    @ParameterizedTest
    @CsvSource({
        "4194304,4194304,1",
        "50000123,10000000,5",
        "64000000,64000000,1",
        "64000001,32000000,2",
        "150000000,32000000,4",
        "602285541,32000000,18",
        "4294967296,32000000,134",
        "67108864,67108864,1",
        "200000000,67108864,2"
    })
    void legalChunks_areAccepted(long size, long chunk, long count) throws Exception {
        assertEquals(
                "ok", bench.init(token, "SELF_ONLY", "", size, chunk, count).code());
    }

    @Test
    void strictChunks_refuseWhatIsLegalInOneReadingOnly() throws Exception {
        bench.sim.rules().strictChunks(true);
        assertEquals(
                "invalid_params",
                bench.init(token, "SELF_ONLY", "", 67108864, 67108864, 1).code());
        assertEquals(
                "ok", bench.init(token, "SELF_ONLY", "", 64000000, 64000000, 1).code());
    }

    @Test
    void unauditedApp_postsOnlyToPrivateAccounts() throws Exception {
        bench.sim.rules().audited(false);
        Caller.Reply refused = bench.init(token, "SELF_ONLY", "", 10, 10, 1);
        assertEquals(403, refused.status());
        assertEquals("unaudited_client_can_only_post_to_private_accounts", refused.code());
        bench.account.privateAccount(true);
        assertEquals("ok", bench.init(token, "SELF_ONLY", "", 10, 10, 1).code());
    }

    @Test
    void unauditedApp_hasFiveUsersADay() throws Exception {
        bench.sim.rules().audited(false);
        for (int i = 0; i < 5; i++) {
            TikTokAccount other = bench.sim.addAccount("user" + i).privateAccount(true);
            assertEquals(
                    "ok",
                    bench.init(bench.sim.issueTokens(other).accessToken(), "SELF_ONLY", "", 10, 10, 1)
                            .code());
        }
        bench.account.privateAccount(true);
        assertEquals(
                "reached_active_user_cap",
                bench.init(token, "SELF_ONLY", "", 10, 10, 1).code());
    }

    @Test
    void privacy_mustBeAnOptionOfTheAccount() throws Exception {
        assertEquals(
                "privacy_level_option_mismatch",
                bench.init(token, "FOLLOWER_OF_CREATOR", "", 10, 10, 1).code());
        assertEquals(
                "invalid_params", bench.init(token, "EVERYBODY", "", 10, 10, 1).code());
    }

    @Test
    void title_countsUtf16Units() throws Exception {
        assertEquals(
                "ok",
                bench.init(token, "SELF_ONLY", "😀".repeat(1100), 10, 10, 1).code());
        assertEquals(
                "invalid_params",
                bench.init(token, "SELF_ONLY", "😀".repeat(1100) + "x", 10, 10, 1)
                        .code());
    }

    @Test
    void inits_shareSixPerMinute() throws Exception {
        for (int i = 0; i < 6; i++) {
            assertEquals("ok", bench.init(token, "SELF_ONLY", "", 10, 10, 1).code());
        }
        Caller.Reply refused = bench.caller.json(
                "/v2/post/publish/inbox/video/init/", token, "{" + TikTokBench.source(10, 10, 1) + "}");
        assertEquals(429, refused.status());
        assertEquals("rate_limit_exceeded", refused.code());
        bench.clock.advance(Duration.ofMinutes(1));
        assertEquals("ok", bench.init(token, "SELF_ONLY", "", 10, 10, 1).code());
    }

    @Test
    void tooManyPosts_isHttp200AtCreatorInfoAnd403AtInit() throws Exception {
        bench.account.postsPerDay(1);
        assertEquals("ok", bench.init(token, "SELF_ONLY", "", 10, 10, 1).code());
        Caller.Reply info = bench.caller.json("/v2/post/publish/creator_info/query/", token, "");
        assertEquals(200, info.status());
        assertEquals("spam_risk_too_many_posts", info.code());
        Caller.Reply init = bench.init(token, "SELF_ONLY", "", 10, 10, 1);
        assertEquals(403, init.status());
        assertEquals("spam_risk_too_many_posts", init.code());
    }

    @Test
    void creatorInfo_showsTheAccount() throws Exception {
        bench.account.privateAccount(true).displayName("Demo").maxVideoDuration(Duration.ofMinutes(3));
        Caller.Reply info = bench.caller.json("/v2/post/publish/creator_info/query/", token, "");
        assertEquals(
                "FOLLOWER_OF_CREATOR",
                info.data().path("privacy_level_options").path(0).asString());
        assertTrue(info.data().path("duet_disabled").asBoolean());
        assertEquals(180, info.data().path("max_video_post_duration_sec").asInt());
        assertEquals("Demo", info.data().path("creator_nickname").asString());
    }

    @Test
    void inbox_wantsItsOwnScope() throws Exception {
        String publishOnly =
                bench.sim.issueTokens(bench.account, "video.publish").accessToken();
        Caller.Reply reply = bench.caller.json(
                "/v2/post/publish/inbox/video/init/", publishOnly, "{" + TikTokBench.source(10, 10, 1) + "}");
        assertEquals(401, reply.status());
        assertEquals("scope_not_authorized", reply.code());
    }

    @Test
    void photos_areCheckedAndPulledFromVerifiedUrlsOnly() throws Exception {
        String body = "{\"media_type\":\"PHOTO\",\"post_mode\":\"DIRECT_POST\",\"post_info\":{\"title\":\"%s\","
                + "\"privacy_level\":\"SELF_ONLY\"},\"source_info\":{\"source\":\"PULL_FROM_URL\","
                + "\"photo_cover_index\":0,\"photo_images\":[\"https://media.example/a.jpg\"]}}";
        assertEquals(
                "url_ownership_unverified",
                bench.caller
                        .json("/v2/post/publish/content/init/", token, body.formatted("x"))
                        .code());
        assertEquals(
                "invalid_params",
                bench.caller
                        .json("/v2/post/publish/content/init/", token, body.formatted("x".repeat(91)))
                        .code());
    }

    @Test
    void everyAnswer_hasALogId() throws Exception {
        Caller.Reply reply = bench.init("nonsense", "SELF_ONLY", "", 10, 10, 1);
        assertEquals("access_token_invalid", reply.code());
        String logId = reply.json().path("error").path("log_id").asString();
        assertEquals(List.of(logId), reply.response().headers().allValues("x-tt-logid"));
    }
}
