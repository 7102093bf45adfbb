package io.linkspan.testkit.instagram;

import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.util.List;

/** Reads about the account: {@code /me} and {@code content_publishing_limit}. */
final class AccountHandler {

    private final InstagramWorld world;

    AccountHandler(InstagramWorld world) {
        this.world = world;
    }

    SimReply me(SimRequest request, String id) {
        InstagramGrants.Token token = world.authorize(request);
        world.require(token, "instagram_business_basic");
        InstagramAccount account = token.grant.account;
        if (!InstagramWorld.names(account, id)) {
            throw world.replies.unreadable(id);
        }
        ObjectNode body = Json.object();
        for (String field : fields(request, "id")) {
            switch (field) {
                case "id" -> body.put(field, account.scopedId());
                case "user_id" -> body.put(field, account.userId());
                case "username" -> body.put(field, account.username());
                case "name" -> body.put(field, account.displayName());
                case "account_type" -> body.put(field, account.accountType());
                case "profile_picture_url" ->
                    body.put(field, "https://cdn.instagram.example/" + account.handle() + ".jpg");
                case "media_count" ->
                    body.put(field, world.ledger.posts(account.handle()).size());
                case "followers_count", "follows_count" -> body.put(field, 0);
                default -> throw unknownField(world, field);
            }
        }
        body.put("id", account.scopedId());
        if (!world.rules.wrappedMe) {
            return world.replies.ok(body);
        }
        ObjectNode wrapper = Json.object();
        wrapper.putArray("data").add(body);
        return world.replies.ok(wrapper);
    }

    /** The usage shown lags behind the one enforced. */
    SimReply limit(SimRequest request, String id) {
        InstagramGrants.Token token = world.authorize(request);
        world.require(token, "instagram_business_basic");
        world.require(token, "instagram_business_content_publish");
        if (!InstagramWorld.names(token.grant.account, id)) {
            throw world.replies.unreadable(id);
        }
        ObjectNode body = Json.object();
        for (String field : fields(request, "quota_usage")) {
            switch (field) {
                case "quota_usage" ->
                    body.put(field, world.containers.usage(token.grant.account, world.rules.quotaLag));
                case "config" ->
                    body.putObject(field)
                            .put("quota_total", world.rules.quotaTotal)
                            .put("quota_duration", 86400);
                default -> throw unknownField(world, field);
            }
        }
        if (world.rules.flatQuota) {
            return world.replies.ok(body);
        }
        ObjectNode wrapper = Json.object();
        wrapper.putArray("data").add(body);
        return world.replies.ok(wrapper);
    }

    static List<String> fields(SimRequest request, String fallback) {
        String fields = InstagramWorld.parameters(request).text("fields");
        return List.of((fields.isEmpty() ? fallback : fields).split(",", -1));
    }

    static RuntimeException unknownField(InstagramWorld world, String field) {
        return world.replies.parameter("Tried accessing nonexisting field (" + field + ")");
    }
}
