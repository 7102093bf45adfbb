package io.linkspan.testkit.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.testkit.internal.Caller;
import io.linkspan.testkit.internal.Digests;
import io.linkspan.testkit.internal.Receiver;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.sim.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstagramPublishTest {

    private static final byte[] MEDIA = new byte[5_000_001];

    static {
        new Random(11).nextBytes(MEDIA);
    }

    private final InstagramBench bench = new InstagramBench();
    private final String token = bench.token();
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver(MEDIA);
    }

    @AfterEach
    void stop() {
        bench.close();
        receiver.close();
    }

    private String reel(String path) throws Exception {
        return id(bench.create(
                token,
                "media_type",
                "REELS",
                "video_url",
                receiver.uri(path).toString(),
                "caption",
                "Hello @friend #x",
                "share_to_feed",
                "true"));
    }

    private static String id(Caller.Reply reply) {
        assertEquals(200, reply.status(), reply.response().body());
        return reply.json().path("id").asString();
    }

    private String statusCode(String container) throws Exception {
        return bench.status(token, container).json().path("status_code").asString();
    }

    private String finished() throws Exception {
        String container = reel("/media");
        assertEquals("IN_PROGRESS", statusCode(container));
        assertEquals("FINISHED", statusCode(container));
        return container;
    }

    @Test
    void reel_isFetchedInRangesThenPublishedThenListed() throws Exception {
        String container = reel("/media");
        Caller.Reply early = bench.publish(token, container);
        assertEquals("9007/2207027", early.graph());
        assertEquals("IN_PROGRESS", statusCode(container));
        assertEquals("FINISHED", statusCode(container));
        assertEquals(2, receiver.ranges().size());
        String mediaId = id(bench.publish(token, container));
        Ledger.Post post = bench.sim.ledger().posts("shop").get(0);
        assertEquals(mediaId, post.id());
        assertEquals(container, post.handle());
        assertEquals(HexFormat.of().formatHex(Digests.sha256().digest(MEDIA)), post.sha256());
        assertEquals("true", post.details().get("share_to_feed"));

        assertEquals("FINISHED", statusCode(container));
        String list = "/v26.0/me/media?fields=id,caption,media_type,media_product_type,permalink,timestamp";
        assertEquals(0, bench.caller.get(list, token).data().size());
        bench.clock.advance(Duration.ofSeconds(30));
        assertEquals("PUBLISHED", statusCode(container));
        Caller.Reply listed = bench.caller.get(list, token);
        assertEquals(mediaId, listed.data().path(0).path("id").asString());
        assertEquals("Hello friend #x", listed.data().path(0).path("caption").asString());
        assertEquals("REELS", listed.data().path(0).path("media_product_type").asString());
        assertEquals(
                "2026-11-21T10:00:00+0000",
                listed.data().path(0).path("timestamp").asString());
        assertTrue(bench.caller
                .get("/v26.0/" + mediaId + "?fields=permalink", token)
                .json()
                .path("permalink")
                .asString()
                .startsWith("https://www.instagram.com/reel/"));
    }

    @Test
    void secondPublish_isWhatTheRulesSay() throws Exception {
        String container = finished();
        String first = id(bench.publish(token, container));
        String second = id(bench.publish(token, container));
        assertEquals(2, bench.sim.ledger().posts().size());
        assertTrue(!first.equals(second));
        bench.sim.rules().secondPublish(SecondPublish.SAME_ID);
        assertEquals(first, id(bench.publish(token, container)));
        bench.sim.rules().secondPublish(SecondPublish.ERROR);
        assertEquals("9007/2207027", bench.publish(token, container).graph());
        assertEquals(2, bench.sim.ledger().posts().size());
    }

    @Test
    void publish_withErrorAfterTheEffect_isLive() throws Exception {
        String container = finished();
        bench.sim
                .faults()
                .on(InstagramOperation.MEDIA_PUBLISH)
                .next(Fault.errorAfter(400, "4/2207051", "Application request limit reached"), Fault.dropAfter());
        assertEquals("4/2207051", bench.publish(token, container).graph());
        assertEquals(1, bench.sim.ledger().posts().size());
        assertThrows(IOException.class, () -> bench.publish(token, container));
        assertEquals(2, bench.sim.ledger().posts().size());
    }

    @Test
    void serverError_isCodeTwo() throws Exception {
        bench.sim.faults().on(InstagramOperation.ME).next(Fault.serverErrorBefore());
        Caller.Reply reply = bench.me(token, "id");
        assertEquals(500, reply.status());
        assertEquals("2/-", reply.graph());
        assertTrue(reply.json().path("error").path("is_transient").asBoolean());
    }

    @Test
    void fetch_withoutRanges_andOfRedirects_fails() throws Exception {
        String noRange = reel("/norange");
        statusCode(noRange);
        assertEquals(
                "Error: Media upload has failed with error code 2207077",
                bench.status(token, noRange).json().path("status").asString());
        String moved = reel("/moved");
        statusCode(moved);
        assertEquals(
                "Error: Media upload has failed with error code 2207052",
                bench.status(token, moved).json().path("status").asString());
        assertEquals("-1/2207032", bench.publish(token, moved).graph());
    }

    @Test
    void container_expiresAfterADay() throws Exception {
        String container = finished();
        bench.clock.advance(Duration.ofHours(24));
        assertEquals("EXPIRED", statusCode(container));
        assertEquals("24/2207008", bench.publish(token, container).graph());
    }

    @Test
    void container_failsWhenScripted() throws Exception {
        bench.sim.failNextContainer(2207026);
        String container = reel("/media");
        statusCode(container);
        assertEquals("ERROR", statusCode(container));
    }

    @Test
    void container_hasFewFields_andIsSeenByItsOwnerOnly() throws Exception {
        String container = reel("/media");
        assertEquals(
                "100/-",
                bench.caller
                        .get("/v26.0/" + container + "?fields=status_code,permalink", token)
                        .graph());
        String other = bench.sim.issueTokens(bench.sim.addAccount("other")).accessToken();
        Caller.Reply reply = bench.status(other, container);
        assertEquals("100/33", reply.graph());
        assertEquals(
                "GraphMethodException", reply.json().path("error").path("type").asString());
    }

    @Test
    void create_refusesWhatInstagramRefuses() throws Exception {
        assertTrue(bench.create(token, "media_type", "REELS", "upload_type", "resumable")
                .response()
                .body()
                .contains("The parameter video_url is required"));
        assertEquals(
                "100/2207023",
                bench.create(token, "media_type", "VIDEO", "video_url", "https://x/")
                        .graph());
        assertEquals(
                "36004/2207010",
                bench.create(token, "image_url", "https://x/", "caption", "x".repeat(2201))
                        .graph());
        assertEquals(
                "36004/2207010",
                bench.create(token, "image_url", "https://x/", "caption", "#a ".repeat(31))
                        .graph());
        assertEquals(
                "9004/2207052",
                bench.create(token, "image_url", receiver.uri("/moved").toString())
                        .graph());
        String readOnly =
                bench.sim.issueTokens(bench.account, "instagram_business_basic").accessToken();
        assertEquals("200/-", bench.create(readOnly, "image_url", "https://x/").graph());
    }

    @Test
    void carousel_ofImages_isOnePost() throws Exception {
        String url = receiver.uri("/media").toString();
        String one = id(bench.create(token, "image_url", url, "is_carousel_item", "true"));
        String two = id(bench.create(token, "image_url", url, "is_carousel_item", "true"));
        for (String child : new String[] {one, two}) {
            statusCode(child);
            assertEquals("FINISHED", statusCode(child));
        }
        assertEquals(
                "100/2207028",
                bench.create(token, "media_type", "CAROUSEL", "children", one).graph());
        String parent = id(bench.create(token, "media_type", "CAROUSEL", "children", one + "," + two));
        statusCode(parent);
        id(bench.publish(token, parent));
        assertEquals("24/2207008", bench.publish(token, one).graph());
        assertEquals("CAROUSEL", bench.sim.ledger().posts().get(0).kind());
    }

    @Test
    void story_isListedApart() throws Exception {
        bench.sim.rules().listLag(Duration.ZERO).processingPolls(0);
        String url = receiver.uri("/media").toString();
        id(bench.publish(token, id(bench.create(token, "media_type", "STORIES", "image_url", url))));
        assertEquals(0, bench.caller.get("/v26.0/me/media", token).data().size());
        assertEquals(1, bench.caller.get("/v26.0/me/stories", token).data().size());
    }

    @Test
    void quota_isEnforcedAtOnceAndShownLater() throws Exception {
        bench.sim.rules().quotaTotal(1);
        String path = "/v26.0/" + bench.account.userId() + "/content_publishing_limit?fields=quota_usage,config";
        String second = finished();
        id(bench.publish(token, finished()));
        assertEquals("9/2207042", bench.publish(token, second).graph());
        assertEquals(
                0,
                bench.caller.get(path, token).data().path(0).path("quota_usage").asInt());
        bench.clock.advance(Duration.ofMinutes(5));
        Caller.Reply later = bench.caller.get(path, token);
        assertEquals(1, later.data().path(0).path("quota_usage").asInt());
        assertEquals(1, later.data().path(0).path("config").path("quota_total").asInt());
        bench.sim.rules().flatQuota(true);
        assertEquals(1, bench.caller.get(path, token).json().path("quota_usage").asInt());
    }

    @Test
    void list_pages() throws Exception {
        bench.sim.rules().listLag(Duration.ZERO).processingPolls(0).fetchMedia(false);
        for (int i = 0; i < 3; i++) {
            id(bench.publish(token, id(bench.create(token, "image_url", "https://x/"))));
        }
        Caller.Reply first = bench.caller.get("/v26.0/me/media?limit=2", token);
        assertEquals(2, first.data().size());
        String after = first.json().path("paging").path("cursors").path("after").asString();
        assertTrue(first.json().path("paging").has("next"));
        Caller.Reply rest = bench.caller.get("/v26.0/me/media?limit=2&after=" + after, token);
        assertEquals(1, rest.data().size());
        assertTrue(!rest.json().path("paging").has("next"));
    }
}
