package io.linkspan.testkit.tiktok;

import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.util.Map;

/** Reads about the person: {@code /v2/user/info/} and {@code creator_info/query/}. */
final class ProfileHandler {

    private static final Map<String, String> SCOPES = Map.ofEntries(
            Map.entry("open_id", "user.info.basic"),
            Map.entry("union_id", "user.info.basic"),
            Map.entry("avatar_url", "user.info.basic"),
            Map.entry("avatar_url_100", "user.info.basic"),
            Map.entry("avatar_large_url", "user.info.basic"),
            Map.entry("display_name", "user.info.basic"),
            Map.entry("bio_description", "user.info.profile"),
            Map.entry("profile_deep_link", "user.info.profile"),
            Map.entry("username", "user.info.profile"),
            Map.entry("is_verified", "user.info.profile"),
            Map.entry("follower_count", "user.info.stats"),
            Map.entry("following_count", "user.info.stats"),
            Map.entry("likes_count", "user.info.stats"),
            Map.entry("video_count", "user.info.stats"));

    private final TikTokWorld world;

    ProfileHandler(TikTokWorld world) {
        this.world = world;
    }

    /** All or nothing: one field without its scope fails the whole call. */
    SimReply userInfo(SimRequest request) {
        TikTokGrants.Token token = world.authorize(request, "user.info.basic", "user.info.profile", "user.info.stats");
        world.limit(token, "user info", 600);
        String fields = request.query().text("fields");
        if (fields.isEmpty()) {
            throw world.replies.invalid("Fields is required");
        }
        ObjectNode user = Json.object();
        for (String field : fields.split(",", -1)) {
            String scope = SCOPES.get(field);
            if (scope == null) {
                throw world.replies.invalid("Invalid fields: " + field);
            }
            if (!world.grants.hasScope(token, scope)) {
                boolean missed = world.rules.missingScopeCode.equals("scope_permission_missed");
                throw world.replies.refuse(
                        missed ? 400 : 401,
                        world.rules.missingScopeCode,
                        missed
                                ? "Access token is invalid, some fields need additional scopes."
                                : "The user did not authorize the scope required for completing this request.");
            }
            put(user, field, token.grant.account);
        }
        ObjectNode data = Json.object();
        data.set("user", user);
        return world.replies.data(data);
    }

    private void put(ObjectNode user, String field, TikTokAccount account) {
        switch (field) {
            case "open_id" -> user.put(field, account.openId());
            case "union_id" -> user.put(field, account.unionId());
            case "display_name" -> user.put(field, account.displayName());
            case "username" -> user.put(field, account.username());
            case "bio_description" -> user.put(field, account.bio());
            case "profile_deep_link" -> user.put(field, "https://vm.tiktok.example/" + account.handle());
            case "is_verified" -> user.put(field, false);
            case "video_count" ->
                user.put(field, world.ledger.posts(account.handle()).size());
            case "follower_count", "following_count", "likes_count" -> user.put(field, 0);
            default -> user.put(field, "https://avatar.tiktok.example/" + account.handle() + ".jpeg");
        }
    }

    /** Limits of the account come with HTTP 200; whether the app is audited does not show. */
    SimReply creatorInfo(SimRequest request) {
        TikTokGrants.Token token = world.authorize(request, "video.publish");
        world.limit(token, "creator info", 20);
        TikTokAccount account = token.grant.account;
        String block = world.publishes.block(account);
        if (block != null) {
            return world.replies.error(200, block, InitHandler.GUIDELINES);
        }
        ObjectNode data = Json.object()
                .put("creator_avatar_url", "https://avatar.tiktok.example/" + account.handle() + ".jpeg")
                .put("creator_username", account.username())
                .put("creator_nickname", account.displayName());
        account.privacyOptions().forEach(data.putArray("privacy_level_options")::add);
        data.put("comment_disabled", account.commentDisabled())
                .put("duet_disabled", account.duetDisabled())
                .put("stitch_disabled", account.stitchDisabled())
                .put("max_video_post_duration_sec", account.maxDuration().toSeconds());
        return world.replies.data(data);
    }
}
