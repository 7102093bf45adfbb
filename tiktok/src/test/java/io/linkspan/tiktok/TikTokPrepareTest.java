package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Capability;
import io.linkspan.preflight.Destination;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TikTokPrepareTest {
    private static final long CHUNK = ChunkPlan.CHUNK;
    private static final HttpResult CREATOR = Script.data(TikTokAccountsTest.CREATOR);

    private final PublishAdapter publishing = Fixtures.tiktok().publishing();

    @Test
    void destination_ofVideo_needsBytesOnly() {
        assertEquals(Capability.PUBLISH_VIDEO, publishing.capability(Fixtures.video()));
        assertEquals(
                Destination.TIKTOK_VIDEO,
                publishing.destination(Fixtures.video(), Fixtures.video().item()));
        assertFalse(publishing.pulls(Fixtures.video(), Fixtures.video().item()));
    }

    @Test
    void prepare_ofBigVideo_asksCreatorInfoThenStartsTheUpload() {
        Script script = Script.of(CREATOR, init(Fixtures.UPLOAD_URL));
        PrepareStep step =
                script.done(publishing.prepare(Fixtures.attempt(Fixtures.BIG).build()));
        assertInstanceOf(PrepareStep.Advanced.class, step);
        assertEquals("tiktok.creator_info", script.call(0).operation());
        assertEquals(CallClass.READ, script.call(0).callClass());
        assertEquals("tiktok.video_init", script.call(1).operation());
        assertEquals(CallClass.PREPARE, script.call(1).callClass());
        assertEquals(
                "{\"post_info\":{\"title\":\"hello #demo\",\"privacy_level\":\"SELF_ONLY\",\"disable_comment\":true,"
                        + "\"disable_duet\":true,\"disable_stitch\":true,\"brand_content_toggle\":false,"
                        + "\"brand_organic_toggle\":false,\"is_aigc\":false},\"source_info\":{\"source\":\"FILE_UPLOAD\","
                        + "\"video_size\":170000000,\"chunk_size\":32000000,\"total_chunk_count\":5}}",
                Script.json(script.call(1)));
        Handle handle = Steps.handle(step);
        assertEquals(Fixtures.NOW.plusSeconds(3600 - 60 - 160), handle.usableUntil());
        assertEquals(Fixtures.PUBLISH_ID, handle.id());
        assertEquals(Fixtures.UPLOAD_URL, handle.secret().reveal());
        assertEquals("0", handle.facts().get("offset"));
        assertEquals("2026-11-21T10:00:00Z", handle.facts().get("issuedAt"));
        assertFalse(handle.facts().toString().contains("upload_token"));
    }

    @Test
    void prepare_ofSmallVideo_isReadyAfterInit() {
        Script script = Script.of(CREATOR, init(Fixtures.UPLOAD_URL));
        assertInstanceOf(
                PrepareStep.Ready.class,
                script.done(publishing.prepare(Fixtures.attempt(64_000_000L).build())));
    }

    @Test
    void prepare_withLevelTheCreatorLacks_isRefusedBeforeInit() {
        Script script = Script.of(Script.data("{\"privacy_level_options\":[\"FOLLOWER_OF_CREATOR\"]}"));
        PlatformError error = Script.refused(
                script.play(publishing.prepare(Fixtures.attempt(1).build())));
        assertEquals("privacy_level_option_mismatch", error.code());
        assertTrue(error.definite());
        assertEquals(1, script.count());
    }

    @Test
    void prepare_ofBarredAccount_isRefusedBeforeInit() {
        Script script = Script.of(Script.failure(200, "spam_risk_user_banned_from_posting", "banned"));
        PlatformError error = Script.refused(
                script.play(publishing.prepare(Fixtures.attempt(1).build())));
        assertEquals(CauseClass.ACCOUNT, error.meaning().causeClass());
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_params",
        "400, invalid_param",
        "401, access_token_invalid",
        "401, scope_not_authorized",
        "403, spam_risk_too_many_posts",
        "403, spam_risk_user_banned_from_posting",
        "403, reached_active_user_cap",
        "403, unaudited_client_can_only_post_to_private_accounts",
        "403, privacy_level_option_mismatch",
        "429, rate_limit_exceeded"
    })
    void init_withCodeOnTheList_isRefused(int status, String code) {
        Script script = Script.of(CREATOR, Script.failure(status, code, "The chunk size is invalid"));
        assertEquals(
                code,
                Script.refused(script.play(
                                publishing.prepare(Fixtures.attempt(1).build())))
                        .code());
    }

    @ParameterizedTest
    @CsvSource({"500, internal_error", "503, spam_risk_too_many_posts", "400, brand_new_code", "200, brand_new_code"})
    void init_withWeakAnswer_isUnclear(int status, String code) {
        Script script = Script.of(CREATOR, Script.failure(status, code, "?"));
        assertEquals(
                code,
                Script.unclear(script.play(
                                publishing.prepare(Fixtures.attempt(1).build())))
                        .error()
                        .code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com/video/?upload_token=SAMPLE",
                "http://open-upload.tiktokapis.com/video/",
                "::not a uri::"
            })
    void init_withForeignUploadAddress_isUnclearAndTellsNothingOfIt(String url) {
        Outcome.Unclear<?> unclear = Script.unclear(Script.of(CREATOR, init(url))
                .play(publishing.prepare(Fixtures.attempt(1).build())));
        assertEquals("the upload address is not at a host of TikTok; nothing was sent to it", unclear.why());
    }

    @Test
    void init_withoutUploadAddress_isUnclear() {
        Script script = Script.of(CREATOR, Script.data("{\"publish_id\":\"p\"}"));
        Script.unclear(script.play(publishing.prepare(Fixtures.attempt(1).build())));
    }

    @Test
    void prepare_ofNextChunk_sendsExactlyItsBytes() {
        Script script = Script.of(Script.answer(206, ""));
        PrepareStep step = script.done(prepare(CHUNK));
        assertEquals("tiktok.upload_chunk", script.call(0).operation());
        assertEquals(CallClass.PREPARE, script.call(0).callClass());
        assertEquals("PUT", script.call(0).method());
        assertEquals(Fixtures.UPLOAD_URL, script.call(0).uri().toString());
        assertEquals(
                java.util.Map.of("Content-Range", "bytes 32000000-63999999/170000000"),
                script.call(0).headers());
        assertEquals(CHUNK, Script.slice(script.call(0)).offset());
        assertEquals(CHUNK, Script.slice(script.call(0)).length());
        assertEquals("video/mp4", Script.slice(script.call(0)).contentType());
        assertInstanceOf(PrepareStep.Advanced.class, step);
        assertEquals("64000000", Steps.handle(step).facts().get("offset"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 206})
    void prepare_ofLastButOneChunk_isReady(int status) {
        PrepareStep step = Script.of(Script.answer(status, "")).done(prepare(3 * CHUNK));
        assertInstanceOf(PrepareStep.Ready.class, step);
        assertEquals("128000000", Steps.handle(step).facts().get("offset"));
    }

    @Test
    void prepare_withAllButTheLastSent_asksNothing() {
        Script script = Script.of();
        assertInstanceOf(PrepareStep.Ready.class, script.done(prepare(4 * CHUNK)));
        assertEquals(0, script.count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 0-96000000/170000000", "bytes 0-95999999/170000000"})
    void prepare_after416_goesOnWhereTikTokIs_countOrIndex(String range) {
        PrepareStep step = Script.of(Script.answer(416, "Content-Range", range)).done(prepare(CHUNK));
        assertInstanceOf(PrepareStep.Advanced.class, step);
        assertEquals("96000000", Steps.handle(step).facts().get("offset"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes */170000000", "bytes 0-12345/170000000", "garbage", "bytes 0-32000000/170000000"})
    void prepare_after416WithoutUse_takesTheOffsetFromStatus(String range) {
        Script script = Script.of(
                Script.answer(416, "Content-Range", range),
                Script.data("{\"status\":\"PROCESSING_UPLOAD\",\"uploaded_bytes\":70000000}"));
        PrepareStep step = script.done(prepare(CHUNK));
        assertEquals("tiktok.status", script.call(1).operation());
        assertEquals("64000000", Steps.handle(step).facts().get("offset"));
    }

    @Test
    void prepare_whenTikTokContradictsItself_isUnclear() {
        Script script = Script.of(
                Script.answer(416, ""), Script.data("{\"status\":\"PROCESSING_UPLOAD\",\"uploaded_bytes\":32000000}"));
        Script.unclear(script.play(prepare(CHUNK)));
    }

    @Test
    void prepare_whenTikTokHasEverything_isReadyToSendTheLastChunkAgain() {
        PrepareStep step = Script.of(Script.answer(416, "Content-Range", "bytes 0-170000000/170000000"))
                .done(prepare(CHUNK));
        assertInstanceOf(PrepareStep.Ready.class, step);
        assertEquals("128000000", Steps.handle(step).facts().get("offset"));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void prepare_onEndedUpload_isDeadAndSaysNothingAboutThePost(int status) {
        PrepareStep step = Script.of(Script.answer(status, "")).done(prepare(CHUNK));
        PlatformError error = assertInstanceOf(PrepareStep.Dead.class, step).error();
        assertEquals("http_" + status, error.code());
        assertTrue(publishing.interrupted(error));
        assertEquals(Duration.ofMinutes(40), error.retryAfter(), "TikTok counts each init");
    }

    @Test
    void prepare_onOneRefusedChunk_sendsItAgainToTheSameHandle() {
        Script script = Script.of(
                Script.answer(400, ""), Script.data("{\"status\":\"PROCESSING_UPLOAD\",\"uploaded_bytes\":32000000}"));
        PrepareStep.Interrupted step = assertInstanceOf(PrepareStep.Interrupted.class, script.done(prepare(CHUNK)));
        assertEquals("http_400", step.error().code());
        assertEquals("tiktok.status", script.call(1).operation());
        assertEquals("32000000", step.handle().facts().get("offset"));
        PublishAttempt again = Fixtures.attempt(Fixtures.BIG).at(CHUNK).build().withHandle(step.handle());
        PrepareStep next = Script.of(Script.answer(206, "")).done(publishing.prepare(again));
        assertEquals("64000000", Steps.handle(next).facts().get("offset"));
        assertEquals("0", Steps.handle(next).facts().get("refusals"));
    }

    @Test
    void prepare_onAChunkRefusedAgainAndAgain_isDead() {
        PublishAttempt attempt = Fixtures.attempt(Fixtures.BIG).at(CHUNK).build();
        PrepareStep step = null;
        for (int refusal = 1; refusal <= 8; refusal++) {
            step = Script.of(Script.answer(400, ""), Script.data("{\"status\":\"PROCESSING_UPLOAD\"}"))
                    .done(publishing.prepare(attempt));
            if (step instanceof PrepareStep.Interrupted it) {
                attempt = attempt.withHandle(it.handle());
            }
        }
        PlatformError error = assertInstanceOf(PrepareStep.Dead.class, step).error();
        assertEquals("http_400", error.code());
        assertFalse(publishing.interrupted(error));
    }

    @Test
    void prepare_onARefusedChunkOfAFailedPublish_saysWhy() {
        PrepareStep step = Script.of(
                        Script.answer(400, ""),
                        Script.data("{\"status\":\"FAILED\",\"fail_reason\":\"file_format_check_failed\"}"))
                .done(prepare(CHUNK));
        assertEquals(
                "file_format_check_failed",
                assertInstanceOf(PrepareStep.Dead.class, step).error().code());
    }

    @Test
    void prepare_tooLateForTheLastChunk_isDeadWithoutSending() {
        PublishAttempt late = Fixtures.attempt(Fixtures.BIG)
                .at(CHUNK)
                .after(Duration.ofSeconds(3600 - 60 - 160))
                .build();
        Script script = Script.of();
        PlatformError error = assertInstanceOf(PrepareStep.Dead.class, script.done(publishing.prepare(late)))
                .error();
        assertEquals("upload_url_expired", error.code());
        assertTrue(error.meaning().retryable());
    }

    @Test
    void prepare_afterACommit_neverCallsTheHandleDead() {
        Fixtures.Attempt committed = Fixtures.attempt(Fixtures.BIG).at(CHUNK).committed(Duration.ofMinutes(50));
        Script.unclear(Script.of(Script.answer(403, ""))
                .play(publishing.prepare(committed.after(Duration.ofMinutes(61)).build())));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504, 302, 429})
    void prepare_onPassingTrouble_isUnclear(int status) {
        Script.unclear(Script.of(Script.answer(status, "")).play(prepare(CHUNK)));
    }

    @Test
    void prepare_withoutAnswer_keepsWhatIsProven() {
        assertEquals(
                new Outcome.NotSent<PrepareStep>("refused"),
                Script.of(new HttpResult.NotSent("refused")).play(prepare(CHUNK)));
        assertEquals(
                new Outcome.Unclear<PrepareStep>("reset", null),
                Script.of(new HttpResult.Lost("reset")).play(prepare(CHUNK)));
    }

    private io.linkspan.spi.Flow<PrepareStep> prepare(long offset) {
        return publishing.prepare(Fixtures.attempt(Fixtures.BIG).at(offset).build());
    }

    private static HttpResult init(String url) {
        return Script.data("{\"publish_id\":\"" + Fixtures.PUBLISH_ID + "\",\"upload_url\":\"" + url + "\"}");
    }
}
