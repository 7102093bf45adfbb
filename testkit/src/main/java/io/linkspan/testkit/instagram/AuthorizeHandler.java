package io.linkspan.testkit.instagram;

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
import org.jspecify.annotations.Nullable;

/** The consent page, {@code /oauth/authorize}. What is wrong with the app stops here and never comes back. */
final class AuthorizeHandler {

    static final String PATH = "/oauth/authorize";
    private static final String BASIC = "instagram_business_basic";
    private static final String BRAND = "#c13584";

    private final InstagramWorld world;

    AuthorizeHandler(InstagramWorld world) {
        this.world = world;
    }

    SimReply show(SimRequest request) {
        Forms query = request.query();
        String redirectUri = query.text("redirect_uri");
        if (!query.text("client_id").equals(world.app.id())) {
            return stop("Invalid platform app");
        }
        if (!world.app.registered(redirectUri)) {
            return stop("Invalid redirect_uri");
        }
        if (!query.text("response_type").equals("code")) {
            return stop("Invalid response_type");
        }
        List<String> scopes = new ArrayList<>();
        for (String scope : query.text("scope").split("[, ]+", -1)) {
            if (!world.rules.appScopes.contains(scope)) {
                return stop("Invalid scope: " + scope);
            }
            scopes.add(scope);
        }
        if (!scopes.contains(BASIC)) {
            scopes.add(0, BASIC);
        }
        ConsentDesk.Ask ask = new ConsentDesk.Ask(redirectUri, scopes, query.first("state"), null);
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
            InstagramAccount account = world.account(handle);
            if (account != null) {
                refused.addAll(account.denied());
            }
        }
        String html =
                ConsentPage.render("Instagram", BRAND, PATH, id, world.handles(), ask.scopes(), Set.of(BASIC), refused);
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
        InstagramAccount account = world.account(handle);
        if (account == null) {
            return stop("There is no account " + handle + ".");
        }
        request.account(handle);
        if (account.isPersonal()) {
            return stop("You need a professional account to continue.");
        }
        Set<String> granted = new TreeSet<>(ask.scopes());
        granted.retainAll(ticked);
        if (unseen) {
            granted.removeAll(account.denied());
        }
        granted.add(BASIC);
        String code = world.grants.code(account, granted, ask.redirectUri());
        return SimReply.redirect(ask.redirectUri() + "?" + Forms.query("code", code) + state(ask.state()) + "#_", "ok");
    }

    private static SimReply deny(ConsentDesk.Ask ask) {
        String query = "error=access_denied&error_reason=user_denied"
                + "&error_description=The+user+denied+your+request" + state(ask.state());
        return SimReply.redirect(ask.redirectUri() + "?" + query, "access_denied");
    }

    private static String state(@Nullable String state) {
        return state == null ? "" : "&" + Forms.query("state", state);
    }

    private static SimReply stop(String message) {
        return SimReply.html(400, ConsentPage.problem("Instagram", BRAND, message), "stopped");
    }
}
