package io.linkspan.testkit.tiktok;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The three inits. */
final class InitHandler {

    static final String GUIDELINES =
            "Please review our integration guidelines at https://developers.tiktok.com/docs/en/content-sharing-guidelines/";
    private static final String EMPTY_SOURCE = "The request source info is empty or incorrect";
    private static final int PER_MINUTE = 6;

    private final TikTokWorld world;
    private final Supplier<URI> base;

    InitHandler(TikTokWorld world, Supplier<URI> base) {
        this.world = world;
        this.base = base;
    }

    SimReply video(SimRequest request) {
        TikTokGrants.Token token = world.authorize(request, "video.publish");
        limit(token, "video init");
        JsonNode body = body(request);
        PostInfo info = new PostInfo(world, body.path("post_info"), PostInfo.VIDEO);
        String title = info.text("title", 2200);
        String privacy = info.privacy();
        TikTokPublish.Plan source = source(body.path("source_info"), token.grant.account, true);
        mayPostDirectly(token.grant.account, privacy);
        return open(with(source, "VIDEO", title, privacy, info.details()));
    }

    SimReply inbox(SimRequest request) {
        TikTokGrants.Token token = world.authorize(request, "video.upload");
        limit(token, "inbox init");
        TikTokPublish.Plan plan = source(body(request).path("source_info"), token.grant.account, false);
        mayDeliverDraft(token.grant.account);
        return open(plan);
    }

    SimReply photo(SimRequest request) {
        JsonNode body = request.json();
        boolean direct = body == null || !body.path("post_mode").asString("").equals("MEDIA_UPLOAD");
        TikTokGrants.Token token = world.authorize(request, direct ? "video.publish" : "video.upload");
        limit(token, "photo init");
        body = body(request);
        if (!body.path("media_type").asString("").equals("PHOTO")
                || !List.of("DIRECT_POST", "MEDIA_UPLOAD")
                        .contains(body.path("post_mode").asString(""))) {
            throw world.replies.invalid("Invalid media_type or post_mode");
        }
        PostInfo info = new PostInfo(world, body.path("post_info"), PostInfo.PHOTO);
        String title = info.text("title", 90);
        String description = info.text("description", 4000);
        JsonNode source = body.path("source_info");
        List<String> urls = images(source);
        TikTokAccount account = token.grant.account;
        String privacy = "";
        if (direct) {
            privacy = info.privacy();
            mayPostDirectly(account, privacy);
        } else {
            if (account.hasOldApp()) {
                throw world.replies.refuse(400, "app_version_check_failed", GUIDELINES);
            }
            mayDeliverDraft(account);
        }
        Map<String, String> details = info.details();
        JsonNode ai = body.path("is_aigc");
        if (!ai.isMissingNode() && !ai.isBoolean()) {
            throw world.replies.invalid("The is_aigc is invalid");
        }
        if (ai.isBoolean()) {
            details.put("is_aigc", ai.asString());
        }
        details.put("description", description);
        details.put("photo_images", Integer.toString(urls.size()));
        details.put("photo_cover_index", source.path("photo_cover_index").asString());
        return open(new TikTokPublish.Plan(account, direct, "PHOTO", title, privacy, details, 0, 1, 1, urls));
    }

    private void limit(TikTokGrants.Token token, String name) {
        world.limit(token, world.rules.sharedInitLimit ? "init" : name, PER_MINUTE);
    }

    private JsonNode body(SimRequest request) {
        JsonNode body = request.contentType().equals("application/json") ? request.json() : null;
        if (body == null || !body.isObject()) {
            throw world.replies.invalid("The request body is not valid JSON");
        }
        return body;
    }

    private List<String> images(JsonNode source) {
        JsonNode images = source.path("photo_images");
        JsonNode cover = source.path("photo_cover_index");
        if (!source.path("source").asString("").equals("PULL_FROM_URL")
                || !images.isArray()
                || images.isEmpty()
                || images.size() > 35
                || !cover.isIntegralNumber()) {
            throw world.replies.invalid(EMPTY_SOURCE);
        }
        if (world.rules.coverIndexChecked && (cover.longValue() < 0 || cover.longValue() >= images.size())) {
            throw world.replies.invalid("The photo_cover_index is invalid");
        }
        List<String> urls = new ArrayList<>();
        images.forEach(image -> urls.add(verified(image)));
        return urls;
    }

    private TikTokPublish.Plan source(JsonNode source, TikTokAccount account, boolean direct) {
        switch (source.path("source").asString("")) {
            case "FILE_UPLOAD" -> {
                long size = number(source, "video_size");
                long chunkSize = number(source, "chunk_size");
                long chunks = number(source, "total_chunk_count");
                String problem = ChunkRules.problem(size, chunkSize, chunks, world.rules.strictChunks);
                if (problem != null) {
                    throw world.replies.invalid(problem);
                }
                return new TikTokPublish.Plan(
                        account, direct, "VIDEO", "", "", Map.of(), size, chunkSize, chunks, List.of());
            }
            case "PULL_FROM_URL" -> {
                List<String> urls = List.of(verified(source.path("video_url")));
                return new TikTokPublish.Plan(account, direct, "VIDEO", "", "", Map.of(), 0, 1, 1, urls);
            }
            default -> throw world.replies.invalid(EMPTY_SOURCE);
        }
    }

    private long number(JsonNode source, String field) {
        JsonNode value = source.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw world.replies.invalid(EMPTY_SOURCE);
        }
        return value.longValue();
    }

    private String verified(@Nullable JsonNode url) {
        String text = url == null ? "" : url.asString("");
        if (text.isEmpty()) {
            throw world.replies.invalid(EMPTY_SOURCE);
        }
        if (world.rules.verifiedPrefixes.stream().noneMatch(text::startsWith) && !inVerifiedDomain(text)) {
            throw world.replies.refuse(
                    403,
                    "url_ownership_unverified",
                    "Please review our URL ownership verification rules at "
                            + "https://developers.tiktok.com/docs/en/content-posting-api-media-transfer-guide#pull_from_url");
        }
        return text;
    }

    private boolean inVerifiedDomain(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            return false;
        }
        String host = uri.getHost();
        return host != null
                && "https".equals(uri.getScheme())
                && world.rules.verifiedDomains.stream()
                        .anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }

    private void mayPostDirectly(TikTokAccount account, String privacy) {
        String block = world.publishes.block(account);
        if (block != null) {
            throw world.replies.refuse(403, block, GUIDELINES);
        }
        if (!account.privacyOptions().contains(privacy)) {
            throw world.replies.refuse(403, "privacy_level_option_mismatch", GUIDELINES);
        }
        if (!world.rules.audited && (!account.isPrivate() || !privacy.equals("SELF_ONLY"))) {
            throw world.replies.refuse(403, "unaudited_client_can_only_post_to_private_accounts", GUIDELINES);
        }
    }

    private void mayDeliverDraft(TikTokAccount account) {
        if (account.banned()) {
            throw world.replies.refuse(403, "spam_risk_user_banned_from_posting", GUIDELINES);
        }
        if (world.publishes.tooManyPending(account)) {
            throw world.replies.refuse(403, "spam_risk_too_many_pending_share", GUIDELINES);
        }
    }

    private static TikTokPublish.Plan with(
            TikTokPublish.Plan plan, String kind, String text, String privacy, Map<String, String> details) {
        return new TikTokPublish.Plan(
                plan.account(),
                plan.direct(),
                kind,
                text,
                privacy,
                details,
                plan.size(),
                plan.chunkSize(),
                plan.chunks(),
                plan.urls());
    }

    private SimReply open(TikTokPublish.Plan plan) {
        TikTokPublish publish = world.publishes.open(plan);
        ObjectNode data = Json.object().put("publish_id", publish.id);
        if (!plan.pulls()) {
            data.put(
                    "upload_url",
                    base.get() + "/video/?upload_id=" + publish.uploadId + "&upload_token=" + publish.uploadToken);
        }
        return world.replies.data(data);
    }
}
