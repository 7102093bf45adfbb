package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.spi.PublishedPost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Binding a media id by listing: exactly one candidate, judged here by a second, plainer reading of the rules. */
class LocateProperties {
    private static final Instant COMMITTED = TestApp.COMMITTED;
    private static final MediaListing.Wanted WANTED =
            new MediaListing.Wanted(Set.of("0", "1"), "REELS", "VIDEO", "a @b  c", COMMITTED.minus(MediaListing.SKEW));

    @Property
    void bound_onlyWhenExactlyOneItemFits(@ForAll("items") List<MediaListing.Item> items) {
        List<String> fitting = new ArrayList<>();
        for (MediaListing.Item item : items) {
            boolean known = item.id().equals("0") || item.id().equals("1");
            boolean caption = List.of("a b c", "a @b c", "@a  b\nc ").contains(item.caption());
            boolean late = item.at() != null
                    && item.at().getEpochSecond() >= COMMITTED.getEpochSecond() - MediaListing.SKEW.toSeconds();
            if (!known && caption && late && item.productType().equals("REELS")) {
                fitting.add(item.id());
            }
        }
        PublishedPost post = MediaListing.only(WANTED, new MediaListing.Page(items, false));
        assertEquals(fitting.size() == 1 ? fitting.get(0) : "", post.postId());
    }

    @Property
    void bound_neverFromAPageThatEndsWithinTheWantedTime(@ForAll("items") List<MediaListing.Item> items) {
        List<MediaListing.Item> late = items.stream()
                .filter(item -> item.at() == null || !item.at().isBefore(WANTED.notBefore()))
                .toList();
        assertEquals(
                "", MediaListing.only(WANTED, new MediaListing.Page(late, true)).postId());
    }

    @Provide
    Arbitrary<List<MediaListing.Item>> items() {
        Arbitrary<String> ids = Arbitraries.of("0", "1", "2", "3", "4");
        Arbitrary<String> captions = Arbitraries.of("a b c", "a @b c", "@a  b\nc ", "a b", "");
        Arbitrary<String> types = Arbitraries.of("REELS", "REELS", "FEED", "");
        Arbitrary<Instant> times = Arbitraries.integers()
                .between(-200, 200)
                .map(seconds -> COMMITTED.plusSeconds(seconds))
                .injectNull(0.1);
        return Combinators.combine(ids, captions, types, times)
                .as((id, caption, type, at) ->
                        new MediaListing.Item(id, caption, type, "FEED".equals(type) ? "IMAGE" : "VIDEO", at, null))
                .list()
                .ofMaxSize(5);
    }
}
