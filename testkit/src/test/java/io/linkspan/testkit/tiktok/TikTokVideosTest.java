package io.linkspan.testkit.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.HttpResult;
import io.linkspan.testkit.internal.Direct;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TikTokVideosTest {

    private final TikTokDesk desk = new TikTokDesk();

    private String post(String privacy, String title) {
        desk.upload(desk.video("{\"privacy_level\":\"" + privacy + "\",\"title\":\"" + title + "\"}"));
        return desk.sim
                .ledger()
                .posts()
                .get(desk.sim.ledger().posts().size() - 1)
                .id();
    }

    private JsonNode list(String body) {
        return Direct.document(desk.direct.json("/v2/video/list/?fields=id,create_time,title,share_url", body))
                .path("data");
    }

    @Test
    void list_showsPublicPosts_newestFirst_lateAndInPages() {
        String first = post("PUBLIC_TO_EVERYONE", "one");
        desk.clock.advance(Duration.ofSeconds(1));
        post("SELF_ONLY", "two");
        String third = post("PUBLIC_TO_EVERYONE", "three");
        desk.clock.advance(Duration.ofSeconds(29));
        assertEquals(1, list("{}").path("videos").size());
        desk.clock.advance(Duration.ofSeconds(1));
        JsonNode page = list("{\"max_count\":1}");
        assertEquals(third, page.path("videos").path(0).path("id").asString());
        assertEquals("three", page.path("videos").path(0).path("title").asString());
        assertTrue(page.path("has_more").asBoolean(false));
        JsonNode rest = list("{\"cursor\":" + page.path("cursor").asLong() + "}");
        assertEquals(first, rest.path("videos").path(0).path("id").asString());
        assertEquals(1, rest.path("videos").size());
        desk.sim.hidePost(first);
        assertEquals(1, list("{}").path("videos").size());
    }

    @Test
    void query_findsOwnPublicPostsOnly() {
        desk.sim.rules().videoListLag(Duration.ZERO);
        String mine = post("PUBLIC_TO_EVERYONE", "one");
        String body = "{\"filters\":{\"video_ids\":[\"" + mine + "\",\"1\"]}}";
        HttpResult found = desk.direct.json("/v2/video/query/?fields=id", body);
        assertEquals(1, Direct.document(found).path("data").path("videos").size());
        Direct other = desk.as(desk.sim.addAccount("other"));
        HttpResult foreign = other.json("/v2/video/query/?fields=id", body);
        assertEquals(0, Direct.document(foreign).path("data").path("videos").size());
        assertEquals("invalid_params", Direct.code(desk.direct.json("/v2/video/query/?fields=id", "{}")));
    }

    @Test
    void lists_refuseUnknownFieldsSizesAndScopes() {
        assertEquals("invalid_params", Direct.code(desk.direct.json("/v2/video/list/?fields=publish_id", "{}")));
        assertEquals(
                "invalid_params", Direct.code(desk.direct.json("/v2/video/list/?fields=id", "{\"max_count\":21}")));
        desk.sim.withdrawScope(desk.account, "video.list");
        assertEquals("scope_not_authorized", Direct.code(desk.direct.json("/v2/video/list/?fields=id", "{}")));
    }
}
