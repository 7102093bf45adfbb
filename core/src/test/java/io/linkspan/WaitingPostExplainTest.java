package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Explanation;
import io.linkspan.connection.Explanation.Bucket;
import io.linkspan.connection.Explanation.Who;
import io.linkspan.fake.FakeMediaHost;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakePosting.Way;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Posts that wait are never shown as fine, and the newest facts count. */
class WaitingPostExplainTest {
    private static Publication submitted(FakeWorld world, Linkspan linkspan) {
        return linkspan.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(world.connect(linkspan)));
    }

    private static Explanation explain(Linkspan linkspan, Publication publication) {
        return linkspan.publisher()
                .find(FakeWorld.OWNER, publication.id())
                .orElseThrow()
                .explain();
    }

    private static FakeWorld containers() {
        return new FakeWorld().posting(inner -> new FakePosting(inner, Way.CONTAINER));
    }

    @Test
    void mediaHostThatCannotBeReached_isNamed_andTheOperatorActs() {
        FakeWorld world = new FakeWorld().posting(inner -> new FakePosting(inner, Way.PULL));
        world.with(builder -> builder.mediaHost(world.media()));
        Linkspan linkspan = world.process();
        Publication submitted = submitted(world, linkspan);
        world.media().does(FakeMediaHost.Fault.DOWN);
        linkspan.worker().runDue();

        Explanation explanation = explain(linkspan, submitted);

        assertEquals(Bucket.MEDIA_TROUBLE, explanation.bucket(), explanation::toText);
        assertEquals(Who.OPERATOR, explanation.who().orElseThrow());
        assertTrue(explanation.verdict().contains("cannot be fetched from the media host"), explanation::toText);
        assertTrue(explanation.until() != null && explanation.until().isAfter(world.now()), explanation::toText);
    }

    @Test
    void dueWithoutAWorker_isOverdue_andNoTimeThatHasPassedIsNext() {
        FakeWorld world = containers();
        Linkspan linkspan = world.process();
        Publication submitted = submitted(world, linkspan);
        world.advance(Duration.ofHours(3));

        Explanation explanation = explain(linkspan, submitted);

        assertEquals(Bucket.OVERDUE, explanation.bucket(), explanation::toText);
        assertTrue(explanation.verdict().contains("has been due since 2026-11-21 10:00 UTC"), explanation::toText);
        assertFalse(explanation.toText().contains(", next:"), explanation::toText);
    }

    @Test
    void accessEnded_theScheduledPostSaysSo_beforeItsTimeComes() {
        FakeWorld world = containers();
        Linkspan linkspan = world.process();
        Publication submitted = linkspan.publisher()
                .submit(
                        FakeWorld.OWNER,
                        "k",
                        FakeWorld.post(world.connect(linkspan))
                                .notBefore(world.now().plus(Duration.ofDays(3))));
        assertEquals(Bucket.IN_PROGRESS, explain(linkspan, submitted).bucket());
        world.platform().removeApp();
        linkspan.connections().check(FakeWorld.OWNER, world.connection(linkspan).id());

        Explanation explanation = explain(linkspan, submitted);

        assertEquals(Bucket.AUTHORIZATION_FAILS, explanation.bucket(), explanation::toText);
        assertEquals(Who.PERSON, explanation.who().orElseThrow());
    }

    @Test
    void trouble_isNamedAsThePlatforms_andTheFinalTextPromisesNothing() {
        FakeWorld world = containers();
        Linkspan linkspan = world.process();
        Publication submitted = submitted(world, linkspan);
        world.platform().refuses("fake.commit", "busy");
        linkspan.worker().runDue();
        assertEquals(Bucket.PLATFORM_TROUBLE, explain(linkspan, submitted).bucket());

        Publication after = world.settle(linkspan, submitted);

        assertEquals(Phase.FAILED, after.jobs().get(0).state().phase());
        Explanation explanation = after.explain();
        assertEquals(Bucket.PLATFORM_TROUBLE, explanation.bucket());
        assertTrue(explanation.verdict().contains("not posted. fake had trouble for too long."), explanation::toText);
        assertFalse(explanation.toText().contains("Linkspan: "), explanation::toText);
    }
}
