package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Capability;
import io.linkspan.preflight.Destination;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.PublishedPost;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Posts whose init is the commit: videos by URL and photos, direct and as drafts. */
class TikTokPullTest {
    private static final HttpResult CREATOR = Script.data(TikTokAccountsTest.CREATOR);
    private static final String ID = "p_pub_url~v2.7600000000000000001";
    private static final Handle UNNAMED = new Handle("attempt-1", Map.of("path", "pull"), null);
    private static final Handle NAMED = new Handle(ID, Map.of("path", "pull", "named", "true"), null);

    private final PublishAdapter publishing = Fixtures.tiktok().publishing();

    @Test
    void capabilityAndDestination_followTheMode() {
        PublishContent photos = photos();
        assertEquals(Capability.PUBLISH_PHOTO, publishing.capability(photos));
        assertEquals(Destination.TIKTOK_PHOTO, publishing.destination(photos, photos.item()));
        assertTrue(publishing.pulls(photos, photos.item()));
        assertEquals(Capability.DELIVER_DRAFT, publishing.capability(Fixtures.photos(TikTokPhotoOptions.draft(), 1)));
        assertTrue(publishing.pulls(pulledVideo(), pulledVideo().item()));
    }

    @Test
    void prepare_ofDirectPost_asksForTheCreatorAndNothingThatCouldPost() {
        for (PublishContent content : List.of(photos(), pulledVideo())) {
            Script script = Script.of(CREATOR);
            PrepareStep step =
                    script.done(publishing.prepare(Fixtures.attempt(content).build()));
            assertEquals(new PrepareStep.Ready(UNNAMED), step);
            assertEquals("tiktok.creator_info", script.call(0).operation());
            assertEquals(1, script.count());
        }
    }

    @Test
    void prepare_ofDraft_asksNothing() {
        PublishAttempt attempt =
                Fixtures.attempt(Fixtures.photos(TikTokPhotoOptions.draft(), 2)).build();
        assertEquals(new PrepareStep.Ready(UNNAMED), Script.of().done(publishing.prepare(attempt)));
    }

    @Test
    void prepare_withLevelTheCreatorLacks_isRefused() {
        Script script = Script.of(Script.data("{\"privacy_level_options\":[\"FOLLOWER_OF_CREATOR\"]}"));
        assertEquals(
                "privacy_level_option_mismatch",
                Script.refused(script.play(
                                publishing.prepare(Fixtures.attempt(photos()).build())))
                        .code());
    }

    @Test
    void prepare_withHandle_isReadyAtOnce() {
        PublishAttempt attempt = Fixtures.attempt(photos()).with(UNNAMED).build();
        assertEquals(new PrepareStep.Ready(UNNAMED), Script.of().done(publishing.prepare(attempt)));
    }

    @Test
    void prepare_outsideVerifiedPrefixes_isRefusedWithoutAsking() {
        PublishAdapter strict = Fixtures.builder()
                .verifiedPrefixes(List.of(URI.create("https://media.example.com/v/")))
                .build()
                .publishing();
        PlatformError error = Script.refused(
                Script.of().play(strict.prepare(Fixtures.attempt(photos()).build())));
        assertEquals("tiktok.url_ownership", error.operation());
        assertEquals("url_ownership_unverified", error.code());
        assertTrue(error.definite());
        assertEquals(
                "the media host at media.example.com is outside the verified prefixes and domains", error.message());
    }

    @Test
    void commit_ofPhotos_isTheInitAndBringsTheName() {
        TikTokPhotoOptions options = TikTokPhotoOptions.builder(TikTokPrivacyLevel.SELF_ONLY)
                .allowComment(true)
                .autoAddMusic(true)
                .ownBrand(true)
                .aiGenerated(true)
                .build()
                .withTitle("Two")
                .withCover(1);
        Script script = Script.of(init());
        PublishAttempt attempt =
                Fixtures.attempt(Fixtures.photos(options, 2)).with(UNNAMED).build();
        assertEquals(new CommitResult.Accepted(NAMED), script.done(publishing.commit(attempt)));
        assertEquals(1, script.count());
        assertEquals("tiktok.photo_init", script.call(0).operation());
        assertEquals(CallClass.COMMIT, script.call(0).callClass());
        assertEquals("/v2/post/publish/content/init/", script.call(0).uri().getPath());
        assertEquals(
                "{\"media_type\":\"PHOTO\",\"post_mode\":\"DIRECT_POST\",\"is_aigc\":true,\"post_info\":{\"title\":\"Two\",\"description\":"
                        + "\"text #demo\",\"privacy_level\":\"SELF_ONLY\",\"disable_comment\":false,\"auto_add_music\":true,"
                        + "\"brand_content_toggle\":false,\"brand_organic_toggle\":true},\"source_info\":"
                        + "{\"source\":\"PULL_FROM_URL\",\"photo_cover_index\":1,\"photo_images\":["
                        + "\"https://media.example.com/a/0?key=SAMPLE\",\"https://media.example.com/a/1?key=SAMPLE\"]}}",
                Script.json(script.call(0)));
    }

    @Test
    void commit_ofPhotosWithoutAi_leavesTheFieldOut() {
        Script script = Script.of(init());
        script.done(commit(photos()));
        assertFalse(Script.json(script.call(0)).contains("is_aigc"));
    }

    @Test
    void commit_ofPhotoDraft_carriesTextsAndCoverOnly() {
        Script script = Script.of(init());
        script.done(commit(Fixtures.photos(TikTokPhotoOptions.draft().withTitle("Two"), 1)));
        assertEquals(
                "{\"media_type\":\"PHOTO\",\"post_mode\":\"MEDIA_UPLOAD\",\"post_info\":{\"title\":\"Two\",\"description\":"
                        + "\"text #demo\"},\"source_info\":{\"source\":\"PULL_FROM_URL\",\"photo_cover_index\":0,"
                        + "\"photo_images\":[\"https://media.example.com/a/0?key=SAMPLE\"]}}",
                Script.json(script.call(0)));
    }

    @Test
    void commit_ofPhotoDraftMadeWithAi_saysSoAtTheTop() {
        Script script = Script.of(init());
        script.done(commit(Fixtures.photos(TikTokPhotoOptions.draft().withAiGenerated(true), 1)));
        assertTrue(Script.json(script.call(0))
                .startsWith("{\"media_type\":\"PHOTO\",\"post_mode\":\"MEDIA_UPLOAD\",\"is_aigc\":true,"));
    }

    @Test
    void commit_ofPulledVideo_namesItsAddress() {
        Script script = Script.of(init());
        script.done(commit(pulledVideo()));
        assertEquals("tiktok.video_init", script.call(0).operation());
        assertEquals(CallClass.COMMIT, script.call(0).callClass());
        assertTrue(Script.json(script.call(0))
                .endsWith("\"source_info\":{\"source\":\"PULL_FROM_URL\",\"video_url\":"
                        + "\"https://media.example.com/a/0?key=SAMPLE\"}}"));
    }

    @Test
    void commit_ofPulledDraft_hasNoPostInfo() {
        Script script = Script.of(init());
        script.done(commit(Fixtures.video(TikTokVideoOptions.draft().pulled())));
        assertEquals("tiktok.inbox_init", script.call(0).operation());
        assertEquals(
                "{\"source_info\":{\"source\":\"PULL_FROM_URL\",\"video_url\":"
                        + "\"https://media.example.com/a/0?key=SAMPLE\"}}",
                Script.json(script.call(0)));
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_params",
        "400, app_version_check_failed",
        "401, access_token_invalid",
        "401, scope_not_authorized",
        "403, spam_risk_too_many_posts",
        "403, spam_risk_too_many_pending_share",
        "403, spam_risk_user_banned_from_posting",
        "403, reached_active_user_cap",
        "403, unaudited_client_can_only_post_to_private_accounts",
        "403, url_ownership_unverified",
        "403, privacy_level_option_mismatch",
        "429, rate_limit_exceeded"
    })
    void commit_withCodeOnTheList_isRefused(int status, String code) {
        for (PublishContent content : List.of(
                photos(),
                pulledVideo(),
                Fixtures.video(TikTokVideoOptions.draft().pulled()))) {
            Script script = Script.of(Script.failure(status, code, ""));
            assertEquals(code, Script.refused(script.play(commit(content))).code());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500, internal_error",
        "503, rate_limit_exceeded",
        "504, url_ownership_unverified",
        "302, invalid_params",
        "400, brand_new_code",
        "400, internal_error",
        "200, spam_risk_too_many_posts",
        "200, rate_limit_exceeded",
        "201, invalid_params"
    })
    void commit_withAnythingElse_isUnclear(int status, String code) {
        Outcome.Unclear<?> unclear =
                Script.unclear(Script.of(Script.failure(status, code, "")).play(commit(photos())));
        assertEquals(code, unclear.error().code());
        assertFalse(unclear.error().definite());
    }

    @Test
    void commit_withoutNameOrAnswer_isUnclear() {
        Script.unclear(Script.of(Script.data("{}")).play(commit(photos())));
        Script.unclear(Script.of(Script.data("{\"publish_id\":7}")).play(commit(photos())));
        Script.unclear(Script.of(Script.answer(429, "slow down")).play(commit(photos())));
        assertEquals(
                new Outcome.Unclear<CommitResult>("reset", null),
                Script.of(new HttpResult.Lost("reset")).play(commit(photos())));
        assertEquals(
                new Outcome.NotSent<CommitResult>("refused"),
                Script.of(new HttpResult.NotSent("refused")).play(commit(photos())));
    }

    @Test
    void status_withoutName_isNamelessWithoutAsking() {
        PublishAttempt attempt = Fixtures.attempt(photos())
                .with(UNNAMED)
                .committed(Duration.ZERO)
                .build();
        assertEquals(new HandleStatus.Nameless(), Script.of().done(publishing.status(attempt)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"status\":\"PROCESSING_DOWNLOAD\",\"downloaded_bytes\":7} | PROCESSING_DOWNLOAD, 7 bytes pulled",
                "{\"status\":\"PROCESSING_UPLOAD\",\"uploaded_bytes\":0} | PROCESSING_UPLOAD",
                "{\"status\":\"SOMETHING_NEW\"} | SOMETHING_NEW"
            })
    void status_underWay_isProcessing(String data, String detail) {
        assertEquals(new HandleStatus.Processing(detail), status(data));
    }

    @Test
    void status_atItsEnd_isTheVerdict() {
        assertEquals(
                new HandleStatus.Published("7600000000000000777", "PUBLISH_COMPLETE"),
                status("{\"status\":\"PUBLISH_COMPLETE\",\"publicaly_available_post_id\":[7600000000000000777]}"));
        HandleStatus.Dead dead = assertInstanceOf(
                HandleStatus.Dead.class, status("{\"status\":\"FAILED\",\"fail_reason\":\"photo_pull_failed\"}"));
        assertTrue(dead.error().meaning().retryable());
    }

    @Test
    void status_inTheInbox_isDeliveredWithWhatThePersonHasToDo() {
        HandleStatus.Delivered delivered =
                assertInstanceOf(HandleStatus.Delivered.class, status("{\"status\":\"SEND_TO_USER_INBOX\"}"));
        assertEquals(
                "Open the notification in the inbox of the TikTok app, edit the draft and post it there; it is not among the"
                        + " drafts of the profile. TikTok is reported to discard a draft that is not finished within 24 hours;"
                        + " its pages do not say so.",
                delivered.instruction());
    }

    @Test
    void cancel_ofPull_isAskedForByName() {
        Script script = Script.of(Script.answer(200, "{\"error\":{\"code\":\"ok\"}}"));
        script.done(publishing
                .cancel(Fixtures.attempt(photos()).with(NAMED).build())
                .orElseThrow());
        assertEquals("tiktok.cancel", script.call(0).operation());
        assertEquals(CallClass.PREPARE, script.call(0).callClass());
        assertEquals("/v2/post/publish/cancel/", script.call(0).uri().getPath());
        assertEquals("{\"publish_id\":\"" + ID + "\"}", Script.json(script.call(0)));
    }

    @Test
    void cancel_ofFinalPost_isRefused() {
        Script script = Script.of(Script.failure(400, "publish_not_cancellable", ""));
        assertEquals(
                "publish_not_cancellable",
                Script.refused(script.play(publishing
                                .cancel(Fixtures.attempt(photos()).with(NAMED).build())
                                .orElseThrow()))
                        .code());
    }

    @Test
    void cancel_withoutNameOrOfBytes_isNotOffered() {
        assertTrue(publishing
                .cancel(Fixtures.attempt(photos()).with(UNNAMED).build())
                .isEmpty());
        assertTrue(publishing.cancel(Fixtures.attempt(1000).at(0).build()).isEmpty());
    }

    @Test
    void locate_ofPhotos_usesTheirAddress() {
        assertEquals(
                new PublishedPost("777", URI.create("https://www.tiktok.com/@demo/photo/777")),
                Script.of()
                        .done(publishing.locate(
                                Fixtures.attempt(photos()).with(NAMED).build(), "777")));
    }

    @Test
    void handles_holdNoSecret() {
        assertNull(UNNAMED.usableUntil());
        assertFalse(Fixtures.attempt(photos()).build().toString().contains("SAMPLE"));
    }

    private io.linkspan.spi.Flow<CommitResult> commit(PublishContent content) {
        return publishing.commit(Fixtures.attempt(content).with(UNNAMED).build());
    }

    private HandleStatus status(String data) {
        Script script = Script.of(Script.data(data));
        HandleStatus status = script.done(publishing.status(Fixtures.attempt(photos())
                .with(NAMED)
                .committed(Duration.ZERO)
                .after(Duration.ofHours(3))
                .build()));
        assertEquals("{\"publish_id\":\"" + ID + "\"}", Script.json(script.call(0)));
        return status;
    }

    private static HttpResult init() {
        return Script.data("{\"publish_id\":\"" + ID + "\"}");
    }

    private static PublishContent photos() {
        return Fixtures.photos(
                TikTokPhotoOptions.builder(TikTokPrivacyLevel.SELF_ONLY).build(), 2);
    }

    private static PublishContent pulledVideo() {
        return Fixtures.video(Fixtures.selfOnly().pulled());
    }
}
