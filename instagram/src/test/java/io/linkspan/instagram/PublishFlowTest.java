package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.Quota;
import io.linkspan.spi.QuotaBlock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishFlowTest {
    private static final String IN_PROGRESS =
            "{\"status_code\":\"IN_PROGRESS\",\"status\":\"In Progress: Media is still being processed.\",\"id\":\"1\"}";
    private static final String FINISHED =
            "{\"status_code\":\"FINISHED\",\"status\":\"Finished: Media has been uploaded and it is ready to be"
                    + " published.\",\"id\":\"1\"}";
    private static final String ROOM = "{\"config\":{\"quota_total\":100,\"quota_duration\":86400},\"quota_usage\":1}";
    private static final String PUBLISHED = "{\"status_code\":\"PUBLISHED\",\"status\":\"Published: x\",\"id\":\"1\"}";

    private final PublishAdapter publishing = TestApp.instagram().publishing();

    @Test
    void prepare_reel_makesAContainerThatPulls() {
        PublishContent content = TestApp.reel(
                "Hello #x",
                InstagramReelOptions.builder()
                        .shareToFeed(false)
                        .thumbOffset(Duration.ofMillis(1500))
                        .aiGenerated(true)
                        .audioName("Mine")
                        .build()
                        .toMap());
        Conversation<PrepareStep> asked = Conversation.of(publishing.prepare(TestApp.attempt(content, null, null)));
        assertEquals("instagram.publishing_limit", asked.next().operation());
        Conversation<PrepareStep> talk = asked.answer(200, ROOM).answer(200, "{\"id\":\"17889455560051444\"}");
        assertEquals(CallClass.PREPARE, talk.call(1).callClass());
        assertEquals(
                "https://graph.instagram.com/v27.0/17841405822304914/media",
                talk.call(1).uri().toString());
        assertEquals("Bearer " + TestApp.TOKEN, talk.call(1).headers().get("Authorization"));
        assertEquals(
                Map.of(
                        "media_type", "REELS",
                        "video_url", "https://media.example/x/0?sig=s%2Bt",
                        "caption", "Hello #x",
                        "share_to_feed", "false",
                        "thumb_offset", "1500",
                        "is_ai_generated", "true",
                        "audio_name", "Mine"),
                TestApp.form(talk.call(1)));
        Handle handle =
                assertInstanceOf(PrepareStep.Advanced.class, talk.done()).handle();
        assertEquals(TestApp.CONTAINER, handle.id());
        assertEquals(TestApp.NOW.plus(Duration.ofMinutes(23 * 60 + 30)), handle.usableUntil());
        assertTrue(publishing.pulls(content, content.item()));
    }

    @Test
    void prepare_reelWithoutOptions_saysShareToFeedAnyway() {
        Conversation<PrepareStep> talk = Conversation.of(
                        publishing.prepare(TestApp.attempt(TestApp.reel("", Map.of()), null, null)))
                .answer(200, ROOM);
        assertEquals("true", TestApp.form(talk.next()).get("share_to_feed"));
        assertFalse(TestApp.form(talk.next()).containsKey("caption"));
    }

    @Test
    void prepare_image_hasNoMediaType() {
        PublishContent content = TestApp.image(
                "", InstagramImageOptions.builder().altText("A cat").build().toMap());
        Conversation<PrepareStep> talk = Conversation.of(publishing.prepare(TestApp.attempt(content, null, null)))
                .answer(200, ROOM);
        assertEquals(
                Map.of("image_url", "https://media.example/x/0?sig=s%2Bt", "alt_text", "A cat"),
                TestApp.form(talk.next()));
    }

    @Test
    void prepare_withoutPullAddress_isTheEnginesMistake() {
        PublishAttempt attempt = TestApp.attempt(TestApp.reel("", Map.of()), null, null);
        PublishAttempt.Media media = attempt.item();
        PublishAttempt without = new PublishAttempt(
                attempt.id(),
                attempt.accessToken(),
                attempt.account(),
                attempt.content(),
                List.of(new PublishAttempt.Media(media.part(), media.source(), null)),
                null,
                attempt.now(),
                null,
                attempt.progress(),
                attempt.known());
        Conversation<PrepareStep> talk = Conversation.of(publishing.prepare(without));
        assertThrows(IllegalStateException.class, () -> talk.answer(200, ROOM));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":\"\"}", "{\"id\":\"a/b\"}", "{\"id\":null}", "[]", "{\"success\":true}"})
    void prepare_withoutContainerId_isUnclear(String body) {
        Conversation.of(publishing.prepare(TestApp.attempt(TestApp.reel("", Map.of()), null, null)))
                .answer(200, ROOM)
                .answer(200, body)
                .unclear();
    }

    @Test
    void poll_inProgress_waitsLongerEachTimeUpToAMinute() {
        Handle handle = TestApp.handle();
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            PrepareStep step = Conversation.of(publishing.prepare(attempt(handle)))
                    .answer(200, IN_PROGRESS)
                    .done();
            PrepareStep.Waiting waiting = assertInstanceOf(PrepareStep.Waiting.class, step);
            pauses.add(waiting.pause().toSeconds());
            handle = waiting.handle();
        }
        assertEquals(List.of(2L, 5L, 10L, 30L, 60L, 60L, 60L), pauses);
    }

    @Test
    void poll_finished_remembersWhatIsListedBeforeTheCommit() {
        Conversation<PrepareStep> talk = Conversation.of(publishing.prepare(attempt(TestApp.handle())))
                .answer(200, FINISHED)
                .answer(200, "{\"data\":[{\"id\":\"11\"},{\"id\":\"12\"}]}");
        assertEquals("instagram.container_status", talk.call(0).operation());
        assertEquals("/v27.0/17889455560051444", talk.call(0).uri().getPath());
        assertEquals("instagram.media_list", talk.call(1).operation());
        Handle ready = assertInstanceOf(PrepareStep.Ready.class, talk.done()).handle();
        assertEquals("11,12", ready.facts().get(MediaListing.LISTED));
    }

    @Test
    void poll_finishedWithoutListing_isReadyAllTheSame() {
        Handle bare = new Handle(TestApp.CONTAINER, Map.of(), null);
        PrepareStep step = Conversation.of(publishing.prepare(attempt(bare)))
                .answer(200, FINISHED)
                .answer(500, Samples.UNAVAILABLE)
                .done();
        Handle ready = assertInstanceOf(PrepareStep.Ready.class, step).handle();
        assertEquals(Set.of("container"), ready.facts().keySet());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ERROR   | Error: Media upload has failed with error code 2207026 | 2207026 | false",
                "ERROR   | Error: Media upload has failed with error code 2207076 | 2207076 | true",
                "ERROR   | Error: Media upload has failed with error code 2207999 | 2207999 | true",
                "ERROR   | Error: Media download has failed. The media URI doesn't meet our requirements. | ERROR | true",
                "ERROR   | x                                                       | ERROR   | true",
                "EXPIRED | Expired: x                                              | EXPIRED | true"
            })
    void poll_failedContainer_isDead(String statusCode, String status, String code, boolean retryable) {
        String body = "{\"status_code\":\"" + statusCode + "\",\"status\":\"" + status + "\"}";
        PrepareStep step = Conversation.of(publishing.prepare(attempt(TestApp.handle())))
                .answer(200, body)
                .done();
        PrepareStep.Dead dead = assertInstanceOf(PrepareStep.Dead.class, step);
        assertEquals(code, dead.error().code());
        assertEquals(retryable, dead.error().meaning().retryable());
        assertTrue(dead.error().definite());
        HandleStatus seen = Conversation.of(publishing.status(TestApp.committed()))
                .answer(200, body)
                .done();
        assertEquals(
                code, assertInstanceOf(HandleStatus.Dead.class, seen).error().code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status_code\":\"SCHEDULED\"}",
                "{\"status\":\"Hm\"}",
                "{\"status_code\":\"\",\"status\":\"In Progress: Media is still being processed.\"}",
                "{\"status\":\"Error: Media download has failed.\"}",
                "{\"status\":\"Expired: x\"}"
            })
    void poll_oddRead_isReadAgain(String body) {
        PrepareStep step = Conversation.of(publishing.prepare(attempt(TestApp.handle())))
                .answer(200, body)
                .done();
        Handle handle = assertInstanceOf(PrepareStep.Waiting.class, step).handle();

        assertInstanceOf(
                PrepareStep.Ready.class,
                Conversation.of(publishing.prepare(attempt(handle)))
                        .answer(200, FINISHED)
                        .answer(200, "{\"data\":[]}")
                        .done());
    }

    @Test
    void poll_unknownValueBeyondTheDeadline_isDeadWithTheLastWords() {
        PublishAttempt late = TestApp.attempt(
                TestApp.reel("", Map.of()), TestApp.handle(), null, TestApp.NOW.plus(Duration.ofHours(2)));
        PrepareStep step = Conversation.of(publishing.prepare(late))
                .answer(200, "{\"status_code\":\"SCHEDULED\"}")
                .done();
        PlatformError error = assertInstanceOf(PrepareStep.Dead.class, step).error();
        assertEquals("stuck", error.code());
        assertEquals("SCHEDULED", error.message());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''          | Error: Media download has failed. The media URI doesn't meet our requirements. | ERROR",
                "''          | Error: Media upload has failed with error code 2207026 | 2207026",
                "IN_PROGRESS | Error: Media upload has failed with error code 2207026 | 2207026",
                "''          | Expired: x                                             | EXPIRED"
            })
    void poll_failureInWordsOnly_isDeadAtTheSecondRead(String statusCode, String status, String code) {
        String body = "{\"status_code\":\"" + statusCode + "\",\"status\":\"" + status + "\"}";
        PrepareStep first = Conversation.of(publishing.prepare(attempt(TestApp.handle())))
                .answer(200, body)
                .done();
        Handle handle = assertInstanceOf(PrepareStep.Waiting.class, first).handle();
        PrepareStep second = Conversation.of(publishing.prepare(attempt(handle)))
                .answer(200, body)
                .done();
        assertEquals(
                code, assertInstanceOf(PrepareStep.Dead.class, second).error().code());
        Conversation.of(publishing.status(TestApp.committed()))
                .answer(200, body)
                .unclear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"status_code\":\"\",", "\"status_code\":null,", "\"status_code\":\" \","})
    void withoutTheCode_theWordsAreReadAsWhatTheySay(String code) {
        String finished = "{" + code + "\"status\":\"Finished: Media has been uploaded.\"}";
        assertInstanceOf(
                PrepareStep.Ready.class,
                Conversation.of(publishing.prepare(attempt(TestApp.handle())))
                        .answer(200, finished)
                        .answer(200, "{\"data\":[]}")
                        .done());
        Conversation.of(publishing.status(TestApp.committed()))
                .answer(200, finished)
                .unclear();

        String published = "{" + code + "\"status\":\"Published: x\"}";
        assertInstanceOf(
                PrepareStep.Landed.class,
                Conversation.of(publishing.prepare(attempt(TestApp.handle())))
                        .answer(200, published)
                        .done());
        assertInstanceOf(
                HandleStatus.Published.class,
                Conversation.of(publishing.status(TestApp.committed()))
                        .answer(200, published)
                        .done());

        assertInstanceOf(
                HandleStatus.Processing.class,
                Conversation.of(publishing.status(TestApp.committed()))
                        .answer(200, "{" + code + "\"status\":\"In Progress: x\"}")
                        .done());
    }

    @Test
    void unknownCode_countsMoreThanTheWords() {
        Conversation.of(publishing.status(TestApp.committed()))
                .answer(200, "{\"status_code\":\"SCHEDULED\",\"status\":\"Published: x\"}")
                .unclear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"status_code\":7}"})
    void poll_withoutStatus_isUnclear(String body) {
        Conversation.of(publishing.prepare(attempt(TestApp.handle())))
                .answer(200, body)
                .unclear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"status_code\":\"SCHEDULED\"}", "{\"status\":\"Hm\"}", "{}", "{\"status_code\":7}"})
    void status_unknownValue_isUnclear(String body) {
        Conversation.of(publishing.status(TestApp.committed()))
                .answer(200, body)
                .unclear();
    }

    @Test
    void poll_publishedAlready_isAPostAndNeverReady() {
        PrepareStep step = Conversation.of(publishing.prepare(attempt(TestApp.handle())))
                .answer(200, PUBLISHED)
                .done();

        assertInstanceOf(PrepareStep.Landed.class, step);
    }

    @Test
    void poll_whileThrottled_waitsAsLongAsTheHeaderSays() {
        HttpResult throttled = new HttpResult.Answered(
                400,
                Map.of(
                        "X-Business-Use-Case-Usage",
                        List.of("{\"17841405822304914\":[{\"type\":\"instagram\",\"call_count\":101,"
                                + "\"estimated_time_to_regain_access\":12}]}")),
                Samples.THROTTLED.getBytes(StandardCharsets.UTF_8));
        PlatformError error = Conversation.of(publishing.prepare(attempt(TestApp.handle())))
                .answer(throttled)
                .refused();
        QuotaBlock block = publishing.blocked(error).orElseThrow();
        assertEquals(Duration.ofMinutes(12), block.pause());
        assertEquals(Quota.Scope.CONNECTION, block.scope());
        PlatformError without = Conversation.of(publishing.prepare(attempt(TestApp.handle())))
                .answer(400, Samples.THROTTLED)
                .refused();
        assertEquals(
                Duration.ofMinutes(15),
                publishing.blocked(without).orElseThrow().pause());
    }

    @Test
    void poll_inProgressBeyondTheDeadline_isDeadWithTheLastWords() {
        Handle handle = TestApp.handle();
        PrepareStep before = poll(handle, TestApp.NOW.plus(Duration.ofMinutes(59)));
        assertEquals(
                Duration.ofMinutes(5),
                assertInstanceOf(PrepareStep.Waiting.class, before).pause());
        PrepareStep.Dead dead =
                assertInstanceOf(PrepareStep.Dead.class, poll(handle, TestApp.NOW.plus(Duration.ofHours(1))));
        assertEquals("stuck", dead.error().code());
        assertEquals(
                "In Progress: Media is still being processed.", dead.error().message());
        assertTrue(dead.error().meaning().retryable());
    }

    @Test
    void poll_nearTheEndOfTheContainer_isExpiredWithoutARead() {
        PublishAttempt late = TestApp.attempt(
                TestApp.reel("", Map.of()), TestApp.handle(), null, TestApp.NOW.plus(Duration.ofHours(23)));
        PrepareStep step = Conversation.of(publishing.prepare(late)).done();
        PrepareStep.Dead dead = assertInstanceOf(PrepareStep.Dead.class, step);
        assertEquals("EXPIRED", dead.error().code());
        assertTrue(dead.error().meaning().retryable());
    }

    private PrepareStep poll(Handle handle, Instant now) {
        PublishAttempt attempt = TestApp.attempt(TestApp.reel("", Map.of()), handle, null, now);
        return Conversation.of(publishing.prepare(attempt))
                .answer(200, IN_PROGRESS)
                .done();
    }

    @Test
    void publish_withMediaId_isPublished() {
        Conversation<CommitResult> talk =
                Conversation.of(publishing.commit(TestApp.committed())).answer(200, "{\"id\":\"17920238422030506\"}");
        assertEquals(CallClass.COMMIT, talk.call(0).callClass());
        assertEquals("POST", talk.call(0).method());
        assertEquals(
                "/v27.0/17841405822304914/media_publish", talk.call(0).uri().getPath());
        assertEquals(Map.of("creation_id", TestApp.CONTAINER), TestApp.form(talk.call(0)));
        assertEquals(new CommitResult.Published(TestApp.MEDIA), talk.done());
    }

    @Test
    void publish_withAnAddOn_keepsWhatElseTheAnswerSays() {
        CommitResult result = Conversation.of(publishing.commit(TestApp.committed()))
                .answer(200, "{\"id\":\"" + TestApp.MEDIA + "\",\"attached\":false,\"more\":{\"x\":1}}")
                .done();
        assertEquals(
                new CommitResult.Published(TestApp.MEDIA, Map.of("attached", "false", "more", "{\"x\":1}")), result);
    }

    @Test
    void publish_withANestedAttachResult_keepsItBoundedAndWithoutSecrets() {
        String long300 = "y".repeat(1000);
        CommitResult.Published result = assertInstanceOf(
                CommitResult.Published.class,
                Conversation.of(publishing.commit(TestApp.committed()))
                        .answer(
                                200,
                                "{\"id\":\"" + TestApp.MEDIA + "\",\"poll_attachment\":{\"attached\":false},"
                                        + "\"list\":[{\"url\":\"https://cdn.example.test/a?sig=1\",\"attached\":false,"
                                        + "\"page_token\":\"abcdef\"}],\"long\":[\"" + long300 + "\"],\"none\":null}")
                        .done());
        assertEquals("{\"attached\":false}", result.attributes().get("poll_attachment"));
        assertEquals(
                "[{\"url\":\"[address]\",\"attached\":false,\"page_token\":\"[token]\"}]",
                result.attributes().get("list"));
        assertEquals(300, result.attributes().get("long").length());
        assertEquals(
                Set.of("list", "long", "poll_attachment"), result.attributes().keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"success\":true}", "{\"id\":\"\"}", "true", "", "{\"id\":\"1\""})
    void publish_cleanStatusWithoutId_isUnclear(String body) {
        Conversation.of(publishing.commit(TestApp.committed()))
                .answer(200, body)
                .unclear();
    }

    @Test
    void publish_afterRateLimitAnswer_isUnclear() {
        Conversation<CommitResult> talk =
                Conversation.of(publishing.commit(TestApp.committed())).answer(400, Samples.SPAM);
        assertNotNull(talk.unclear().error());
        assertEquals("4/2207051", talk.unclear().error().code());
        assertFalse(talk.unclear().error().meaning().retryable());
    }

    @Test
    void publish_notReady_isARefusalThatMayBeRepeated() {
        Conversation<CommitResult> talk =
                Conversation.of(publishing.commit(TestApp.committed())).answer(400, Samples.NOT_READY);
        assertTrue(talk.refused().definite());
        assertTrue(talk.refused().meaning().retryable());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 500, 503})
    void publish_definiteCodeWithAnotherStatusThan4xx_isUnclear(int status) {
        Conversation.of(publishing.commit(TestApp.committed()))
                .answer(status, Samples.QUOTA)
                .unclear();
    }

    @Test
    void publish_lostAnswer_isUnclear() {
        Conversation.of(publishing.commit(TestApp.committed()))
                .answer(new HttpResult.Lost("connection reset"))
                .unclear();
    }

    @Test
    void status_readsTheContainer() {
        assertInstanceOf(HandleStatus.Processing.class, status(IN_PROGRESS));
        assertInstanceOf(HandleStatus.NotPublished.class, status(FINISHED));
        assertEquals(
                "",
                assertInstanceOf(HandleStatus.Published.class, status(PUBLISHED))
                        .postId());
    }

    @Test
    void status_unreadableObject_isNoEvidence() {
        Conversation.of(publishing.status(TestApp.committed()))
                .answer(400, Samples.UNREADABLE)
                .unclear();
    }

    private HandleStatus status(String body) {
        return Conversation.of(publishing.status(TestApp.committed()))
                .answer(200, body)
                .done();
    }

    private static PublishAttempt attempt(Handle handle) {
        return TestApp.attempt(TestApp.reel("Hello #x", Map.of()), handle, null);
    }
}
