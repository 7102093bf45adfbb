package io.linkspan.testkit.instagram;

import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.time.Duration;

/** Container status and {@code media_publish}. */
final class PublishHandler {

    private final InstagramWorld world;

    PublishHandler(InstagramWorld world) {
        this.world = world;
    }

    SimReply status(SimRequest request, String id) {
        InstagramGrants.Token token = world.authorize(request);
        world.require(token, "instagram_business_basic");
        Container container = world.containers.find(id);
        if (container == null || container.account != token.grant.account) {
            throw world.replies.unreadable(id);
        }
        if (world.containers.inGap(container)) {
            throw world.replies.unreadable(id);
        }
        ObjectNode body = Json.object();
        Containers.Status status = null;
        for (String field : AccountHandler.fields(request, "id")) {
            switch (field) {
                case "id" -> body.put(field, container.id);
                case "status_code", "status" -> {
                    if (status == null) {
                        status = world.containers.status(container, true);
                    }
                    body.put(field, field.equals("status") ? text(status, container) : status.name());
                }
                case "copyright_check_status" -> copyright(body, container);
                case "video_status" -> videoStatus(body.putObject(field), container);
                default -> throw AccountHandler.unknownField(world, field);
            }
        }
        body.put("id", container.id);
        return world.replies.ok(body);
    }

    private void copyright(ObjectNode body, Container container) {
        if (!world.rules.copyrightOffered) {
            throw AccountHandler.unknownField(world, "copyright_check_status");
        }
        boolean over = !world.clock.instant().isBefore(container.created.plus(world.rules.copyrightTime));
        body.putObject("copyright_check_status")
                .put("status", over ? "complete" : "in_progress")
                .put("matches_found", over && container.copyrightMatch);
    }

    private void videoStatus(ObjectNode node, Container container) {
        Upload upload = container.upload;
        if (upload != null && world.rules.tellsUploadOffset) {
            synchronized (upload) {
                node.putObject("uploading_phase")
                        .put("status", upload.complete() ? "complete" : "in_progress")
                        .put("bytes_transfered", upload.intake().bytes());
            }
        }
    }

    private static String text(Containers.Status status, Container container) {
        return switch (status) {
            case IN_PROGRESS -> "In Progress: Media is still being processed.";
            case FINISHED -> "Finished: Media has been uploaded and it is ready to be published.";
            case PUBLISHED -> "Published: Media has been successfully published.";
            case ERROR -> "Error: Media upload has failed with error code " + container.errorSubcode;
            case EXPIRED -> "Expired: The container was not published within 24 hours.";
        };
    }

    SimReply publish(SimRequest request, String id) {
        InstagramGrants.Token token = world.authorize(request);
        world.require(token, "instagram_business_basic");
        world.require(token, "instagram_business_content_publish");
        InstagramAccount account = token.grant.account;
        if (!InstagramWorld.names(account, id)) {
            throw world.replies.unreadable(id);
        }
        world.unrestricted(account);
        String creationId = InstagramWorld.parameters(request).text("creation_id");
        if (creationId.isEmpty()) {
            throw world.replies.parameter("The parameter creation_id is required");
        }
        Container container = world.containers.find(creationId);
        if (container == null || container.item) {
            throw missing(2207008);
        }
        if (container.account != account) {
            throw missing(2207006);
        }
        synchronized (container) {
            return publish(container);
        }
    }

    private SimReply publish(Container container) {
        Containers.Status status = world.containers.status(container, false);
        boolean again = status == Containers.Status.PUBLISHED;
        SecondPublish second = world.rules.secondPublish;
        if (again && second == SecondPublish.SAME_ID) {
            return world.replies.ok(
                    Json.object().put("id", container.published.get(0).id()));
        }
        boolean undead = world.rules.deadHandlesMayPost
                && (status == Containers.Status.EXPIRED || status == Containers.Status.ERROR);
        container.undead |= undead;
        if (status == Containers.Status.EXPIRED && !undead) {
            throw missing(2207008);
        }
        if (status == Containers.Status.ERROR && !undead) {
            throw world.replies.refuse(-1, 2207032, "Create media fail", "Failed to create a media.");
        }
        if (status == Containers.Status.IN_PROGRESS || (again && second == SecondPublish.ERROR)) {
            throw world.replies.refuse(
                    9007,
                    2207027,
                    "Media ID is not available",
                    "The media is not ready for publishing, please wait for a moment");
        }
        if (world.containers.usage(container.account, Duration.ZERO) >= world.rules.quotaTotal) {
            throw world.replies.refuse(
                    9,
                    2207042,
                    "Application request limit reached",
                    "You reached maximum number of posts that is allowed to be published by Content Publishing API.");
        }
        ObjectNode body =
                Json.object().put("id", world.containers.publish(container).id());
        if (container.details.containsKey("poll_attachment")
                || "true".equals(container.details.get("is_comment_prompt_used"))) {
            body.put("caption_add_on_attached", true); // the real name of the field is not known
        }
        return world.replies.ok(body);
    }

    private RuntimeException missing(int subcode) {
        return world.replies.refuse(
                24, subcode, "The requested resource does not exist", "The media container was not found.");
    }
}
