package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishedPost;
import io.linkspan.spi.TokenEffect;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TikTokCommitTest {
    private static final long SIZE = Fixtures.BIG;
    private static final long LAST = 128_000_000L;

    private final PublishAdapter publishing = Fixtures.tiktok().publishing();

    @ParameterizedTest
    @ValueSource(ints = {201, 206, 200})
    void commit_sendsTheLastByteAndIsAccepted(int status) {
        Script script = Script.of(Script.answer(status, ""));
        assertEquals(new CommitResult.Accepted(), script.done(commit()));
        assertEquals(CallClass.COMMIT, script.call(0).callClass());
        assertEquals("tiktok.upload_chunk", script.call(0).operation());
        assertEquals(
                "bytes 128000000-169999999/170000000", script.call(0).headers().get("Content-Range"));
        assertEquals(42_000_000L, Script.slice(script.call(0)).length());
        assertNull(script.call(0).headers().get("Authorization"));
    }

    @Test
    void commit_ofSmallVideo_sendsItWhole() {
        Script script = Script.of(Script.answer(201, ""));
        script.done(publishing.commit(Fixtures.attempt(1000).at(0).build()));
        assertEquals("bytes 0-999/1000", script.call(0).headers().get("Content-Range"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 416, 429, 500, 502, 302})
    void commit_answeredOtherwise_isUnclear(int status) {
        Script.unclear(Script.of(Script.answer(status, "")).play(commit()));
    }

    @Test
    void commit_withoutAnswer_keepsWhatIsProven() {
        assertEquals(
                new Outcome.NotSent<CommitResult>("refused"),
                Script.of(new HttpResult.NotSent("refused")).play(commit()));
        assertEquals(
                new Outcome.Unclear<CommitResult>("reset", null),
                Script.of(new HttpResult.Lost("reset")).play(commit()));
    }

    @Test
    void commit_reportsProgressFromTheStartOfTheFile() {
        List<Long> sent = new ArrayList<>();
        PublishAttempt watched = Fixtures.attempt(SIZE).at(LAST).build("demo", sent::add);
        Script script = Script.of(Script.answer(201, ""));
        script.done(publishing.commit(watched));
        Script.slice(script.call(0)).progress().accept(5);
        assertEquals(List.of(LAST + 5), sent);
    }

    @Test
    void status_ofComplete_isPublishedWithTheIdAsText() {
        Script script = Script.of(
                Script.data("{\"status\":\"PUBLISH_COMPLETE\",\"publicaly_available_post_id\":[7600000000000000777]}"));
        assertEquals(
                new HandleStatus.Published("7600000000000000777", "PUBLISH_COMPLETE"),
                script.done(status(Duration.ofMinutes(1))));
        assertEquals("{\"publish_id\":\"v_pub_file~v2-1.7600000000000000001\"}", Script.json(script.call(0)));
        assertEquals(CallClass.READ, script.call(0).callClass());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"7600000000000000777\"] | 7600000000000000777",
                "[] | ''",
                "null | ''",
                "[7.6e18] | ''",
                "[\"../x\"] | ''",
                "\"x\" | ''"
            })
    void status_ofComplete_takesIdsAsTheyCome(String ids, String id) {
        Script script =
                Script.of(Script.data("{\"status\":\"PUBLISH_COMPLETE\",\"publicaly_available_post_id\":" + ids + "}"));
        assertEquals(new HandleStatus.Published(id, "PUBLISH_COMPLETE"), script.done(status(Duration.ofMinutes(1))));
    }

    @ParameterizedTest
    @CsvSource({
        "internal, true, NONE",
        "file_format_check_failed, false, NONE",
        "spam_risk_too_many_posts, true, NONE",
        "spam_risk_user_banned_from_posting, false, NONE",
        "auth_removed, false, REMOVED_BY_PERSON",
        "never_seen, false, NONE"
    })
    void status_ofFailed_isDeadWithItsReason(String reason, boolean retryable, TokenEffect effect) {
        HandleStatus status = Script.of(Script.data("{\"status\":\"FAILED\",\"fail_reason\":\"" + reason + "\"}"))
                .done(status(Duration.ofMinutes(1)));
        PlatformError error = assertInstanceOf(HandleStatus.Dead.class, status).error();
        assertEquals(reason, error.code());
        assertEquals(retryable, error.meaning().retryable());
        assertEquals(effect, error.meaning().tokenEffect());
        assertTrue(error.definite());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"PROCESSING_UPLOAD\"}",
                "{\"status\":\"PROCESSING_UPLOAD\",\"uploaded_bytes\":170000000}",
                "{\"status\":\"PROCESSING_DOWNLOAD\"}",
                "{\"status\":\"SOMETHING_NEW\",\"uploaded_bytes\":1}"
            })
    void status_ofAnythingUnderWay_isProcessing(String data) {
        assertInstanceOf(
                HandleStatus.Processing.class, Script.of(Script.data(data)).done(status(Duration.ofMinutes(64))));
    }

    @Test
    void status_thatNeverTellsTheBytes_isNoSignOfLifeAfterTheHour() {
        Script script = Script.of(Script.data("{\"status\":\"PROCESSING_UPLOAD\"}"));
        assertEquals(
                new HandleStatus.NotPublished("PROCESSING_UPLOAD, bytes not told after the hour"),
                script.done(status(Duration.ofMinutes(65))));
    }

    @Test
    void status_ofUnknownValue_isKeptRawAsStillProcessing() {
        Script script = Script.of(Script.data("{\"status\":\"SOMETHING_NEW\",\"uploaded_bytes\":1}"));
        assertEquals(new HandleStatus.Processing("SOMETHING_NEW"), script.done(status(Duration.ofHours(3))));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "128000000, 128000000", "140000000, 128000000", "63999999, 32000000"})
    void status_withBytesMissing_isIncompleteAtABoundary(long uploaded, String offset) {
        HandleStatus status = missing(uploaded, Duration.ofMinutes(5));
        HandleStatus.Incomplete incomplete = assertInstanceOf(HandleStatus.Incomplete.class, status);
        assertEquals(offset, incomplete.handle().facts().get("offset"));
        assertEquals(Fixtures.UPLOAD_URL, incomplete.handle().secret().reveal());
    }

    @Test
    void status_withBytesMissing_agesFromIncompleteToDead() {
        assertInstanceOf(HandleStatus.Processing.class, missing(LAST, Duration.ofSeconds(64)));
        assertInstanceOf(HandleStatus.Incomplete.class, missing(LAST, Duration.ofMinutes(59)));
        assertInstanceOf(HandleStatus.NotPublished.class, missing(LAST, Duration.ofMinutes(60)));
        assertInstanceOf(HandleStatus.NotPublished.class, missing(LAST, Duration.ofMinutes(64)));
        PlatformError error = assertInstanceOf(HandleStatus.Dead.class, missing(LAST, Duration.ofMinutes(65)))
                .error();
        assertEquals("upload_url_expired", error.code());
        assertTrue(error.meaning().retryable());
    }

    /** A clock that is hours ahead, here or at the node that made the handle, ends no attempt whose last bytes may be on their way. */
    @ParameterizedTest
    @CsvSource({"0, 0", "64, 0", "65, 1", "400, 1"})
    void status_withBytesMissing_isDeadOnlyAfterThisProcessHasKnownTheHandleForSoLong(long knownMinutes, int dead) {
        Script script = Script.of(Script.data("{\"status\":\"PROCESSING_UPLOAD\",\"uploaded_bytes\":" + LAST + "}"));
        PublishAttempt attempt = Fixtures.attempt(SIZE)
                .at(LAST)
                .committed(Duration.ofMinutes(1))
                .after(Duration.ofHours(6))
                .build();
        HandleStatus status = script.done(publishing.status(new PublishAttempt(
                attempt.id(),
                attempt.accessToken(),
                attempt.account(),
                attempt.content(),
                attempt.media(),
                attempt.handle(),
                attempt.now(),
                attempt.committedAt(),
                attempt.progress(),
                Duration.ofMinutes(knownMinutes))));
        assertEquals(dead == 1, status instanceof HandleStatus.Dead, status.toString());
    }

    @Test
    void status_beforeTheCommit_isNotPublished() {
        Script script = Script.of(Script.data("{\"status\":\"PROCESSING_UPLOAD\",\"uploaded_bytes\":0}"));
        assertInstanceOf(
                HandleStatus.NotPublished.class,
                script.done(publishing.status(Fixtures.attempt(SIZE)
                        .at(0)
                        .after(Duration.ofMinutes(5))
                        .build())));
    }

    @ParameterizedTest
    @CsvSource({"invalid_publish_id, ''", "invalid_params, invalid_publish_id", "invalid_param, invalid_publish_id"})
    void status_ofIdNotShownYet_isUnclear(String code, String message) {
        Outcome.Unclear<?> unclear =
                Script.unclear(Script.of(Script.failure(400, code, message)).play(status(Duration.ofSeconds(2))));
        assertTrue(unclear.error().meaning().retryable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_params", "internal_error", "what_is_this"})
    void status_withoutEvidence_isUnclear(String code) {
        Script.unclear(Script.of(Script.failure(400, code, "?")).play(status(Duration.ofHours(2))));
    }

    @Test
    void status_withEndedToken_isRefusedAndSaysNothingOfThePost() {
        Outcome<HandleStatus> outcome =
                Script.of(Script.failure(401, "access_token_invalid", "")).play(status(Duration.ofMinutes(1)));
        assertEquals(TokenEffect.RENEW, Script.refused(outcome).meaning().tokenEffect());
    }

    @Test
    void locate_withHandle_buildsTheAddressWithoutAsking() {
        Script script = Script.of();
        assertEquals(
                new PublishedPost("777", URI.create("https://www.tiktok.com/@demo/video/777")),
                script.done(publishing.locate(Fixtures.attempt(SIZE).at(LAST).build(), "777")));
    }

    @Test
    void locate_withoutId_asksTheStatus() {
        Script script =
                Script.of(Script.data("{\"status\":\"PUBLISH_COMPLETE\",\"publicaly_available_post_id\":[888]}"));
        assertEquals(
                new PublishedPost("888", URI.create("https://www.tiktok.com/@demo/video/888")),
                script.done(publishing.locate(Fixtures.attempt(SIZE).at(LAST).build(), "")));
    }

    @Test
    void locate_withoutUserName_asksTheCreator() {
        PublishAttempt nameless = Fixtures.attempt(SIZE).at(LAST).build("", sent -> {});
        Script known = Script.of(Script.data(TikTokAccountsTest.CREATOR));
        assertEquals(
                URI.create("https://www.tiktok.com/@demo/video/777"),
                known.done(publishing.locate(nameless, "777")).permalink());
        Script unknown = Script.of(Script.answer(500, ""));
        assertEquals(new PublishedPost("777", null), unknown.done(publishing.locate(nameless, "777")));
    }

    private Flow<CommitResult> commit() {
        return publishing.commit(Fixtures.attempt(SIZE).at(LAST).build());
    }

    private Flow<HandleStatus> status(Duration age) {
        return publishing.status(Fixtures.attempt(SIZE)
                .at(LAST)
                .after(age)
                .committed(Duration.ofMinutes(1))
                .build());
    }

    private HandleStatus missing(long uploaded, Duration age) {
        return Script.of(Script.data("{\"status\":\"PROCESSING_UPLOAD\",\"uploaded_bytes\":" + uploaded + "}"))
                .done(status(age));
    }
}
