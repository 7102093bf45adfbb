package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakePosting.Way;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.publish.PublishState.Published;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A worker that is paused inside its commit for longer than its lease, while another one goes on. */
class PublishLateAnswerTest {
    private Way way = Way.CONTAINER;
    private final FakeWorld world = new FakeWorld().posting(inner -> new FakePosting(inner, way));
    private final ConnectionId connection = world.connect(world.process());

    private Publication submit(Linkspan linkspan) {
        return linkspan.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(connection));
    }

    private Phase phase(Linkspan linkspan, Publication publication) {
        return linkspan.publisher()
                .find(FakeWorld.OWNER, publication.id())
                .orElseThrow()
                .jobs()
                .get(0)
                .state()
                .phase();
    }

    /** The other worker takes the job over while the first one waits for its answer. */
    private void pausedDuring(String operation, Publication submitted, Phase seen, int rounds) {
        Linkspan other = world.process();
        world.platform().during(operation, () -> {
            world.advance(Duration.ofMinutes(3));
            for (int round = 0; round < rounds; round++) {
                other.worker().runDue();
                world.advance(Duration.ofSeconds(5));
            }
            assertEquals(seen, phase(other, submitted));
        });
    }

    @Test
    void answerWithThePost_afterTheOtherSawItPublished_bringsTheId() {
        Linkspan paused = world.process();
        Publication submitted = submit(paused);
        pausedDuring("fake.commit", submitted, Phase.PUBLISHED, 1);

        Publication after = world.settle(paused, submitted);

        Published published = (Published) after.jobs().get(0).state();
        assertEquals("post-c1-1", published.postId(), after.explain()::toText);
        assertEquals(1, world.platform().posts());
        assertEquals(1, world.platform().calls("fake.commit"));
    }

    @Test
    void answerWithThePost_whileTheOtherIsInDoubt_isAdopted() {
        Linkspan paused = world.process();
        Publication submitted = submit(paused);
        // the platform does not tell the other worker
        world.platform().during("fake.commit", () -> {
            world.platform().refuses("fake.status", "busy");
            world.advance(Duration.ofMinutes(3));
            Linkspan other = world.process();
            other.worker().runDue();
            assertEquals(Phase.IN_DOUBT, phase(other, submitted));
        });

        paused.worker().runDue();

        assertEquals(Phase.PUBLISHED, phase(paused, submitted));
        Publication after = world.work(paused, submitted, 0, Duration.ZERO);
        assertTrue(after.explain().toText().contains("fake.commit reported published, post post-c1-1"));
        assertEquals(1, world.platform().posts());
        assertEquals(1, world.platform().calls("fake.commit"));
    }

    @Test
    void answerWithTheName_isAdoptedAndTheJobSettlesByIt() {
        way = Way.PULL;
        world.with(builder -> builder.mediaHost(world.media()));
        Linkspan paused = world.process();
        Publication submitted = submit(paused);
        pausedDuring("fake.init", submitted, Phase.IN_DOUBT, 2);
        paused.worker().runDue();

        Publication after = world.work(paused, submitted, 3, Duration.ofSeconds(30));

        assertEquals(Phase.PUBLISHED, phase(paused, submitted), after.explain()::toText);
        assertEquals(1, world.platform().posts());
        assertEquals(1, world.platform().calls("fake.init"));
    }

    @Test
    void refusal_afterAnotherWorkerTookOver_endsTheDoubt() {
        Linkspan paused = world.process();
        Publication submitted = submit(paused);
        world.platform().refuses("fake.commit", "busy");
        pausedDuring("fake.commit", submitted, Phase.IN_DOUBT, 1);

        paused.worker().runDue();
        assertEquals(Phase.PREPARED, phase(paused, submitted));
        world.platform().refuses("fake.commit", null);
        world.work(paused, submitted, 3, Duration.ofMinutes(5));

        assertEquals(Phase.PUBLISHED, phase(paused, submitted));
        assertEquals(1, world.platform().posts());
    }
}
