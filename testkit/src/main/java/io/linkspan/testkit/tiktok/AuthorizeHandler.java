package io.linkspan.testkit.tiktok;

import io.linkspan.testkit.internal.ConsentDesk;
import io.linkspan.testkit.internal.ConsentPage;
import io.linkspan.testkit.internal.Forms;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The consent page, {@code /v2/auth/authorize/}. */
final class AuthorizeHandler {

    static final String PATH = "/v2/auth/authorize/";
    private static final String BASIC = "user.info.basic";
    private static final String BRAND = "#fe2c55";
    private static final Pattern CHALLENGE = Pattern.compile("[0-9a-f]{64}");

    private final TikTokWorld world;

    AuthorizeHandler(TikTokWorld world) {
        this.world = world;
    }

    SimReply show(SimRequest request) {
        Forms query = request.query();
        String redirectUri = query.text("redirect_uri");
        if (!query.text("client_key").equals(world.app.id())) {
            return stop("error=unauthorized_client&error_type=client_key");
        }
        if (!world.app.registered(redirectUri)) {
            return stop("error=invalid_request&error_type=redirect_uri");
        }
        String state = query.first("state");
        if (query.repeated()) {
            return callbackError(redirectUri, state, "invalid_request", "The request parameters are malformed.");
        }
        if (!query.text("response_type").equals("code")) {
            return callbackError(redirectUri, state, "unsupported_response_type", "Only code is supported.");
        }
        List<String> scopes = new ArrayList<>(List.of(query.text("scope").split(",", -1)));
        if (!world.rules.appScopes.containsAll(scopes)) {
            return callbackError(redirectUri, state, "invalid_scope", "A scope is unknown or not enabled.");
        }
        if (!scopes.contains(BASIC)) {
            scopes.add(0, BASIC);
        }
        String challenge = query.first("code_challenge");
        if (challenge != null && !query.text("code_challenge_method").equals("S256")) {
            return callbackError(redirectUri, state, "invalid_request", "Only S256 is supported.");
        }
        ConsentDesk.Ask ask = new ConsentDesk.Ask(redirectUri, scopes, state, challenge);
        ConsentDesk.Answer answer = world.desk.answer();
        return switch (answer.mode()) {
            case ALLOW -> allow(request, ask, answer.account(), scopes, true);
            case DENY -> deny(ask);
            case PAGE -> page(ask);
        };
    }

    private SimReply page(ConsentDesk.Ask ask) {
        String id = world.ids.text(24);
        world.desk.open(id, ask);
        Set<String> refused = new TreeSet<>();
        for (String handle : world.handles()) {
            TikTokAccount account = world.account(handle);
            if (account != null) {
                refused.addAll(account.denied());
            }
        }
        String html =
                ConsentPage.render("TikTok", BRAND, PATH, id, world.handles(), ask.scopes(), Set.of(BASIC), refused);
        return SimReply.html(200, html, "ok");
    }

    SimReply answer(SimRequest request) {
        Forms form = request.form();
        ConsentDesk.Ask ask = world.desk.take(form.text("request"));
        if (ask == null) {
            return stop("This page is no longer valid.");
        }
        return form.text("decision").equals("allow")
                ? allow(request, ask, form.text("account"), form.all("scope"), false)
                : deny(ask);
    }

    private SimReply allow(
            SimRequest request, ConsentDesk.Ask ask, String handle, Collection<String> ticked, boolean unseen) {
        TikTokAccount account = world.account(handle);
        if (account == null) {
            return stop("There is no account " + handle + ".");
        }
        request.account(handle);
        Set<String> granted = new TreeSet<>(ask.scopes());
        granted.retainAll(ticked);
        if (unseen) {
            granted.removeAll(account.denied());
        }
        granted.add(BASIC);
        String code = world.grants.code(account, granted, ask.redirectUri(), challenge(ask));
        return world.replies.callback(ask.redirectUri(), ask.state(), code, String.join(",", granted));
    }

    /** A challenge in the wrong encoding is invisible here; no verifier will ever fit it. */
    private static @Nullable String challenge(ConsentDesk.Ask ask) {
        String challenge = ask.challenge();
        return challenge == null || CHALLENGE.matcher(challenge).matches() ? challenge : "unusable";
    }

    private SimReply deny(ConsentDesk.Ask ask) {
        return callbackError(
                ask.redirectUri(), ask.state(), "access_denied", "The user or the server refused the request.");
    }

    private SimReply callbackError(String redirectUri, @Nullable String state, String error, String description) {
        return world.replies.callbackError(redirectUri, state, error, description);
    }

    private static SimReply stop(String message) {
        return SimReply.html(400, ConsentPage.problem("TikTok", BRAND, message), "unauthorized_client");
    }
}
