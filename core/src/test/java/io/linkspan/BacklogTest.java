package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.Quota;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One account with far more posts than its platform takes costs the others one batch at most. */
class BacklogTest {
    private static final int OTHERS = 20;

    private final FakeWorld world = new FakeWorld().posting(inner -> {
        FakePosting made = new FakePosting(inner, FakePosting.Way.CONTAINER);
        made.quotas =
                List.of(Quota.each("fake.hourly", Quota.Scope.CONNECTION, 1, Duration.ofHours(1), Quota.Step.PREPARE));
        return made;
    });
    private final List<Publication> others = new ArrayList<>();
    private final List<String> backlog = new ArrayList<>();
    private final AtomicInteger backlogClaims = new AtomicInteger();
    private ConnectionId blocked = new ConnectionId("0".repeat(32));

    /** How many posts wait for one account; more than a store shows in one read. */
    int backlog() {
        return 2_500;
    }

    @BeforeEach
    void submit() {
        Linkspan linkspan = world.process();
        blocked = world.connect(linkspan, FakeWorld.OWNER, "blocked");
        for (int i = 0; i < backlog(); i++) {
            backlog.add(linkspan.publisher()
                    .submit(FakeWorld.OWNER, "backlog-" + i, FakeWorld.post(blocked))
                    .jobs()
                    .get(0)
                    .id());
            world.advance(Duration.ofMillis(1)); // jobs of one millisecond have no order
        }
        for (int i = 0; i < OTHERS; i++) {
            ConnectionId other = world.connect(linkspan, FakeWorld.OWNER, "account-" + i);
            others.add(linkspan.publisher().submit(FakeWorld.OWNER, "other-" + i, FakeWorld.post(other)));
        }
    }

    private JobStore watched(Class<?>... abilities) {
        return (JobStore) Proxy.newProxyInstance(getClass().getClassLoader(), abilities, (proxy, method, arguments) -> {
            try {
                Object result = method.invoke(world.stores().jobs(), arguments);
                if (method.getName().equals("claim")) {
                    ((List<?>) result)
                            .stream()
                                    .map(StoredRecord.class::cast)
                                    .filter(record -> record.lookup().orElse("").equals(blocked.value()))
                                    .forEach(record -> backlogClaims.incrementAndGet());
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private long published(Linkspan linkspan) {
        return others.stream()
                .map(other -> linkspan.publisher()
                        .find(FakeWorld.OWNER, other.id())
                        .orElseThrow()
                        .jobs()
                        .get(0)
                        .state()
                        .phase())
                .filter(phase -> phase == Phase.PUBLISHED)
                .count();
    }

    @Test
    void storeThatHandsOut_othersAreServedWithinAFewClaims() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(OTHERS);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Set<String> wanted = Set.copyOf(
                others.stream().map(other -> other.jobs().get(0).id()).toList());
        AtomicInteger atTheEnd = new AtomicInteger();
        try (Linkspan linkspan = world.process(
                builder -> builder.jobStore(watched(JobStore.class, ClaimingStore.class))
                        .workerThreads(1)
                        .pollPause(Duration.ofMillis(10))
                        .addListener(event -> {
                            if (event instanceof LinkspanEvent.JobMoved moved
                                    && moved.to().phase() == Phase.PUBLISHED
                                    && wanted.contains(moved.job())
                                    && seen.add(moved.job())) {
                                atTheEnd.set(backlogClaims.get());
                                left.countDown();
                            }
                        }),
                world.platform())) {
            linkspan.worker().start();
            assertTrue(left.await(60, TimeUnit.SECONDS), () -> "others left: " + left.getCount());
        }

        // a batch of two holds one of each, and claims two of the backlog where the rotation comes past it
        assertTrue(atTheEnd.get() <= 2 * OTHERS, () -> "jobs of the backlog claimed meanwhile: " + atTheEnd);
    }

    @Test
    void plainStore_othersAreServedInTheFirstBatch() {
        Linkspan linkspan = world.process(builder -> builder.jobStore(watched(JobStore.class)), world.platform());

        linkspan.worker().runDue();

        assertEquals(OTHERS, published(linkspan));
    }

    /** Stepping back changes no order: the posts of the account appear as they were submitted. */
    @Test
    void plainStore_backlogKeepsItsOrderAndGoesOn() {
        Linkspan linkspan = world.process(builder -> builder.jobStore(watched(JobStore.class)), world.platform());
        List<String> published = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            linkspan.worker().runDue();
            for (String id : backlog) {
                boolean is = world.stores()
                        .jobs()
                        .find(FakeWorld.OWNER.tenant(), RecordKind.JOB, id)
                        .orElseThrow()
                        .status()
                        .equals("published");
                if (is && !published.contains(id)) {
                    published.add(id);
                }
            }
            world.advance(Duration.ofMinutes(70));
        }

        assertTrue(published.size() >= 5, () -> "published: " + published.size());
        assertEquals(
                backlog.subList(0, published.size()),
                published,
                () -> "places: " + published.stream().map(backlog::indexOf).toList());
    }
}
