package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Evidence;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Post;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.Quota;
import io.linkspan.spi.StoredRecord;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Limits that are known delay a job, limits that are learned are remembered. */
class PublishLimitsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicReference<FakePosting> posting = new AtomicReference<>();
    private Quota.Scope blocks = Quota.Scope.CONNECTION;
    private List<Quota> quotas = List.of();
    private final FakeWorld world = new FakeWorld().posting(inner -> {
        FakePosting made = new FakePosting(inner, FakePosting.Way.CONTAINER);
        made.quotas = quotas;
        made.blocks = blocks;
        posting.set(made);
        return made;
    });

    private final List<Publication> submitted = new ArrayList<>();

    private void submit(Linkspan linkspan, Owner owner, String key, ConnectionId to) {
        submitted.add(linkspan.publisher().submit(owner, key, FakeWorld.post(to)));
        world.advance(Duration.ofSeconds(1)); // jobs of one moment have no order
    }

    private PublishJob job(Linkspan linkspan, int index) {
        Publication publication = submitted.get(index);
        return linkspan.publisher()
                .find(publication.owner(), publication.id())
                .orElseThrow()
                .jobs()
                .get(0);
    }

    private static Evidence last(PublishJob job) {
        return job.evidence().get(job.evidence().size() - 1);
    }

    @Test
    void knownLimit_delaysWithReasonAndTime() {
        for (Quota.Step step : Quota.Step.values()) {
            submitted.clear();
            FakeWorld here = new FakeWorld().posting(inner -> {
                FakePosting made = new FakePosting(inner, FakePosting.Way.CONTAINER);
                made.quotas = List.of(Quota.each("fake.hourly", Quota.Scope.CONNECTION, 1, HOUR, step));
                return made;
            });
            Linkspan linkspan = here.process();
            ConnectionId connection = here.connect(linkspan);
            submit(linkspan, FakeWorld.OWNER, "a", connection);
            linkspan.worker().runDue();
            submit(linkspan, FakeWorld.OWNER, "b", connection);

            linkspan.worker().runDue();

            PublishJob second = job(linkspan, 1);
            assertEquals(1, here.platform().posts());
            assertEquals("fake.hourly", last(second).code());
            assertEquals("at most 1 in 1 h for this account", last(second).detail());
            assertTrue(second.nextLook().orElseThrow().isAfter(here.now().plus(HOUR.minusMinutes(1))));
            assertTrue(second.nextLook().orElseThrow().isBefore(here.now().plus(HOUR.plusMinutes(4))));
            assertEquals(
                    Phase.PUBLISHED,
                    here.work(linkspan, submitted.get(1), 80, Duration.ofMinutes(1))
                            .jobs()
                            .get(0)
                            .state()
                            .phase());
        }
    }

    @Test
    void limitOfSeveral_thatIsFull_takesNothingOfTheOthers() {
        quotas = List.of(
                Quota.each("fake.daily", Quota.Scope.CONNECTION, 2, Duration.ofDays(1), Quota.Step.PREPARE),
                Quota.each("fake.hourly", Quota.Scope.CONNECTION, 1, HOUR, Quota.Step.PREPARE));
        Linkspan linkspan = world.process();
        ConnectionId connection = world.connect(linkspan);
        submit(linkspan, FakeWorld.OWNER, "a", connection);
        submit(linkspan, FakeWorld.OWNER, "b", connection);
        linkspan.worker().runDue();
        assertEquals("fake.hourly", last(job(linkspan, 1)).code());

        world.work(linkspan, submitted.get(1), 90, Duration.ofMinutes(1));

        assertEquals(2, world.platform().posts());
    }

    @Test
    void learnedLimit_stopsTheOtherJobsOfItsConnectionWithoutARequest() {
        Linkspan linkspan = world.process();
        ConnectionId first = world.connect(linkspan, FakeWorld.OWNER, "account-1");
        ConnectionId other = world.connect(linkspan, FakeWorld.OWNER, "account-2");
        world.platform().refuses("fake.create", "limit-day");
        submit(linkspan, FakeWorld.OWNER, "a", first);
        linkspan.worker().runDue();
        int asked = world.platform().calls("fake.create");
        world.platform().refuses("fake.create", null);

        submit(linkspan, FakeWorld.OWNER, "b", first);
        submit(linkspan, FakeWorld.OWNER, "c", other);
        linkspan.worker().runDue();

        assertEquals(Phase.PREPARING, job(linkspan, 1).state().phase());
        assertEquals("fake.limit-day", last(job(linkspan, 1)).code());
        assertEquals("the platform is full", last(job(linkspan, 1)).detail());
        assertEquals(Phase.PUBLISHED, job(linkspan, 2).state().phase());
        assertEquals(asked + 1, world.platform().calls("fake.create"));
        world.advance(HOUR);
        linkspan.worker().runDue();
        assertEquals(3, world.platform().posts());
    }

    /** A process whose first count of what the app used comes at the same moment as another one's. */
    private Linkspan countingWith(CyclicBarrier others) {
        ThreadLocal<Boolean> met = ThreadLocal.withInitial(() -> false);
        JobStore store = (JobStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {JobStore.class}, (proxy, method, arguments) -> {
                    boolean counts = method.getName().equals("replace")
                            && ((StoredRecord) arguments[0]).tenant().value().equals("linkspan.apps");
                    if (counts && !met.get()) {
                        met.set(true);
                        others.await(60, TimeUnit.SECONDS);
                    }
                    return method.invoke(world.stores().jobs(), arguments);
                });
        return world.process(builder -> builder.jobStore(store), world.platform());
    }

    @Test
    void limitOfTheApp_countedByTwoProcessesAtOnce_isNotExceeded() throws InterruptedException {
        quotas = List.of(new Quota(
                "fake.app", Quota.Scope.APP, 2, Duration.ofDays(1), 1, Quota.Step.COMMIT, Quota.Counting.EACH));
        Linkspan before = world.process();
        submit(before, FakeWorld.OWNER, "a", world.connect(before, FakeWorld.OWNER, "account-1"));
        before.worker().runDue();
        submit(before, FakeWorld.OWNER, "b", world.connect(before, FakeWorld.OWNER, "account-2"));
        submit(before, FakeWorld.OWNER, "c", world.connect(before, FakeWorld.OWNER, "account-3"));
        CyclicBarrier both = new CyclicBarrier(2);
        List<Thread> processes = List.of(countingWith(both), countingWith(both)).stream()
                .map(process -> new Thread(() -> process.worker().runDue()))
                .toList();

        processes.forEach(Thread::start);
        for (Thread process : processes) {
            process.join();
        }

        assertEquals(0, both.getNumberWaiting());
        assertFalse(both.isBroken());
        assertEquals(2, world.platform().posts());
    }

    @Test
    void learnedLimitOfTheApp_stopsAllTenants() {
        blocks = Quota.Scope.APP;
        Linkspan linkspan = world.process();
        Owner stranger = Owner.of("tenant-2", "user");
        ConnectionId first = world.connect(linkspan, FakeWorld.OWNER, "account-1");
        ConnectionId other = world.connect(linkspan, stranger, "account-2");
        world.platform().refuses("fake.create", "limit-app");
        submit(linkspan, FakeWorld.OWNER, "a", first);
        linkspan.worker().runDue();
        world.platform().refuses("fake.create", null);

        submit(linkspan, stranger, "b", other);
        linkspan.worker().runDue();

        assertEquals("fake.limit-app", last(job(linkspan, 1)).code());
        assertEquals(0, world.platform().posts());
    }

    @Test
    void limitOnConnections_countsConnectionsAndNotPosts() {
        quotas = List.of(new Quota(
                "fake.users",
                Quota.Scope.APP,
                1,
                Duration.ofDays(1),
                1,
                Quota.Step.PREPARE,
                Quota.Counting.FIRST_OF_CONNECTION));
        Linkspan linkspan = world.process();
        ConnectionId first = world.connect(linkspan, FakeWorld.OWNER, "account-1");
        ConnectionId other = world.connect(linkspan, FakeWorld.OWNER, "account-2");
        submit(linkspan, FakeWorld.OWNER, "a", first);
        submit(linkspan, FakeWorld.OWNER, "b", first);
        linkspan.worker().runDue();
        assertEquals(2, world.platform().posts());
        submit(linkspan, FakeWorld.OWNER, "c", other);
        // looked at more than once while the limit is full, and every time it waits
        for (int look = 0; look < 3; look++) {
            linkspan.worker().runDue();
            assertEquals("fake.users", last(job(linkspan, 2)).code());
            world.advance(Duration.ofHours(9));
        }

        world.advance(HOUR);
        linkspan.worker().runDue();

        assertEquals(3, world.platform().posts());
    }

    @Test
    void limitOnConnections_thatIsFull_stopsEveryFurtherJobOfANewConnection() {
        quotas = List.of(new Quota(
                "fake.users",
                Quota.Scope.APP,
                1,
                Duration.ofDays(1),
                1,
                Quota.Step.PREPARE,
                Quota.Counting.FIRST_OF_CONNECTION));
        Linkspan linkspan = world.process();
        ConnectionId first = world.connect(linkspan, FakeWorld.OWNER, "account-1");
        ConnectionId other = world.connect(linkspan, FakeWorld.OWNER, "account-2");
        submit(linkspan, FakeWorld.OWNER, "a", first);
        linkspan.worker().runDue();

        submit(linkspan, FakeWorld.OWNER, "b", other);
        linkspan.worker().runDue();
        submit(linkspan, FakeWorld.OWNER, "c", other);
        linkspan.worker().runDue();

        assertEquals(1, world.platform().posts());
        assertEquals("fake.users", last(job(linkspan, 2)).code());
    }

    @Test
    void preview_showsWhatIsLeft() {
        quotas = List.of(Quota.each("fake.hourly", Quota.Scope.CONNECTION, 3, HOUR, Quota.Step.PREPARE));
        Linkspan linkspan = world.process();
        ConnectionId connection = world.connect(linkspan);
        submit(linkspan, FakeWorld.OWNER, "a", connection);
        linkspan.worker().runDue();
        world.platform().refuses("fake.create", "limit-day");
        submit(linkspan, FakeWorld.OWNER, "b", connection);
        linkspan.worker().runDue();

        Post post = FakeWorld.post(connection);
        var left = linkspan.publisher()
                .preview(FakeWorld.OWNER, post)
                .targets()
                .get(0)
                .quotas();

        assertEquals("fake.hourly", left.get(0).name());
        assertEquals(2, left.get(0).left().orElseThrow()); // what was refused is given back
        assertEquals("fake.limit-day", left.get(1).name());
        assertEquals(world.now().plus(HOUR), left.get(1).free().orElseThrow());
    }

    @Test
    void commit_refusedForALimitManyTimes_survivesItsFirstPassingError() {
        Linkspan linkspan = world.process();
        ConnectionId connection = world.connect(linkspan);
        world.platform().refuses("fake.commit", "limit-day");
        submit(linkspan, FakeWorld.OWNER, "a", connection);
        world.work(linkspan, submitted.get(0), 12, HOUR.plusMinutes(1));
        assertTrue(world.platform().calls("fake.commit") >= 10);
        world.platform().refuses("fake.commit", "busy");
        linkspan.worker().runDue();
        world.platform().refuses("fake.commit", null);

        Publication after = world.settle(linkspan, submitted.get(0));

        assertEquals(
                Phase.PUBLISHED,
                after.jobs().get(0).state().phase(),
                () -> after.explain().toText());
        assertEquals(1, world.platform().posts());
    }
}
