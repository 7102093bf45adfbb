package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.linkspan.Recovery.Restored;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.fake.BackUp;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakePosting.Way;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Decision;
import io.linkspan.publish.Post;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Work that goes on after a restored back-up, with jobs in each state when it was taken. */
class RecoveryTest {
    private Way way = Way.CONTAINER;
    private final FakeWorld world = new FakeWorld().posting(inner -> new FakePosting(inner, way));
    private final ConnectionId connection = world.connect(world.process());
    private Linkspan linkspan = world.process();
    private BackUp backUp = BackUp.of(world.stores());
    private Instant takenAt = world.now();

    private Publication submit() {
        return linkspan.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(connection));
    }

    private void takeBackUp() {
        backUp = BackUp.of(world.stores());
        takenAt = world.now();
    }

    /** Everything in memory is gone too. */
    private void restore() {
        backUp.restore();
        linkspan = world.process();
    }

    private Restored recover() {
        return linkspan.recovery().afterRestore(takenAt);
    }

    private Publication now(Publication publication) {
        return linkspan.publisher().find(FakeWorld.OWNER, publication.id()).orElseThrow();
    }

    private Phase phase(Publication publication) {
        return now(publication).jobs().get(0).state().phase();
    }

    private Publication decide(Publication publication, Decision decision) {
        String job = now(publication).jobs().get(0).id();
        return linkspan.publisher().decide(FakeWorld.OWNER, publication.id(), job, decision, "mira");
    }

    private void work(int rounds, Duration pause) {
        for (int round = 0; round < rounds; round++) {
            linkspan.worker().runDue();
            world.advance(pause);
        }
    }

    private void aDayPasses() {
        work(24, Duration.ofHours(1));
    }

    /** Prepared, with a handle, and held up by a refusal. */
    private Publication prepared() {
        world.platform().refuses("fake.commit", "busy");
        Publication submitted = submit();
        linkspan.worker().runDue();
        assertEquals(Phase.PREPARED, phase(submitted));
        takeBackUp();
        world.platform().refuses("fake.commit", null);
        return submitted;
    }

    @Test
    void withoutRecovery_aJobThatWasPostedSince_isPostedTwice() {
        Publication submitted = submit();
        takeBackUp();
        world.settle(linkspan, submitted);

        restore();
        aDayPasses();

        assertEquals(2, world.platform().posts());
    }

    @Test
    void accepted_postedSince_waitsForAPersonAndSendsNothing() {
        Publication submitted = submit();
        takeBackUp();
        world.settle(linkspan, submitted);

        restore();
        Restored done = recover();
        aDayPasses();

        assertEquals(new Restored(0, 0, 1, 1, 0), done);
        assertEquals(Phase.AWAITING_DECISION, phase(submitted));
        assertEquals(1, world.platform().posts());
    }

    @Test
    void acceptedForLater_goesOnAtItsMoment() {
        Post post = FakeWorld.post(connection).notBefore(world.now().plus(Duration.ofHours(6)));
        Publication submitted = linkspan.publisher().submit(FakeWorld.OWNER, "k", post);
        linkspan.worker().runDue();
        takeBackUp();
        world.advance(Duration.ofHours(1));

        restore();
        Restored done = recover();
        aDayPasses();

        assertEquals(new Restored(1, 0, 0, 1, 0), done);
        assertEquals(Phase.PUBLISHED, phase(submitted));
        assertEquals(1, world.platform().posts());
    }

    @Test
    void acceptedForLater_dueBeforeTheLoss_waitsForAPerson() {
        Post post = FakeWorld.post(connection).notBefore(world.now().plus(Duration.ofHours(6)));
        Publication submitted = linkspan.publisher().submit(FakeWorld.OWNER, "k", post);
        takeBackUp();
        aDayPasses();
        assertEquals(1, world.platform().posts());

        restore();
        recover();
        aDayPasses();

        assertEquals(Phase.AWAITING_DECISION, phase(submitted));
        assertEquals(1, world.platform().posts());
    }

    @Test
    void prepared_postedSinceByThatHandle_isFoundPublished() {
        Publication submitted = prepared();
        world.settle(linkspan, submitted);

        restore();
        Restored done = recover();
        linkspan.worker().runDue();

        assertEquals(new Restored(0, 1, 0, 1, 0), done);
        assertEquals(Phase.PUBLISHED, phase(submitted));
        assertEquals(1, world.platform().posts());
    }

    @Test
    void prepared_postedSinceByALaterHandle_waitsForAPersonAndSendsNothing() {
        world.platform().refuses("fake.commit", "busy");
        Publication submitted = submit();
        linkspan.worker().runDue();
        takeBackUp();
        world.advance(Duration.ofHours(25));
        world.platform().refuses("fake.commit", null);
        assertEquals(
                Phase.PUBLISHED,
                world.settle(linkspan, submitted).jobs().get(0).state().phase());
        assertEquals(2, world.platform().calls("fake.create"));

        restore();
        recover();
        aDayPasses();

        assertEquals(Phase.AWAITING_DECISION, phase(submitted));
        assertEquals(1, world.platform().posts());
        assertEquals(2, world.platform().calls("fake.create"));
    }

    @Test
    void prepared_notPostedSince_isPostedOnceAPersonSaysSo() {
        Publication submitted = prepared();

        restore();
        recover();
        linkspan.worker().runDue();
        assertEquals(Phase.AWAITING_DECISION, phase(submitted));
        decide(submitted, Decision.TRY_AGAIN);
        aDayPasses();

        assertEquals(Phase.PUBLISHED, phase(submitted));
        assertEquals(1, world.platform().posts());
    }

    @Test
    void confirming_postedSinceByALaterHandle_waitsForAPersonAndSendsNothing() {
        way = Way.SLOW;
        linkspan = world.process();
        Publication submitted = submit();
        linkspan.worker().runDue();
        assertEquals(Phase.CONFIRMING, phase(submitted));
        takeBackUp();
        world.platform().fail();
        work(10, Duration.ofMinutes(1));
        world.platform().finish();
        assertEquals(
                Phase.PUBLISHED,
                world.settle(linkspan, submitted).jobs().get(0).state().phase());

        restore();
        recover();
        aDayPasses();

        assertEquals(Phase.AWAITING_DECISION, phase(submitted));
        assertEquals(1, world.platform().posts());
    }

    @Test
    void confirming_stillWorkedOn_isFoundPublished() {
        way = Way.SLOW;
        linkspan = world.process();
        Publication submitted = submit();
        linkspan.worker().runDue();
        takeBackUp();

        restore();
        recover();
        work(3, Duration.ofMinutes(1));
        world.platform().finish();
        work(3, Duration.ofMinutes(1));

        assertEquals(Phase.PUBLISHED, phase(submitted));
        assertEquals(1, world.platform().posts());
    }

    @Test
    void withoutHandle_aPersonSaysItIsThere_isPublished() {
        Publication submitted = submit();
        takeBackUp();
        world.settle(linkspan, submitted);
        restore();
        recover();

        decide(submitted, Decision.IT_IS_THERE);
        aDayPasses();

        assertEquals(Phase.PUBLISHED, phase(submitted));
        assertEquals(1, world.platform().posts());
    }

    @Test
    void withoutHandle_waitingAndStopping_changeNothing() {
        Publication submitted = submit();
        takeBackUp();
        restore();
        recover();

        decide(submitted, Decision.WAIT);
        aDayPasses();
        linkspan.publisher().cancel(FakeWorld.OWNER, submitted.id(), "a typo");
        aDayPasses();

        assertEquals(Phase.AWAITING_DECISION, phase(submitted));
        assertEquals(0, world.platform().posts());
        decide(submitted, Decision.GIVE_UP);
        assertEquals(Phase.FAILED, phase(submitted));
    }

    @Test
    void repeated_changesNothingMore() {
        submit();
        takeBackUp();
        restore();
        recover();

        assertEquals(new Restored(0, 0, 0, 0, 0), recover());
    }

    @Test
    void refreshToken_replacedSince_isNeverCalledHealthy() {
        takeBackUp();
        aDayPasses();
        int renewals = world.platform().calls("fake.refresh");
        assertNotEquals(0, renewals);

        restore();
        recover();

        assertEquals(
                ConnectionStatus.Kind.REFRESH_REQUIRED,
                world.connection(linkspan).status().kind());
        linkspan.worker().runDue();
        assertEquals(
                ConnectionStatus.Kind.REAUTHORIZATION_REQUIRED,
                world.connection(linkspan).status().kind());
    }

    @Test
    void refreshToken_notReplaced_isAuthorizedOnceItWasRenewed() {
        takeBackUp();
        restore();
        recover();
        assertEquals(
                ConnectionStatus.Kind.REFRESH_REQUIRED,
                world.connection(linkspan).status().kind());

        linkspan.worker().runDue();

        assertEquals(
                ConnectionStatus.Kind.AUTHORIZED,
                world.connection(linkspan).status().kind());
        assertEquals(1, world.platform().calls("fake.refresh"));
    }

    @Test
    void momentAhead_isRefused() {
        takenAt = world.now().plusSeconds(1);

        assertThrows(IllegalArgumentException.class, this::recover);
    }
}
