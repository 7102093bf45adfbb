package io.linkspan.tiktok;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.Secret;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code video/init} for bytes: 6 a minute and token. An init whose answer is lost cannot post, because only that answer
 * holds the upload address; so it is safe to send again.
 *
 * <p>Source: {@code developers.tiktok.com/doc/content-posting-api-reference-direct-post}, read 2026-11-20.
 */
final class VideoInit {
    private final TikTokEndpoints endpoints;
    private final Answers answers;

    VideoInit(TikTokEndpoints endpoints, Answers answers) {
        this.endpoints = endpoints;
        this.answers = answers;
    }

    Flow<Handle> send(PublishAttempt attempt) {
        ChunkPlan plan = ChunkPlan.of(attempt.item().part().size());
        HttpCall call = HttpCall.of(
                        Operations.VIDEO_INIT,
                        CallClass.PREPARE,
                        "POST",
                        endpoints.apiPath("/v2/post/publish/video/init/"))
                .bearer(attempt.accessToken())
                .body(new HttpBody.Json(Json.write(body(attempt, plan))));
        return Flow.call(call, result -> read(attempt, plan, result));
    }

    private static ObjectNode body(PublishAttempt attempt, ChunkPlan plan) {
        Map<String, String> options = attempt.content().options();
        ObjectNode body = Json.newObject();
        ObjectNode post = body.putObject("post_info");
        if (!attempt.content().caption().isEmpty()) {
            post.put("title", attempt.content().caption());
        }
        post.put("privacy_level", options.getOrDefault(TikTokVideoOptions.PRIVACY_LEVEL, ""));
        // the defaults of left-out booleans are not documented, so all are sent
        post.put("disable_comment", !VideoRules.isOn(options, TikTokVideoOptions.ALLOW_COMMENT));
        post.put("disable_duet", !VideoRules.isOn(options, TikTokVideoOptions.ALLOW_DUET));
        post.put("disable_stitch", !VideoRules.isOn(options, TikTokVideoOptions.ALLOW_STITCH));
        post.put("brand_content_toggle", VideoRules.isOn(options, TikTokVideoOptions.BRANDED_CONTENT));
        post.put("brand_organic_toggle", VideoRules.isOn(options, TikTokVideoOptions.OWN_BRAND));
        post.put("is_aigc", VideoRules.isOn(options, TikTokVideoOptions.AI_GENERATED));
        String cover = options.get(TikTokVideoOptions.COVER_TIMESTAMP);
        if (cover != null) {
            post.put("video_cover_timestamp_ms", Integer.parseInt(cover));
        }
        body.putObject("source_info")
                .put("source", "FILE_UPLOAD")
                .put("video_size", plan.size())
                .put("chunk_size", plan.chunkSize())
                .put("total_chunk_count", plan.count());
        return body;
    }

    private Outcome<Handle> read(PublishAttempt attempt, ChunkPlan plan, HttpResult result) {
        Outcome<Handle> outcome = answers.data(Operations.VIDEO_INIT, result, data -> handle(attempt, plan, data));
        if (outcome instanceof Outcome.Done<Handle> done
                && UploadHandle.of(done.value()).url(endpoints).isEmpty()) {
            return new Outcome.Unclear<>("the upload address is not at a host of TikTok; nothing was sent to it", null);
        }
        return outcome;
    }

    private static Optional<Handle> handle(PublishAttempt attempt, ChunkPlan plan, JsonNode data) {
        String publishId = Json.text(data, "publish_id");
        String uploadUrl = Json.text(data, "upload_url");
        if (publishId.isBlank() || uploadUrl.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(UploadHandle.create(publishId, Secret.of(uploadUrl), plan, attempt.now())
                .handle());
    }
}
