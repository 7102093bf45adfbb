package io.linkspan.testkit.instagram;

import io.linkspan.testkit.internal.ConsentDesk;
import io.linkspan.testkit.internal.ConsentPage;
import io.linkspan.testkit.internal.Forms;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The login dialog, {@code /v{N}/dialog/oauth}. What is wrong with the app stops here and never comes back. */
final class FacebookDialog {

    private static final String BRAND = "#0866ff";
    private static final String ALL_OR_NOTHING = "all-or-nothing";

    private final InstagramWorld world;

    FacebookDialog(InstagramWorld world) {
        this.world = world;
    }

    SimReply show(SimRequest request) {
        Forms query = request.query();
        String redirectUri = query.text("redirect_uri");
        if (!query.text("client_id").equals(world.app.id())) {
            return stop("Invalid App ID");
        }
        if (!world.app.registered(redirectUri)) {
            return stop("URL blocked: the redirect URI is not one of the Valid OAuth Redirect URIs.");
        }
        String configuration = query.text("config_id");
        Set<String> configured = world.rules.configurations.get(configuration);
        if (!configuration.isEmpty() && configured == null) {
            return stop("Sorry, something went wrong: the configuration is not known.");
        }
        Set<String> scopes = configured != null
                ? configured
                : new TreeSet<>(List.of(query.text("scope").split("[, ]+", -1)));
        if (!world.rules.facebookScopes.containsAll(scopes)) {
            return stop("Invalid Scopes");
        }
        ConsentDesk.Ask ask = new ConsentDesk.Ask(
                redirectUri,
                List.copyOf(new TreeSet<>(scopes)),
                query.first("state"),
                configured == null ? null : ALL_OR_NOTHING);
        ConsentDesk.Answer answer = world.desk.answer();
        return switch (answer.mode()) {
            case ALLOW -> allow(ask, answer.account(), ask.scopes());
            case DENY -> deny(ask);
            case PAGE -> page(request, ask);
        };
    }

    private SimReply page(SimRequest request, ConsentDesk.Ask ask) {
        String id = world.ids.text(24);
        world.desk.open(id, ask);
        Set<String> refused = new TreeSet<>();
        for (String name : world.facebook.names()) {
            FacebookPerson person = world.facebook.person(name);
            if (person != null) {
                refused.addAll(person.denied());
            }
        }
        String html = ConsentPage.render(
                "Facebook", BRAND, request.path(), id, world.facebook.names(), ask.scopes(), Set.of(), refused);
        return SimReply.html(200, html, "ok");
    }

    SimReply answer(SimRequest request) {
        Forms form = request.form();
        ConsentDesk.Ask ask = world.desk.take(form.text("request"));
        if (ask == null) {
            return stop("This page is no longer valid.");
        }
        return form.text("decision").equals("allow") ? allow(ask, form.text("account"), form.all("scope")) : deny(ask);
    }

    private SimReply allow(ConsentDesk.Ask ask, String name, Collection<String> ticked) {
        FacebookPerson person = world.facebook.person(name);
        if (person == null) {
            return stop("There is no person " + name + ".");
        }
        Set<String> granted = new TreeSet<>(ask.scopes());
        granted.retainAll(ticked);
        granted.removeAll(person.denied());
        Set<String> declined = new TreeSet<>(ask.scopes());
        declined.removeAll(granted);
        if (ALL_OR_NOTHING.equals(ask.challenge()) && !declined.isEmpty()) {
            return deny(ask);
        }
        String code = world.facebook.code(person, granted, declined, ask.redirectUri());
        return SimReply.redirect(
                ask.redirectUri() + "?" + Forms.query("code", code) + state(ask.state()) + "#_=_", "ok");
    }

    private static SimReply deny(ConsentDesk.Ask ask) {
        String query = "error=access_denied&error_code=200&error_reason=user_denied&error_description=Permissions+error"
                + state(ask.state());
        return SimReply.redirect(ask.redirectUri() + "?" + query, "access_denied");
    }

    private static String state(@Nullable String state) {
        return state == null ? "" : "&" + Forms.query("state", state);
    }

    private static SimReply stop(String message) {
        return SimReply.html(400, ConsentPage.problem("Facebook", BRAND, message), "stopped");
    }
}
