package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.MediaPart;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishContent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoOptionsTest {
    private static final Map<String, String> PUBLIC = TikTokVideoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
            .build()
            .toMap();

    @Test
    void toMap_ofDefaults_allowsNothingAndDisclosesNothing() {
        assertEquals(
                Map.of(
                        "privacy_level", "PUBLIC_TO_EVERYONE",
                        "allow_comment", "false",
                        "allow_duet", "false",
                        "allow_stitch", "false",
                        "brand_organic_toggle", "false",
                        "brand_content_toggle", "false",
                        "is_aigc", "false"),
                PUBLIC);
    }

    @ParameterizedTest
    @EnumSource(TikTokPrivacyLevel.class)
    void problems_ofBuiltOptions_areNone(TikTokPrivacyLevel level) {
        TikTokVideoOptions options = TikTokVideoOptions.builder(level)
                .allowComment(true)
                .allowDuet(true)
                .allowStitch(true)
                .ownBrand(true)
                .aiGenerated(true)
                .coverTimestamp(Duration.ofSeconds(1))
                .build();
        assertEquals(List.of(), problems("x".repeat(2200), options.toMap()));
    }

    @Test
    void problems_withoutPrivacyLevel_asksForIt() {
        assertEquals(
                List.of(
                        "TikTok needs privacy_level, one of PUBLIC_TO_EVERYONE, MUTUAL_FOLLOW_FRIENDS, FOLLOWER_OF_CREATOR,"
                                + " SELF_ONLY, chosen by the person; use TikTokVideoOptions"),
                problems("", Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "privacy_level, PRIVATE, must be one of",
        "allow_comment, yes, must be true or false",
        "video_cover_timestamp_ms, -1, must be 0 to",
        "video_cover_timestamp_ms, 2147483648, must be 0 to",
        "music, x, is not known"
    })
    void problems_ofBadOption_namesIt(String name, String value, String words) {
        Map<String, String> options = new TreeMap<>(PUBLIC);
        options.put(name, value);
        List<String> problems = problems("", options);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains(name) && problems.get(0).contains(words), problems.get(0));
    }

    @Test
    void problems_ofPrivateBrandedContent_areRefused() {
        Map<String, String> options = new TreeMap<>(PUBLIC);
        options.put("privacy_level", "SELF_ONLY");
        options.put("brand_content_toggle", "true");
        assertEquals(List.of(PostRules.BRANDED_IS_PRIVATE), problems("", options));
        TikTokVideoOptions.Builder builder =
                TikTokVideoOptions.builder(TikTokPrivacyLevel.SELF_ONLY).brandedContent(true);
        assertThrows(IllegalArgumentException.class, builder::build);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Integer.MAX_VALUE + 1L})
    void build_withCoverOutOfRange_isRefused(long millis) {
        TikTokVideoOptions.Builder builder =
                TikTokVideoOptions.builder(TikTokPrivacyLevel.SELF_ONLY).coverTimestamp(Duration.ofMillis(millis));
        assertThrows(IllegalArgumentException.class, builder::build);
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, , Music Usage Confirmation",
        "true, false, Promotional content, Music Usage Confirmation",
        "false, true, Paid partnership, Branded Content Policy and Music Usage Confirmation",
        "true, true, Paid partnership, Branded Content Policy and Music Usage Confirmation"
    })
    void disclosure_tellsLabelAndDeclaration(boolean own, boolean branded, String label, String declaration) {
        TikTokVideoOptions options = TikTokVideoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
                .ownBrand(own)
                .brandedContent(branded)
                .build();
        assertEquals(Optional.ofNullable(label), options.label());
        assertEquals("By posting, you agree to TikTok's " + declaration, options.declaration());
    }

    @Test
    void draft_choosesNothing_andBothMayBePulled() {
        assertEquals(
                Map.of("post_mode", "MEDIA_UPLOAD"), TikTokVideoOptions.draft().toMap());
        assertEquals(
                Map.of("post_mode", "MEDIA_UPLOAD", "source", "PULL_FROM_URL"),
                TikTokVideoOptions.draft().pulled().toMap());
        assertEquals("PULL_FROM_URL", Fixtures.selfOnly().pulled().toMap().get("source"));
        assertTrue(TikTokVideoOptions.draft().isDraft());
        assertFalse(Fixtures.selfOnly().isDraft());
    }

    private static List<String> problems(String caption, Map<String, String> options) {
        return Fixtures.tiktok()
                .publishing()
                .problems(new PublishContent(
                        PublishContent.Kind.VIDEO,
                        caption,
                        List.of(Fixtures.part(MediaPart.Type.VIDEO, "video/mp4", 1)),
                        options))
                .stream()
                .map(Problem::text)
                .toList();
    }
}
