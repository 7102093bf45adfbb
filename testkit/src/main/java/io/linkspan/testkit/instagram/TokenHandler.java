package io.linkspan.testkit.instagram;

import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.internal.Forms;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.Refusal;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.time.Duration;
import java.util.Set;

/** Tokens. */
final class TokenHandler {

    private final InstagramWorld world;

    TokenHandler(InstagramWorld world) {
        this.world = world;
    }

    /** Every rejection looks alike. */
    SimReply exchange(SimRequest request) {
        Forms form = request.form();
        if (!form.text("client_id").equals(world.app.id())
                || !form.text("client_secret").equals(world.app.secret())) {
            throw rejected("Invalid platform app");
        }
        if (!form.text("grant_type").equals("authorization_code")) {
            throw rejected("Invalid grant_type");
        }
        InstagramGrants.Code code = world.grants.takeCode(form.text("code"));
        if (code == null) {
            throw rejected("Matching code was not found or was already used");
        }
        request.account(code.account().handle());
        if (!code.redirectUri().equals(form.text("redirect_uri"))) {
            throw rejected("Error validating verification code. Please make sure your redirect_uri is identical to"
                    + " the one you used in the OAuth dialog request");
        }
        return world.replies.ok(answer(world.grants.open(code.account(), code.scopes(), false)));
    }

    private Refusal rejected(String message) {
        return new Refusal(world.replies.exchangeError(400, message));
    }

    private ObjectNode answer(InstagramGrants.Token token) {
        InstagramAccount account = token.grant.account;
        String id = world.rules.exchangeTellsProfessionalId ? account.userId() : account.scopedId();
        ObjectNode body = Json.object().put("access_token", token.value);
        if (world.rules.userIdAsText) {
            body.put("user_id", id);
        } else {
            body.put("user_id", Long.parseLong(id));
        }
        Set<String> scopes = token.grant.scopes;
        if (world.rules.permissionsAsText) {
            body.put("permissions", String.join(",", scopes));
        } else {
            scopes.forEach(body.putArray("permissions")::add);
        }
        if (!world.rules.wrappedExchange) {
            return body;
        }
        ObjectNode wrapper = Json.object();
        wrapper.putArray("data").add(body);
        return wrapper;
    }

    SimReply longLived(SimRequest request) {
        Forms query = request.query();
        if (!query.text("grant_type").equals("ig_exchange_token")) {
            throw world.replies.parameter("Invalid grant_type");
        }
        if (!query.text("client_secret").equals(world.app.secret())) {
            throw world.replies.refuse(101, -1, "Error validating application. Invalid application secret.");
        }
        InstagramGrants.Token token = world.authorize(request);
        if (token.longLived) {
            throw world.replies.parameter("The token is long-lived already");
        }
        return world.replies.ok(longLived(world.grants.issue(token.grant, true)));
    }

    /** The body of the answer to a token that is too young is invented; nobody has published it. */
    SimReply refresh(SimRequest request) {
        if (!request.query().text("grant_type").equals("ig_refresh_token")) {
            throw world.replies.parameter("Invalid grant_type");
        }
        InstagramGrants.Token token = world.authorize(request);
        world.require(token, "instagram_business_basic");
        if (!token.longLived || !world.grants.oldEnough(token)) {
            throw world.replies.parameter("The token must be long-lived and at least 24 hours old");
        }
        ObjectNode body = longLived(world.grants.refresh(token));
        if (world.rules.refreshTellsPermissions) {
            body.put("permissions", String.join(",", token.grant.scopes));
        }
        return world.replies.ok(body);
    }

    private static ObjectNode longLived(InstagramGrants.Token token) {
        return Json.object()
                .put("access_token", token.value)
                .put("token_type", "bearer")
                .put("expires_in", Duration.between(token.issued, token.expires).toSeconds());
    }

    SimReply revoke(SimRequest request) {
        world.authorize(request);
        throw world.replies.refuse(100, -1, "Unsupported delete request. Please read the Graph API documentation.");
    }
}
