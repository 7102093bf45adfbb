package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.linkspan.connection.Capability;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishContent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Draft videos by bytes. */
class TikTokDraftTest {
    private static final PublishContent DRAFT = Fixtures.video(TikTokVideoOptions.draft());
    private static final HttpResult INIT =
            Script.data("{\"publish_id\":\"v_inbox_file~v2.76\",\"upload_url\":\"" + Fixtures.UPLOAD_URL + "\"}");

    private final PublishAdapter publishing = Fixtures.tiktok().publishing();

    @Test
    void prepare_startsTheUploadWithoutCreatorInfoAndWithoutPostInfo() {
        Script script = Script.of(INIT);
        PrepareStep step =
                script.done(publishing.prepare(Fixtures.attempt(DRAFT).build()));
        assertEquals("v_inbox_file~v2.76", Steps.handle(step).id());
        assertEquals("tiktok.inbox_init", script.call(0).operation());
        assertEquals(CallClass.PREPARE, script.call(0).callClass());
        assertEquals("/v2/post/publish/inbox/video/init/", script.call(0).uri().getPath());
        assertEquals(
                "{\"source_info\":{\"source\":\"FILE_UPLOAD\",\"video_size\":170000000,\"chunk_size\":32000000,"
                        + "\"total_chunk_count\":5}}",
                Script.json(script.call(0)));
        assertEquals(Capability.DELIVER_DRAFT, publishing.capability(DRAFT));
    }

    @Test
    void prepare_withOtherChunkSize_cutsAccordingly() {
        PublishAdapter small = Fixtures.builder().chunkSize(10_000_000).build().publishing();
        Script script = Script.of(INIT);
        PrepareStep step = script.done(small.prepare(Fixtures.attempt(DRAFT).build()));
        assertEquals("10000000", Steps.handle(step).facts().get("chunkSize"));
        assertEquals("17", Steps.handle(step).facts().get("chunks"));
    }

    @Test
    void status_isDeliveredAndPublishedOnceThePersonPosts() {
        assertInstanceOf(HandleStatus.Delivered.class, status("{\"status\":\"SEND_TO_USER_INBOX\"}"));
        assertEquals(
                new HandleStatus.Published("11", "PUBLISH_COMPLETE"),
                status("{\"status\":\"PUBLISH_COMPLETE\",\"publicaly_available_post_id\":[11,12]}"));
    }

    private HandleStatus status(String data) {
        return Script.of(Script.data(data))
                .done(publishing.status(Fixtures.attempt(DRAFT)
                        .at(128_000_000L)
                        .committed(Duration.ZERO)
                        .after(Duration.ofDays(2))
                        .build()));
    }
}
