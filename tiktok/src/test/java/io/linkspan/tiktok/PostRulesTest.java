package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.MediaPart;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.TextLimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostRulesTest {
    private static final TikTokPhotoOptions PHOTOS =
            TikTokPhotoOptions.builder(TikTokPrivacyLevel.SELF_ONLY).build();
    private static final MediaPart JPEG = Fixtures.part(MediaPart.Type.IMAGE, "image/jpeg", 1000);
    private static final MediaPart MP4 = Fixtures.part(MediaPart.Type.VIDEO, "video/mp4", 1000);

    private final PublishAdapter publishing = Fixtures.tiktok().publishing();

    @Test
    void problems_ofEveryModeAsItsOptionsMakeIt_areNone() {
        for (PublishContent content : List.of(
                Fixtures.video(),
                Fixtures.video(Fixtures.selfOnly().pulled()),
                Fixtures.video(TikTokVideoOptions.draft()),
                Fixtures.video(TikTokVideoOptions.draft().pulled()),
                Fixtures.photos(PHOTOS, 1),
                Fixtures.photos(PHOTOS.withTitle("t").withCover(34), 35),
                Fixtures.photos(TikTokPhotoOptions.draft().withTitle("t").withCover(1), 2))) {
            assertEquals(List.of(), publishing.problems(content));
        }
    }

    @Test
    void problems_ofCaptionOnDraftVideo_asksForNone() {
        PublishContent content = Fixtures.video(TikTokVideoOptions.draft()).withCaption("hello");
        assertEquals(List.of("BLOCKS tiktok.caption"), ids(content));
        assertEquals(0, publishing.captionLimit(content).most());
    }

    @ParameterizedTest
    @CsvSource({
        "allow_duet, true, BLOCKS tiktok.allow_duet",
        "allow_stitch, false, BLOCKS tiktok.allow_stitch",
        "video_cover_timestamp_ms, 1, BLOCKS tiktok.video_cover_timestamp_ms",
        "photo_cover_index, 2, BLOCKS_UNLESS_WAIVED tiktok.photo_cover_index",
        "photo_cover_index, -1, BLOCKS tiktok.photo_cover_index",
        "auto_add_music, yes, BLOCKS tiktok.auto_add_music",
        "source, FILE_UPLOAD, BLOCKS tiktok.source",
        "post_mode, DRAFT, BLOCKS tiktok.post_mode",
        "privacy_level, PRIVATE, BLOCKS tiktok.privacy_level",
        "brand_content_toggle, true, BLOCKS tiktok.brand_content_toggle",
        "is_aigc, true, WARNS tiktok.is_aigc",
        "music_id, 1, BLOCKS tiktok.option"
    })
    void problems_ofPhotos_nameTheOption(String name, String value, String id) {
        assertEquals(List.of(id), ids(with(Fixtures.photos(PHOTOS, 2), name, value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "auto_add_music", "photo_cover_index"})
    void problems_ofPhotoOptionOnVideo_nameIt(String name) {
        assertEquals(List.of("BLOCKS tiktok." + name), ids(with(Fixtures.video(), name, "true")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"privacy_level", "allow_comment", "is_aigc", "brand_content_toggle"})
    void problems_ofChoiceOnDraft_sayThatThePersonChoosesInTheApp(String name) {
        PublishContent content = with(Fixtures.video(TikTokVideoOptions.draft()), name, "SELF_ONLY");
        assertEquals(List.of("BLOCKS tiktok." + name), ids(content));
        assertTrue(publishing.problems(content).get(0).text().contains("the person chooses it in the app"));
    }

    @Test
    void problems_ofAiOnPhotoDraft_warnThatTheLabelMayGetLost() {
        PublishContent content = Fixtures.photos(TikTokPhotoOptions.draft().withAiGenerated(true), 1);
        assertEquals(List.of("WARNS tiktok.is_aigc"), ids(content));
    }

    @Test
    void problems_ofUnknownSource_nameIt() {
        assertEquals(List.of("BLOCKS tiktok.source"), ids(with(Fixtures.video(), "source", "FTP")));
    }

    @Test
    void problems_ofVideoAmongPhotos_sayThatOneIsPostedOrTheOther() {
        List<Problem> problems = publishing.problems(content(PublishContent.Kind.CAROUSEL, List.of(JPEG, MP4), PHOTOS));
        assertEquals(1, problems.size());
        assertEquals("tiktok.media", problems.get(0).id());
        assertTrue(problems.get(0).text().contains("1 videos among 2 items"));
    }

    @Test
    void problems_ofThirtySixPhotos_nameTheLimit() {
        assertEquals(List.of("BLOCKS tiktok.photo_images"), ids(Fixtures.photos(PHOTOS, 36)));
    }

    @Test
    void problems_ofOtherFormats_canBeWaived() {
        MediaPart png = Fixtures.part(MediaPart.Type.IMAGE, "image/png", 1000);
        assertEquals(
                List.of("BLOCKS_UNLESS_WAIVED tiktok.content_type"),
                ids(content(PublishContent.Kind.CAROUSEL, List.of(png, JPEG, png), PHOTOS)));
        MediaPart avi = Fixtures.part(MediaPart.Type.VIDEO, "video/x-msvideo", 1000);
        PublishContent video = new PublishContent(
                PublishContent.Kind.VIDEO, "", List.of(avi), Fixtures.selfOnly().toMap());
        assertEquals(List.of("BLOCKS_UNLESS_WAIVED tiktok.content_type"), ids(video));
    }

    @Test
    void problems_ofCoverImage_pointToWhatThereIs() {
        MediaPart cover = new MediaPart(MediaPart.Role.COVER, MediaPart.Type.IMAGE, "image/jpeg", 1, Map.of());
        PublishContent video = new PublishContent(
                PublishContent.Kind.VIDEO,
                "",
                List.of(MP4, cover),
                Fixtures.selfOnly().toMap());
        assertEquals(List.of("BLOCKS tiktok.cover"), ids(video));
        assertTrue(publishing.problems(video).get(0).text().contains("coverTimestamp"));
    }

    @Test
    void problems_ofOptionOnOnePhoto_nameIt() {
        MediaPart named =
                new MediaPart(MediaPart.Role.ITEM, MediaPart.Type.IMAGE, "image/jpeg", 1, Map.of("alt_text", "a cat"));
        assertEquals(
                List.of("BLOCKS tiktok.item_option"),
                ids(content(PublishContent.Kind.CAROUSEL, List.of(JPEG, named), PHOTOS)));
    }

    @Test
    void problems_ofVideoThatNeedsTooManyChunks_nameTheLimit() {
        TikTok small = Fixtures.builder().chunkSize(ChunkPlan.MIN_CHUNK).build();
        PublishContent most = Fixtures.video(Fixtures.selfOnly(), 1001 * ChunkPlan.MIN_CHUNK - 1);
        assertEquals(List.of(), small.publishing().problems(most));
        PublishContent more = Fixtures.video(Fixtures.selfOnly(), 1001 * ChunkPlan.MIN_CHUNK);
        assertEquals(
                "tiktok.video_size", small.publishing().problems(more).get(0).id());
        assertEquals("hello #demo", small.publishing().sends(more).get("title"));
    }

    @Test
    void problems_ofTitle_countUtf16AndSeeARepeat() {
        String emoji = "\uD83D\uDE00".repeat(45);
        PublishContent photos = Fixtures.photos(PHOTOS, 1);
        assertEquals(List.of(), ids(with(photos, "title", emoji)));
        assertEquals(List.of("BLOCKS tiktok.title"), ids(with(photos, "title", emoji + "!")));
        assertEquals(List.of("WARNS tiktok.title"), ids(with(photos, "title", photos.caption())));
    }

    @Test
    void captionLimit_isTitleOfVideosAndDescriptionOfPhotos() {
        assertEquals(new TextLimit("title", 2200, TextLimit.Unit.UTF16), publishing.captionLimit(Fixtures.video()));
        assertEquals(
                new TextLimit("description", 4000, TextLimit.Unit.UTF16),
                publishing.captionLimit(Fixtures.photos(TikTokPhotoOptions.draft(), 1)));
    }

    @Test
    void sends_tellsEveryFieldAndNoAddress() {
        assertEquals(
                Map.ofEntries(
                        Map.entry("media_type", "PHOTO"),
                        Map.entry("post_mode", "DIRECT_POST"),
                        Map.entry("title", "Two"),
                        Map.entry("description", "text #demo"),
                        Map.entry("privacy_level", "SELF_ONLY"),
                        Map.entry("disable_comment", "true"),
                        Map.entry("auto_add_music", "false"),
                        Map.entry("brand_content_toggle", "false"),
                        Map.entry("brand_organic_toggle", "false"),
                        Map.entry("source", "PULL_FROM_URL"),
                        Map.entry("photo_cover_index", "1"),
                        Map.entry("photo_images", "2 addresses of the media host")),
                publishing.sends(Fixtures.photos(PHOTOS.withTitle("Two").withCover(1), 2)));
        assertEquals(
                Map.of(
                        "source", "FILE_UPLOAD",
                        "video_size", "170000000",
                        "chunk_size", "32000000",
                        "total_chunk_count", "5"),
                publishing.sends(Fixtures.video(TikTokVideoOptions.draft())));
    }

    @Test
    void sends_ofNonsense_doesNotFail() {
        assertEquals(
                "0",
                publishing
                        .sends(with(Fixtures.photos(PHOTOS, 2), "photo_cover_index", "x"))
                        .get("photo_cover_index"));
        publishing.sends(with(Fixtures.video(), "video_cover_timestamp_ms", "99999999999"));
    }

    private List<String> ids(PublishContent content) {
        List<String> ids = new ArrayList<>();
        publishing.problems(content).forEach(problem -> ids.add(problem.weight() + " " + problem.id()));
        return Collections.unmodifiableList(ids);
    }

    private static PublishContent with(PublishContent content, String name, String value) {
        Map<String, String> options = new TreeMap<>(content.options());
        options.put(name, value);
        return new PublishContent(content.kind(), content.caption(), content.parts(), options);
    }

    private static PublishContent content(PublishContent.Kind kind, List<MediaPart> parts, TikTokPhotoOptions options) {
        return new PublishContent(kind, "text", parts, options.toMap());
    }
}
