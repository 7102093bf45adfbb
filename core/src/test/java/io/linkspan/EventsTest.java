package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.event.LinkspanEvent.ConnectionChanged;
import io.linkspan.event.LinkspanEvent.ConnectionFailed;
import io.linkspan.event.LinkspanEvent.JobMoved;
import io.linkspan.fake.Crashes;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is stored is told: after the write, at least once, in order, whatever crashes, throws or blocks. */
class EventsTest {
    private final List<LinkspanEvent> heard = new CopyOnWriteArrayList<>();
    private final FakeWorld world =
            new FakeWorld(true).with(builder -> builder.addListener(heard::add).listenerExecutor(Runnable::run));

    private List<LinkspanEvent.Durable> durable(String subject) {
        return heard.stream()
                .filter(LinkspanEvent.Durable.class::isInstance)
                .map(LinkspanEvent.Durable.class::cast)
                .filter(event -> event.subject().equals(subject))
                .toList();
    }

    private List<Long> sequences(String subject) {
        return durable(subject).stream().map(LinkspanEvent.Durable::sequence).toList();
    }

    private StoredRecord record(ConnectionId id) {
        return world.stores()
                .tokens()
                .find(FakeWorld.OWNER.tenant(), RecordKind.CONNECTION, id.value())
                .orElseThrow();
    }

    /** Every line of the history was heard, and whatever is heard for the first time comes in order. */
    private void assertToldInOrder(Linkspan linkspan, ConnectionId id, String where) {
        List<Long> history = linkspan.connections().history(FakeWorld.OWNER, id).stream()
                .map(HistoryEntry::sequence)
                .toList();
        List<Long> firstTime = sequences(id.value()).stream().distinct().toList();
        assertEquals(history, firstTime, where);
    }

    @Test
    void change_isToldOnceWithOwnerAccountAndWords() {
        ConnectionId id = world.connect(world.process());

        ConnectionChanged event = (ConnectionChanged) heard.get(0);
        assertEquals(FakeWorld.OWNER, event.owner());
        assertEquals(id, event.connection());
        assertEquals("connected", event.action());
        assertEquals("person", event.actor());
        assertEquals(1, event.sequence());
        assertFalse(event.account().isBlank());
        assertEquals(1, heard.size());
    }

    @Test
    void change_isNotedAsToldByTheNextWrite_andCostsOneWakeUpOtherwise() {
        Linkspan linkspan = world.process();
        ConnectionId id = world.connect(linkspan);
        linkspan.worker().runDue(); // the first look writes, and notes on the way
        long version = record(id).version();

        world.advance(Duration.ofMinutes(2));
        linkspan.worker().runDue();

        assertEquals(version, record(id).version(), "nothing was left to tell");
        assertEquals(List.of(1L), sequences(id.value()));
    }

    @Test
    void wakeUpForTelling_asksThePlatformNothing() {
        Linkspan linkspan = world.process();
        ConnectionId id = world.connect(linkspan);
        linkspan.worker().runDue();
        linkspan.connections().confirmProfileLinkRemoved(FakeWorld.OWNER, id, "mira");
        int calls = world.platform().calls("fake.me") + world.platform().calls("fake.refresh");

        world.advance(Duration.ofMinutes(2));
        linkspan.worker().runDue();

        assertEquals(calls, world.platform().calls("fake.me") + world.platform().calls("fake.refresh"));
        assertTrue(record(id).dueAt().orElseThrow().isAfter(Instant.parse("2026-11-21T10:30:00Z")), "renewal is next");
        assertEquals(2, sequences(id.value()).size());
    }

    @Test
    void crash_atEachPointOfConnectAndDisconnect_losesNoEventAndKeepsTheOrder() {
        int lost = 0;
        for (int point = 0; point < 60; point++) {
            heard.clear();
            FakeWorld fresh = new FakeWorld(true)
                    .with(builder -> builder.addListener(heard::add).listenerExecutor(Runnable::run));
            ConnectionId id = fresh.connect(fresh.process());
            fresh.process().worker().runDue();
            try {
                fresh.process(new Crashes(point))
                        .connections()
                        .disconnect(FakeWorld.OWNER, id, io.linkspan.connection.Disconnect.everywhere("left"));
            } catch (Crashes.Crash e) {
                lost++;
            }
            Linkspan next = fresh.process();
            for (int round = 0; round < 5; round++) {
                fresh.advance(Duration.ofMinutes(2));
                next.worker().runDue();
            }
            assertToldInOrder(next, id, "point " + point);
        }
        assertTrue(lost > 15, "crashes: " + lost);
    }

    @Test
    void crash_betweenTheWriteAndTheTelling_isMadeGoodByAnotherProcess() {
        Linkspan first = world.process();
        ConnectionId id = world.connect(first);
        first.worker().runDue();
        heard.clear();
        // 0 the change, 1 its line in the history; the process ends before anybody is told
        Linkspan dying = world.process(new Crashes(2));
        assertThrows(
                Crashes.Crash.class, () -> dying.connections().confirmProfileLinkRemoved(FakeWorld.OWNER, id, "mira"));
        assertEquals(List.of(), heard);

        world.advance(Duration.ofMinutes(2));
        world.process().worker().runDue();

        assertEquals(List.of(2L), sequences(id.value()));
    }

    @Test
    void write_thatFailed_isNotTold() {
        Linkspan first = world.process();
        ConnectionId id = world.connect(first);
        first.worker().runDue();
        heard.clear();
        Linkspan dying = world.process(new Crashes(0)); // before the write

        assertThrows(
                Crashes.Crash.class, () -> dying.connections().confirmProfileLinkRemoved(FakeWorld.OWNER, id, "mira"));
        world.advance(Duration.ofMinutes(2));
        world.process().worker().runDue();

        assertEquals(List.of(), durable(id.value()));
    }

    @Test
    void refusedRenewal_namesOperationCauseClassCodeAndWhoCanAct() {
        Linkspan linkspan = world.process();
        ConnectionId id = world.connect(linkspan);
        linkspan.worker().runDue();
        world.platform().removeApp();
        world.advance(Duration.ofHours(3));

        assertThrows(
                AuthorizationException.class,
                () -> linkspan.connections().withAccessToken(FakeWorld.OWNER, id, Secret::reveal));

        ConnectionFailed event = (ConnectionFailed) heard.get(heard.size() - 1);
        assertEquals("reauthorization_required", event.action());
        assertEquals("fake.refresh", event.cause().operation());
        assertEquals(CauseClass.AUTHORIZATION, event.cause().causeClass());
        assertEquals("invalid_grant", event.cause().code());
        assertEquals(Actor.PERSON, event.cause().actor());
        assertEquals(event.cause(), event.failure().orElseThrow());
    }

    @Test
    void throwingListener_harmsNeitherTheOthersNorTheWork() {
        world.with(builder -> builder.listenerExecutor(Runnable::run)
                .addListener(event -> {
                    throw new AssertionError("listener");
                })
                .addListener(heard::add));
        Linkspan linkspan = world.process();

        ConnectionId id = world.connect(linkspan);

        assertEquals(List.of(1L), sequences(id.value()));
        linkspan.worker().runDue();
        world.advance(Duration.ofMinutes(2));
        linkspan.worker().runDue();
        assertEquals(List.of(1L), sequences(id.value()), "who throws has heard");
    }

    @Test
    void blockingListener_delaysOnlyItself_andHearsAllInOrderAtLast() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        List<Long> slow = new CopyOnWriteArrayList<>();
        int changes = 1_300; // more than its queue holds
        CountDownLatch quickHeardAll = new CountDownLatch(changes);
        world.with(builder -> builder.addListener(event -> {
                    try {
                        open.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    slow.add(((LinkspanEvent.Durable) event).sequence());
                })
                .addListener(event -> quickHeardAll.countDown()));
        try (Linkspan linkspan = world.process()) {
            ConnectionId id = world.connect(linkspan);
            for (int i = 1; i < changes; i++) {
                linkspan.connections().confirmProfileLinkRemoved(FakeWorld.OWNER, id, "mira");
            }
            assertTrue(quickHeardAll.await(60, TimeUnit.SECONDS), "left: " + quickHeardAll.getCount());
            assertEquals(List.of(), slow);

            open.countDown();
            long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (slow.stream().distinct().count() < changes && System.nanoTime() < giveUp) {
                world.advance(Duration.ofMinutes(2));
                linkspan.worker().runDue();
                Thread.onSpinWait();
            }
            List<Long> inOrder = slow.stream().distinct().toList();
            assertEquals(LongStream.rangeClosed(1, inOrder.size()).boxed().toList(), inOrder);
        }
    }

    private Map<String, List<JobMoved>> moves() {
        Map<String, List<JobMoved>> byJob = new HashMap<>();
        for (LinkspanEvent event : heard) {
            if (event instanceof JobMoved moved) {
                byJob.computeIfAbsent(moved.job(), job -> new ArrayList<>()).add(moved);
            }
        }
        return byJob;
    }

    private static Publication publish(FakeWorld world, Linkspan linkspan, ConnectionId id, int rounds) {
        Publication publication = linkspan.publisher().submit(FakeWorld.OWNER, "post-1", FakeWorld.post(id));
        for (int round = 0; round < rounds; round++) {
            linkspan.worker().runDue();
            world.advance(round < 30 ? Duration.ofMinutes(1) : Duration.ofHours(1));
        }
        return linkspan.publisher().find(FakeWorld.OWNER, publication.id()).orElseThrow();
    }

    @Test
    void job_tellsEachMoveOnce_upToTheEnd() {
        Linkspan linkspan = world.process();
        ConnectionId id = world.connect(linkspan);

        Publication done = publish(world, linkspan, id, 10);

        assertTrue(done.settled(), () -> done.explain().toText());
        List<JobMoved> moves = moves().values().iterator().next();
        assertEquals(moves.stream().map(JobMoved::sequence).distinct().toList().size(), moves.size());
        PublishState.Phase last = moves.get(0).from().phase();
        assertEquals(PublishState.Phase.ACCEPTED, last);
        for (JobMoved move : moves) {
            assertEquals(last, move.from().phase());
            last = move.to().phase();
        }
        assertEquals(PublishState.Phase.PUBLISHED, last);
        assertEquals(null, done.jobs().get(0).nextLook().orElse(null));
    }

    @Test
    void job_crashedAtEachPoint_tellsItsEndAndKeepsTheOrder() {
        for (int point = 0; point < 70; point++) {
            heard.clear();
            FakeWorld fresh = new FakeWorld(true)
                    .with(builder -> builder.addListener(heard::add).listenerExecutor(Runnable::run));
            ConnectionId id = fresh.connect(fresh.process());
            try {
                publish(fresh, fresh.process(new Crashes(point)), id, 8);
            } catch (Crashes.Crash e) {
                // as meant
            }
            Publication done = publish(fresh, fresh.process(), id, 60);

            assertTrue(done.settled(), () -> done.explain().toText());
            List<JobMoved> moves = moves().get(done.jobs().get(0).id());
            assertNotNull(moves, "point " + point);
            List<Long> firstTime =
                    moves.stream().map(JobMoved::sequence).distinct().toList();
            assertEquals(firstTime.stream().sorted().toList(), firstTime, "point " + point);
            assertEquals(
                    PublishState.Phase.PUBLISHED,
                    moves.get(moves.size() - 1).to().phase(),
                    "point " + point);
        }
    }
}
