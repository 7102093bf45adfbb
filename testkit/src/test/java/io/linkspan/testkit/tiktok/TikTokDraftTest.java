package io.linkspan.testkit.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.HttpResult;
import io.linkspan.testkit.internal.Direct;
import io.linkspan.testkit.internal.Pictures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TikTokDraftTest {

    private static final String PUBLIC = "{\"privacy_level\":\"PUBLIC_TO_EVERYONE\"}";
    private final TikTokDesk desk = new TikTokDesk();

    @Test
    void draft_isPostedNever_onceOrOften_andTellsOfEach() {
        HttpResult init = desk.inbox();
        desk.upload(init);
        String id = desk.id(init);
        assertEquals("SEND_TO_USER_INBOX", desk.settled(id));
        assertEquals(List.of("post.publish.inbox_delivered"), desk.eventNames());
        assertEquals(0, desk.sim.ledger().posts().size());

        desk.sim.postDraft(id);
        assertEquals("PUBLISH_COMPLETE", desk.settled(id));
        assertTrue(desk.status(id).path("publicaly_available_post_id").isMissingNode());
        String second = desk.sim.postDraft(id, "PUBLIC_TO_EVERYONE").id();
        String third = desk.sim.postDraft(id, "PUBLIC_TO_EVERYONE").id();
        desk.sim.settle();
        assertEquals(
                "[" + second + "," + third + "]",
                desk.status(id).path("publicaly_available_post_id").toString());
        assertEquals(3, desk.sim.ledger().posts().size());
        assertEquals(
                List.of(
                        "post.publish.inbox_delivered",
                        "post.publish.complete",
                        "post.publish.complete",
                        "post.publish.complete",
                        "post.publish.publicly_available",
                        "post.publish.publicly_available"),
                desk.eventNames());
        assertTrue(desk.events.get(0).body().contains("INBOX_SHARE"));
        assertTrue(Long.parseLong(third) > 1L << 53);
    }

    @Test
    void draft_byUrl_isPulledAndDelivered() {
        String url = desk.file("v.mp4", Pictures.mp4(300));
        HttpResult init = desk.pull("/v2/post/publish/inbox/video/init/", "{}", url);
        assertTrue(desk.id(init).startsWith("v_inbox_url~v2."));
        assertEquals("SEND_TO_USER_INBOX", desk.settled(desk.id(init)));
        assertEquals(300, desk.status(desk.id(init)).path("downloaded_bytes").asInt());
        assertEquals(300, desk.sim.ledger().drafts().get(0).bytes());
    }

    @Test
    void undelivered_cannotBePosted() {
        String id = desk.id(desk.inbox());
        assertThrows(IllegalArgumentException.class, () -> desk.sim.postDraft(id));
    }

    @Test
    void drafts_pendingAreFive_untilThePersonPostsOne() {
        desk.sim.rules().rateLimits(false);
        HttpResult first = desk.inbox();
        desk.upload(first);
        for (int i = 0; i < 4; i++) {
            desk.upload(desk.inbox());
        }
        HttpResult refused = desk.inbox();
        assertEquals(403, Direct.answer(refused).status());
        assertEquals("spam_risk_too_many_pending_share", Direct.code(refused));
        desk.sim.settle();
        desk.sim.postDraft(desk.id(first));
        assertEquals("ok", Direct.code(desk.inbox()));
        assertEquals("spam_risk_too_many_pending_share", Direct.code(desk.inbox()));
        desk.clock.advance(Duration.ofHours(25));
        assertEquals("access_token_invalid", Direct.code(desk.inbox()));
        assertEquals(
                "ok",
                Direct.code(desk.as(desk.account)
                        .json(
                                "/v2/post/publish/inbox/video/init/",
                                "{\"source_info\":{\"source\":\"FILE_UPLOAD\",\"video_size\":100,"
                                        + "\"chunk_size\":100,\"total_chunk_count\":1}}")));
    }

    @Test
    void publicPost_canBeHiddenAndShownAgain() {
        HttpResult init = desk.video(PUBLIC);
        desk.upload(init);
        desk.sim.settle();
        String postId = desk.sim.ledger().posts().get(0).id();
        desk.sim.hidePost(postId);
        assertTrue(
                desk.status(desk.id(init)).path("publicaly_available_post_id").isMissingNode());
        desk.sim.showPost(postId);
        desk.sim.settle();
        assertEquals(
                List.of(
                        "post.publish.complete",
                        "post.publish.publicly_available",
                        "post.publish.no_longer_publicaly_available",
                        "post.publish.publicly_available"),
                desk.eventNames());
        assertEquals(1, desk.sim.ledger().posts().size());
    }

    @Test
    void pull_thatTakesOverAnHour_fails_andTellsSo() {
        desk.sim.rules().holdPulls(true);
        String id = desk.id(desk.pull("/v2/post/publish/video/init/", PUBLIC, desk.file("v.mp4", Pictures.mp4(9))));
        desk.clock.advance(Duration.ofMinutes(59));
        assertEquals("PROCESSING_DOWNLOAD", desk.status(id).path("status").asString());
        desk.clock.advance(Duration.ofMinutes(1));
        assertEquals("video_pull_failed", desk.status(id).path("fail_reason").asString());
        assertEquals(List.of("post.publish.failed"), desk.eventNames());
        desk.sim.startPulls();
        assertEquals(0, desk.sim.ledger().posts().size());
    }

    @Test
    void statusGap_isTheClocks() {
        desk.sim.rules().statusGap(Duration.ofSeconds(5));
        String id = desk.id(desk.video(PUBLIC));
        String asked = "{\"publish_id\":\"" + id + "\"}";
        HttpResult denied = desk.direct.json("/v2/post/publish/status/fetch/", asked);
        assertEquals("invalid_params", Direct.code(denied));
        assertEquals(
                "invalid_publish_id",
                Direct.document(denied).path("error").path("message").asString());
        desk.clock.advance(Duration.ofSeconds(5));
        assertEquals("PROCESSING_UPLOAD", desk.status(id).path("status").asString());
    }

    @Test
    void deadHandles_mayPost_onlyWhenBrokenOnPurpose() {
        for (boolean broken : new boolean[] {false, true}) {
            TikTokDesk other = new TikTokDesk(builder -> broken ? builder.deadHandlesMayPost() : builder);
            HttpResult old = other.video(PUBLIC);
            other.sim.rules().holdPulls(true);
            String url = other.file("v.mp4", Pictures.mp4(9));
            String pulled = other.id(other.pull("/v2/post/publish/video/init/", PUBLIC, url));
            other.clock.advance(Duration.ofMinutes(65));
            assertEquals("FAILED", other.status(pulled).path("status").asString());
            other.sim.startPulls();
            assertEquals(broken ? 201 : 403, Direct.answer(other.upload(old)).status());
            assertEquals(broken ? 2 : 0, other.sim.ledger().posts().size());
            assertEquals("FAILED", other.status(pulled).path("status").asString());
        }
    }

    @Test
    void resentChunks_postAgain_onlyWhenBrokenOnPurpose() {
        for (boolean broken : new boolean[] {false, true}) {
            TikTokDesk other = new TikTokDesk(builder -> broken ? builder.resentChunksPostAgain() : builder);
            HttpResult init = other.video(PUBLIC);
            other.upload(init);
            assertEquals(broken ? 201 : 416, Direct.answer(other.upload(init)).status());
            assertEquals(broken ? 2 : 1, other.sim.ledger().posts().size());
        }
    }
}
