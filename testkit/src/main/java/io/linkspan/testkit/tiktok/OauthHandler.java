package io.linkspan.testkit.tiktok;

import io.linkspan.testkit.internal.Digests;
import io.linkspan.testkit.internal.Forms;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.time.Duration;

/** Tokens: {@code /v2/oauth/token/} and {@code /v2/oauth/revoke/}. */
final class OauthHandler {

    private final TikTokWorld world;

    OauthHandler(TikTokWorld world) {
        this.world = world;
    }

    static TikTokOperation operation(SimRequest request) {
        return switch (request.form().text("grant_type")) {
            case "authorization_code" -> TikTokOperation.TOKEN_EXCHANGE;
            case "refresh_token" -> TikTokOperation.TOKEN_REFRESH;
            default -> TikTokOperation.CLIENT_TOKEN;
        };
    }

    SimReply token(SimRequest request) {
        Forms form = credentials(request);
        return switch (form.text("grant_type")) {
            case "authorization_code" -> exchange(request, form);
            case "refresh_token" -> refresh(request, form);
            case "client_credentials" ->
                world.replies.oauth(Json.object()
                        .put("access_token", world.ids.secret("clt.", ""))
                        .put("expires_in", 7200)
                        .put("token_type", "Bearer"));
            case "" -> throw malformed();
            default -> throw world.replies.refuseOauth("unsupported_grant_type", "The grant type is not supported.");
        };
    }

    private RuntimeException malformed() {
        return world.replies.refuseOauth("invalid_request", "The request parameters are malformed.");
    }

    private Forms credentials(SimRequest request) {
        Forms form = request.form();
        if (form.singles().isEmpty()
                || form.repeated()
                || form.text("client_key").isEmpty()) {
            throw malformed();
        }
        if (form.text("client_secret").isEmpty()) {
            throw world.replies.refuseOauth("invalid_request", "Client secret is missed in request.");
        }
        if (!form.text("client_key").equals(world.app.id())
                || !form.text("client_secret").equals(world.app.secret())) {
            throw world.replies.refuseOauth("invalid_client", "Client key or secret is incorrect.");
        }
        return form;
    }

    private SimReply exchange(SimRequest request, Forms form) {
        if (form.text("code").isEmpty() || form.text("redirect_uri").isEmpty()) {
            throw malformed();
        }
        TikTokGrants.Code code = world.grants.takeCode(form.text("code"));
        if (code == null) {
            throw world.replies.refuseOauth("invalid_grant", "Authorization code is expired.");
        }
        request.account(code.account().handle());
        if (!code.redirectUri().equals(form.text("redirect_uri"))) {
            throw world.replies.refuseOauth(
                    "invalid_request", "Redirect_uri is not matched with the uri when requesting code.");
        }
        String challenge = code.challenge();
        if (challenge != null && !challenge.equals(Digests.hex(form.text("code_verifier")))) {
            throw world.replies.refuseOauth("invalid_request", "Code verifier or code challenge is invalid.");
        }
        return answer(world.grants.open(code.account(), code.scopes()));
    }

    private SimReply refresh(SimRequest request, Forms form) {
        if (form.text("refresh_token").isEmpty()) {
            throw malformed();
        }
        TikTokGrants.Pair pair = world.grants.refresh(form.text("refresh_token"));
        if (pair == null) {
            throw world.replies.refuseOauth("invalid_grant", "Refresh token is invalid or expired.");
        }
        request.account(pair.access().grant.account.handle());
        return answer(pair);
    }

    private SimReply answer(TikTokGrants.Pair pair) {
        TikTokGrants.Token access = pair.access();
        TikTokGrants.Token refresh = pair.refresh();
        return world.replies.oauth(Json.object()
                .put("access_token", access.value)
                .put(
                        "expires_in",
                        Duration.between(access.issued, access.expires).toSeconds())
                .put("open_id", access.grant.account.openId())
                .put(
                        "refresh_expires_in",
                        Duration.between(refresh.issued, refresh.expires).toSeconds())
                .put("refresh_token", refresh.value)
                .put("scope", String.join(",", access.grant.scopes))
                .put("token_type", "Bearer"));
    }

    /** Wants a live access token; an expired one is refused and the grant stays alive. */
    SimReply revoke(SimRequest request) {
        Forms form = credentials(request);
        TikTokGrants.Token token = world.grants.access(form.text("token"));
        if (token == null) {
            throw world.replies.refuseOauth("invalid_grant", "Access token is invalid or expired.");
        }
        request.account(token.grant.account.handle());
        world.endAuthorization(token.grant.account, "revoked by the app", 5);
        return world.rules.revokeAnswersObject ? world.replies.oauth(Json.object()) : SimReply.empty(200, "ok");
    }
}
