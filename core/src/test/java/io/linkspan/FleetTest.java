package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.fake.FakeWorld;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.WorkerDoc;
import io.linkspan.publish.Fleet;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an operator sees of all workers and of the work that waits. */
class FleetTest {
    private static final long PATIENCE = 60;

    private final FakeWorld world = new FakeWorld();

    private Linkspan worker(String node, HttpTransport way) {
        return world.process(
                builder -> builder.jobStore(world.stores().jobs())
                        .node(node)
                        .jobLease(Duration.ofSeconds(1))
                        .pollPause(Duration.ofMillis(10)),
                way);
    }

    private String submit(String key) {
        Linkspan linkspan = world.process();
        ConnectionId connection = world.connect(linkspan, FakeWorld.OWNER, "account-of-" + key);
        return linkspan.publisher()
                .submit(FakeWorld.OWNER, key, FakeWorld.post(connection))
                .jobs()
                .get(0)
                .id();
    }

    private static List<String> nodes(Fleet fleet) {
        return fleet.workers().stream().map(Fleet.Member::node).toList();
    }

    @Test
    void startedWorkers_areSeenUntilTheyAreClosed() {
        Linkspan viewer = world.process();
        assertEquals(List.of(), viewer.fleet().workers());

        try (Linkspan a = worker("a", world.platform());
                Linkspan b = worker("b", world.platform())) {
            b.worker().start();
            a.worker().start();
            Fleet fleet = viewer.fleet();
            assertEquals(List.of("a", "b"), nodes(fleet));
            assertTrue(fleet.workers().stream().allMatch(Fleet.Member::alive), fleet::describe);
            assertEquals(4, fleet.workers().get(0).threads());
            assertEquals(world.now(), fleet.workers().get(0).startedAt());
        }
        assertEquals(List.of(), viewer.fleet().workers());
    }

    @Test
    void workerThatFallsSilent_isSeenAsSilentAndAfterAnHourNoMore() {
        Linkspan viewer = world.process();
        Linkspan killed = world.process(builder -> builder.node("killed"), world.platform());
        killed.worker().start();
        Instant lastBeat = world.now();
        world.advance(Duration.ofSeconds(31)); // its next beat is ten seconds of real time away

        Fleet.Member silent = viewer.fleet().workers().get(0);
        assertFalse(silent.alive());
        assertEquals(lastBeat, silent.lastBeat());

        world.advance(Duration.ofHours(1));
        viewer.worker().runDue();
        assertEquals(List.of(), viewer.fleet().workers());
        killed.close();
    }

    @Test
    void lease_showsWhichWorkerHoldsTheJobAndHowFarItIs() throws InterruptedException {
        String job = submit("k");
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        HttpTransport way = call -> {
            if (call.operation().equals("fake.create")) {
                running.countDown();
                await(goOn);
            }
            return world.platform().exchange(call);
        };
        Linkspan viewer = world.process();
        try (Linkspan holder = worker("holder", way)) {
            holder.worker().start();
            await(running);
            Fleet fleet = viewer.fleet();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
            while (fleet.workers().get(0).leases().isEmpty() && System.nanoTime() < deadline) {
                fleet = viewer.fleet();
            }
            Fleet.Lease lease = fleet.workers().get(0).leases().get(0);
            assertEquals(job, lease.job());
            assertEquals(FakeWorld.OWNER.tenant(), lease.tenant());
            assertEquals(Phase.PREPARING, lease.phase());
            assertEquals(world.now().plusSeconds(1), lease.until());
            goOn.countDown();
        }
    }

    @Test
    void jobs_areCountedByPhaseWithTheirLag() {
        submit("first");
        world.advance(Duration.ofMinutes(5));
        submit("second");
        Instant submitted = world.now();
        world.advance(Duration.ofMinutes(2));

        Fleet fleet = world.process(builder -> builder.jobStore(world.stores().jobs()), world.platform())
                .fleet();

        Instant first = submitted.minus(Duration.ofMinutes(5));
        assertEquals(Map.of(Phase.ACCEPTED, new Fleet.Backlog(2, 2, Optional.of(first))), fleet.jobs());
        assertEquals(Duration.ofMinutes(7), fleet.lag());
        assertEquals(2, fleet.due());
        assertTrue(fleet.complete());
        assertTrue(fleet.describe().contains("accepted: 2 open, 2 due since 2026-11-21 10:0"), fleet::describe);
    }

    @Test
    void storeThatDoesNotCount_isCountedFromItsRecords() {
        submit("first");
        submit("second");
        Linkspan plain = world.process();
        assertEquals(
                Map.of(Phase.ACCEPTED, new Fleet.Backlog(2, 2, Optional.of(world.now()))),
                plain.fleet().jobs());
        assertTrue(plain.fleet().complete());
        assertEquals(
                0, world.stores().jobs().due(RecordKind.WORKER, world.now(), 10).size());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(PATIENCE, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a started worker left whose clock was six hours ahead, holding a job. */
    private void leftBehind(String job, Instant until) {
        StoredRecord stored = world.stores()
                .jobs()
                .find(FakeWorld.OWNER.tenant(), RecordKind.JOB, job)
                .orElseThrow();
        world.stores().jobs().replace(stored.next().dueAt(until).build());
        Instant beat = world.now().plus(Duration.ofHours(6));
        WorkerDoc.LeaseDoc lease = new WorkerDoc.LeaseDoc(
                FakeWorld.OWNER.tenant().value(), job, stored.lookup().orElseThrow(), "PREPARING", until);
        world.stores()
                .jobs()
                .insert(StoredRecord.builder(new TenantId("linkspan.fleet"), RecordKind.WORKER, "ahead")
                        .user("worker")
                        .dueAt(beat.plus(Duration.ofHours(1)))
                        .payload(Json.write(new WorkerDoc("ahead", beat, beat, false, 4, List.of(lease))))
                        .build());
    }

    @Test
    void workerWithAClockAhead_thatDied_isSilentAfterOneLeaseAndShownWithItsClock() {
        leftBehind(submit("a"), world.now().plus(Duration.ofHours(6)));
        Linkspan viewer = world.process(builder -> builder.jobLease(Duration.ofSeconds(30)), world.platform());

        assertTrue(viewer.fleet().workers().get(0).alive(), "it may live");
        assertTrue(viewer.fleet().describe().contains("its clock is 360 min ahead"), viewer.fleet()::describe);
        world.advance(Duration.ofSeconds(30));

        assertFalse(viewer.fleet().workers().get(0).alive());
    }

    /** A store without a clock of its own keeps the wrong clock's lease for hours; the list of workers tells whose it is. */
    @Test
    void jobsOfAWorkerWithAClockAhead_thatDied_areDoneByOthersAfterOneLease() throws InterruptedException {
        leftBehind(submit("a"), world.now().plus(Duration.ofHours(6)));
        CountDownLatch published = new CountDownLatch(1);
        try (Linkspan right = world.process(
                builder -> builder.jobStore(world.stores().jobs())
                        .jobLease(Duration.ofSeconds(1))
                        .pollPause(Duration.ofMillis(10))
                        .addListener(event -> {
                            if (event instanceof LinkspanEvent.JobMoved moved
                                    && moved.to().phase() == Phase.PUBLISHED) {
                                published.countDown();
                            }
                        }),
                world.platform())) {
            right.worker().start();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
            while (!published.await(100, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline) {
                world.advance(Duration.ofMillis(500));
            }
        }

        assertEquals(0, published.getCount());
        assertTrue(world.now().isBefore(Instant.parse("2026-11-21T12:00:00Z")), "not by waiting six hours");
    }

    @Test
    void workerWithAClockBehind_thatLives_isAliveOnceItsHeartbeatsWereSeenToCome() {
        Linkspan viewer = world.process(builder -> builder.jobLease(Duration.ofSeconds(1)), world.platform());
        try (Linkspan behind = world.process(
                builder -> builder.jobStore(world.stores().jobs())
                        .clock(() -> world.now().minus(Duration.ofHours(6)))
                        .node("behind")
                        .jobLease(Duration.ofSeconds(1)),
                world.platform())) {
            behind.worker().start();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
            boolean alive = false;
            while (!alive && System.nanoTime() < deadline) {
                alive = viewer.fleet().workers().get(0).alive();
                Thread.onSpinWait();
            }
            assertTrue(alive);
        }
    }
}
