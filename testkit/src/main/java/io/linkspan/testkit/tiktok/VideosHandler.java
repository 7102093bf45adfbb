package io.linkspan.testkit.tiktok;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.node.ArrayNode;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code /v2/video/list/} and {@code /v2/video/query/}: public posts, without any trace of their publish ids. */
final class VideosHandler {

    private static final Set<String> FIELDS = Set.of(
            "id",
            "create_time",
            "cover_image_url",
            "share_url",
            "video_description",
            "duration",
            "height",
            "width",
            "title",
            "embed_html",
            "embed_link",
            "like_count",
            "comment_count",
            "share_count",
            "view_count");

    private final TikTokWorld world;

    VideosHandler(TikTokWorld world) {
        this.world = world;
    }

    SimReply list(SimRequest request) {
        TikTokGrants.Token token = world.authorize(request, "video.list");
        world.limit(token, "video list", 600);
        List<String> fields = fields(request);
        JsonNode body = request.json();
        long most = body == null ? 10 : body.path("max_count").asLong(10);
        if (most < 1 || most > 20) {
            throw world.replies.invalid("The max_count is invalid");
        }
        Instant before = body == null || !body.path("cursor").isIntegralNumber()
                ? Instant.MAX
                : Instant.ofEpochMilli(body.path("cursor").longValue());
        List<TikTokPublish.LivePost> all = world.publishes.publicPosts(token.grant.account).stream()
                .filter(post -> post.at.isBefore(before))
                .toList();
        List<TikTokPublish.LivePost> page = all.stream().limit(most).toList();
        ObjectNode data = videos(page, fields, token.grant.account);
        data.put("cursor", page.isEmpty() ? 0 : page.get(page.size() - 1).at.toEpochMilli())
                .put("has_more", all.size() > page.size());
        return world.replies.data(data);
    }

    SimReply query(SimRequest request) {
        TikTokGrants.Token token = world.authorize(request, "video.list");
        world.limit(token, "video query", 600);
        List<String> fields = fields(request);
        JsonNode body = request.json();
        JsonNode ids = body == null ? Json.array() : body.path("filters").path("video_ids");
        if (!ids.isArray() || ids.isEmpty() || ids.size() > 20) {
            throw world.replies.invalid("The video_ids are invalid");
        }
        Set<String> wanted = new TreeSet<>();
        ids.forEach(id -> wanted.add(id.asString()));
        return world.replies.data(videos(
                world.publishes.publicPosts(token.grant.account).stream()
                        .filter(post -> wanted.contains(post.id))
                        .toList(),
                fields,
                token.grant.account));
    }

    private List<String> fields(SimRequest request) {
        List<String> fields = List.of(request.query().text("fields").split(",", -1));
        for (String field : fields) {
            if (!FIELDS.contains(field)) {
                throw world.replies.invalid("Invalid fields: " + field);
            }
        }
        return fields;
    }

    private static ObjectNode videos(List<TikTokPublish.LivePost> posts, List<String> fields, TikTokAccount account) {
        ObjectNode data = Json.object();
        ArrayNode videos = data.putArray("videos");
        for (TikTokPublish.LivePost post : posts) {
            ObjectNode video = videos.addObject();
            fields.forEach(field -> put(video, field, post, account));
        }
        return data;
    }

    private static void put(ObjectNode video, String field, TikTokPublish.LivePost post, TikTokAccount account) {
        String link = "https://www.tiktok.com/@" + account.username() + "/video/" + post.id;
        switch (field) {
            case "id" -> video.put(field, post.id);
            case "create_time" -> video.put(field, post.at.getEpochSecond());
            case "title", "video_description" ->
                video.put(field, post.text.substring(0, Math.min(150, post.text.length())));
            case "share_url", "embed_link" -> video.put(field, link);
            case "cover_image_url" -> video.put(field, "https://cover.tiktok.example/" + post.id + ".jpeg");
            case "embed_html" -> video.put(field, "");
            default -> video.put(field, 0);
        }
    }
}
