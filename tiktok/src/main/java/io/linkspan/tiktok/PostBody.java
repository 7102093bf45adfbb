package io.linkspan.tiktok;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.node.ArrayNode;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.spi.PublishContent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of the three inits. The defaults of left-out booleans are not documented, so all are sent, except
 * {@code is_aigc} of photos: it stands at the top of the body, beside {@code media_type}, and is sent only when it is on.
 *
 * <p>Sources: {@code developers.tiktok.com/docs/en/content-posting-api-reference-direct-post}, {@code …-upload-video}, read 2026-11-20,
 * and {@code …-photo-post} (page of 2026-08-24), read 2026-11-30.
 */
final class PostBody {
    private PostBody() {}

    /** A video that is sent. */
    static ObjectNode bytes(PublishContent content, ChunkPlan plan) {
        ObjectNode body = start(content);
        body.putObject("source_info")
                .put("source", PostMode.FILE_UPLOAD)
                .put("video_size", plan.size())
                .put("chunk_size", plan.chunkSize())
                .put("total_chunk_count", plan.count());
        return body;
    }

    /** A video or photos that TikTok pulls. */
    static ObjectNode pulled(PublishContent content, List<String> addresses) {
        ObjectNode body = start(content);
        ObjectNode source = body.putObject("source_info").put("source", PostMode.PULL_FROM_URL);
        if (PostMode.of(content).photos()) {
            String cover = content.option(TikTokPhotoOptions.COVER_INDEX).orElse("0");
            source.put("photo_cover_index", PostRules.int32(cover).orElse(0));
            ArrayNode photos = source.putArray("photo_images");
            addresses.forEach(photos::add);
        } else {
            source.put("video_url", addresses.get(0));
        }
        return body;
    }

    /** The fields as people read them, without addresses. */
    static Map<String, String> shown(PublishContent content, @Nullable ChunkPlan plan) {
        PostMode mode = PostMode.of(content);
        ObjectNode body;
        if (mode.pulled()) {
            body = pulled(content, List.of("an address of the media host"));
        } else {
            body = plan == null ? start(content) : bytes(content, plan);
        }
        Map<String, String> shown = new LinkedHashMap<>();
        body.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                field.getValue().properties().forEach(inner -> shown.put(inner.getKey(), text(inner.getValue())));
            } else {
                shown.put(field.getKey(), text(field.getValue()));
            }
        });
        if (mode.photos()) {
            shown.put("photo_images", content.items().size() + " addresses of the media host");
        }
        return Collections.unmodifiableMap(shown);
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static ObjectNode start(PublishContent content) {
        PostMode mode = PostMode.of(content);
        ObjectNode body = Json.newObject();
        if (mode.photos()) {
            body.put("media_type", "PHOTO");
            body.put("post_mode", mode.direct() ? PostMode.DIRECT_POST : PostMode.MEDIA_UPLOAD);
            if (PostRules.isOn(content.options(), TikTokVideoOptions.AI_GENERATED)) {
                body.put("is_aigc", true);
            }
        }
        if (mode.photos() || mode.direct()) {
            postInfo(body.putObject("post_info"), content, mode);
        }
        return body;
    }

    private static void postInfo(ObjectNode post, PublishContent content, PostMode mode) {
        Map<String, String> options = content.options();
        if (mode.photos()) {
            text(post, "title", options.getOrDefault(TikTokPhotoOptions.TITLE, ""));
            text(post, "description", content.caption());
        } else {
            text(post, "title", content.caption());
        }
        if (!mode.direct()) {
            return;
        }
        post.put("privacy_level", options.getOrDefault(TikTokVideoOptions.PRIVACY_LEVEL, ""));
        post.put("disable_comment", !PostRules.isOn(options, TikTokVideoOptions.ALLOW_COMMENT));
        if (mode.photos()) {
            post.put("auto_add_music", PostRules.isOn(options, TikTokPhotoOptions.AUTO_ADD_MUSIC));
        } else {
            post.put("disable_duet", !PostRules.isOn(options, TikTokVideoOptions.ALLOW_DUET));
            post.put("disable_stitch", !PostRules.isOn(options, TikTokVideoOptions.ALLOW_STITCH));
        }
        post.put("brand_content_toggle", PostRules.isOn(options, TikTokVideoOptions.BRANDED_CONTENT));
        post.put("brand_organic_toggle", PostRules.isOn(options, TikTokVideoOptions.OWN_BRAND));
        if (!mode.photos()) {
            post.put("is_aigc", PostRules.isOn(options, TikTokVideoOptions.AI_GENERATED));
        }
        content.option(TikTokVideoOptions.COVER_TIMESTAMP)
                .filter(cover -> !mode.photos())
                .map(PostRules::int32)
                .ifPresent(cover -> cover.ifPresent(millis -> post.put("video_cover_timestamp_ms", millis)));
    }

    private static void text(ObjectNode post, String field, String text) {
        if (!text.isEmpty()) {
            post.put(field, text);
        }
    }
}
