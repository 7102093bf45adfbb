package io.linkspan.examples.steps;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectCallback;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.instagram.Instagram;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.tiktok.TikTok;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Callbacks that must not connect: broken queries, foreign states, wrong browsers and contexts, errors. */
final class RefusedCallbacks {
    private static final String EVIL = "https%3A%2F%2Fevil.example";

    private final List<OAuthCase> cases = new ArrayList<>();
    private final Platform platform;

    private RefusedCallbacks(Platform platform) {
        this.platform = platform;
    }

    static List<OAuthCase> of(Platform platform) {
        RefusedCallbacks table = new RefusedCallbacks(platform);
        table.broken();
        table.states();
        table.context();
        table.time();
        table.errors();
        return table.cases;
    }

    private void query(String name, Reason reason, UnaryOperator<String> change) {
        add(name, reason, (stage, query) -> stage.complete(change.apply(query)));
    }

    private void add(String name, Reason reason, BiFunction<LoginStage, String, ConnectOutcome> attempt) {
        cases.add(new OAuthCase(platform + ": " + name, reason.name(), stage -> {
            String query = stage.allow(Browser.create().as("quay.studio"), LoginStage.asking(platform));
            return attempt.apply(stage, query);
        }));
    }

    private static String value(String query, String name) {
        return query.replaceAll("(?:^|.*&)" + name + "=([^&]*).*", "$1");
    }

    private static String with(String query, String name, UnaryOperator<String> change) {
        return query.replace(name + "=" + value(query, name), name + "=" + change.apply(value(query, name)));
    }

    private void broken() {
        query("empty query", Reason.MALFORMED, q -> "");
        query("no query", Reason.MALFORMED, q -> null);
        query("a question mark only", Reason.MALFORMED, q -> "?");
        query("an address without a query", Reason.MALFORMED, q -> "https://host.example/callback");
        query("a fragment only", Reason.MALFORMED, q -> "#" + q);
        query(
                "encoded twice as a whole",
                Reason.MALFORMED,
                q -> q.replace("=", "%3D").replace("&", "%26"));
        query("no state", Reason.MALFORMED, q -> "code=" + value(q, "code"));
        query("blank state", Reason.MALFORMED, q -> with(q, "state", s -> ""));
        query("no code", Reason.MALFORMED, q -> "state=" + value(q, "state"));
        query("blank code", Reason.MALFORMED, q -> with(q, "code", s -> ""));
        query("code twice", Reason.MALFORMED, q -> q + "&code=" + value(q, "code"));
        query("another code after it", Reason.MALFORMED, q -> q + "&code=attacker");
        query("another code before it", Reason.MALFORMED, q -> "code=attacker&" + q);
        query("code hidden by encoding its name", Reason.MALFORMED, q -> q + "&%63ode=attacker");
        query("state twice", Reason.MALFORMED, q -> q + "&state=" + value(q, "state"));
        query("iss twice", Reason.MALFORMED, q -> q + "&iss=a&iss=a");
        query("unknown parameter twice", Reason.MALFORMED, q -> q + "&x=1&x=2");
        query("code and error", Reason.MALFORMED, q -> q + "&error=access_denied");
        query("nine kibibytes", Reason.MALFORMED, q -> q + "&x=" + "y".repeat(9 * 1024));
        query("line break in the code", Reason.MALFORMED, q -> with(q, "code", s -> s + "%0A"));
        query("carriage return and header", Reason.MALFORMED, q -> with(q, "code", s -> s + "%0D%0AX-A:%20b"));
        query("NUL in the state", Reason.MALFORMED, q -> with(q, "state", s -> s + "%00"));
        query("delete character", Reason.MALFORMED, q -> q + "&x=%7F");
        query("C1 control character", Reason.MALFORMED, q -> q + "&x=%C2%85");
        query("half an escape", Reason.MALFORMED, q -> q + "&x=%4");
        query("no hexadecimal escape", Reason.MALFORMED, q -> q + "&x=%ZZ");
    }

    private void states() {
        query("state altered in one character", Reason.UNKNOWN_STATE, q -> with(q, "state", s -> flip(s)));
        query("state cut", Reason.UNKNOWN_STATE, q -> with(q, "state", s -> s.substring(0, 42)));
        query("state with a blank", Reason.UNKNOWN_STATE, q -> with(q, "state", s -> s + "%20"));
        query("state in capitals", Reason.UNKNOWN_STATE, q -> with(q, "state", s -> "a" + s.toUpperCase(Locale.ROOT)));
        query("state encoded twice", Reason.UNKNOWN_STATE, q -> with(q, "state", s -> "%25" + s));
        query("state with unusual Unicode", Reason.UNKNOWN_STATE, q -> with(q, "state", s -> s + "%E2%80%8B"));
        query("state with broken UTF-8", Reason.UNKNOWN_STATE, q -> with(q, "state", s -> s + "%FF"));
        query("guessed state", Reason.UNKNOWN_STATE, q -> with(q, "state", s -> "A".repeat(43)));
        query("SQL as state", Reason.UNKNOWN_STATE, q -> with(q, "state", s -> "%27%20OR%201%3D1--"));
    }

    private static String flip(String state) {
        return (state.charAt(0) == 'A' ? 'B' : 'A') + state.substring(1);
    }

    private void context() {
        add(
                "another browser",
                Reason.WRONG_BROWSER,
                (stage, q) -> stage.linkspan.connections().complete(q, "browser-secret-of-noor"));
        add(
                "no browser secret",
                Reason.WRONG_BROWSER,
                (stage, q) -> stage.linkspan.connections().complete(q, ""));
        add(
                "a session that has ended",
                Reason.WRONG_BROWSER,
                (stage, q) -> stage.linkspan.connections().complete(q, null));
        add(
                "browser secret cut",
                Reason.WRONG_BROWSER,
                (stage, q) -> stage.linkspan.connections().complete(q, LoginStage.SECRET.substring(1)));
        add(
                "browser secret with a blank",
                Reason.WRONG_BROWSER,
                (stage, q) -> stage.linkspan.connections().complete(q, LoginStage.SECRET + " "));
        Platform other = platform.equals(TikTok.PLATFORM) ? Instagram.PLATFORM : TikTok.PLATFORM;
        context("at another platform's address", callback -> callback.at(other));
        context("another person signed in", callback -> callback.by(Owner.of("harbour", "noor")));
        context("another tenant signed in", callback -> callback.by(Owner.of("lighthouse", "mira")));
        query("an issuer nobody declared", Reason.WRONG_ISSUER, q -> q + "&iss=" + EVIL);
        query(
                "the platform's name as issuer",
                Reason.WRONG_ISSUER,
                q -> q + "&iss=https%3A%2F%2Fwww." + platform + ".com");
    }

    private void context(String name, UnaryOperator<ConnectCallback> change) {
        add(
                name,
                Reason.WRONG_CONTEXT,
                (stage, query) -> stage.linkspan
                        .connections()
                        .complete(change.apply(ConnectCallback.of(query, LoginStage.SECRET))));
    }

    private void time() {
        late("exactly at the end", Duration.ofMinutes(10), false);
        late("a minute late", Duration.ofMinutes(11), false);
        late("late, after the worker noticed", Duration.ofMinutes(11), true);
        late("a day late", Duration.ofHours(24), false);
        add("reload after a denial", Reason.STATE_USED, (stage, query) -> {
            String denied = query.replaceAll("code=[^&]*", "error=access_denied");
            stage.complete(denied);
            return stage.complete(query);
        });
        add("reload after a refusal", Reason.STATE_USED, (stage, query) -> {
            stage.complete(with(query, "code", code -> "unknown"));
            return stage.complete(query);
        });
    }

    private void late(String name, Duration by, boolean noticed) {
        add(name, Reason.STATE_EXPIRED, (stage, query) -> {
            stage.clock.advance(by);
            if (noticed) {
                stage.linkspan.worker().runDue();
            }
            return stage.complete(query);
        });
    }

    private void errors() {
        for (String error : List.of(
                "invalid_scope",
                "unauthorized_client",
                "server_error",
                "temporarily_unavailable",
                "never_seen",
                "%3Cscript%3Ealert(1)%3C%2Fscript%3E")) {
            query("error " + error, Reason.PLATFORM_REFUSED, q -> q.replaceAll("code=[^&]*", "error=" + error));
        }
        query("a code that was never issued", Reason.PLATFORM_REFUSED, q -> with(q, "code", code -> "never-issued"));
        query("a code without its end", Reason.PLATFORM_REFUSED, q -> with(q, "code", code -> code.substring(0, 8)));
        add("a code that is too old", Reason.PLATFORM_REFUSED, (stage, query) -> {
            stage.tiktok.rules().codeLife(Duration.ZERO);
            stage.instagram.rules().codeLife(Duration.ZERO);
            return stage.complete(stage.allow(Browser.create().as("quay.studio"), LoginStage.asking(platform)));
        });
    }
}
