package io.linkspan.testkit.tiktok;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.node.ArrayNode;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.util.List;

/** {@code status/fetch/} and {@code cancel/}. */
final class StatusHandler {

    private final TikTokWorld world;

    StatusHandler(TikTokWorld world) {
        this.world = world;
    }

    SimReply fetch(SimRequest request) {
        TikTokGrants.Token token = world.authorize(request, "video.upload", "video.publish");
        world.limit(token, "status", 30);
        TikTokPublish publish = find(request, token);
        if (world.publishes.inGap(publish)) {
            throw world.rules.gapInMessage ? world.replies.invalid("invalid_publish_id") : unknown();
        }
        world.publishes.observe(publish, false);
        ObjectNode data = Json.object();
        synchronized (world.publishes) {
            data.put("status", status(publish));
            if (publish.state == TikTokPublish.State.FAILED) {
                data.put("fail_reason", publish.failReason);
            }
            List<String> ids = publish.shownIds();
            if (!ids.isEmpty()) {
                ArrayNode shown = data.putArray("publicaly_available_post_id");
                ids.forEach(id -> shown.add(Long.parseLong(id)));
            }
            data.put(publish.plan.pulls() ? "downloaded_bytes" : "uploaded_bytes", publish.received);
        }
        return world.replies.data(data);
    }

    private static String status(TikTokPublish publish) {
        return switch (publish.state) {
            case RECEIVING -> "PROCESSING_UPLOAD";
            case DOWNLOADING -> "PROCESSING_DOWNLOAD";
            case PROCESSING -> publish.plan.pulls() ? "PROCESSING_DOWNLOAD" : "PROCESSING_UPLOAD";
            case IN_INBOX -> "SEND_TO_USER_INBOX";
            case COMPLETE -> "PUBLISH_COMPLETE";
            case FAILED -> "FAILED";
        };
    }

    SimReply cancel(SimRequest request) {
        TikTokGrants.Token token = world.authorize(request, "video.upload", "video.publish");
        TikTokPublish publish = find(request, token);
        if (!world.publishes.cancel(publish)) {
            throw world.replies.refuse(400, "publish_not_cancellable", "The publish cannot be cancelled.");
        }
        return world.replies.data(null);
    }

    private TikTokPublish find(SimRequest request, TikTokGrants.Token token) {
        JsonNode body = request.json();
        if (body == null || !body.path("publish_id").isString()) {
            throw world.replies.invalid("The publish_id is invalid");
        }
        TikTokPublish publish = world.publishes.find(body.path("publish_id").asString());
        if (publish == null) {
            throw unknown();
        }
        if (publish.plan.account() != token.grant.account) {
            throw world.replies.refuse(
                    400,
                    "token_not_authorized_for_specified_publish_id",
                    "The access token is not authorized for the publish_id.");
        }
        return publish;
    }

    private RuntimeException unknown() {
        return world.replies.refuse(400, "invalid_publish_id", "The publish_id is invalid.");
    }
}
