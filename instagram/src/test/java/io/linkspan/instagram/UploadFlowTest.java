package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes of videos with Facebook Login. */
class UploadFlowTest {
    private static final String ROOM = "{\"config\":{\"quota_total\":100},\"quota_usage\":1}";
    private static final String UPLOAD = "https://rupload.facebook.com/ig-api-upload/v27.0/" + TestApp.CONTAINER;

    private final PublishAdapter publishing = TestApp.facebook().build().publishing();

    @Test
    void reel_isMadeForBytesAndItsCoverIsPulled() {
        PublishContent content = new PublishContent(
                PublishContent.Kind.VIDEO, "Hi", List.of(TestApp.video(Map.of()), TestApp.cover()), Map.of());
        assertFalse(publishing.pulls(content, content.item()));
        assertTrue(publishing.pulls(content, content.cover().orElseThrow()));
        Conversation<PrepareStep> talk = Conversation.of(publishing.prepare(TestApp.attempt(content, null, null)))
                .answer(200, ROOM)
                .answer(200, "{\"id\":\"17889455560051444\",\"uri\":\"" + UPLOAD + "\"}");
        assertEquals(
                Map.of(
                        "media_type", "REELS",
                        "upload_type", "resumable",
                        "caption", "Hi",
                        "share_to_feed", "true",
                        "cover_url", "https://media.example/x/1?sig=s%2Bt"),
                TestApp.form(talk.call(1)));
        Handle handle =
                assertInstanceOf(PrepareStep.Advanced.class, talk.done()).handle();
        assertEquals(UPLOAD, handle.secret().reveal());
        assertFalse(handle.facts().toString().contains("rupload"));
    }

    @Test
    void reel_withoutUploadAddress_isUnclear() {
        Conversation.of(publishing.prepare(TestApp.attempt(TestApp.reel("", Map.of()), null, null)))
                .answer(200, ROOM)
                .answer(200, "{\"id\":\"17889455560051444\"}")
                .unclear();
    }

    @Test
    void pulledVideos_needTheOption() {
        PublishAdapter pulling = TestApp.facebook().pullVideos(true).build().publishing();
        PublishContent reel = TestApp.reel("", Map.of());
        assertTrue(pulling.pulls(reel, reel.item()));
        Conversation<PrepareStep> talk = Conversation.of(pulling.prepare(TestApp.attempt(reel, null, null)))
                .answer(200, ROOM);
        assertEquals(
                "https://media.example/x/0?sig=s%2Bt", TestApp.form(talk.next()).get("video_url"));
    }

    @Test
    void bytes_goWholeToTheAddressOfTheContainer() {
        List<Long> told = new ArrayList<>();
        PublishAttempt plain = TestApp.attempt(TestApp.reel("", Map.of()), handle(UPLOAD), null);
        PublishAttempt attempt = new PublishAttempt(
                plain.id(),
                plain.accessToken(),
                plain.account(),
                plain.content(),
                plain.media(),
                plain.handle(),
                plain.now(),
                null,
                told::add,
                plain.known());
        Conversation<PrepareStep> talk = Conversation.of(publishing.prepare(attempt));
        HttpCall call = talk.next();
        assertEquals(CallClass.PREPARE, call.callClass());
        assertEquals(UPLOAD, call.uri().toString());
        assertEquals(
                Map.of("Authorization", "OAuth " + TestApp.TOKEN, "offset", "0", "file_size", "10"), call.headers());
        HttpBody.Slice slice = assertInstanceOf(HttpBody.Slice.class, call.body());
        assertEquals(List.of(0L, 10L), List.of(slice.offset(), slice.length()));
        slice.progress().accept(7);
        assertEquals(List.of(7L), told);
        Handle next = assertInstanceOf(
                        PrepareStep.Advanced.class,
                        talk.answer(200, "{\"success\":true,\"message\":\"Upload successful. More.\"}")
                                .done())
                .handle();
        assertNull(next.secret());
        assertEquals(
                "/v27.0/" + TestApp.CONTAINER,
                Conversation.of(publishing.prepare(TestApp.attempt(TestApp.reel("", Map.of()), next, null)))
                        .next()
                        .uri()
                        .getPath());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/x",
                "https://rupload.facebook.com.evil.example/x",
                "https://evilfacebook.com/x",
                "http://rupload.facebook.com/x",
                "https://rupload.facebook.com:8443/x",
                "https://me@rupload.facebook.com/x"
            })
    void bytes_neverGoToAnotherHost(String address) {
        Outcome.Unclear<PrepareStep> outcome = Conversation.of(
                        publishing.prepare(TestApp.attempt(TestApp.reel("", Map.of()), handle(address), null)))
                .unclear();
        assertTrue(outcome.why().contains("nothing was sent"), outcome.why());
    }

    @ParameterizedTest
    @CsvSource({
        "ProcessingFailedError, Request processing failed",
        "OffsetInvalidError,    The offset is invalid",
        "PartialRequestError,   The length does not match"
    })
    void upload_thatFailed_needsANewContainer(String type, String message) {
        PrepareStep step = upload().answer(
                        400,
                        "{\"debug_info\":{\"retriable\":false,\"type\":\"" + type + "\",\"message\":\"" + message
                                + "\"}}")
                .done();
        PrepareStep.Dead dead = assertInstanceOf(PrepareStep.Dead.class, step);
        assertEquals(type, dead.error().code());
        assertTrue(dead.error().meaning().retryable());
    }

    @Test
    void upload_whoseAnswerIsLost_needsANewContainer() {
        PrepareStep step =
                upload().answer(new HttpResult.Lost("connection reset")).done();
        PrepareStep.Dead dead = assertInstanceOf(PrepareStep.Dead.class, step);
        assertEquals("upload_interrupted", dead.error().code());
        assertTrue(dead.error().meaning().retryable());
    }

    @Test
    void upload_whoseEndpointIsDown_saysNothingAboutThePost() {
        for (String body : List.of(
                "<html>busy</html>",
                "{\"error\":{\"message\":\"down\",\"type\":\"OAuthException\",\"code\":2,\"is_transient\":true}}")) {
            PrepareStep.Dead dead = assertInstanceOf(
                    PrepareStep.Dead.class, upload().answer(503, body).done());
            assertTrue(publishing.interrupted(dead.error()), dead.error()::describe);
        }
    }

    @Test
    void upload_thatNeverLeft_isSentAgainToTheSameContainer() {
        assertInstanceOf(
                Outcome.NotSent.class,
                upload().answer(new HttpResult.NotSent("connection refused")).outcome());
    }

    @Test
    void upload_withATokenThatIsNotTaken_isRefused() {
        assertNotNull(upload().answer(
                        400,
                        "{\"debug_info\":{\"retriable\":false,\"type\":\"ProcessingFailedError\",\"message\":"
                                + "\"{\\\"success\\\":false,\\\"error\\\":{\\\"message\\\":\\\"unauthorized user"
                                + " request\\\"}}\"}}")
                .refused());
    }

    @Test
    void carouselVideo_isUploadedBeforeTheNextItemIsMade() {
        PublishContent content = TestApp.carousel(Map.of(), TestApp.video(Map.of()), TestApp.image(Map.of()));
        Handle made = assertInstanceOf(
                        PrepareStep.Advanced.class,
                        Conversation.of(publishing.prepare(TestApp.attempt(content, null, null)))
                                .answer(200, ROOM)
                                .answer(200, "{\"id\":\"101\",\"uri\":\"" + UPLOAD + "\"}")
                                .done())
                .handle();
        Conversation<PrepareStep> sent = Conversation.of(publishing.prepare(TestApp.attempt(content, made, null)));
        assertEquals("instagram.upload", sent.next().operation());
        Handle next = assertInstanceOf(
                        PrepareStep.Advanced.class,
                        sent.answer(200, "{\"success\":true}").done())
                .handle();
        Conversation<PrepareStep> second = Conversation.of(publishing.prepare(TestApp.attempt(content, next, null)));
        assertEquals(
                "https://media.example/x/1?sig=s%2Bt",
                TestApp.form(second.next()).get("image_url"));
    }

    private Conversation<PrepareStep> upload() {
        return Conversation.of(publishing.prepare(TestApp.attempt(TestApp.reel("", Map.of()), handle(UPLOAD), null)));
    }

    private static Handle handle(String address) {
        return new Handle(
                TestApp.CONTAINER,
                Map.of("container", TestApp.CONTAINER + " UPLOAD " + TestApp.NOW.getEpochSecond() + " 0 0"),
                Secret.of(address),
                TestApp.NOW.plusSeconds(80_000));
    }
}
