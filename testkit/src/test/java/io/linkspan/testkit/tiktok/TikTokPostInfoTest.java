package io.linkspan.testkit.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.spi.HttpResult;
import io.linkspan.testkit.internal.Direct;
import io.linkspan.testkit.sim.Ledger;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TikTokPostInfoTest {

    private final TikTokDesk desk = new TikTokDesk();

    private static String info(String more) {
        return "{\"privacy_level\":\"SELF_ONLY\"" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    @Test
    void everyField_isKeptInTheLedger() {
        desk.upload(desk.video("{\"title\":\"hello\",\"privacy_level\":\"PUBLIC_TO_EVERYONE\",\"disable_duet\":true,"
                + "\"disable_stitch\":false,\"disable_comment\":true,\"video_cover_timestamp_ms\":1000,"
                + "\"brand_content_toggle\":true,\"brand_organic_toggle\":false,\"is_aigc\":true}"));
        Ledger.Post post = desk.sim.ledger().posts().get(0);
        assertEquals("hello", post.text());
        assertEquals(
                Map.of(
                        "privacy_level",
                        "PUBLIC_TO_EVERYONE",
                        "disable_duet",
                        "true",
                        "disable_stitch",
                        "false",
                        "disable_comment",
                        "true",
                        "video_cover_timestamp_ms",
                        "1000",
                        "brand_content_toggle",
                        "true",
                        "brand_organic_toggle",
                        "false",
                        "is_aigc",
                        "true"),
                post.details());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"disable_duet\":\"true\"",
                "\"disable_stitch\":1",
                "\"disable_comment\":\"no\"",
                "\"brand_content_toggle\":0",
                "\"brand_organic_toggle\":[]",
                "\"is_aigc\":{}",
                "\"video_cover_timestamp_ms\":\"1000\"",
                "\"title\":5",
                "\"auto_add_music\":true",
                "\"description\":\"x\"",
                "\"schedule_time\":5"
            })
    void wrongFields_areRefused(String field) {
        HttpResult refused = desk.video(info(field));
        assertEquals(400, Direct.answer(refused).status());
        assertEquals("invalid_params", Direct.code(refused));
    }

    @Test
    void unknownFields_passWhenTheRulesSaySo() {
        desk.sim.rules().unknownFieldsIgnored(true);
        assertEquals("ok", Direct.code(desk.video(info("\"schedule_time\":5"))));
    }

    @Test
    void privacy_isRequired() {
        assertEquals("invalid_params", Direct.code(desk.video("{}")));
    }

    @Test
    void brandedContent_cannotBePrivate_unlessTheRulesSaySo() {
        String branded = info("\"brand_content_toggle\":true");
        assertEquals("invalid_params", Direct.code(desk.video(branded)));
        assertEquals("ok", Direct.code(desk.video(info("\"brand_organic_toggle\":true"))));
        desk.sim.rules().brandedPrivateRefused(false);
        assertEquals("ok", Direct.code(desk.video(branded)));
    }

    @Test
    void bannedPerson_cannotPostOrDraft() {
        desk.account.bannedFromPosting(true);
        assertEquals("spam_risk_user_banned_from_posting", Direct.code(desk.video(info(""))));
        assertEquals("spam_risk_user_banned_from_posting", Direct.code(desk.inbox()));
        HttpResult creatorInfo = desk.direct.json("/v2/post/publish/creator_info/query/", "");
        assertEquals(200, Direct.answer(creatorInfo).status());
        assertEquals("spam_risk_user_banned_from_posting", Direct.code(creatorInfo));
    }

    @Test
    void auditedApp_hasItsAgreedUsersADay() {
        desk.sim.rules().auditedUsers(1);
        Direct other = desk.as(desk.sim.addAccount("other"));
        assertEquals("ok", Direct.code(desk.video(info(""))));
        assertEquals("reached_active_user_cap", Direct.code(other.json("/v2/post/publish/creator_info/query/", "")));
        assertEquals("ok", Direct.code(desk.video(info(""))));
    }

    @Test
    void pictureInsteadOfAVideo_failsItsFormatCheck() {
        byte[] png = io.linkspan.testkit.internal.Pictures.png(100, 100);
        String init = "{\"post_info\":" + info("") + ",\"source_info\":{\"source\":\"FILE_UPLOAD\",\"video_size\":64,"
                + "\"chunk_size\":64,\"total_chunk_count\":1}}";
        HttpResult opened = desk.direct.json("/v2/post/publish/video/init/", init);
        String url = Direct.document(opened).path("data").path("upload_url").asString();
        assertEquals(201, Direct.answer(desk.direct.put(url, png, 0, 63)).status());
        assertEquals("file_format_check_failed", desk.settled(desk.id(opened)));
        assertEquals(0, desk.sim.ledger().posts().size());
    }
}
