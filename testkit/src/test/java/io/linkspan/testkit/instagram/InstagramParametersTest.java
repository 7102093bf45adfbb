package io.linkspan.testkit.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.HttpResult;
import io.linkspan.testkit.internal.Direct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstagramParametersTest {

    private static final Map<String, List<String>> KINDS = Map.of(
            "image", List.of("image_url", InstagramDesk.IMAGE),
            "reel", List.of("media_type", "REELS", "video_url", InstagramDesk.VIDEO),
            "story image", List.of("media_type", "STORIES", "image_url", InstagramDesk.IMAGE),
            "story video", List.of("media_type", "STORIES", "video_url", InstagramDesk.VIDEO),
            "child image", List.of("image_url", InstagramDesk.IMAGE, "is_carousel_item", "true"),
            "child video",
                    List.of("media_type", "VIDEO", "video_url", InstagramDesk.VIDEO, "is_carousel_item", "true"));
    private static final List<String> ORDER =
            List.of("image", "reel", "story image", "story video", "child image", "child video", "parent");
    private static final String TAG = "[{\"username\":\"a\",\"x\":0.5,\"y\":0.8}]";
    private final InstagramDesk desk = new InstagramDesk();

    private String[] base(String kind) {
        if (!kind.equals("parent")) {
            return KINDS.get(kind).toArray(String[]::new);
        }
        String one = desk.created(desk.plain, base("child image"));
        String two = desk.created(desk.plain, base("child video"));
        return new String[] {"media_type", "CAROUSEL", "children", one + "," + two};
    }

    private String outcome(Direct as, String kind, String... more) {
        List<String> all = new ArrayList<>(List.of(base(kind)));
        all.addAll(List.of(more));
        HttpResult result = desk.create(as, all.toArray(String[]::new));
        return Direct.answer(result).status() == 200 ? "ok" : Direct.graph(result);
    }

    /** The columns are those of {@link #ORDER}; F is refused with Instagram Login only. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "caption | hello | ++----+",
                "alt_text | a cup | +---+--",
                "collaborators | [\"a\",\"b\"] | ++----+",
                "location_id | 4711 | FF----F",
                "share_to_feed | true | -+----+",
                "cover_url | https://media.example/i.jpg | -+-----",
                "thumb_offset | 10 | -+---+-",
                "audio_name | my sound | -+-----",
                "audio_configuration | {\"audio_id\":\"5\",\"audio_volume\":100} | -F-----",
                "trial_params | {\"graduation_strategy\":\"MANUAL\"} | -+-----",
                "is_ai_generated | true | ++++--+",
                "is_paid_partnership | true | FFFF--F",
                "branded_content_sponsor_ids | [\"1\"] | FFFF--F",
                "poll_attachment | {\"options\":[\"a\",\"b\"]} | FF----F",
                "is_poll_duration_extended | true | FF----F",
                "is_comment_prompt_used | true | FF----F",
                "schedule_time | 5 | -------"
            })
    void matrix_isKept(String parameter, String value, String row) {
        for (int i = 0; i < ORDER.size(); i++) {
            String where = parameter + " on " + ORDER.get(i);
            String[] sent = parameter.equals("poll_attachment") || parameter.equals("is_comment_prompt_used")
                    ? new String[] {parameter, value, "caption", "x"}
                    : new String[] {parameter, value};
            String plain = outcome(desk.plain, ORDER.get(i), sent);
            String facebook = outcome(desk.facebook, ORDER.get(i), sent);
            assertEquals(row.charAt(i) == '+' ? "ok" : "100/-", plain, where);
            assertEquals(row.charAt(i) == '-' ? "100/-" : "ok", facebook, where);
        }
    }

    @Test
    void strayParameters_passWhenTheRulesSaySo() {
        desk.sim.rules().strayParametersIgnored(true);
        assertEquals("ok", outcome(desk.plain, "story image", "caption", "x"));
        assertEquals("ok", outcome(desk.plain, "image", "schedule_time", "5"));
        assertEquals("100/-", outcome(desk.plain, "image", "location_id", "5"));
    }

    @Test
    void userTags_wantPositionsOnImages_andNoneOnReels() {
        String bare = "[{\"username\":\"a\"}]";
        assertEquals("ok", outcome(desk.plain, "image", "user_tags", TAG));
        assertEquals("100/-", outcome(desk.plain, "image", "user_tags", bare));
        assertEquals("100/-", outcome(desk.plain, "child image", "user_tags", bare));
        assertEquals("ok", outcome(desk.plain, "story image", "user_tags", bare));
        assertEquals("ok", outcome(desk.plain, "story video", "user_tags", TAG));
        assertEquals("ok", outcome(desk.plain, "reel", "user_tags", bare));
        assertEquals("100/-", outcome(desk.plain, "reel", "user_tags", TAG));
        assertEquals("ok", outcome(desk.plain, "child video", "user_tags", bare));
        assertEquals("100/-", outcome(desk.plain, "child video", "user_tags", TAG));
        assertEquals("100/-", outcome(desk.plain, "parent", "user_tags", bare));
        assertEquals("100/-", outcome(desk.plain, "image", "user_tags", TAG.replace("0.5", "1.1")));
        assertEquals("100/-", outcome(desk.plain, "image", "user_tags", "a,b"));
        assertEquals("100/2207018", outcome(desk.plain, "image", "user_tags", TAG.replace("\"a\"", "\"@a\"")));
        String many = "[" + "{\"username\":\"a\"},".repeat(20) + "{\"username\":\"a\"}]";
        assertEquals("100/2207040", outcome(desk.plain, "reel", "user_tags", many));
    }

    @Test
    void collaborators_areThreeAtMost_withoutAt() {
        assertEquals("ok", outcome(desk.plain, "reel", "collaborators", "[\"a\",\"b\",\"c\"]"));
        assertEquals("100/-", outcome(desk.plain, "reel", "collaborators", "[\"a\",\"b\",\"c\",\"d\"]"));
        assertEquals("100/2207018", outcome(desk.plain, "reel", "collaborators", "[\"@a\"]"));
        desk.sim.rules().rejectedHandles("private");
        assertEquals("100/2207018", outcome(desk.plain, "reel", "collaborators", "[\"private\"]"));
    }

    @Test
    void texts_haveLimits() {
        assertEquals("ok", outcome(desk.plain, "image", "alt_text", "x".repeat(1000)));
        assertEquals("100/-", outcome(desk.plain, "image", "alt_text", "x".repeat(1001)));
        assertEquals("36004/2207010", outcome(desk.plain, "reel", "caption", "@a ".repeat(21)));
        assertEquals("100/-", outcome(desk.plain, "reel", "share_to_feed", "yes"));
    }

    @Test
    void thumbOffset_isWithinTheVideo() {
        desk.sim.rules().videoDuration(java.time.Duration.ofSeconds(10));
        assertEquals("ok", outcome(desk.plain, "reel", "thumb_offset", "9999"));
        assertEquals("1/2207057", outcome(desk.plain, "reel", "thumb_offset", "10000"));
        assertEquals("1/2207057", outcome(desk.plain, "reel", "thumb_offset", "-1"));
        assertEquals("100/-", outcome(desk.plain, "reel", "thumb_offset", "1.5"));
    }

    @Test
    void trialReels_areForEligibleAccountsWithinTheirQuota() {
        String trial = "{\"graduation_strategy\":\"SS_PERFORMANCE\"}";
        assertEquals("100/-", outcome(desk.plain, "reel", "trial_params", "{\"graduation_strategy\":\"X\"}"));
        desk.account.trialReels(1);
        assertEquals("ok", outcome(desk.plain, "reel", "trial_params", trial));
        assertEquals("100/2207078", outcome(desk.plain, "reel", "trial_params", trial));
        desk.account.trialReels(5).trialEligible(false);
        assertEquals("100/2207081", outcome(desk.plain, "reel", "trial_params", trial));
    }

    @Test
    void facebookOnlyValues_areChecked() {
        desk.sim.rules().places("4711");
        assertEquals("ok", outcome(desk.facebook, "reel", "location_id", "4711"));
        HttpResult nowhere = desk.create(desk.facebook, "image_url", InstagramDesk.IMAGE, "location_id", "12");
        assertTrue(Direct.answer(nowhere).text().contains("INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID"));
        assertEquals("100/-", outcome(desk.facebook, "image", "branded_content_sponsor_ids", "[\"1\",\"2\",\"3\"]"));
        assertEquals(
                "100/-",
                outcome(desk.facebook, "image", "branded_content_sponsor_ids", "[\"" + desk.account.userId() + "\"]"));
        assertEquals(
                "100/-",
                outcome(desk.facebook, "reel", "audio_configuration", "{\"audio_id\":\"5\",\"audio_volume\":101}"));
        assertEquals(
                "100/-",
                outcome(
                        desk.facebook,
                        "reel",
                        "caption",
                        "x",
                        "poll_attachment",
                        "{}",
                        "is_comment_prompt_used",
                        "true"));
        assertEquals("100/-", outcome(desk.facebook, "reel", "poll_attachment", "{}"));
        String one = "{\"options\":[\"a\"]}";
        assertEquals("100/-", outcome(desk.facebook, "reel", "caption", "x", "poll_attachment", one));
    }

    @Test
    void productTags_wantPositionsOnImages_andNoneOnReels() {
        String bare = "[{\"product_id\":\"1\"}]";
        String placed = "[{\"product_id\":\"1\",\"x\":0.1,\"y\":0.1}]";
        assertEquals("ok", outcome(desk.facebook, "image", "product_tags", placed));
        assertEquals("100/-", outcome(desk.plain, "image", "product_tags", placed));
        assertEquals("100/2207036", outcome(desk.facebook, "image", "product_tags", bare));
        assertEquals("ok", outcome(desk.facebook, "reel", "product_tags", bare));
        assertEquals("100/2207035", outcome(desk.facebook, "reel", "product_tags", placed));
        assertEquals("100/2207037", outcome(desk.facebook, "reel", "product_tags", "[{}]"));
        assertEquals("100/-", outcome(desk.facebook, "reel", "product_tags", "[{},{},{},{},{},{}]"));
    }

    @Test
    void reel_keepsEveryFieldInTheLedger() {
        Map<String, String> details = desk.posted(
                desk.facebook,
                "media_type",
                "REELS",
                "video_url",
                InstagramDesk.VIDEO,
                "cover_url",
                InstagramDesk.IMAGE,
                "thumb_offset",
                "10",
                "share_to_feed",
                "false",
                "audio_name",
                "my sound",
                "collaborators",
                "[\"a\"]",
                "user_tags",
                "[{\"username\":\"a\"}]",
                "location_id",
                "4711",
                "is_ai_generated",
                "true",
                "is_paid_partnership",
                "true");
        assertEquals("10", details.get("thumb_offset"));
        assertEquals("false", details.get("share_to_feed"));
        assertEquals("my sound", details.get("audio_name"));
        assertEquals("[\"a\"]", details.get("collaborators"));
        assertEquals("[{\"username\":\"a\"}]", details.get("user_tags"));
        assertEquals("4711", details.get("location_id"));
        assertEquals("true", details.get("is_ai_generated"));
        assertEquals("true", details.get("is_paid_partnership"));
        assertEquals(64, details.get("cover_sha256").length());
        assertTrue(desk.sim.ledger().toJson().indexOf("media.example") < 0, "no address in the ledger");
    }
}
