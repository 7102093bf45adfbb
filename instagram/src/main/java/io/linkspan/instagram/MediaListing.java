package io.linkspan.instagram;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishedPost;
import java.net.URI;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The account's newest media. No field of Instagram ties a media id to its container, so an id that was not in the answer
 * to the commit is taken from the list only when exactly one post can be meant.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media">IG User
 *     Media</a> (copy of 2026-03-01, read 2026-11-21)
 */
final class MediaListing {
    /** Fact of a handle: ids listed before the commit. */
    static final String LISTED = "listed";

    /** How far Instagram's clock may be behind ours. */
    static final Duration SKEW = Duration.ofMinutes(2);

    private static final int PAGE = 25;
    private static final String FIELDS = "id,caption,media_type,media_product_type,permalink,timestamp";
    private static final PublishedPost UNKNOWN_ID = new PublishedPost("", null);

    private final InstagramApp app;
    private final Answers answers;

    MediaListing(InstagramApp app, Answers answers) {
        this.app = app;
        this.answers = answers;
    }

    /** One item of the list. */
    record Item(
            String id,
            String caption,
            String productType,
            String mediaType,
            @Nullable Instant at,
            @Nullable URI permalink) {}

    /** One page, newest first. */
    record Page(List<Item> items, boolean hasNext) {}

    /** What a post must look like to be the one that is looked for. */
    record Wanted(Set<String> listedBefore, String productType, String mediaType, String caption, Instant notBefore) {
        boolean fits(Item item) {
            return !listedBefore.contains(item.id())
                    && productType.equals(item.productType())
                    && mediaType.equals(item.mediaType())
                    && normalized(caption).equals(normalized(item.caption()))
                    && item.at() != null
                    && !item.at().isBefore(notBefore);
        }
    }

    /** Keeps the ids listed now in the handle. When the list cannot be read, the handle keeps none, and nothing is bound. */
    Flow<Handle> remember(PublishAttempt attempt, Handle handle) {
        Map<String, String> query = Forms.of("fields", "id", "limit", String.valueOf(PAGE));
        return Flow.<Handle>call(list(attempt, query), result -> {
            Outcome<Page> read = answers.read(operation(attempt), result, MediaListing::page);
            return read instanceof Outcome.Done<Page>
                    ? read.map(page -> handle.with(LISTED, ids(page)))
                    : Outcome.done(handle);
        });
    }

    private static String ids(Page page) {
        return page.items().stream().map(Item::id).collect(Collectors.joining(","));
    }

    /** The one post that can be meant, or an empty id. */
    Flow<PublishedPost> find(PublishAttempt attempt, Handle handle) {
        String listed = handle.facts().get(LISTED);
        Instant committedAt = attempt.committedAt();
        if (listed == null || committedAt == null) {
            return Flow.of(UNKNOWN_ID);
        }
        Slot slot = Slot.of(attempt.content());
        Wanted wanted = new Wanted(
                Set.of(listed.split(",", -1)),
                slot.readsBack().getKey(),
                slot.readsBack().getValue(),
                slot.isStory() ? "" : attempt.content().caption(),
                committedAt.minus(SKEW));
        Map<String, String> query = Forms.of("fields", FIELDS, "limit", String.valueOf(PAGE));
        return Flow.call(
                list(attempt, query),
                result -> answers.read(operation(attempt), result, MediaListing::page)
                        .map(page -> only(wanted, page)));
    }

    static PublishedPost only(Wanted wanted, Page page) {
        List<Item> fitting = page.items().stream().filter(wanted::fits).toList();
        if (fitting.size() != 1 || reachesFurther(wanted, page)) {
            return UNKNOWN_ID;
        }
        return new PublishedPost(fitting.get(0).id(), fitting.get(0).permalink());
    }

    /** Whether posts of the wanted time may lie on the next page, so that the one found may not be the only one. */
    private static boolean reachesFurther(Wanted wanted, Page page) {
        if (!page.hasNext()) {
            return false;
        }
        return page.items().stream()
                .noneMatch(item -> item.at() != null && item.at().isBefore(wanted.notBefore()));
    }

    /** Reads the address of a known post. Right after publishing this may fail although the post is live. */
    Flow<PublishedPost> permalink(PublishAttempt attempt, String postId) {
        if (!Fields.isId(postId)) {
            // said by a person; it must not become a path
            return Flow.of(new PublishedPost(postId, null));
        }
        return Flow.call(
                app.read(
                        Operations.MEDIA,
                        "/" + postId,
                        Map.of("fields", "id,permalink,media_product_type,timestamp"),
                        attempt.accessToken()),
                result -> answers.read(Operations.MEDIA, result, root -> {
                    JsonNode media = Fields.unwrapped(root);
                    return Fields.id(media, "id")
                            .filter(postId::equals)
                            .map(id -> new PublishedPost(id, Fields.address(media, "permalink")));
                }));
    }

    /** Reads drop the {@code @} of mentions, and white space may be changed on the way. */
    static String normalized(String caption) {
        return Normalizer.normalize(caption, Normalizer.Form.NFC)
                .replace("@", "")
                .replaceAll("[\\s\\p{Z}]+", " ")
                .strip();
    }

    static Optional<Page> page(JsonNode root) {
        JsonNode data = root.path("data");
        if (!data.isArray()) {
            return Optional.empty();
        }
        Set<Item> items = new LinkedHashSet<>();
        for (JsonNode node : data) {
            Optional<String> id = Fields.id(node, "id");
            if (id.isEmpty()) {
                return Optional.empty();
            }
            items.add(new Item(
                    id.get(),
                    Fields.text(node, "caption"),
                    Fields.text(node, "media_product_type"),
                    Fields.text(node, "media_type"),
                    Fields.moment(node, "timestamp").orElse(null),
                    Fields.address(node, "permalink")));
        }
        boolean hasNext = !Fields.text(root.path("paging"), "next").isEmpty();
        return Optional.of(new Page(new ArrayList<>(items), hasNext));
    }

    /** Stories are listed on an edge of their own, for the 24 hours that they live. */
    private HttpCall list(PublishAttempt attempt, Map<String, String> query) {
        String edge = Slot.of(attempt.content()).isStory() ? "/stories" : "/media";
        return app.read(operation(attempt), "/" + attempt.account().id() + edge, query, attempt.accessToken());
    }

    private static String operation(PublishAttempt attempt) {
        return Slot.of(attempt.content()).isStory() ? Operations.STORY_LIST : Operations.MEDIA_LIST;
    }
}
