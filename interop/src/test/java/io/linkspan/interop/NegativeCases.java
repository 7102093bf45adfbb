package io.linkspan.interop;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectCallback;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.spi.HttpResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** What must not connect at a server that keeps the standards. */
final class NegativeCases {
    /** A connect that must not succeed; gets a callback query that would. */
    record Case(String name, String expected, BiFunction<Harness, String, ConnectOutcome> attempt) {
        @Override
        public String toString() {
            return name + " is " + expected;
        }
    }

    private final List<Case> cases = new ArrayList<>();

    private NegativeCases() {}

    static List<Case> all() {
        NegativeCases table = new NegativeCases();
        table.queries();
        table.states();
        table.context();
        table.issuers();
        table.codes();
        table.answers();
        table.tokens();
        table.users();
        return table.cases;
    }

    private void query(String name, String expected, UnaryOperator<String> change) {
        cases.add(new Case(name, expected, (harness, query) -> harness.complete(change.apply(query))));
    }

    static String value(String query, String name) {
        return query.replaceAll("(?:^|.*&)" + name + "=([^&]*).*", "$1");
    }

    static String with(String query, String name, UnaryOperator<String> change) {
        return query.replace(name + "=" + value(query, name), name + "=" + change.apply(value(query, name)));
    }

    private void queries() {
        query("L9 empty query", "MALFORMED", q -> "");
        query("L9 no code", "MALFORMED", q -> with(q, "code", c -> ""));
        query("L9 no state", "MALFORMED", q -> with(q, "state", s -> ""));
        query("L9 code twice", "MALFORMED", q -> q + "&code=x");
        query("L9 code first of two", "MALFORMED", q -> "code=x&" + q);
        query("L9 encoded name of a second code", "MALFORMED", q -> q + "&%63ode=x");
        query("L9 state twice", "MALFORMED", q -> q + "&state=x");
        query("L9 iss twice", "MALFORMED", q -> q + "&iss=x&iss=x");
        query("L9 foreign parameter twice", "MALFORMED", q -> q + "&utm=1&utm=2");
        query("L9 code and error", "MALFORMED", q -> q + "&error=access_denied");
        query("L9 nine kibibytes", "MALFORMED", q -> q + "&x=" + "y".repeat(9 * 1024));
        for (String control : List.of("%00", "%09", "%0A", "%0D", "%1B", "%7F", "%C2%80")) {
            query("L9 control character " + control, "MALFORMED", q -> q + "&x=" + control);
        }
        query("L9 half an escape", "MALFORMED", q -> q + "&x=%4");
        query("L9 no escape", "MALFORMED", q -> q + "&x=%GG");
    }

    private void states() {
        query("L1 guessed state", "UNKNOWN_STATE", q -> with(q, "state", s -> "A".repeat(43)));
        query(
                "L1 altered state",
                "UNKNOWN_STATE",
                q -> with(q, "state", s -> (s.charAt(0) == 'A' ? "B" : "A") + s.substring(1)));
        query("L1 cut state", "UNKNOWN_STATE", q -> with(q, "state", s -> s.substring(1)));
        query("L1 longer state", "UNKNOWN_STATE", q -> with(q, "state", s -> s + "A"));
        query("L1 state in capitals", "UNKNOWN_STATE", q -> with(q, "state", s -> "a" + s.toUpperCase(Locale.ROOT)));
        query("L1 state with unusual Unicode", "UNKNOWN_STATE", q -> with(q, "state", s -> s + "%E2%80%8B"));
        query("L1 state as SQL", "UNKNOWN_STATE", q -> with(q, "state", s -> "%27--"));
        cases.add(new Case("L1 state too old", "STATE_EXPIRED", (harness, query) -> {
            harness.advance(Duration.ofMinutes(11));
            return harness.complete(query);
        }));
        cases.add(new Case("L2 used state", "STATE_USED", (harness, query) -> {
            harness.complete(with(query, "code", code -> "wrong"));
            return harness.complete(query);
        }));
        cases.add(new Case("L2 state used by an error", "STATE_USED", (harness, query) -> {
            harness.complete(query.replaceAll("code=[^&]*", "error=access_denied"));
            return harness.complete(query);
        }));
    }

    private void context() {
        for (String secret : List.of("", "browser-secret-of-noor", Harness.BROWSER + " ", "Browser-secret-of-mira")) {
            cases.add(new Case(
                    "L3 browser secret '" + secret + "'",
                    "WRONG_BROWSER",
                    (harness, query) -> harness.linkspan.connections().complete(query, secret)));
        }
        callback("L4 at another platform's address", callback -> callback.at(Platform.of("tiktok")));
        callback("L4 another user signed in", callback -> callback.by(Owner.of("harbour", "noor")));
        callback("L4 another tenant signed in", callback -> callback.by(Owner.of("lighthouse", "mira")));
        cases.add(new Case("L4 another app registration", "WRONG_CONTEXT", (harness, query) -> {
            try (var other = harness.open(harness.profile.withClient("another-client"))) {
                return other.connections().complete(query, Harness.BROWSER);
            }
        }));
    }

    private void callback(String name, UnaryOperator<ConnectCallback> change) {
        cases.add(new Case(
                name,
                "WRONG_CONTEXT",
                (harness, query) -> harness.linkspan
                        .connections()
                        .complete(change.apply(ConnectCallback.of(query, Harness.BROWSER)))));
    }

    private void issuers() {
        for (String issuer : List.of(
                "https%3A%2F%2Fevil.example", "http%3A%2F%2F127.0.0.1%3A1", "%20", "HTTP%3A%2F%2F127.0.0.1", "null")) {
            query("L5 issuer " + issuer, "WRONG_ISSUER", q -> without(q, "iss") + "&iss=" + issuer);
        }
        cases.add(new Case(
                "L5 issuer with a slash at its end",
                "WRONG_ISSUER",
                (harness, query) -> harness.complete(without(query, "iss") + "&iss="
                        + harness.profile.token().resolve("/"))));
    }

    private static String without(String query, String name) {
        return query.replaceAll("(^|&)" + name + "=[^&]*", "");
    }

    private void codes() {
        query("L6 code of another transaction", "PLATFORM_REFUSED", q -> with(q, "code", code -> "guess"));
        cases.add(new Case("L6 code injected into my transaction", "PLATFORM_REFUSED", (harness, query) -> {
            String stolen = value(harness.callback("noor", Harness.asking()), "code");
            return harness.complete(with(query, "code", code -> stolen));
        }));
        cases.add(new Case(
                "L7 redirect address changed between the two requests", "PLATFORM_REFUSED", (harness, query) -> {
                    try (var other = harness.open(harness.profile.withRedirect("http://127.0.0.1:1/callback/other"))) {
                        return other.connections().complete(query, Harness.BROWSER);
                    }
                }));
        cases.add(new Case("L11 code replayed in another transaction", "PLATFORM_REFUSED", (harness, query) -> {
            String other = harness.callback("mira", Harness.asking());
            String code = value(query, "code");
            harness.complete(with(query, "state", state -> state)); // the code is spent here
            return harness.complete(with(other, "code", unused -> code));
        }));
        for (String error : List.of("invalid_scope", "server_error", "unauthorized_client", "login_required")) {
            query("error " + error, "PLATFORM_REFUSED", q -> q.replaceAll("code=[^&]*", "error=" + error));
        }
        query("error access_denied", "Denied", q -> q.replaceAll("code=[^&]*", "error=access_denied"));
    }

    private void damaged(String name, String operation, String expected, UnaryOperator<HttpResult> damage) {
        cases.add(new Case(name, expected, (harness, query) -> {
            harness.damage.put(operation, damage);
            return harness.complete(query);
        }));
    }

    private void answer(String name, int status, String body) {
        damaged("token answer " + name, "standard.token", "UNCLEAR", real -> answered(status, body));
    }

    private static HttpResult answered(int status, String body) {
        return new HttpResult.Answered(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private void answers() {
        answer("empty", 200, "");
        answer("null", 200, "null");
        answer("a list", 200, "[]");
        answer("HTML", 200, "<html>");
        answer("an empty object", 200, "{}");
        answer("deep", 200, "{\"a\":".repeat(100) + "1" + "}".repeat(100));
        answer("204", 204, "");
        answer("301", 301, "");
        answer("302", 302, "");
        answer("307", 307, "");
        answer("400 with HTML", 400, "<h1>");
        answer("403", 403, "{}");
        answer("429", 429, "");
        answer("500", 500, "{}");
        answer("502", 502, "<h1>");
        answer("503", 503, "");
        damaged("token answer lost", "standard.token", "UNCLEAR", real -> new HttpResult.Lost("reset"));
        damaged("token request not sent", "standard.token", "UNCLEAR", real -> new HttpResult.NotSent("refused"));
        damaged(
                "token answer cut",
                "standard.token",
                "UNCLEAR",
                real -> change(real, text -> text.substring(0, text.length() / 2)));
    }

    private static HttpResult change(HttpResult real, UnaryOperator<String> change) {
        HttpResult.Answered answer = (HttpResult.Answered) real;
        return answered(answer.status(), change.apply(answer.text()));
    }

    private void field(String name, String field, String json) {
        damaged(
                "L14 " + name,
                "standard.token",
                "UNCLEAR",
                real -> change(
                        real,
                        text -> text.replaceAll(
                                "\"" + field + "\"\\s*:\\s*(\"[^\"]*\"|\\d+)", "\"" + field + "\":" + json)));
    }

    private void tokens() {
        field("token type mac", "token_type", "\"mac\"");
        field("token type DPoP", "token_type", "\"DPoP\"");
        field("blank token type", "token_type", "\"\"");
        field("access token null", "access_token", "null");
        field("access token blank", "access_token", "\" \"");
        field("access token of 9 KiB", "access_token", "\"" + "a".repeat(9 * 1024) + "\"");
        field("access token with a blank", "access_token", "\"a b\"");
        field("access token with NUL", "access_token", "\"a\\\\u0000b\"");
        field("access token with a line break", "access_token", "\"a\\\\nb\"");
        field("access token beyond ASCII", "access_token", "\"ä\"");
        field("refresh token of 9 KiB", "refresh_token", "\"" + "a".repeat(9 * 1024) + "\"");
        field("refresh token with a line break", "refresh_token", "\"a\\\\r\\\\nb\"");
    }

    private void users() {
        damaged(
                "L14 altered access token",
                "standard.token",
                "PLATFORM_REFUSED",
                real -> change(real, text -> text.replaceAll("\"access_token\"\\s*:\\s*\"", "$0x")));
        damaged("account answer empty", "standard.user_info", "UNCLEAR", real -> answered(200, ""));
        damaged("account answer without id", "standard.user_info", "UNCLEAR", real -> answered(200, "{}"));
        damaged("account answer 500", "standard.user_info", "UNCLEAR", real -> answered(500, ""));
        damaged("account answer lost", "standard.user_info", "UNCLEAR", real -> new HttpResult.Lost("reset"));
        cases.add(new Case(
                "L12 another account than the pinned one",
                "AccountMismatch",
                (harness, unused) -> harness.complete(
                        harness.callback("noor", Harness.asking().expecting("mira")))));
    }
}
