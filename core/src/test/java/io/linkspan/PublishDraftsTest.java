package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.fake.FakeAdapter;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakePosting.Way;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Drafts end in the inbox of the person, who may post them later. */
class PublishDraftsTest {
    private final FakeWorld world = new FakeWorld().posting(inner -> new FakePosting(inner, Way.DRAFT));
    private final Linkspan linkspan = world.process();
    private final Publication delivered = world.settle(
            linkspan, linkspan.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(world.connect(linkspan))));
    private int hints;

    private void hint(String handle) {
        String event = "moved account-1 " + handle + " " + ++hints;
        linkspan.webhooks()
                .receive(
                        FakeAdapter.PLATFORM,
                        WebhookRequest.of(Map.of("x-fake", "1"), event.getBytes(StandardCharsets.UTF_8)));
        linkspan.worker().runDue();
    }

    private PublishState state() {
        return linkspan.publisher()
                .find(FakeWorld.OWNER, delivered.id())
                .orElseThrow()
                .jobs()
                .get(0)
                .state();
    }

    @Test
    void draft_endsDeliveredWithTheInstruction() {
        assertEquals("Open the inbox.", ((PublishState.Delivered) state()).instruction());
        assertTrue(delivered.settled());
        assertEquals(1, world.platform().drafts());
        assertEquals(0, world.platform().posts());
        assertEquals("Open the inbox.", delivered.explain().next().get(0).what().replaceFirst(".*: ", ""));
    }

    @Test
    void hint_afterThePersonPosted_endsPublished() {
        world.platform().personPosts();

        hint("c1");

        assertEquals(Phase.PUBLISHED, state().phase());
        hint("c1");
        assertEquals(Phase.PUBLISHED, state().phase());
    }

    @Test
    void hint_thatOnlySaysDelivered_doesNotEndTheWatch() {
        hint("c1");
        assertEquals(Phase.DELIVERED, state().phase());
        world.advance(Duration.ofDays(2));
        world.platform().personPosts();

        hint("c1");

        assertEquals(Phase.PUBLISHED, state().phase());
    }

    @Test
    void hint_ofAnotherHandle_changesNothing() {
        world.platform().personPosts();

        hint("c2");

        assertEquals(Phase.DELIVERED, state().phase());
    }

    @Test
    void draft_thatNobodyPosts_staysDelivered() {
        for (int day = 0; day < 40; day++) {
            world.advance(Duration.ofDays(1));
            linkspan.worker().runDue();
        }

        assertEquals(Phase.DELIVERED, state().phase());
        assertEquals(1, world.platform().drafts());
    }
}
