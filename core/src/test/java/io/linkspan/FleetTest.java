package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Fleet;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.RecordKind;
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
        assertTrue(fleet.describe().contains("accepted: 2 open, 2 due since " + first), fleet::describe);
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
}
