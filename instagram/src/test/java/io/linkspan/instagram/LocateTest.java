package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.spi.Handle;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.PublishedPost;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocateTest {
    private static final String ITEM =
            "{\"id\":\"17920238422030506\",\"caption\":\"Hello #x\",\"media_type\":\"VIDEO\",\"media_product_type\":\"REELS\","
                    + "\"permalink\":\"https://www.instagram.com/reel/Cabc123/\",\"timestamp\":\"2026-11-20T17:03:11+0000\"}";
    private static final PublishedPost FOUND =
            new PublishedPost(TestApp.MEDIA, URI.create("https://www.instagram.com/reel/Cabc123/"));
    private static final PublishedPost UNKNOWN = new PublishedPost("", null);

    private final PublishAdapter publishing = TestApp.instagram().publishing();

    @Test
    void locate_knownId_readsTheAddressOnly() {
        Conversation<PublishedPost> talk = Conversation.of(publishing.locate(TestApp.committed(), TestApp.MEDIA))
                .answer(
                        200,
                        "{\"id\":\"17920238422030506\",\"permalink\":\"https://www.instagram.com/reel/Cabc123/\"}");
        assertEquals("instagram.media", talk.call(0).operation());
        assertEquals("/v27.0/17920238422030506", talk.call(0).uri().getPath());
        assertEquals(FOUND, talk.done());
    }

    @ParameterizedTest
    @ValueSource(strings = {Samples.UNREADABLE, Samples.SPAM})
    void locate_rightAfterPublishing_mayFailWithoutEvidence(String body) {
        Conversation.of(publishing.locate(TestApp.committed(), TestApp.MEDIA))
                .answer(400, body)
                .unclear();
    }

    @Test
    void locate_idTypedByAPerson_neverBecomesAPath() {
        assertEquals(
                new PublishedPost("../me?x", null),
                Conversation.of(publishing.locate(TestApp.committed(), "../me?x"))
                        .done());
    }

    @Test
    void locate_oneCandidate_isBound() {
        assertEquals(FOUND, list(TestApp.committed(), ITEM));
    }

    @Test
    void locate_twoCandidates_bindsNone() {
        assertEquals(UNKNOWN, list(TestApp.committed(), ITEM + "," + ITEM.replace("17920238422030506", "2000")));
    }

    @Test
    void locate_candidateListedBeforeTheCommit_bindsNone() {
        Handle handle = TestApp.handle().with(MediaListing.LISTED, "5," + TestApp.MEDIA);
        assertEquals(
                UNKNOWN, list(TestApp.attempt(TestApp.reel("Hello #x", Map.of()), handle, TestApp.COMMITTED), ITEM));
    }

    @Test
    void locate_captionReadsWithoutAtSign_isBound() {
        PublishAttempt attempt =
                TestApp.attempt(TestApp.reel(" Hello\n\n@friend  x ", Map.of()), TestApp.handle(), TestApp.COMMITTED);
        assertEquals(FOUND, list(attempt, ITEM.replace("Hello #x", "Hello friend x")));
    }

    @Test
    void locate_imageLooksForAFeedPost() {
        PublishAttempt attempt =
                TestApp.attempt(TestApp.image("Hello #x", Map.of()), TestApp.handle(), TestApp.COMMITTED);
        assertEquals(UNKNOWN, list(attempt, ITEM));
        assertEquals(UNKNOWN, list(attempt, ITEM.replace("REELS", "FEED").replace("VIDEO", "CAROUSEL_ALBUM")));
        assertEquals(FOUND, list(attempt, ITEM.replace("REELS", "FEED").replace("VIDEO", "IMAGE")));
    }

    @Test
    void locate_carouselLooksForAnAlbum() {
        PublishContent content = TestApp.carousel(Map.of(), TestApp.image(Map.of()), TestApp.video(Map.of()));
        PublishAttempt attempt = TestApp.attempt(content, TestApp.handle(), TestApp.COMMITTED);
        assertEquals(UNKNOWN, list(attempt, ITEM.replace("REELS", "FEED").replace("VIDEO", "IMAGE")));
        assertEquals(FOUND, list(attempt, ITEM.replace("REELS", "FEED").replace("VIDEO", "CAROUSEL_ALBUM")));
    }

    @Test
    void locate_storyLooksAmongTheStories() {
        PublishAttempt attempt =
                TestApp.attempt(TestApp.story(TestApp.image(Map.of())), TestApp.handle(), TestApp.COMMITTED);
        String story = ITEM.replace("REELS", "STORY").replace("VIDEO", "IMAGE").replace("Hello #x", "");
        Conversation<PublishedPost> talk =
                Conversation.of(publishing.locate(attempt, "")).answer(200, "{\"data\":[" + story + "]}");
        assertEquals("instagram.story_list", talk.call(0).operation());
        assertEquals("/v27.0/17841405822304914/stories", talk.call(0).uri().getPath());
        assertEquals(FOUND, talk.done());
        assertEquals(UNKNOWN, list(attempt, story.replace("STORY", "FEED")));
    }

    @Test
    void locate_wantedTimeReachesBeyondThePage_bindsNone() {
        PublishedPost post = Conversation.of(publishing.locate(TestApp.committed(), ""))
                .answer(200, "{\"data\":[" + ITEM + "],\"paging\":{\"next\":\"https://x.example/\"}}")
                .done();
        assertEquals(UNKNOWN, post);
    }

    @Test
    void locate_withoutListingBeforeTheCommit_asksNothing() {
        Handle bare = new Handle(TestApp.CONTAINER, Map.of(), null);
        PublishAttempt attempt = TestApp.attempt(TestApp.reel("Hello #x", Map.of()), bare, TestApp.COMMITTED);
        assertEquals(UNKNOWN, Conversation.of(publishing.locate(attempt, "")).done());
    }

    @Test
    void locate_malformedList_isUnclear() {
        Conversation.of(publishing.locate(TestApp.committed(), ""))
                .answer(200, "{\"data\":[{\"id\":{}}]}")
                .unclear();
    }

    private PublishedPost list(PublishAttempt attempt, String items) {
        return Conversation.of(publishing.locate(attempt, ""))
                .answer(200, "{\"data\":[" + items + "]}")
                .done();
    }
}
