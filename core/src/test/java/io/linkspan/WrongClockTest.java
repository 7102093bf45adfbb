package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Disconnect;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakePosting.Way;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose clock is hours off dies; what it held is free after one lease by the clocks of the others. */
class WrongClockTest {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final FakeWorld world = new FakeWorld(true);

    /** A process that dies at a call: its thread never comes back. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private Linkspan off(long hours, String dyingAt) {
        InstantSource clock = () -> world.now().plus(Duration.ofHours(hours));
        AtomicBoolean dead = new AtomicBoolean();
        HttpTransport way = call -> {
            dead.compareAndSet(false, call.operation().equals(dyingAt));
            return alive(dead, () -> world.platform().exchange(call));
        };
        return world.process(
                builder -> builder.clock(clock)
                        .node("off")
                        .jobStore(mortal(JobStore.class, world.stores().jobs(), dead))
                        .tokenStore(mortal(TokenStore.class, world.stores().tokens(), dead)),
                way);
    }

    private static <T> T alive(AtomicBoolean dead, Supplier<T> work) {
        if (dead.get()) {
            throw new Death();
        }
        return work.get();
    }

    /** A store that a dead process does not reach. */
    private static <T> T mortal(Class<T> type, T store, AtomicBoolean dead) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> alive(dead, () -> {
                    try {
                        return method.invoke(store, arguments);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                })));
    }

    private static void dies(Runnable work) {
        try {
            work.run();
        } catch (Death | LinkspanException e) { // its stores are out of reach
            return;
        }
        throw new AssertionError("it lives");
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

    /** Six hours ahead it held the right to send for six hours; behind, its lease ends at once and its version is the fence. */
    @ParameterizedTest
    @ValueSource(longs = {6, -6})
    void rightToSend_isFreeWithinMinutes(long hours) {
        Linkspan right = world.process();
        ConnectionId connection = world.connect(right);
        Linkspan off = off(hours, "fake.commit");
        off.publisher().submit(FakeWorld.OWNER, "first", FakeWorld.post(connection));
        dies(() -> {
            for (int round = 0; round < 20; round++) {
                off.worker().runDue();
            }
        });
        Publication second = right.publisher()
                .submit(FakeWorld.OWNER, "second", FakeWorld.post(connection).caption("second"));

        for (int round = 0; round < 10; round++) {
            right.worker().runDue();
            world.advance(HALF_A_MINUTE);
        }

        assertEquals(Phase.PUBLISHED, phase(right, second));
    }

    /** By its clock the platform has been silent for the quiet time, which the process itself has not seen pass. */
    @Test
    void processTwentyMinutesAhead_readsOnBeforeADecisionIsRequired() {
        Publication accepted = inDoubt(world.process(builder -> {}, lossy()));
        InstantSource clock = () -> world.now().plus(Duration.ofMinutes(20));
        Linkspan ahead = world.process(builder -> builder.clock(clock).node("ahead"), world.platform());

        Phase early = afterMinutes(ahead, accepted, 8);
        Phase late = afterMinutes(ahead, accepted, 6);

        assertEquals(Phase.IN_DOUBT, early);
        assertEquals(Phase.AWAITING_DECISION, late);
    }

    private Publication inDoubt(Linkspan worker) {
        Publication accepted =
                worker.publisher().submit(FakeWorld.OWNER, "first", FakeWorld.post(world.connect(worker)));
        while (phase(worker, accepted) != Phase.IN_DOUBT) {
            worker.worker().runDue();
            world.advance(Duration.ofSeconds(1));
        }
        return accepted;
    }

    private HttpTransport lossy() {
        return call -> call.operation().equals("fake.commit")
                ? new HttpResult.Lost("no answer")
                : world.platform().exchange(call);
    }

    /** A sign from the future does not keep the others from requiring a decision. */
    @Test
    void processHoursAheadThatDies_delaysADecisionByMinutesOnly() {
        InstantSource clock = () -> world.now().plus(Duration.ofHours(6));
        Linkspan ahead = world.process(builder -> builder.clock(clock).node("ahead"), lossy());
        Publication accepted = inDoubt(ahead);

        assertEquals(Phase.AWAITING_DECISION, afterMinutes(world.process(), accepted, 40));
    }

    /** Where no clock explains the age of the last sign, a process that lives for minutes only requires a decision too. */
    @Test
    void processStartedHoursLater_readsForTwoMinutesBeforeADecision() {
        Linkspan first = world.process(builder -> {}, lossy());
        Publication accepted = inDoubt(first);
        assertEquals(Phase.IN_DOUBT, afterMinutes(first, accepted, 2));
        world.advance(Duration.ofHours(2));
        Linkspan second = world.process();

        assertEquals(Phase.IN_DOUBT, afterMinutes(second, accepted, 1));
        assertEquals(Phase.AWAITING_DECISION, afterMinutes(second, accepted, 3));
    }

    /** The other node sees a sign of life that this one's clock calls old. */
    @Test
    void processTwentyMinutesAhead_thatHasWatchedLong_readsOnAfterASign() {
        FakeWorld slow = new FakeWorld(true).posting(inner -> new FakePosting(inner, Way.SLOW));
        AtomicBoolean blind = new AtomicBoolean();
        HttpTransport way = call -> blind.get() && call.operation().equals("fake.status")
                ? new HttpResult.Lost("no answer")
                : slow.platform().exchange(call);
        InstantSource clock = () -> slow.now().plus(Duration.ofMinutes(20));
        Linkspan ahead = slow.process(builder -> builder.clock(clock).node("ahead"), way);
        Publication accepted = ahead.publisher().submit(FakeWorld.OWNER, "first", FakeWorld.post(slow.connect(ahead)));
        for (int round = 0; round < 30; round++) {
            ahead.worker().runDue();
            slow.advance(HALF_A_MINUTE);
        }
        slow.advance(Duration.ofMinutes(21)); // what it made due is due by the other's clock
        Linkspan right = slow.process();
        right.worker().runDue();
        slow.advance(Duration.ofSeconds(61));
        blind.set(true);

        ahead.worker().runDue();

        assertEquals(Phase.CONFIRMING, phase(ahead, accepted));
    }

    private Phase afterMinutes(Linkspan worker, Publication publication, int minutes) {
        for (int round = 0; round < 6 * minutes; round++) {
            worker.worker().runDue();
            world.advance(Duration.ofSeconds(10));
        }
        return phase(worker, publication);
    }

    @Test
    void renewal_isTriedAgainWithinMinutes() {
        Linkspan right = world.process();
        ConnectionId connection = world.connect(right);
        world.advance(Duration.ofHours(3));
        dies(() -> off(6, "fake.refresh").connections().withAccessToken(FakeWorld.OWNER, connection, Secret::reveal));

        Instant start = world.now();
        boolean usable = false;
        while (!usable && world.now().isBefore(start.plus(Duration.ofMinutes(10)))) {
            try {
                usable = right.connections().withAccessToken(FakeWorld.OWNER, connection, Secret::reveal) != null;
            } catch (LinkspanException e) {
                world.advance(HALF_A_MINUTE);
            }
        }

        assertTrue(usable, "blocked for " + Duration.between(start, world.now()));
    }

    private void works(Linkspan linkspan, Duration time) {
        Instant end = world.now().plus(time);
        while (world.now().isBefore(end)) {
            linkspan.worker().runDue();
            world.advance(HALF_A_MINUTE);
        }
    }

    @Test
    void jobThatWasBeingSent_isReadWithinMinutes() {
        Linkspan right = world.process();
        ConnectionId connection = world.connect(right);
        Linkspan off = off(6, "fake.commit");
        Publication sent = off.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(connection));
        dies(() -> {
            for (int round = 0; round < 20; round++) {
                off.worker().runDue();
            }
        });
        assertEquals(Phase.COMMITTING, phase(right, sent));

        works(right, Duration.ofMinutes(30));

        assertEquals(Phase.AWAITING_DECISION, phase(right, sent)); // nothing tells whether it left
    }

    @Test
    void jobThatWaits_isWorkedOnWithinMinutes() {
        Linkspan right = world.process();
        ConnectionId connection = world.connect(right);
        Linkspan off = off(6, "never");
        Publication waiting = off.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(connection));

        works(right, Duration.ofMinutes(15)); // it was accepted, and is due in six hours

        assertEquals(Phase.PUBLISHED, phase(right, waiting));
    }

    /** More are scheduled before it than one read shows. */
    @Test
    void jobThatWaitsBehindManyScheduledOnes_isWorkedOnWithinMinutes() {
        Linkspan right = world.process();
        ConnectionId connection = world.connect(right);
        Instant at = world.now().plus(Duration.ofHours(3));
        right.publisher()
                .submit(FakeWorld.OWNER, "scheduled", FakeWorld.post(connection).notBefore(at));
        JobStore jobs = world.stores().jobs();
        StoredRecord scheduled = jobs.due(RecordKind.JOB, at, 1).get(0);
        for (int i = 0; i < 1_500; i++) {
            jobs.insert(StoredRecord.builder(scheduled.tenant(), RecordKind.JOB, "job-" + i)
                    .lookup(scheduled.lookup().orElseThrow())
                    .status(scheduled.status())
                    .dueAt(at)
                    .payload(scheduled.payload())
                    .build());
        }
        Publication waiting = off(6, "never").publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(connection));

        works(right, Duration.ofMinutes(15));

        assertEquals(Phase.PUBLISHED, phase(right, waiting));
    }

    @Test
    void scheduledPost_isNotWokenEarly() {
        Linkspan right = world.process();
        ConnectionId connection = world.connect(right);
        Instant at = world.now().plus(Duration.ofHours(8));
        Publication scheduled = off(6, "never")
                .publisher()
                .submit(FakeWorld.OWNER, "k", FakeWorld.post(connection).notBefore(at));

        works(right, Duration.ofHours(1));

        assertEquals(Phase.ACCEPTED, phase(right, scheduled));
        assertEquals(
                Optional.of(at),
                right.publisher()
                        .find(FakeWorld.OWNER, scheduled.id())
                        .orElseThrow()
                        .jobs()
                        .get(0)
                        .nextLook());
    }

    @Test
    void revocation_isTriedAgainWithinMinutes() {
        Linkspan right = world.process();
        ConnectionId connection = world.connect(right);
        dies(() -> off(6, "fake.revoke")
                .connections()
                .disconnect(FakeWorld.OWNER, connection, Disconnect.everywhere("no longer wanted")));

        works(right, Duration.ofMinutes(20));

        assertTrue(world.platform().calls("fake.revoke") > 0, "the grant lives");
    }

    @Test
    void answeredConnect_becomesAConnectionWithinMinutes() {
        Linkspan right = world.process();
        dies(() -> world.connect(off(6, "fake.me")));
        assertEquals(0, right.connections().list(FakeWorld.OWNER).size());

        works(right, Duration.ofMinutes(40));

        assertEquals(1, right.connections().list(FakeWorld.OWNER).size());
    }
}
