package io.linkspan.testkit.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.testkit.internal.Caller;
import io.linkspan.testkit.internal.Digests;
import io.linkspan.testkit.internal.Receiver;
import io.linkspan.testkit.sim.Ledger;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TikTokUploadTest {

    private static final int SIZE = 10_000_123;
    private static final byte[] VIDEO = TikTokBench.video(SIZE);
    private final TikTokBench bench = new TikTokBench();
    private final String token = bench.tokens().accessToken();

    @AfterEach
    void stop() {
        bench.close();
    }

    private Caller.Reply init() throws Exception {
        return bench.init(token, "PUBLIC_TO_EVERYONE", "hello #demo", SIZE, 5_000_000, 2);
    }

    private Caller.Reply first(String url) throws Exception {
        return bench.caller.put(url, VIDEO, 0, 4_999_999, SIZE);
    }

    private Caller.Reply second(String url) throws Exception {
        return bench.caller.put(url, VIDEO, 5_000_000, SIZE - 1, SIZE);
    }

    private static String url(Caller.Reply init) {
        return init.data().path("upload_url").asString();
    }

    private static String id(Caller.Reply init) {
        return init.data().path("publish_id").asString();
    }

    @Test
    void upload_inOrder_postsOnceAndShowsTheIdLater() throws Exception {
        Caller.Reply init = init();
        assertTrue(id(init).startsWith("v_pub_file~v2-1."));
        Caller.Reply one = first(url(init));
        assertEquals(206, one.status());
        assertEquals("bytes 0-5000000/" + SIZE, one.header("Content-Range"));
        assertTrue(bench.sim.ledger().posts().isEmpty());
        assertEquals(201, second(url(init)).status());

        Ledger.Post post = bench.sim.ledger().posts("demo").get(0);
        assertEquals(SIZE, post.bytes());
        assertEquals(HexFormat.of().formatHex(Digests.sha256().digest(VIDEO)), post.sha256());
        assertEquals("hello #demo", post.text());
        assertEquals(id(init), post.handle());

        Caller.Reply gap = bench.status(token, id(init));
        assertEquals("invalid_params", gap.code());
        assertEquals(
                "invalid_publish_id", gap.json().path("error").path("message").asString());
        assertEquals(
                "PROCESSING_UPLOAD",
                bench.status(token, id(init)).data().path("status").asString());
        Caller.Reply done = bench.status(token, id(init));
        assertEquals("PUBLISH_COMPLETE", done.data().path("status").asString());
        assertTrue(done.data().path("publicaly_available_post_id").isMissingNode());
        String body = bench.status(token, id(init)).response().body();
        assertTrue(body.contains("\"publicaly_available_post_id\":[" + post.id() + "]"), body);
    }

    @Test
    void upload_ofTheLastChunkAgain_postsOnce() throws Exception {
        Caller.Reply init = init();
        first(url(init));
        second(url(init));
        assertEquals(416, second(url(init)).status());
        bench.sim.rules().acceptResentChunk(true);
        assertEquals(201, second(url(init)).status());
        assertEquals(1, bench.sim.ledger().posts().size());
    }

    @Test
    void upload_outOfOrder_isRefusedWithTheProgress() throws Exception {
        Caller.Reply init = init();
        Caller.Reply refused = second(url(init));
        assertEquals(416, refused.status());
        assertEquals("bytes 0-0/" + SIZE, refused.header("Content-Range"));
        first(url(init));
        assertEquals(416, first(url(init)).status());
        assertEquals(
                416,
                bench.caller.put(url(init), VIDEO, 5_000_000, 5_000_999, SIZE).status());
        assertEquals(201, second(url(init)).status());
    }

    @Test
    void upload_afterOneHour_is403() throws Exception {
        Caller.Reply init = init();
        first(url(init));
        bench.clock.advance(Duration.ofHours(1));
        assertEquals(403, second(url(init)).status());
        assertTrue(bench.sim.ledger().posts().isEmpty());
    }

    @Test
    void upload_withWrongToken_is404AndWithBadTotal400() throws Exception {
        Caller.Reply init = init();
        assertEquals(404, first(url(init) + "x").status());
        assertEquals(
                400, bench.caller.put(url(init), VIDEO, 0, 4_999_999, SIZE + 1).status());
    }

    @Test
    void status_isBoundToTheAccount() throws Exception {
        Caller.Reply init = init();
        String other = bench.sim.issueTokens(bench.sim.addAccount("other")).accessToken();
        assertEquals(
                "token_not_authorized_for_specified_publish_id",
                bench.status(other, id(init)).code());
        assertEquals(
                "invalid_publish_id", bench.status(token, "v_pub_file~v2-1.1").code());
    }

    @Test
    void status_afterScriptedFailure_isFailedWithoutPost() throws Exception {
        bench.sim.failNextPublish("frame_rate_check_failed");
        Caller.Reply init = init();
        first(url(init));
        second(url(init));
        assertEquals("PROCESSING_UPLOAD", bench.statusAfterGap(token, id(init)));
        Caller.Reply failed = bench.status(token, id(init));
        assertEquals("ok", failed.code());
        assertEquals("FAILED", failed.data().path("status").asString());
        assertEquals(
                "frame_rate_check_failed", failed.data().path("fail_reason").asString());
        assertTrue(bench.sim.ledger().posts().isEmpty());
    }

    @Test
    void processingTime_isTheClocks() throws Exception {
        bench.sim.rules().processingTime(Duration.ofSeconds(30)).statusGapReads(0);
        Caller.Reply init = init();
        first(url(init));
        second(url(init));
        assertEquals("PROCESSING_UPLOAD", bench.statusAfterGap(token, id(init)));
        assertEquals("PROCESSING_UPLOAD", bench.statusAfterGap(token, id(init)));
        bench.clock.advance(Duration.ofSeconds(30));
        assertEquals("PUBLISH_COMPLETE", bench.statusAfterGap(token, id(init)));
    }

    @Test
    void inbox_deliversADraftThatThePersonPosts() throws Exception {
        Caller.Reply init = bench.caller.json(
                "/v2/post/publish/inbox/video/init/", token, "{" + TikTokBench.source(SIZE, 5_000_000, 2) + "}");
        first(url(init));
        second(url(init));
        assertEquals("PROCESSING_UPLOAD", bench.statusAfterGap(token, id(init)));
        assertEquals("SEND_TO_USER_INBOX", bench.statusAfterGap(token, id(init)));
        assertEquals(1, bench.sim.ledger().drafts().size());
        assertTrue(bench.sim.ledger().posts().isEmpty());
        bench.sim.postDraft(id(init));
        assertEquals("PUBLISH_COMPLETE", bench.statusAfterGap(token, id(init)));
        assertEquals(1, bench.sim.ledger().posts().size());
    }

    @Test
    void removedApp_endsARunningUpload() throws Exception {
        Caller.Reply init = init();
        first(url(init));
        bench.sim.removeApp(bench.account);
        assertEquals(404, second(url(init)).status());
        assertEquals("access_token_invalid", bench.status(token, id(init)).code());
    }

    @Test
    void pull_fetchesInRangesAndCanBeCancelledBefore() throws Exception {
        try (Receiver receiver = new Receiver(VIDEO)) {
            bench.sim.rules().verifiedPrefixes(receiver.uri("/").toString()).holdPulls(true);
            Caller.Reply cancelled = pull(receiver.uri("/media").toString());
            assertEquals("PROCESSING_DOWNLOAD", bench.statusAfterGap(token, id(cancelled)));
            assertEquals("ok", cancel(id(cancelled)).code());
            assertEquals("FAILED", bench.statusAfterGap(token, id(cancelled)));
            assertEquals("publish_not_cancellable", cancel(id(cancelled)).code());

            Caller.Reply pulled = pull(receiver.uri("/media").toString());
            Caller.Reply moved = pull(receiver.uri("/moved").toString());
            bench.sim.startPulls();
            assertEquals("PROCESSING_DOWNLOAD", bench.statusAfterGap(token, id(pulled)));
            assertEquals("PUBLISH_COMPLETE", bench.statusAfterGap(token, id(pulled)));
            assertEquals("FAILED", bench.statusAfterGap(token, id(moved)));
            List<Ledger.Post> posts = bench.sim.ledger().posts();
            assertEquals(1, posts.size());
            assertEquals(SIZE, posts.get(0).bytes());
            assertEquals(3, receiver.ranges().size());
            assertFalse(posts.get(0).sha256().isEmpty());
        }
    }

    private Caller.Reply pull(String url) throws Exception {
        return bench.caller.json(
                "/v2/post/publish/video/init/",
                token,
                "{\"post_info\":{\"privacy_level\":\"SELF_ONLY\"},\"source_info\":{\"source\":\"PULL_FROM_URL\","
                        + "\"video_url\":\"" + url + "\"}}");
    }

    private Caller.Reply cancel(String publishId) throws Exception {
        return bench.caller.json("/v2/post/publish/cancel/", token, "{\"publish_id\":\"" + publishId + "\"}");
    }
}
