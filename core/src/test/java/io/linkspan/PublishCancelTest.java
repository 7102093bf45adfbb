package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakePosting.Way;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Faults;
import io.linkspan.publish.Decision;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A post that somebody wants to stop, at each state. */
class PublishCancelTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Way way = Way.CONTAINER;
    private final FakeWorld world = new FakeWorld().posting(inner -> new FakePosting(inner, way));
    private final ConnectionId connection = world.connect(world.process());

    private Publication submit(Linkspan linkspan) {
        return linkspan.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(connection));
    }

    private static Publication cancel(Linkspan linkspan, Publication publication) {
        return linkspan.publisher().cancel(FakeWorld.OWNER, publication.id(), "a typo");
    }

    private static Phase phase(Publication publication) {
        return publication.jobs().get(0).state().phase();
    }

    private void nothingIsPostedLater(Linkspan linkspan, Publication cancelled) {
        for (int round = 0; round < 60; round++) {
            linkspan.worker().runDue();
            world.advance(Duration.ofHours(1));
        }
        assertEquals(0, world.platform().posts());
        assertEquals(
                Phase.CANCELLED,
                phase(linkspan.publisher().find(FakeWorld.OWNER, cancelled.id()).orElseThrow()));
    }

    @Test
    void accepted_isCancelledAtOnce() {
        Linkspan linkspan = world.process();

        Publication after = cancel(linkspan, submit(linkspan));

        assertEquals(Phase.CANCELLED, phase(after));
        nothingIsPostedLater(linkspan, after);
        assertEquals(0, world.platform().calls("fake.create"));
    }

    @Test
    void preparing_isCancelledAtOnce() {
        Linkspan linkspan = world.process();
        world.platform().refuses("fake.status", "busy");
        Publication submitted = submit(linkspan);
        linkspan.worker().runDue();
        assertEquals(Phase.PREPARING, phase(world.work(linkspan, submitted, 0, MINUTE)));

        Publication after = cancel(linkspan, submitted);

        assertEquals(Phase.CANCELLED, phase(after));
        nothingIsPostedLater(linkspan, after);
    }

    @Test
    void prepared_isCancelledAtOnce() {
        Linkspan linkspan = world.process();
        world.platform().refuses("fake.commit", "busy");
        Publication submitted = submit(linkspan);
        linkspan.worker().runDue();
        assertEquals(Phase.PREPARED, phase(world.work(linkspan, submitted, 0, MINUTE)));
        world.platform().refuses("fake.commit", null);

        Publication after = cancel(linkspan, submitted);

        assertEquals(Phase.CANCELLED, phase(after));
        nothingIsPostedLater(linkspan, after);
    }

    @Test
    void committing_thenPublished_isPublishedWithItsIdAndSaysWhoWantedToStop() {
        Linkspan linkspan = world.process();
        Publication submitted = submit(linkspan);
        world.platform().during("fake.commit", () -> cancel(world.process(), submitted));

        Publication after = world.settle(linkspan, submitted);

        assertEquals(Phase.PUBLISHED, phase(after), () -> after.explain().toText());
        assertTrue(after.jobs().get(0).state().describe().contains("post-c1-1"), after.explain()::toText);
        assertEquals("a typo", after.jobs().get(0).cancelWanted().orElseThrow());
        assertEquals(1, world.platform().posts());
    }

    @Test
    void committing_thenRefused_isCancelledWithoutASecondHandle() {
        Linkspan linkspan = world.process();
        Publication submitted = submit(linkspan);
        world.platform().refuses("fake.commit", "busy");
        world.platform().during("fake.commit", () -> cancel(world.process(), submitted));

        Publication after = world.work(linkspan, submitted, 3, MINUTE);

        assertEquals(Phase.CANCELLED, phase(after), () -> after.explain().toText());
        assertEquals(1, world.platform().calls("fake.create"));
        assertEquals(1, world.platform().calls("fake.commit"));
        nothingIsPostedLater(linkspan, after);
    }

    @Test
    void confirming_stoppedByThePlatform_isCancelled() {
        way = Way.SLOW;
        Linkspan linkspan = world.process();
        Publication submitted = submit(linkspan);
        linkspan.worker().runDue();
        Publication wanted = cancel(linkspan, submitted);
        assertEquals(Phase.CONFIRMING, phase(wanted));

        Publication after = world.work(linkspan, wanted, 3, MINUTE);

        assertEquals(Phase.CANCELLED, phase(after), () -> after.explain().toText());
        assertEquals(1, world.platform().calls("fake.cancel"));
        assertEquals(1, world.platform().calls("fake.create"));
        nothingIsPostedLater(linkspan, after);
    }

    @Test
    void confirming_publishedInBetween_isPublished() {
        way = Way.SLOW;
        Linkspan linkspan = world.process();
        Publication submitted = submit(linkspan);
        linkspan.worker().runDue();
        world.platform().finish();

        Publication after = world.work(linkspan, cancel(linkspan, submitted), 3, MINUTE);

        assertEquals(Phase.PUBLISHED, phase(after));
        assertEquals(1, world.platform().posts());
    }

    @Test
    void inDoubt_withADeadHandle_isCancelledWithoutASecondHandle() {
        Linkspan linkspan =
                world.process(new Faults(world.platform(), "fake.commit", 0, 1, Faults.Kind.LOST_WITHOUT_EFFECT));
        Publication submitted = submit(linkspan);
        linkspan.worker().runDue();
        assertEquals(Phase.IN_DOUBT, phase(world.work(linkspan, submitted, 0, MINUTE)));

        Publication after = world.settle(linkspan, cancel(linkspan, submitted));

        assertEquals(Phase.CANCELLED, phase(after), () -> after.explain().toText());
        assertEquals(1, world.platform().calls("fake.create"));
    }

    @Test
    void awaitingDecision_cancelledAndSaidNotToBeThere_isCancelled() {
        Linkspan linkspan =
                world.process(new Faults(world.platform(), "fake.commit", 0, 1, Faults.Kind.LOST_WITHOUT_EFFECT));
        Publication waiting = world.work(linkspan, submit(linkspan), 30, MINUTE);
        assertEquals(Phase.AWAITING_DECISION, phase(waiting));
        cancel(linkspan, waiting);
        PublishJob job = waiting.jobs().get(0);
        linkspan.publisher().decide(FakeWorld.OWNER, waiting.id(), job.id(), Decision.TRY_AGAIN, "operator");

        Publication after = world.work(linkspan, waiting, 3, MINUTE);

        assertEquals(Phase.CANCELLED, phase(after), () -> after.explain().toText());
        nothingIsPostedLater(linkspan, after);
    }

    @Test
    void published_staysPublished() {
        Linkspan linkspan = world.process();
        Publication done = world.settle(linkspan, submit(linkspan));

        assertEquals(Phase.PUBLISHED, phase(cancel(linkspan, done)));
    }
}
