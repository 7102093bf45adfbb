package io.linkspan.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.instagram.InstagramSimulator;
import io.linkspan.testkit.internal.Caller;
import io.linkspan.testkit.internal.Direct;
import io.linkspan.testkit.internal.Forms;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same requests to a simulator with a server and to one without get the same answers, and leave the same ledger. */
class SameAnswersTest {

    private static final byte[] VIDEO = new byte[2000];
    private static final Map<URI, byte[]> FILES = Map.of(URI.create("https://media.example/v.mp4"), VIDEO);
    private final SettableClock clock = SettableClock.at("2026-11-21T10:00:00Z");

    /** One request; the base address and what an earlier answer said are filled in. */
    private record Step(String method, String path, String type, String body) {}

    private static Step json(String path, String body) {
        return new Step("POST", path, "application/json", body);
    }

    private static Step form(String path, String... parameters) {
        return new Step("POST", path, "application/x-www-form-urlencoded", Forms.query(parameters));
    }

    private static Step get(String path) {
        return new Step("GET", path, "", "");
    }

    private static String overSockets(SimPlatform sim, String token, Step step) throws Exception {
        HttpRequest.Builder request = new Caller(sim.baseUri())
                .to(step.path())
                .method(step.method(), HttpRequest.BodyPublishers.ofString(step.body()));
        if (!step.path().startsWith("http")) {
            request.header("Authorization", "Bearer " + token);
        }
        if (step.type().equals("video/mp4")) {
            request.method(step.method(), HttpRequest.BodyPublishers.ofByteArray(VIDEO))
                    .header("Content-Range", "bytes 0-1999/2000");
        }
        if (!step.type().isEmpty()) {
            request.header("Content-Type", step.type());
        }
        Caller.Reply reply = new Caller(sim.baseUri()).send(request);
        return line(reply.status(), reply.response().body(), reply.header("Content-Range"), sim);
    }

    private static String direct(SimPlatform sim, String token, Step step) {
        String uri = step.path().startsWith("http") ? step.path() : sim.baseUri() + step.path();
        HttpCall call = HttpCall.of("test.step", CallClass.READ, step.method(), URI.create(uri));
        if (!step.path().startsWith("http")) {
            call = call.header("Authorization", "Bearer " + token);
        }
        if (step.type().equals("video/mp4")) {
            call = call.header("Content-Range", "bytes 0-1999/2000").body(Direct.slice(VIDEO, 0, 2000));
        } else if (step.type().equals("application/json")) {
            call = call.body(new HttpBody.Json(step.body()));
        } else if (!step.type().isEmpty()) {
            call = call.body(new HttpBody.Form(Forms.parse(step.body()).singles()));
        }
        HttpResult.Answered answer = Direct.answer(sim.transport().exchange(call));
        return line(
                answer.status(), answer.text(), answer.header("Content-Range").orElse(""), sim);
    }

    private static String line(int status, String body, String range, SimPlatform sim) {
        return status + " " + range + " " + body.replace(sim.baseUri().toString(), "BASE");
    }

    private static String field(String line, String name) {
        int at = line.indexOf("\"" + name + "\":\"") + name.length() + 4;
        return line.substring(at, line.indexOf('"', at));
    }

    private TikTokSimulator.Builder tiktok() {
        return TikTokSimulator.builder()
                .clock(clock)
                .media(MediaWeb.of(FILES))
                .rules(rules -> rules.verifiedPrefixes("https://media.example/"));
    }

    private InstagramSimulator.Builder instagram() {
        return InstagramSimulator.builder().clock(clock).media(MediaWeb.of(FILES));
    }

    @Test
    void tiktok_answersTheSame() throws Exception {
        try (TikTokSimulator served = tiktok().start();
                TikTokSimulator built = tiktok().build()) {
            String info = "\"post_info\":{\"privacy_level\":\"PUBLIC_TO_EVERYONE\",\"title\":\"Ä😀\"}";
            String init = "{" + info + ",\"source_info\":{\"source\":\"FILE_UPLOAD\",\"video_size\":2000,"
                    + "\"chunk_size\":2000,\"total_chunk_count\":1}}";
            String pull = "{" + info + ",\"source_info\":{\"source\":\"PULL_FROM_URL\","
                    + "\"video_url\":\"https://media.example/v.mp4\"}}";
            List<Step> steps = List.of(
                    json("/v2/post/publish/creator_info/query/", ""),
                    json("/v2/post/publish/video/init/", "{}"),
                    json("/v2/post/publish/video/init/", "no json"),
                    json("/v2/post/publish/video/init/", init),
                    new Step("PUT", "upload_url", "video/mp4", ""),
                    new Step("PUT", "upload_url", "video/mp4", ""),
                    json("/v2/post/publish/status/fetch/", "publish_id"),
                    json("/v2/post/publish/status/fetch/", "publish_id"),
                    json("/v2/post/publish/video/init/", pull),
                    json("/v2/post/publish/status/fetch/", "publish_id"),
                    json("/v2/post/publish/status/fetch/", "publish_id"),
                    json("/v2/post/publish/status/fetch/", "publish_id"),
                    json("/v2/post/publish/cancel/", "publish_id"),
                    get("/v2/user/info/?fields=open_id,username"),
                    form("/v2/oauth/token/", "client_key", "wrong", "client_secret", "x", "grant_type", "a b"),
                    get("/nothing"));
            String one = served.issueTokens(served.addAccount("demo")).accessToken();
            String two = built.issueTokens(built.addAccount("demo")).accessToken();
            assertSame(served, one, built, two, steps);
            assertEquals(2, built.ledger().posts().size());
        }
    }

    @Test
    void instagram_answersTheSame() throws Exception {
        try (InstagramSimulator served = instagram().start();
                InstagramSimulator built = instagram().build()) {
            List<Step> steps = List.of(
                    get("/v26.0/me?fields=id,user_id,username"),
                    form("/v26.0/me/media", "media_type", "REELS"),
                    form("/v26.0/me/media", "media_type", "REELS", "video_url", "https://media.example/none.mp4"),
                    get("/v26.0/ID?fields=status_code,status"),
                    get("/v26.0/ID?fields=status_code,status"),
                    form("/v26.0/me/media", "media_type", "REELS", "video_url", "https://media.example/v.mp4"),
                    form("/v26.0/me/media_publish", "creation_id", "ID"),
                    get("/v26.0/ID?fields=status_code"),
                    get("/v26.0/ID?fields=status_code,status"),
                    form("/v26.0/me/media_publish", "creation_id", "ID"),
                    get("/v26.0/ID?fields=permalink,media_type"),
                    get("/v26.0/me/media?fields=id,caption"),
                    get("/v26.0/me/content_publishing_limit?fields=quota_usage,config"));
            String one = served.issueTokens(served.addAccount("shop")).accessToken();
            String two = built.issueTokens(built.addAccount("shop")).accessToken();
            assertSame(served, one, built, two, steps);
            assertEquals(1, built.ledger().posts().size());
        }
    }

    private static void assertSame(
            SimPlatform served, String servedToken, SimPlatform built, String builtToken, List<Step> steps)
            throws Exception {
        List<String> overSockets = new ArrayList<>();
        List<String> direct = new ArrayList<>();
        for (Step step : steps) {
            overSockets.add(overSockets(served, servedToken, filled(step, overSockets, served)));
            direct.add(direct(built, builtToken, filled(step, direct, built)));
        }
        assertEquals(String.join("\n", overSockets), String.join("\n", direct));
    }

    /** Puts in what the newest answer with it said: upload URL, publish id, id. */
    private static Step filled(Step step, List<String> answers, SimPlatform sim) {
        String path = step.path();
        String body = step.body();
        if (path.equals("upload_url")) {
            path = newest(answers, path).replace("BASE", sim.baseUri().toString());
        } else if (body.equals("publish_id")) {
            body = "{\"publish_id\":\"" + newest(answers, body) + "\"}";
        } else if (path.contains("/ID?")) {
            path = path.replace("ID", newest(answers, "id"));
        } else if (body.contains("ID")) {
            body = body.replace("ID", newest(answers, "id"));
        }
        return new Step(step.method(), path, step.type(), body);
    }

    private static String newest(List<String> answers, String name) {
        return answers.stream()
                .filter(line -> line.contains("\"" + name + "\":\""))
                .reduce((first, second) -> second)
                .map(line -> field(line, name))
                .orElseThrow();
    }
}
