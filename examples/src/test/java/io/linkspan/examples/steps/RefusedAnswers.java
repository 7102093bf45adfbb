package io.linkspan.examples.steps;

import io.linkspan.Platform;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.sim.Faults;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.tiktok.TikTok;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Answers of the platform that must not connect: wrong shapes, wrong types, damaged or hostile bodies, mixed accounts. */
final class RefusedAnswers {
    private static final String JSON = "application/json";

    private final List<OAuthCase> cases = new ArrayList<>();
    private final Platform platform;
    private final boolean tiktok;

    private RefusedAnswers(Platform platform) {
        this.platform = platform;
        this.tiktok = platform.equals(TikTok.PLATFORM);
    }

    static List<OAuthCase> of(Platform platform) {
        RefusedAnswers table = new RefusedAnswers(platform);
        table.shapes();
        table.fields();
        table.transport();
        table.accounts();
        return table.cases;
    }

    private Faults.Script exchange(LoginStage stage) {
        return tiktok
                ? stage.tiktok.faults().on(TikTokOperation.TOKEN_EXCHANGE)
                : stage.instagram.faults().on(InstagramOperation.TOKEN_EXCHANGE);
    }

    private Faults.Script account(LoginStage stage) {
        return tiktok
                ? stage.tiktok.faults().on(TikTokOperation.USER_INFO)
                : stage.instagram.faults().on(InstagramOperation.ME);
    }

    private void exchange(String name, Reason reason, Function<LoginStage, Fault> fault) {
        cases.add(new OAuthCase(platform + ": token answer " + name, reason.name(), stage -> {
            exchange(stage).next(fault.apply(stage));
            return signIn(stage);
        }));
    }

    private ConnectOutcome signIn(LoginStage stage) {
        return stage.complete(stage.allow(Browser.create().as("quay.studio"), LoginStage.asking(platform)));
    }

    private void body(String name, String body) {
        exchange(name, Reason.UNCLEAR, stage -> Fault.answerAfter(200, JSON, body));
    }

    private void status(String name, int status, String type, String body) {
        exchange(name, Reason.UNCLEAR, stage -> Fault.answerAfter(status, type, body));
    }

    private void shapes() {
        body("empty", "");
        body("blank", "   ");
        body("null", "null");
        body("a list", "[]");
        body("a list of grants", "[" + grant(Map.of()) + "]");
        body("a text", "\"act.token\"");
        body("a number", "42");
        body("an empty object", "{}");
        body("HTML", "<html><body>Welcome</body></html>");
        body("a form", "access_token=act.1&token_type=Bearer");
        body("half an object", grant(Map.of()).substring(0, 25));
        body("two objects", grant(Map.of()) + grant(Map.of()).substring(0, 10));
        body("a hundred levels deep", "{\"a\":".repeat(100) + "1" + "}".repeat(100));
        body("over 1 MiB", "{\"x\":\"" + "y".repeat(1 << 20) + "\"}");
        body("with a number of a thousand digits", "{\"expires_in\":" + "9".repeat(1000) + "}");
    }

    private void fields() {
        field("without access_token", "access_token", "absent");
        field("with access_token null", "access_token", "null");
        field("with a number as access_token", "access_token", "7");
        field("with a boolean as access_token", "access_token", "true");
        field("with a list as access_token", "access_token", "[\"act.1\"]");
        field("with an object as access_token", "access_token", "{\"value\":\"act.1\"}");
        field("with a blank access_token", "access_token", "\" \"");
        field("with a line break in access_token", "access_token", "\"act.1\\r\\nX-A: b\"");
        field("with NUL in access_token", "access_token", "\"act.\\u00001\"");
        field("with a blank in access_token", "access_token", "\"act. 1\"");
        field("with letters beyond ASCII in access_token", "access_token", "\"act.ä\"");
        if (tiktok) {
            field("with 9 KiB access_token", "access_token", "\"" + "a".repeat(9 * 1024) + "\"");
            field("without refresh_token", "refresh_token", "absent");
            field("with a number as refresh_token", "refresh_token", "7");
            field("with 9 KiB refresh_token", "refresh_token", "\"" + "a".repeat(9 * 1024) + "\"");
            field("with a line break in refresh_token", "refresh_token", "\"rft.\\n1\"");
            field("with a letter beyond ASCII in refresh_token", "refresh_token", "\"rft.\\u00e9\"");
            field("without token_type", "token_type", "absent");
            field("with token_type mac", "token_type", "\"mac\"");
            field("with token_type DPoP", "token_type", "\"DPoP\"");
            field("with a list as token_type", "token_type", "[\"Bearer\"]");
        } else {
            cases.add(longLived("with token_type mac", "\"mac\"", "\"IGAAx\""));
            cases.add(longLived("with 9 KiB access_token", "\"bearer\"", "\"" + "a".repeat(9 * 1024) + "\""));
            cases.add(longLived("without access_token", "\"bearer\"", "null"));
        }
    }

    private OAuthCase longLived(String name, String type, String token) {
        return new OAuthCase(platform + ": long-lived answer " + name, Reason.UNCLEAR.name(), stage -> {
            stage.instagram
                    .faults()
                    .on(InstagramOperation.LONG_LIVED_EXCHANGE)
                    .always(Fault.answerBefore(
                            200,
                            JSON,
                            "{\"access_token\":" + token + ",\"token_type\":" + type + ",\"expires_in\":5183944}"));
            return signIn(stage);
        });
    }

    private void field(String name, String field, String json) {
        body(name, grant(Map.of(field, json)));
    }

    /** A token answer as the platform writes it, with some fields otherwise. */
    private String grant(Map<String, String> changes) {
        Map<String, String> fields = new java.util.LinkedHashMap<>(
                tiktok
                        ? Map.of(
                                "access_token", "\"act.1\"",
                                "refresh_token", "\"rft.1\"",
                                "expires_in", "7200",
                                "refresh_expires_in", "15552000",
                                "open_id", "\"-000A\"",
                                "scope", "\"user.info.basic\"",
                                "token_type", "\"Bearer\"")
                        : Map.of(
                                "access_token", "\"IGAA1\"",
                                "user_id", "27000000000000001",
                                "permissions", "[\"instagram_business_basic\"]"));
        fields.putAll(changes);
        fields.values().removeIf("absent"::equals);
        List<String> written = new ArrayList<>();
        fields.forEach((name, value) -> written.add("\"" + name + "\":" + value));
        return "{" + String.join(",", written) + "}";
    }

    private void transport() {
        status("301", 301, "text/html", "moved");
        exchange("302 to elsewhere", Reason.UNCLEAR, stage -> Fault.redirect(URI.create("http://127.0.0.1:1/")));
        status("307", 307, "text/html", "");
        status("204", 204, JSON, "");
        status("400 with HTML", 400, "text/html", "<h1>Bad Request</h1>");
        status("401 with an empty object", 401, JSON, "{}");
        status("403 of a proxy", 403, "text/html", "<h1>Forbidden</h1>");
        status("429 without words", 429, "text/plain", "slow down");
        status("500", 500, JSON, "{}");
        status("502 of a proxy", 502, "text/html", "<h1>Bad Gateway</h1>");
        status("503 with a grant in it", 503, JSON, grant(Map.of()));
        exchange("500 in its own words", Reason.UNCLEAR, stage -> Fault.serverErrorAfter());
        exchange("cut in the middle of the JSON", Reason.UNCLEAR, stage -> Fault.cutJson());
        exchange("cut in the middle of the connection", Reason.UNCLEAR, stage -> Fault.cutConnection());
        exchange("lost, with effect", Reason.UNCLEAR, stage -> Fault.dropAfter());
        exchange("lost, without effect", Reason.UNCLEAR, stage -> Fault.dropBefore());
        exchange(
                "dripping and then damaged",
                Reason.UNCLEAR,
                stage -> Fault.answerAfter(200, JSON, grant(Map.of()).replace(":", "")));
    }

    private void accounts() {
        cases.add(read("HTML", Reason.UNCLEAR, Fault.answerBefore(200, "text/html", "<html>")));
        cases.add(read("an empty object", Reason.UNCLEAR, Fault.answerBefore(200, JSON, "{}")));
        cases.add(read("500", Reason.UNCLEAR, Fault.serverErrorBefore()));
        cases.add(read("a redirect", Reason.UNCLEAR, Fault.redirect(URI.create("http://127.0.0.1:1/"))));
        cases.add(read(
                "over 1 MiB",
                Reason.UNCLEAR,
                Fault.answerBefore(200, JSON, "{\"x\":\"" + "y".repeat(1 << 20) + "\"}")));
        cases.add(new OAuthCase(platform + ": account of another token", Reason.IDENTITY_CHANGED.name(), stage -> {
            account(stage).always(Fault.answerBefore(200, JSON, stranger()));
            return signIn(stage);
        }));
        cases.add(new OAuthCase(platform + ": another account than the pinned one", "AccountMismatch", stage -> {
            String query = stage.allow(
                    Browser.create().as("pier.bakery"),
                    LoginStage.asking(platform)
                            .expecting(stage.linkspan
                                    .connections()
                                    .list(LoginStage.OWNER)
                                    .get(0)
                                    .accountId()));
            return stage.complete(query);
        }));
        cases.add(new OAuthCase(platform + ": a refused consent", "Denied", stage -> {
            URI page = stage.linkspan
                    .connections()
                    .connect(LoginStage.asking(platform))
                    .uri();
            return stage.complete(
                    Browser.create().deny(page, LoginStage.returnOf(platform)).getRawQuery());
        }));
        exchange("slow, and of an unknown code", Reason.PLATFORM_REFUSED, stage -> {
            stage.tiktok.rules().codeLife(Duration.ZERO);
            stage.instagram.rules().codeLife(Duration.ZERO);
            return Fault.slowBody(16, Duration.ofMillis(2));
        });
    }

    private OAuthCase read(String name, Reason reason, Fault fault) {
        return new OAuthCase(platform + ": account answer " + name, reason.name(), stage -> {
            account(stage).always(fault);
            return signIn(stage);
        });
    }

    private String stranger() {
        return tiktok
                ? "{\"data\":{\"user\":{\"open_id\":\"-000stranger\",\"username\":\"stranger\"}},\"error\":{\"code\":\"ok\"}}"
                : "{\"user_id\":\"17841400000009999\",\"id\":\"27000000000009999\",\"username\":\"stranger\"}";
    }
}
