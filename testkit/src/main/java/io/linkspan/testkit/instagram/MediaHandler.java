package io.linkspan.testkit.instagram;

import io.linkspan.json.databind.node.ArrayNode;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.instagram.Container.Media;
import io.linkspan.testkit.internal.Forms;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Reads of posts. */
final class MediaHandler {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final InstagramWorld world;

    MediaHandler(InstagramWorld world) {
        this.world = world;
    }

    SimReply list(SimRequest request, String id, boolean stories) {
        InstagramGrants.Token token = world.authorize(request);
        world.require(token, "instagram_business_basic");
        if (!InstagramWorld.names(token.grant.account, id)) {
            throw world.replies.unreadable(id);
        }
        Forms query = InstagramWorld.parameters(request);
        List<String> fields = AccountHandler.fields(request, "id");
        Instant since = Instant.ofEpochSecond(number(query, "since", 0));
        Instant until = Instant.ofEpochSecond(number(query, "until", 253_402_300_799L));
        List<Media> all = world.containers.list(token.grant.account, stories).stream()
                .filter(post -> !post.at().isBefore(since) && !post.at().isAfter(until))
                .toList();
        int start = (int) Math.min(number(query, "after", 0), all.size());
        int end = (int) Math.min(start + number(query, "limit", 25), all.size());
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        all.subList(start, end).forEach(post -> data.add(node(post, fields)));
        if (end > start) {
            ObjectNode paging = body.putObject("paging");
            paging.putObject("cursors").put("before", Integer.toString(start)).put("after", Integer.toString(end));
            if (end < all.size()) {
                paging.put(
                        "next",
                        graph(token) + request.path() + "?"
                                + Forms.query("fields", String.join(",", fields), "after", Integer.toString(end)));
            }
        }
        return world.replies.ok(body);
    }

    private String graph(InstagramGrants.Token token) {
        boolean facebook = world.facebook.pageToken(token.value) != null;
        return facebook ? "https://graph.facebook.com" : "https://graph.instagram.com";
    }

    private long number(Forms query, String name, long fallback) {
        String text = query.text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        if (!text.matches("\\d{1,11}")) {
            throw world.replies.parameter("Param " + name + " must be an integer");
        }
        return Long.parseLong(text);
    }

    SimReply read(SimRequest request, String id) {
        InstagramGrants.Token token = world.authorize(request);
        world.require(token, "instagram_business_basic");
        Media post = world.containers.findMedia(id);
        if (post == null || post.container().account != token.grant.account) {
            throw world.replies.unreadable(id);
        }
        if (world.clock.instant().isBefore(post.at().plus(world.rules.mediaGap))) {
            throw world.replies.unreadable(id);
        }
        return world.replies.ok(node(post, AccountHandler.fields(request, "id")));
    }

    private ObjectNode node(Media post, List<String> fields) {
        ObjectNode node = Json.object();
        Container container = post.container();
        for (String field : fields) {
            switch (field) {
                case "id" -> node.put(field, post.id());
                case "caption" -> {
                    if (!container.caption.isEmpty()) {
                        node.put(
                                field,
                                world.rules.captionsLoseAt ? container.caption.replace("@", "") : container.caption);
                    }
                }
                case "alt_text" -> {
                    String text = container.details.get("alt_text");
                    if (text != null) {
                        node.put(field, text);
                    }
                }
                case "media_type" -> node.put(field, post.mediaType());
                case "media_product_type" -> node.put(field, post.productType());
                case "permalink" -> node.put(field, post.permalink());
                case "shortcode" -> node.put(field, post.shortcode());
                case "timestamp" -> node.put(field, STAMP.format(post.at()));
                case "username" -> node.put(field, container.account.handle());
                case "owner" -> node.putObject(field).put("id", container.account.userId());
                case "media_url", "thumbnail_url" ->
                    node.put(field, "https://cdn.instagram.example/" + post.shortcode());
                case "is_shared_to_feed" -> node.put(field, !"false".equals(container.details.get("share_to_feed")));
                case "is_ai_generated" -> node.put(field, "true".equals(container.details.get("is_ai_generated")));
                case "is_comment_enabled" -> node.put(field, true);
                case "like_count", "comments_count" -> node.put(field, 0);
                case "children" -> {
                    ArrayNode children = node.putObject(field).putArray("data");
                    container.children.forEach(child -> children.addObject().put("id", child.id));
                }
                default -> throw AccountHandler.unknownField(world, field);
            }
        }
        node.put("id", post.id());
        return node;
    }
}
