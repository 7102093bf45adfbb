package io.linkspan.testkit.tiktok;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.HttpResult;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.internal.Direct;
import io.linkspan.testkit.sim.CallbackReceiver;
import io.linkspan.testkit.sim.MediaWeb;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A simulator without sockets, with one account, media to pull and the events it sent. */
final class TikTokDesk {

    final SettableClock clock = SettableClock.at("2026-11-21T10:00:00Z");
    final Map<URI, MediaWeb.Page> web = new HashMap<>();
    final List<CallbackReceiver.Callback> events = new ArrayList<>();
    final TikTokSimulator sim;
    final TikTokAccount account;
    final Direct direct;

    TikTokDesk() {
        this(builder -> builder);
    }

    TikTokDesk(UnaryOperator<TikTokSimulator.Builder> more) {
        sim = more.apply(TikTokSimulator.builder()
                        .clock(clock)
                        .media(uri -> web.getOrDefault(uri, MediaWeb.Page.status(404)))
                        .callbacks(event -> {
                            events.add(event);
                            return 200;
                        })
                        .rules(rules -> rules.verifiedDomains("media.example").statusGapReads(0)))
                .build();
        account = sim.addAccount("demo");
        direct = as(account);
    }

    Direct as(TikTokAccount other) {
        return new Direct(sim.transport(), sim.baseUri(), sim.issueTokens(other).accessToken());
    }

    String file(String name, byte[] content) {
        String url = "https://media.example/" + name;
        web.put(URI.create(url), MediaWeb.Page.of(content));
        return url;
    }

    HttpResult video(String postInfo) {
        return direct.json(
                "/v2/post/publish/video/init/",
                "{\"post_info\":" + postInfo + ",\"source_info\":{\"source\":\"FILE_UPLOAD\",\"video_size\":100,"
                        + "\"chunk_size\":100,\"total_chunk_count\":1}}");
    }

    HttpResult inbox() {
        return direct.json(
                "/v2/post/publish/inbox/video/init/",
                "{\"source_info\":{\"source\":\"FILE_UPLOAD\",\"video_size\":100,"
                        + "\"chunk_size\":100,\"total_chunk_count\":1}}");
    }

    HttpResult pull(String path, String postInfo, String url) {
        return direct.json(
                path,
                "{\"post_info\":" + postInfo + ",\"source_info\":{\"source\":\"PULL_FROM_URL\",\"video_url\":\"" + url
                        + "\"}}");
    }

    HttpResult photos(String mode, String postInfo, int cover, String... urls) {
        return direct.json(
                "/v2/post/publish/content/init/",
                "{\"media_type\":\"PHOTO\",\"post_mode\":\"" + mode + "\",\"post_info\":" + postInfo
                        + ",\"source_info\":{\"source\":\"PULL_FROM_URL\",\"photo_cover_index\":" + cover
                        + ",\"photo_images\":[\"" + String.join("\",\"", urls) + "\"]}}");
    }

    HttpResult upload(HttpResult init) {
        return direct.put(Direct.document(init).path("data").path("upload_url").asString(), new byte[100], 0, 99);
    }

    String id(HttpResult init) {
        return Direct.document(init).path("data").path("publish_id").asString();
    }

    JsonNode status(String publishId) {
        return Direct.document(direct.json("/v2/post/publish/status/fetch/", "{\"publish_id\":\"" + publishId + "\"}"))
                .path("data");
    }

    /** The status after everything was processed: status or fail reason. */
    String settled(String publishId) {
        sim.settle();
        JsonNode status = status(publishId);
        return status.path("fail_reason").asString(status.path("status").asString());
    }

    List<String> eventNames() {
        return events.stream().map(CallbackReceiver.Callback::event).toList();
    }
}
