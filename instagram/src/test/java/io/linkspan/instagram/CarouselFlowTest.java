package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.Handle;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A carousel of an image and a video: first the items, then the carousel. */
class CarouselFlowTest {
    private static final String ROOM = "{\"config\":{\"quota_total\":100},\"quota_usage\":1}";
    private static final String BUSY = "{\"status_code\":\"IN_PROGRESS\",\"status\":\"In Progress: x\"}";
    private static final String FINISHED = "{\"status_code\":\"FINISHED\",\"status\":\"Finished: x\"}";
    private static final String UNKNOWN_MEDIA =
            "{\"status_code\":\"ERROR\",\"status\":\"Error: Media upload has failed with error code 2207026\"}";
    private static final String NOT_DOWNLOADED =
            "{\"status_code\":\"ERROR\",\"status\":\"Error: Media upload has failed with error code 2207077\"}";
    private static final PublishContent CONTENT = TestApp.carousel(
            Map.of("collaborators", "[\"a\"]"),
            TestApp.image(Map.of("alt_text", "A cat")),
            TestApp.video(Map.of("thumb_offset", "7")));

    private final PublishAdapter publishing = TestApp.instagram().publishing();

    @Test
    void items_areMadeFirst_thenPolledInOrder_thenTheCarouselIsMade() {
        Conversation<PrepareStep> first = Conversation.of(publishing.prepare(attempt(null)))
                .answer(200, ROOM)
                .answer(200, "{\"id\":\"101\"}");
        assertEquals(
                Map.of(
                        "image_url",
                        "https://media.example/x/0?sig=s%2Bt",
                        "is_carousel_item",
                        "true",
                        "alt_text",
                        "A cat"),
                TestApp.form(first.call(1)));
        Handle handle = advanced(first.done());
        assertEquals("101", handle.id());

        Conversation<PrepareStep> second = talk(handle).answer(200, "{\"id\":\"102\"}");
        assertEquals(
                Map.of(
                        "media_type", "VIDEO",
                        "video_url", "https://media.example/x/1?sig=s%2Bt",
                        "is_carousel_item", "true",
                        "thumb_offset", "7"),
                TestApp.form(second.call(0)));
        handle = advanced(second.done());

        Conversation<PrepareStep> poll = talk(handle).answer(200, FINISHED);
        assertEquals("/v27.0/101", poll.call(0).uri().getPath());
        handle = advanced(poll.done());
        poll = talk(handle).answer(200, BUSY);
        assertEquals("/v27.0/102", poll.call(0).uri().getPath());
        PrepareStep.Waiting waiting = assertInstanceOf(PrepareStep.Waiting.class, poll.done());
        assertEquals("item 2 of 2 (video): In Progress: x", waiting.detail());
        handle = advanced(talk(waiting.handle()).answer(200, FINISHED).done());

        Conversation<PrepareStep> parent = talk(handle).answer(200, "{\"id\":\"200\"}");
        assertEquals(
                Map.of(
                        "media_type",
                        "CAROUSEL",
                        "children",
                        "101,102",
                        "caption",
                        "Hello #x",
                        "collaborators",
                        "[\"a\"]"),
                TestApp.form(parent.call(0)));
        handle = advanced(parent.done());
        assertEquals("200", handle.id());
        Conversation<PrepareStep> last = talk(handle).answer(200, FINISHED).answer(200, "{\"data\":[]}");
        assertEquals("/v27.0/200", last.call(0).uri().getPath());
        assertEquals(
                "200",
                assertInstanceOf(PrepareStep.Ready.class, last.done()).handle().id());
    }

    @Test
    void item_refusedForGood_endsTheCarouselAndIsNamed() {
        PrepareStep.Dead dead = assertInstanceOf(
                PrepareStep.Dead.class,
                talk(handle("BUSY 0", "BUSY 0")).answer(200, UNKNOWN_MEDIA).done());
        assertEquals("2207026", dead.error().code());
        assertTrue(
                dead.error().message().startsWith("item 1 of 2 (image): Error:"),
                dead.error().message());
        assertFalse(dead.error().meaning().retryable());
    }

    @Test
    void item_thatMayWorkAgain_isMadeAgain_andTheFinishedOneIsKept() {
        Handle handle = handle("FINISHED 0", "BUSY 0");
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            PrepareStep.Waiting failed = assertInstanceOf(
                    PrepareStep.Waiting.class,
                    talk(handle).answer(200, NOT_DOWNLOADED).done());
            pauses.add(failed.pause());
            Conversation<PrepareStep> again = talk(failed.handle()).answer(200, "{\"id\":\"11" + i + "\"}");
            assertEquals("VIDEO", TestApp.form(again.call(0)).get("media_type"));
            handle = advanced(again.done());
        }
        assertEquals(List.of(Duration.ofSeconds(30), Duration.ofSeconds(60)), pauses);
        PrepareStep.Dead dead = assertInstanceOf(
                PrepareStep.Dead.class, talk(handle).answer(200, NOT_DOWNLOADED).done());
        assertFalse(dead.error().meaning().retryable());
        assertTrue(
                dead.error().message().startsWith("item 2 of 2 (video): ")
                        && dead.error().message().endsWith("(3 containers failed)"),
                dead.error().message());
        assertTrue(dead.handle().fact("item.01").orElseThrow().contains(" FINISHED "));
    }

    @Test
    void carousel_thatFailed_isMadeAgainOfTheSameItems() {
        Handle handle = handle("FINISHED 0", "FINISHED 0").with("container", "200 BUSY " + at() + " 0 0");
        PrepareStep.Waiting failed = assertInstanceOf(
                PrepareStep.Waiting.class,
                talk(handle).answer(200, NOT_DOWNLOADED).done());
        Conversation<PrepareStep> again = talk(failed.handle()).answer(200, "{\"id\":\"201\"}");
        assertEquals("101,102", TestApp.form(again.call(0)).get("children"));
        assertEquals("201", advanced(again.done()).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {Samples.NOT_FETCHED, Samples.UNAVAILABLE})
    void item_thatIsNotMade_isNamedInTheError(String body) {
        Handle handle = new Handle(
                "101", Map.of("item.01", "101 BUSY " + at() + " 0 0"), null, TestApp.NOW.plusSeconds(80_000));
        PlatformError error = talk(handle).answer(400, body).unclear().error();
        assertTrue(error != null && error.message().startsWith("item 2 of 2 (video): "));
    }

    @Test
    void handle_isUsableAsLongAsItsOldestContainer() {
        Instant later = TestApp.NOW.plus(Duration.ofHours(2));
        Handle handle = new Handle(
                "101", Map.of("item.01", "101 BUSY " + at() + " 0 0"), null, TestApp.NOW.plusSeconds(80_000));
        PublishAttempt attempt = TestApp.attempt(CONTENT, handle, null, later);
        Handle next = advanced(Conversation.of(publishing.prepare(attempt))
                .answer(200, "{\"id\":\"102\"}")
                .done());
        assertEquals(TestApp.NOW.plusSeconds(80_000), next.usableUntil());
    }

    private Conversation<PrepareStep> talk(Handle handle) {
        return Conversation.of(publishing.prepare(attempt(handle)));
    }

    private static PublishAttempt attempt(@Nullable Handle handle) {
        return TestApp.attempt(CONTENT, handle, null);
    }

    private static Handle handle(String first, String second) {
        return new Handle(
                "101",
                Map.of(
                        "item.01", "101 " + first.replace(" ", " " + at() + " 0 "),
                        "item.02", "102 " + second.replace(" ", " " + at() + " 0 ")),
                null,
                TestApp.NOW.plus(Duration.ofHours(23)));
    }

    private static long at() {
        return TestApp.NOW.getEpochSecond();
    }

    private static Handle advanced(PrepareStep step) {
        return assertInstanceOf(PrepareStep.Advanced.class, step).handle();
    }
}
