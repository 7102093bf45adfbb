package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.fake.Crashes;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Started workers take jobs from one queue: in batches where the store hands them out. */
class WorkerQueueTest {
    private static final int POSTS = 24;
    private static final long PATIENCE = 60;

    private final FakeWorld world = new FakeWorld();
    private final List<StoredRecord> claimed = Collections.synchronizedList(new ArrayList<>());
    private final List<StoredRecord> written = Collections.synchronizedList(new ArrayList<>());
    private final List<String> leftAlone = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final CountDownLatch published = new CountDownLatch(POSTS);

    /** The world's job store with some of its abilities, watched. */
    private JobStore store(BiFunction<Method, Object, Object> change, Class<?>... abilities) {
        return (JobStore) Proxy.newProxyInstance(getClass().getClassLoader(), abilities, (proxy, method, arguments) -> {
            if (method.getName().equals("replace")) {
                written.add((StoredRecord) arguments[0]);
            }
            try {
                return change.apply(method, method.invoke(world.stores().jobs(), arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private JobStore handingOut() {
        return store(
                (method, result) -> {
                    if (method.getName().equals("claim")) {
                        ((List<?>) result).forEach(record -> claimed.add((StoredRecord) record));
                    }
                    return result;
                },
                JobStore.class,
                ClaimingStore.class);
    }

    private JobStore plain() {
        return store((method, result) -> result, JobStore.class);
    }

    private Linkspan process(JobStore store, int threads, HttpTransport way) {
        return world.process(
                builder -> builder.jobStore(store)
                        .workerThreads(threads)
                        .pollPause(Duration.ofMillis(10))
                        .addListener(event -> {
                            if (event instanceof LinkspanEvent.JobMoved moved
                                    && moved.to().phase() == Phase.PUBLISHED
                                    && seen.add(moved.job())) { // its id and address may be told after it
                                published.countDown();
                            }
                        }),
                way);
    }

    /** One post to each of so many accounts, of two tenants in turn. */
    private List<String> submit(int posts) {
        return submit(posts, 2);
    }

    private List<String> submit(int posts, int tenants) {
        Linkspan linkspan = world.process();
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < posts; i++) {
            Owner owner = Owner.of("tenant-" + i % tenants, "user");
            ConnectionId connection = world.connect(linkspan, owner, "account-" + (i + 2));
            jobs.add(linkspan.publisher()
                    .submit(owner, "key-" + i, FakeWorld.post(connection))
                    .jobs()
                    .get(0)
                    .id());
        }
        return jobs;
    }

    private void allArePublished() throws InterruptedException {
        assertTrue(published.await(PATIENCE, TimeUnit.SECONDS), () -> "jobs left: " + published.getCount());
        assertEquals(POSTS, world.platform().posts());
        assertEquals(POSTS, world.platform().calls("fake.commit"));
    }

    @Test
    void storeThatHandsOut_givesEachJobToOneOfTheWorkers() throws InterruptedException {
        submit(POSTS);

        try (Linkspan one = process(handingOut(), 3, world.platform());
                Linkspan two = process(handingOut(), 3, world.platform())) {
            one.worker().start();
            two.worker().start();
            allArePublished();
        }
        long jobs = claimed.stream().map(StoredRecord::id).distinct().count();
        assertEquals(POSTS, jobs);
        assertEquals(POSTS, claimed.size(), "no job was handed out twice");
    }

    @Test
    void plainStore_givesEachJobToTheFirstWorker() throws InterruptedException {
        submit(POSTS);

        try (Linkspan one = process(plain(), 3, world.platform());
                Linkspan two = process(plain(), 3, world.platform())) {
            one.worker().start();
            two.worker().start();
            allArePublished();
        }
        assertEquals(List.of(), claimed);
    }

    @Test
    void storeWithAnotherTime_isNotAskedToHandOut() throws InterruptedException {
        submit(POSTS);
        JobStore store = store(
                (method, result) -> switch (method.getName()) {
                    case "now" -> world.now().plusSeconds(3_600);
                    case "claim" -> throw new IllegalStateException("its leases end an hour later than they seem to");
                    default -> result;
                },
                JobStore.class,
                ClaimingStore.class);

        try (Linkspan linkspan = process(store, 3, world.platform())) {
            linkspan.worker().start();
            allArePublished();
        }
    }

    @Test
    void lease_isMeasuredByTheStoresClock() throws InterruptedException {
        submit(POSTS);
        Duration ahead = Duration.ofMillis(700);
        Instant storeTime = world.now().plus(ahead);
        JobStore store = store(
                (method, result) -> switch (method.getName()) {
                    case "now" -> storeTime;
                    case "claim" -> later((List<?>) result, ahead);
                    default -> result;
                },
                JobStore.class,
                ClaimingStore.class);

        try (Linkspan linkspan = process(store, 3, world.platform())) {
            linkspan.worker().start();
            allArePublished();
        }
        List<Instant> leases = written.stream()
                .filter(record ->
                        record.kind() == RecordKind.JOB && record.status().equals("committing"))
                .map(record -> record.dueAt().orElseThrow())
                .distinct()
                .toList();
        assertEquals(List.of(storeTime.plusSeconds(30)), leases);
    }

    /** What a store would have handed out whose clock is so far ahead. */
    private static List<StoredRecord> later(List<?> records, Duration ahead) {
        return records.stream()
                .map(StoredRecord.class::cast)
                .map(record -> record.next()
                        .version(record.version())
                        .dueAt(record.dueAt().orElseThrow().plus(ahead))
                        .build())
                .toList();
    }

    /** Its worker was killed between the stored intent and the answer, and a thousand jobs have waited longer. */
    @Test
    void jobAtThePointOfNoReturn_isTakenOverBeforeOlderWork() {
        FakeWorld left = null;
        for (int point = 0; left == null; point++) {
            FakeWorld tried = new FakeWorld();
            ConnectionId connection = tried.connect(tried.process());
            tried.process().publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(connection));
            Linkspan killed = tried.process(new Crashes(point));
            assertThrows(Crashes.Crash.class, () -> {
                while (true) {
                    killed.worker().runDue();
                }
            });
            left = tried.platform().calls("fake.commit") == 1 && status(tried).equals("committing") ? tried : null;
        }
        for (int i = 0; i < 1_000; i++) { // nobody can read them, so they stay
            left.stores()
                    .jobs()
                    .insert(StoredRecord.builder(new TenantId("other"), RecordKind.JOB, "older-" + i)
                            .status("accepted")
                            .dueAt(left.now().minusSeconds(600))
                            .payload("{".getBytes(StandardCharsets.UTF_8))
                            .build());
        }
        left.advance(Duration.ofSeconds(31));

        left.process().worker().runDue();

        assertEquals("published", status(left));
        assertEquals(1, left.platform().calls("fake.commit"));
    }

    private static String status(FakeWorld world) {
        return world.stores()
                .jobs()
                .page(FakeWorld.OWNER.tenant(), RecordKind.JOB, FakeWorld.OWNER.user(), "", 10)
                .get(0)
                .status();
    }

    @Test
    void jobThatCannotBeRead_holdsUpNoOther() throws InterruptedException {
        world.stores()
                .jobs()
                .insert(StoredRecord.builder(new TenantId("tenant-0"), RecordKind.JOB, "broken")
                        .status("accepted")
                        .dueAt(world.now().minusSeconds(60))
                        .payload("{".getBytes(StandardCharsets.UTF_8))
                        .build());
        submit(POSTS);

        try (Linkspan linkspan = process(handingOut(), 2, world.platform())) {
            linkspan.worker().start();
            allArePublished();
        }
    }

    @Test
    void close_endsTheRunningStepAndGivesBackWhatWaits() throws InterruptedException {
        List<String> jobs = submit(2, 1);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        HttpTransport way = call -> {
            if (call.operation().equals("fake.create")) {
                leftAlone.add(call.operation());
                running.countDown();
                await(goOn);
            }
            return world.platform().exchange(call);
        };
        Linkspan linkspan = process(handingOut(), 1, way);
        linkspan.worker().start();
        await(running);
        Thread closing = new Thread(linkspan::close);
        closing.start();
        while (world.stores().jobs().page(new TenantId("linkspan.fleet"), RecordKind.WORKER, "worker", "", 10).stream()
                .noneMatch(record -> record.status().equals("stopping"))) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        closing.join(TimeUnit.SECONDS.toMillis(PATIENCE));

        assertFalse(closing.isAlive());
        assertEquals(2, claimed.size(), "one ran, one waited for the thread");
        assertEquals(1, leftAlone.size(), "the other one was not begun");
        for (int i = 0; i < 2; i++) {
            StoredRecord job = world.stores()
                    .jobs()
                    .find(new TenantId("tenant-0"), RecordKind.JOB, jobs.get(i))
                    .orElseThrow();
            assertFalse(job.dueAt().orElseThrow().isAfter(world.now()), () -> "still held: " + job);
        }
        assertEquals(0, world.platform().calls("fake.commit"));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(PATIENCE, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
