package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Disconnect;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakePosting.Way;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Decision;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState.Failed;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.publish.PublishState.Published;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What rests on a person's word says so, and gives way to what the platform says. */
class PublishGivenUpTest {
    private Way way = Way.CONTAINER;
    private final FakeWorld world = new FakeWorld().posting(inner -> new FakePosting(inner, way));
    private final ConnectionId connection = world.connect(world.process());
    private Linkspan paused = world.process();

    private PublishJob job(Publication publication) {
        return world.process()
                .publisher()
                .find(FakeWorld.OWNER, publication.id())
                .orElseThrow()
                .jobs()
                .get(0);
    }

    private Publication submit() {
        paused = world.process(); // publishes the chosen way
        return paused.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(connection));
    }

    /** While the commit waits for its answer, nothing can be read, and a person decides. */
    private void meanwhile(String operation, Publication submitted, Decision decision) {
        world.platform().during(operation, () -> {
            Linkspan other = world.process();
            world.platform().refuses("fake.status", "busy");
            world.advance(Duration.ofMinutes(2));
            for (int i = 0; i < 14; i++) {
                other.worker().runDue();
                world.advance(Duration.ofMinutes(1));
            }
            assertEquals(Phase.AWAITING_DECISION, job(submitted).state().phase());
            other.publisher()
                    .decide(FakeWorld.OWNER, submitted.id(), job(submitted).id(), decision, "mira");
        });
    }

    @Test
    void givenUp_saysThatItIsAPersonsWord() {
        Publication submitted = submit();
        meanwhile("fake.commit", submitted, Decision.GIVE_UP);
        world.platform().refuses("fake.commit", "busy");

        paused.worker().runDue();

        Failed failed = (Failed) job(submitted).state();
        assertTrue(failed.attested());
        assertEquals(
                "ended without evidence whether it was posted: given up by mira [given_up]. Nothing more is sent. Look at the"
                        + " profile before you submit the post again.",
                failed.describe());
    }

    @Test
    void givenUp_thenTheAnswerNamesThePost_isPublished() {
        Publication submitted = submit();
        meanwhile("fake.commit", submitted, Decision.GIVE_UP);

        paused.worker().runDue();

        assertEquals("post-c1-1", ((Published) job(submitted).state()).postId());
        assertEquals(1, world.platform().posts());
    }

    @Test
    void triedAgain_thenTheAnswerNamesThePost_isPublishedAndNotSentAgain() {
        Publication submitted = submit();
        meanwhile("fake.commit", submitted, Decision.TRY_AGAIN);

        paused.worker().runDue();
        world.platform().refuses("fake.status", null);
        Publication after = world.settle(world.process(), submitted);

        assertEquals("post-c1-1", ((Published) after.jobs().get(0).state()).postId());
        assertEquals(1, world.platform().posts());
        assertEquals(1, world.platform().calls("fake.commit"));
    }

    @Test
    void triedAgain_thenTheAnswerSaysThatItWasTaken_isReadAndNotSentAgain() {
        way = Way.SLOW;
        Publication submitted = submit();
        meanwhile("fake.slow", submitted, Decision.TRY_AGAIN);

        paused.worker().runDue();
        assertEquals(Phase.CONFIRMING, job(submitted).state().phase());
        world.platform().refuses("fake.status", null);
        world.platform().finish();
        Publication after = world.settle(world.process(), submitted);

        assertEquals(Phase.PUBLISHED, after.jobs().get(0).state().phase());
        assertEquals(1, world.platform().posts());
        assertEquals(1, world.platform().calls("fake.slow"));
    }

    @Test
    void givenUp_thenTheStatusShowsThePost_isPublished() {
        way = Way.SLOW;
        Publication submitted = submit();
        meanwhile("fake.slow", submitted, Decision.GIVE_UP);

        paused.worker().runDue();
        assertEquals(Phase.FAILED, job(submitted).state().phase());
        world.platform().refuses("fake.status", null);
        world.platform().finish();
        paused.worker().runDue();

        assertEquals(Phase.PUBLISHED, job(submitted).state().phase());
    }

    @Test
    void givenUp_andNothingShows_staysAndIsLeftAfterThreeDays() {
        way = Way.SLOW;
        Publication submitted = submit();
        meanwhile("fake.slow", submitted, Decision.GIVE_UP);
        paused.worker().runDue();
        world.platform().refuses("fake.status", null);
        world.platform().fail();

        for (int hour = 0; hour < 80; hour++) {
            paused.worker().runDue();
            world.advance(Duration.ofHours(1));
        }

        assertEquals(Phase.FAILED, job(submitted).state().phase());
        assertTrue(job(submitted).nextLook().isEmpty());
    }

    @Test
    void acceptance_afterALocalDisconnect_isKept() {
        way = Way.SLOW;
        Publication submitted = submit();
        world.platform().during("fake.slow", () -> {
            world.advance(Duration.ofMinutes(2));
            world.process().connections().disconnect(FakeWorld.OWNER, connection, Disconnect.locally("moved away"));
        });

        paused.worker().runDue();

        PublishJob job = job(submitted);
        assertEquals(Phase.CONFIRMING, job.state().phase(), job.state()::describe);
        assertTrue(job.evidence().stream().anyMatch(seen -> seen.code().equals("accepted")));
    }
}
