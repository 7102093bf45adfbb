package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Faults;
import io.linkspan.fake.Faults.Kind;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpCall;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that wait: past the life of a handle, for limits, through trouble, and in doubt. */
class PublishWaitsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Consumer<FakePosting> change = posting -> {};
    private final FakeWorld world = new FakeWorld().posting(inner -> {
        FakePosting made = new FakePosting(inner, FakePosting.Way.CONTAINER);
        change.accept(made);
        return made;
    });
    private final ConnectionId connection = world.connect(world.process());

    private Faults lost(Kind kind) {
        return new Faults(world.platform(), "fake.commit", 0, 1, kind);
    }

    private Publication submit(Linkspan linkspan) {
        return linkspan.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(connection));
    }

    private static PublishJob job(Publication publication) {
        return publication.jobs().get(0);
    }

    private void published(Publication after, int handles) {
        assertEquals(
                Phase.PUBLISHED,
                job(after).state().phase(),
                () -> after.explain().toText());
        assertEquals(handles, job(after).handles(), () -> after.explain().toText());
        assertEquals(1, world.platform().posts());
    }

    @Test
    void handle_whoseLifeEndedWhileItWaited_isMadeAnew() {
        change = posting -> posting.usable = Duration.ofMinutes(30);
        Linkspan linkspan = world.process();
        world.platform().refuses("fake.commit", "limit-day");
        Publication submitted = submit(linkspan);
        linkspan.worker().runDue();
        world.platform().refuses("fake.commit", null);
        world.advance(Duration.ofHours(1));

        published(world.work(linkspan, submitted, 5, MINUTE), 2);
        assertEquals(2, world.platform().calls("fake.commit"));
    }

    @Test
    void handle_whoseLifeEndedWhileACommitMayLand_isKept() {
        change = posting -> {
            posting.usable = Duration.ofMinutes(30);
            posting.incomplete = true;
        };
        Linkspan linkspan = world.process(lost(Kind.LOST_WITHOUT_EFFECT));
        world.platform().refuses("fake.commit", "limit-day");
        Publication submitted = submit(linkspan);
        linkspan.worker().runDue();
        world.platform().refuses("fake.commit", null);
        world.advance(Duration.ofHours(1));

        published(world.work(linkspan, submitted, 5, MINUTE), 1);
        assertEquals(1, world.platform().calls("fake.create"));
    }

    @Test
    void refusalOfASecondCommit_saysNothingAboutTheFirst() {
        change = posting -> posting.incomplete = true;
        Linkspan linkspan = world.process(lost(Kind.LOST_WITHOUT_EFFECT));
        world.platform().refuses("fake.commit", "bad");
        Publication submitted = submit(linkspan);
        linkspan.worker().runDue();
        assertEquals(1, world.platform().calls("fake.commit"));
        assertEquals(
                Phase.IN_DOUBT,
                job(world.work(linkspan, submitted, 0, MINUTE)).state().phase());
        world.platform().refuses("fake.commit", null);

        // the first commit has its effect only now
        world.platform()
                .exchange(HttpCall.of("fake.commit", CallClass.COMMIT, "POST", URI.create("http://fake/commit/c1")));

        published(world.work(linkspan, submitted, 5, MINUTE), 1);
    }

    @Test
    void commitThatMayLand_isNotRepeatedWhenItsHandleStopsSayingSo() {
        change = posting -> posting.incomplete = true;
        Faults losing = lost(Kind.LOST_WITHOUT_EFFECT);
        int[] looks = {0};
        Linkspan linkspan = world.process(call -> {
            // only the first look after the commit is answered
            boolean after = losing.passed() > 0 && call.operation().equals("fake.status");
            return after && looks[0]++ > 0 ? new io.linkspan.spi.HttpResult.Lost("reset") : losing.exchange(call);
        });
        Publication submitted = submit(linkspan);

        linkspan.worker().runDue();

        assertTrue(looks[0] > 1);
        assertEquals(0, world.platform().calls("fake.commit"));
        assertEquals(
                Phase.IN_DOUBT,
                job(world.work(linkspan, submitted, 0, MINUTE)).state().phase());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit-day", "quota"})
    void waitOfADayForALimit_survivesTheNextPassingError(String limit) {
        Linkspan linkspan = world.process();
        world.platform().refuses("fake.create", "busy");
        Publication submitted = submit(linkspan);
        linkspan.worker().runDue();
        world.platform().refuses("fake.create", limit);
        world.work(linkspan, submitted, 26, Duration.ofHours(1).plusMinutes(1));
        world.platform().refuses("fake.create", "busy");
        Publication waiting = world.work(linkspan, submitted, 5, MINUTE);
        assertEquals(
                Phase.PREPARING,
                job(waiting).state().phase(),
                () -> waiting.explain().toText());
        world.platform().refuses("fake.create", null);

        published(world.settle(linkspan, submitted), 1);
    }

    @Test
    void resendSameHandle_off_awaitsADecisionAndSendsOnce() {
        Linkspan linkspan = world.process(lost(Kind.LOST_WITHOUT_EFFECT));

        Publication after = world.work(linkspan, submit(linkspan), 30, MINUTE);

        assertEquals(Phase.AWAITING_DECISION, job(after).state().phase());
        assertEquals(0, world.platform().calls("fake.commit"));
    }

    @Test
    void resendSameHandle_on_sendsOnceMoreAfterTwoLooks() {
        world.with(builder -> builder.resendSameHandle(true));
        Faults losing = lost(Kind.LOST_WITHOUT_EFFECT);
        Linkspan linkspan = world.process(losing);
        Publication submitted = submit(linkspan);
        world.work(linkspan, submitted, 3, Duration.ofSeconds(30));
        assertEquals(0, world.platform().calls("fake.commit"));

        Publication after = world.work(linkspan, submitted, 10, MINUTE);

        published(after, 1);
        assertEquals(2, losing.passed());
    }

    @Test
    void resendSameHandle_on_sendsNoThirdTime() {
        world.with(builder -> builder.resendSameHandle(true));
        Faults losing = new Faults(world.platform(), "fake.commit", 0, 9, Kind.LOST_WITHOUT_EFFECT);
        Linkspan linkspan = world.process(losing);

        Publication after = world.work(linkspan, submit(linkspan), 60, MINUTE);

        assertEquals(Phase.AWAITING_DECISION, job(after).state().phase());
        assertEquals(2, losing.passed());
    }

    @ParameterizedTest
    @CsvSource({"fake.create,PREPARING", "fake.status,PREPARING", "fake.commit,PREPARED"})
    void deadToken_beforeTheCommit_goesOnInTheSameStateWithTheSameHandle(String operation, Phase phase) {
        Linkspan linkspan = world.process();
        Publication submitted = submit(linkspan);
        world.platform().refuses(operation, "dead");
        linkspan.worker().runDue();
        assertEquals(
                phase, job(world.work(linkspan, submitted, 0, MINUTE)).state().phase());
        world.platform().refuses(operation, null);

        published(world.work(linkspan, submitted, 20, MINUTE), 1);
        assertEquals(1, world.platform().calls("fake.refresh"));
        assertTrue(world.platform().calls("fake.create") <= 2);
    }

    @Test
    void deadToken_afterTheCommit_goesOnInTheSameStateWithTheSameHandle() {
        Linkspan linkspan = world.process(lost(Kind.LOST_WITH_EFFECT));
        Publication submitted = submit(linkspan);
        world.platform().during("fake.commit", () -> world.platform().refuses("fake.status", "dead"));
        linkspan.worker().runDue();
        assertEquals(
                Phase.IN_DOUBT,
                job(world.work(linkspan, submitted, 0, MINUTE)).state().phase());
        world.platform().refuses("fake.status", null);

        published(world.work(linkspan, submitted, 20, MINUTE), 1);
        assertEquals(1, world.platform().calls("fake.create"));
    }
}
