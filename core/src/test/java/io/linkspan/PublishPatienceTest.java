package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.fake.FakeMediaHost;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakePosting.Way;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Faults;
import io.linkspan.fake.Faults.Kind;
import io.linkspan.publish.Post;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.Quota;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Before a commit can have left, an outage costs time only; limits count what the platform took. */
class PublishPatienceTest {
    private static final Duration STEP = Duration.ofMinutes(20);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int NEVER = 1_000_000;

    private Consumer<FakePosting> change = posting -> {};
    private Way way = Way.CONTAINER;
    private final FakeWorld world = new FakeWorld().posting(inner -> {
        FakePosting made = new FakePosting(inner, way);
        change.accept(made);
        return made;
    });
    private final ConnectionId connection = world.connect(world.process());

    PublishPatienceTest() {
        world.with(builder -> builder.mediaHost(world.media()));
    }

    private static PublishJob job(Publication publication) {
        return publication.jobs().get(0);
    }

    private static Phase phase(Publication publication) {
        return job(publication).state().phase();
    }

    private Publication submit(Linkspan linkspan, String key) {
        Publication made = linkspan.publisher().submit(FakeWorld.OWNER, key, FakeWorld.post(connection, key));
        world.advance(Duration.ofSeconds(1));
        return made;
    }

    /** What an outage answers. */
    private enum Outage {
        UNAVAILABLE,
        NO_ANSWER,
        NO_NETWORK
    }

    /** The platform, whose calls of an operation get no further until a moment. */
    private HttpTransport until(Instant end, String operation, Outage outage) {
        return call -> {
            if (!call.operation().equals(operation) || !world.now().isBefore(end)) {
                return world.platform().exchange(call);
            }
            return switch (outage) {
                case UNAVAILABLE -> new HttpResult.Answered(400, Map.of(), "busy".getBytes(StandardCharsets.UTF_8));
                case NO_ANSWER -> new HttpResult.Lost("reset");
                case NO_NETWORK -> new HttpResult.NotSent("network is unreachable");
            };
        };
    }

    private int rounds(Duration time) {
        return (int) time.dividedBy(STEP);
    }

    @ParameterizedTest
    @EnumSource(Outage.class)
    void outageOfDays_costsTimeOnly(Outage outage) {
        Instant over = world.now().plus(Duration.ofHours(60));
        Linkspan linkspan = world.process(until(over, "fake.create", outage));

        Publication after = world.work(linkspan, submit(linkspan, "k"), rounds(Duration.ofDays(4)), STEP);

        assertEquals(Phase.PUBLISHED, phase(after), after.explain()::toText);
        assertTrue(world.now().isBefore(over.plus(STEP.multipliedBy(3))));
    }

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE,busy", "NO_ANSWER,not_prepared"})
    void outageThatDoesNotEnd_endsTheJobAfterThreeDaysOfTries(Outage outage, String code) {
        Linkspan linkspan = world.process(until(Instant.MAX, "fake.create", outage));
        Publication waiting = world.work(linkspan, submit(linkspan, "k"), rounds(Duration.ofHours(71)), STEP);
        assertEquals(Phase.PREPARING, phase(waiting));

        Publication after = world.work(linkspan, waiting, rounds(Duration.ofHours(3)), STEP);

        assertEquals(code, ((PublishState.Failed) job(after).state()).failure().code());
    }

    @Test
    void nodeWithoutNetwork_endsNoJob() {
        Linkspan linkspan = world.process(until(Instant.MAX, "fake.create", Outage.NO_NETWORK));

        Publication after = world.work(linkspan, submit(linkspan, "k"), rounds(Duration.ofDays(7)), STEP);

        assertEquals(Phase.PREPARING, phase(after));
    }

    @Test
    void openCircuit_endsNoJob() {
        Linkspan linkspan = world.process(call -> {
            HttpResult result = world.platform().exchange(call);
            return call.operation().equals("fake.create") && result instanceof HttpResult.Answered
                    ? new HttpResult.Answered(503, Map.of(), "busy".getBytes(StandardCharsets.UTF_8))
                    : result;
        });
        Linkspan refusing = world.process(until(Instant.MAX, "fake.create", Outage.NO_NETWORK));
        Publication first = world.work(linkspan, submit(linkspan, "k"), 3, STEP);

        Publication after = world.work(refusing, first, rounds(Duration.ofDays(5)), STEP);

        assertEquals(Phase.PREPARING, phase(after));
    }

    @ParameterizedTest
    @EnumSource(Outage.class)
    void timeWithoutAWorker_isNoTrouble(Outage outage) {
        Linkspan linkspan = world.process(until(Instant.MAX, "fake.create", outage));
        Publication submitted = submit(linkspan, "k");
        for (int look = 0; look < 20; look++) {
            linkspan.worker().runDue();
            world.advance(Duration.ofHours(26));
        }

        Publication after = world.work(linkspan, submitted, 1, STEP);

        assertEquals(Phase.PREPARING, phase(after), after.explain()::toText);
    }

    @Test
    void latestMoment_isTheLimitOfAnOutage() {
        for (boolean inTime : new boolean[] {true, false}) {
            FakeWorld here = new FakeWorld();
            ConnectionId id = here.connect(here.process());
            Instant latest = here.now().plus(Duration.ofDays(4));
            Instant over = inTime ? latest.minus(HOUR) : Instant.MAX;
            here.platform().refuses("fake.create", "busy");
            Linkspan linkspan = here.process(call -> {
                if (!here.now().isBefore(over)) {
                    here.platform().refuses("fake.create", null);
                }
                return here.platform().exchange(call);
            });
            Post post = FakeWorld.post(id).notAfter(latest);
            Publication submitted = linkspan.publisher().submit(FakeWorld.OWNER, "k", post);

            Publication after = here.work(linkspan, submitted, rounds(Duration.ofDays(5)), STEP);

            assertEquals(inTime ? Phase.PUBLISHED : Phase.EXPIRED, phase(after), after.explain()::toText);
        }
    }

    @Test
    void commitThatIsRefusedForPassingTrouble_isSentAgainForDays() {
        Instant over = world.now().plus(Duration.ofHours(20));
        Linkspan linkspan = world.process(until(over, "fake.commit", Outage.UNAVAILABLE));

        Publication after = world.work(linkspan, submit(linkspan, "k"), rounds(Duration.ofHours(30)), STEP);

        assertEquals(Phase.PUBLISHED, phase(after), after.explain()::toText);
        assertEquals(1, world.platform().posts());
    }

    @Test
    void commitThatIsRefusedForEver_ends() {
        Linkspan linkspan = world.process(until(Instant.MAX, "fake.commit", Outage.UNAVAILABLE));

        Publication after = world.work(linkspan, submit(linkspan, "k"), rounds(Duration.ofDays(8)), STEP);

        assertEquals(Phase.FAILED, phase(after), after.explain()::toText);
    }

    @Test
    void commitsThatNeverReachAPullingPlatform_areMadeAnewForDays() {
        way = Way.PULL;
        Instant over = world.now().plus(Duration.ofHours(20));
        change = posting -> posting.quotas =
                List.of(Quota.each("fake.daily", Quota.Scope.CONNECTION, 1, Duration.ofDays(1), Quota.Step.COMMIT));
        Linkspan linkspan = world.process(until(over, "fake.init", Outage.NO_ANSWER));

        Publication after = world.work(linkspan, submit(linkspan, "k"), rounds(Duration.ofHours(21)), STEP);

        assertEquals(Phase.PUBLISHED, phase(after), after.explain()::toText);
        assertEquals(1, world.platform().posts());
        assertTrue(job(after).handles() > 3);
    }

    @Test
    void commitsThatNeverReachAPullingPlatform_endAfterThreeDays() {
        way = Way.PULL;
        Linkspan linkspan =
                world.process(new Faults(world.platform(), "fake.init", 0, NEVER, Kind.LOST_WITHOUT_EFFECT));

        Publication after = world.work(linkspan, submit(linkspan, "k"), rounds(Duration.ofDays(5)), STEP);

        assertEquals(
                "not_taken",
                ((PublishState.Failed) job(after).state()).failure().code());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void troublesOfBothKindsInAnyOrder_endAfterThreeDays(long seed) {
        way = Way.PULL;
        Random random = new Random(seed);
        Linkspan linkspan =
                world.process(new Faults(world.platform(), "fake.init", 0, NEVER, Kind.LOST_WITHOUT_EFFECT));
        Publication after = submit(linkspan, "k");
        Instant start = world.now();
        while (!after.settled() && world.now().isBefore(start.plus(Duration.ofDays(6)))) {
            world.media().does(random.nextBoolean() ? FakeMediaHost.Fault.THROWS : FakeMediaHost.Fault.NONE);
            after = world.work(linkspan, after, 1, STEP);
        }

        assertEquals(Phase.FAILED, phase(after), after.explain()::toText);
        Duration tried = Duration.between(start, world.now());
        assertTrue(tried.compareTo(Duration.ofDays(3)) > 0, tried::toString);
        assertTrue(tried.compareTo(Duration.ofHours(80)) < 0, tried::toString);
    }

    @Test
    void uploadThatBreaksOff_goesOnWithItsHandle() {
        change = posting -> posting.interruptions = 50;
        Linkspan linkspan = world.process();

        Publication after = world.work(linkspan, submit(linkspan, "k"), 80, STEP);

        assertEquals(Phase.PUBLISHED, phase(after), after.explain()::toText);
        assertEquals(1, job(after).handles());
    }

    @Test
    void uploadThatBreaksOffForEver_endsAfterThreeDays() {
        change = posting -> posting.interruptions = NEVER;
        Linkspan linkspan = world.process();

        Publication after = world.work(linkspan, submit(linkspan, "k"), rounds(Duration.ofDays(4)), STEP);

        assertEquals("bad", ((PublishState.Failed) job(after).state()).failure().code());
    }

    @Test
    void handlesThatOnlyTimeEnded_areNotCountedAsFailed() {
        change = posting -> posting.spares = true;
        Linkspan linkspan = world.process();
        Linkspan cut = world.process(new Faults(world.platform(), "fake.status", 0, NEVER, Kind.NOT_SENT));
        Publication submitted = submit(linkspan, "k");
        for (int day = 0; day < 6; day++) { // containers live for a day, and none of them is read in time
            world.work(cut, submitted, rounds(Duration.ofHours(25)), STEP);
            linkspan.worker().runDue();
            world.advance(HOUR);
            assertEquals(Phase.PREPARING, phase(world.work(linkspan, submitted, 0, STEP)));
        }

        Publication after = world.work(linkspan, submitted, 3, STEP);

        assertEquals(Phase.PUBLISHED, phase(after), after.explain()::toText);
        assertTrue(job(after).handles() > 3);
    }

    @ParameterizedTest
    @CsvSource({
        "PREPARE,EACH,fake.create,UNAVAILABLE,true",
        "PREPARE,EACH,fake.create,NO_ANSWER,false",
        "PREPARE,EACH,fake.create,NO_NETWORK,true",
        "PREPARE,REQUESTS,fake.create,UNAVAILABLE,false",
        "PREPARE,REQUESTS,fake.create,NO_NETWORK,true",
        "PREPARE,FIRST_OF_CONNECTION,fake.create,UNAVAILABLE,true",
        "COMMIT,EACH,fake.commit,UNAVAILABLE,true",
        "COMMIT,EACH,fake.commit,NO_ANSWER,false",
        "COMMIT,EACH,fake.commit,NO_NETWORK,true",
        "COMMIT,REQUESTS,fake.commit,UNAVAILABLE,false",
        "COMMIT,REQUESTS,fake.commit,NO_NETWORK,true",
        "COMMIT,FIRST_OF_CONNECTION,fake.commit,UNAVAILABLE,true"
    })
    void limit_countsWhatThePlatformTook(
            Quota.Step step, Quota.Counting counting, String operation, Outage outage, boolean back) {
        for (Quota.Scope scope : Quota.Scope.values()) {
            FakeWorld here = new FakeWorld().posting(inner -> {
                FakePosting made = new FakePosting(inner, Way.CONTAINER);
                made.quotas = List.of(new Quota("fake.daily", scope, 1, Duration.ofDays(1), 1, step, counting));
                return made;
            });
            ConnectionId first = here.connect(here.process(), FakeWorld.OWNER, "account-1");
            ConnectionId other = here.connect(here.process(), FakeWorld.OWNER, "account-2");
            Linkspan failing = here.process(call -> !call.operation().equals(operation)
                    ? here.platform().exchange(call)
                    : switch (outage) {
                        case UNAVAILABLE ->
                            new HttpResult.Answered(400, Map.of(), "bad".getBytes(StandardCharsets.UTF_8));
                        case NO_ANSWER -> new HttpResult.Lost("reset");
                        case NO_NETWORK -> new HttpResult.NotSent("network is unreachable");
                    });
            Publication refused = failing.publisher().submit(FakeWorld.OWNER, "a", FakeWorld.post(first, "a"));
            failing.worker().runDue();
            here.advance(HOUR);
            Linkspan linkspan = here.process();
            ConnectionId next = scope == Quota.Scope.APP ? other : first;

            Publication after = linkspan.publisher().submit(FakeWorld.OWNER, "b", FakeWorld.post(next, "b"));
            linkspan.publisher().cancel(FakeWorld.OWNER, refused.id(), "it would take the slot again");
            linkspan.worker().runDue();

            Publication seen =
                    linkspan.publisher().find(FakeWorld.OWNER, after.id()).orElseThrow();
            assertEquals(
                    back,
                    phase(seen) == Phase.PUBLISHED,
                    () -> scope + " " + seen.explain().toText());
        }
    }

    /** What an init without an answer made is not known, so it keeps its place; but it is one post, and takes one place. */
    @Test
    void initWithoutAnAnswer_keepsOnePlace_howeverOftenItIsRepeated() {
        change = posting -> posting.quotas =
                List.of(Quota.each("fake.daily", Quota.Scope.CONNECTION, 2, Duration.ofDays(1), Quota.Step.PREPARE));
        Instant over = world.now().plus(Duration.ofHours(3));
        Linkspan linkspan = world.process(until(over, "fake.create", Outage.NO_ANSWER));
        Publication first = submit(linkspan, "a");

        Publication after = world.work(linkspan, first, rounds(Duration.ofHours(4)), STEP);
        Publication second = world.work(linkspan, submit(linkspan, "b"), 3, STEP);
        Publication third = world.work(linkspan, submit(linkspan, "c"), 3, STEP);

        assertEquals(Phase.PUBLISHED, phase(after), after.explain()::toText);
        assertEquals(Phase.PUBLISHED, phase(second), second.explain()::toText);
        assertFalse(third.settled(), third.explain()::toText);
    }

    @Test
    void placeOfAnInitWithoutAnAnswer_becomesFreeWithItsWindow() {
        change = posting -> posting.quotas =
                List.of(Quota.each("fake.daily", Quota.Scope.CONNECTION, 1, Duration.ofDays(1), Quota.Step.PREPARE));
        Linkspan linkspan = world.process(until(world.now().plus(HOUR), "fake.create", Outage.NO_ANSWER));
        Publication first = world.work(linkspan, submit(linkspan, "a"), 1, STEP);
        linkspan.publisher().cancel(FakeWorld.OWNER, first.id(), "not wanted");
        linkspan.worker().runDue();

        Publication next = world.work(linkspan, submit(linkspan, "b"), rounds(Duration.ofHours(20)), STEP);
        assertFalse(next.settled(), next.explain()::toText);

        next = world.work(linkspan, next, rounds(Duration.ofHours(7)), STEP);
        assertEquals(Phase.PUBLISHED, phase(next), next.explain()::toText);
    }

    /** A connection counts as long as one of its posts does: the refusal of the first of them gives its place back only when it was the last. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void firstPostOfAConnection_isGivenBackOnlyWhereNoOtherWasTaken(boolean another) {
        change = posting -> posting.quotas = List.of(new Quota(
                "fake.users",
                Quota.Scope.APP,
                1,
                Duration.ofDays(1),
                1,
                Quota.Step.PREPARE,
                Quota.Counting.FIRST_OF_CONNECTION));
        ConnectionId other = world.connect(world.process(), FakeWorld.OWNER, "account-2");
        Linkspan linkspan = world.process();
        Deque<Runnable> meanwhile = new ArrayDeque<>();
        if (another) {
            meanwhile.add(() -> {
                submit(linkspan, "b");
                linkspan.worker().runDue();
            });
        } else {
            meanwhile.add(() -> {});
        }
        Linkspan refused = world.process(call -> {
            Runnable next = call.operation().equals("fake.create") ? meanwhile.poll() : null;
            if (next == null) {
                return world.platform().exchange(call);
            }
            next.run();
            return new HttpResult.Answered(400, Map.of(), "bad".getBytes(StandardCharsets.UTF_8));
        });
        Publication first = submit(refused, "a");
        refused.worker().runDue();
        linkspan.publisher().cancel(FakeWorld.OWNER, first.id(), "it would take the place again");

        Publication next = linkspan.publisher().submit(FakeWorld.OWNER, "c", FakeWorld.post(other, "c"));
        next = world.work(linkspan, next, 2, STEP);

        assertEquals(another ? 1 : 0, world.platform().posts() - (next.settled() ? 1 : 0));
        assertEquals(!another, phase(next) == Phase.PUBLISHED, next.explain()::toText);
    }

    @Test
    void limitLearnedByOneJob_doesNotStopAnotherThatWasCounted() {
        change = posting -> posting.counts = Quota.Step.PREPARE;
        Linkspan cut = world.process(new Faults(world.platform(), "fake.commit", 0, 1, Kind.NOT_SENT));
        Publication counted = world.work(cut, submit(cut, "a"), 1, Duration.ofSeconds(1));
        assertEquals(Phase.PREPARED, phase(counted));
        Linkspan linkspan = world.process();
        world.platform().refuses("fake.create", "limit-day");
        Publication refused = submit(linkspan, "b");
        linkspan.worker().runDue();
        world.platform().refuses("fake.create", null);
        assertEquals(Phase.PREPARING, phase(world.work(linkspan, refused, 0, STEP)));

        Publication after = world.work(linkspan, counted, 3, Duration.ofSeconds(30));

        assertEquals(Phase.PUBLISHED, phase(after), after.explain()::toText);
        assertFalse(world.work(linkspan, refused, 0, STEP).settled());
    }
}
