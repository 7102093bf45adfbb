package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Disconnect;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakePosting.Way;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.JobFaults;
import io.linkspan.publish.Decision;
import io.linkspan.publish.Post;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpResult;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A worker that stands still between the durable intent of a commit and the commit: in its own code, or inside the transport while it
 * connects. What wakes up late stays here, and says so.
 */
class PublishStallTest {
    private static final Duration LONG = Duration.ofMinutes(20);

    /** Where the worker stands still. */
    enum Place {
        AFTER_THE_INTENT,
        IN_THE_TRANSPORT
    }

    private Way way = Way.CONTAINER;
    private long nanos;
    private final FakeWorld world = new FakeWorld(true).posting(inner -> new FakePosting(inner, way));
    private final ConnectionId connection = world.connect(world.process());
    private final AtomicReference<Runnable> stall = new AtomicReference<>(() -> {});

    private Linkspan stalling(Place place) {
        JobFaults jobs = new JobFaults(world.stores().jobs(), "committing");
        if (place == Place.AFTER_THE_INTENT) {
            jobs.after(() -> stall.get().run());
        }
        return world.process(
                builder -> builder.jobStore(jobs).mediaHost(world.media()).ticker(() -> nanos), call -> {
                    if (place == Place.IN_THE_TRANSPORT && call.callClass() == CallClass.COMMIT) {
                        stall.getAndSet(() -> {}).run();
                        if (!call.permitted()) {
                            return new HttpResult.NotSent("not permitted any more");
                        }
                    }
                    return world.platform().exchange(call);
                });
    }

    private Linkspan other() {
        return world.process(builder -> builder.mediaHost(world.media()), world.platform());
    }

    private Publication submit(Linkspan linkspan, Post post) {
        return linkspan.publisher().submit(FakeWorld.OWNER, "k", post);
    }

    private PublishJob job(Linkspan linkspan, Publication publication) {
        return linkspan.publisher()
                .find(FakeWorld.OWNER, publication.id())
                .orElseThrow()
                .jobs()
                .get(0);
    }

    /** The other worker takes over, a person decides, and what follows is done. */
    private void decided(Publication submitted, Decision decision) {
        Linkspan other = other();
        world.advance(Duration.ofMinutes(2));
        for (int i = 0; i < 14; i++) {
            other.worker().runDue();
            world.advance(Duration.ofMinutes(1));
        }
        PublishJob job = job(other, submitted);
        if (way == Way.PULL) { // an address that was never asked for needs no person
            assertEquals(Phase.PUBLISHED, job.state().phase(), job.state()::describe);
        } else {
            assertEquals(Phase.AWAITING_DECISION, job.state().phase(), job.state()::describe);
            other.publisher().decide(FakeWorld.OWNER, submitted.id(), job.id(), decision, "mira");
        }
        world.work(other, submitted, 6, Duration.ofSeconds(30));
        nanos += LONG.toNanos();
    }

    private int appearances() {
        world.platform().finish();
        return world.platform().posts() + world.platform().drafts();
    }

    @ParameterizedTest
    @CsvSource({
        "CONTAINER, AFTER_THE_INTENT",
        "CONTAINER, IN_THE_TRANSPORT",
        "SLOW, AFTER_THE_INTENT",
        "SLOW, IN_THE_TRANSPORT",
        "DRAFT, AFTER_THE_INTENT",
        "PULL, AFTER_THE_INTENT",
        "PULL, IN_THE_TRANSPORT"
    })
    void commit_afterAnotherWorkerPostedOnAPersonsWord_staysHere(Way how, Place place) {
        way = how;
        Linkspan stalling = stalling(place);
        Publication submitted = submit(stalling, FakeWorld.post(connection));
        stall.set(() -> decided(submitted, Decision.TRY_AGAIN));

        stalling.worker().runDue();
        world.settle(other(), submitted);

        assertEquals(1, appearances());
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void commit_afterItsLatestMoment_staysHereAndExpires(Place place) {
        Linkspan stalling = stalling(place);
        Instant notAfter = world.now().plus(Duration.ofMinutes(5));
        Publication submitted = submit(stalling, FakeWorld.post(connection).notAfter(notAfter));
        stall.set(() -> world.advance(LONG));

        stalling.worker().runDue();

        assertEquals(0, appearances());
        assertEquals(
                Phase.EXPIRED,
                world.settle(stalling, submitted).jobs().get(0).state().phase());
        assertEquals(0, appearances());
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void commit_lateOnlyByTheMonotonicClock_staysHere(Place place) {
        Linkspan stalling = stalling(place);
        Publication submitted =
                submit(stalling, FakeWorld.post(connection).notAfter(world.now().plus(Duration.ofMinutes(5))));
        stall.set(() -> nanos += LONG.toNanos());

        stalling.worker().runDue();

        assertEquals(0, appearances());
        assertTrue(job(stalling, submitted).evidence().stream()
                .anyMatch(seen -> seen.detail().contains("nothing was sent")));
    }

    @ParameterizedTest
    @CsvSource({"AFTER_THE_INTENT, 12", "AFTER_THE_INTENT, 1200", "IN_THE_TRANSPORT, 12", "IN_THE_TRANSPORT, 1200"})
    void commit_cancelledMeanwhile_staysHere(Place place, long seconds) {
        Linkspan stalling = stalling(place);
        Publication submitted = submit(stalling, FakeWorld.post(connection));
        stall.set(() -> {
            other().publisher().cancel(FakeWorld.OWNER, submitted.id(), "a typo");
            world.advance(Duration.ofSeconds(seconds));
        });

        stalling.worker().runDue();

        assertEquals(
                Phase.CANCELLED,
                world.settle(stalling, submitted).jobs().get(0).state().phase());
        assertEquals(0, appearances());
    }

    @ParameterizedTest
    @CsvSource({"AFTER_THE_INTENT, 12", "AFTER_THE_INTENT, 1200", "IN_THE_TRANSPORT, 12", "IN_THE_TRANSPORT, 1200"})
    void commit_disconnectedMeanwhile_staysHere(Place place, long seconds) {
        Linkspan stalling = stalling(place);
        Publication submitted = submit(stalling, FakeWorld.post(connection));
        stall.set(() -> {
            other().connections().disconnect(FakeWorld.OWNER, connection, Disconnect.everywhere("no longer wanted"));
            world.advance(Duration.ofSeconds(seconds));
        });

        stalling.worker().runDue();

        assertEquals(
                Phase.CANCELLED,
                world.settle(stalling, submitted).jobs().get(0).state().phase());
        assertEquals(0, appearances());
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void commit_afterAPauseThatNobodyUsed_isSentAgainWithoutADecision(Place place) {
        Linkspan stalling = stalling(place);
        Publication submitted = submit(stalling, FakeWorld.post(connection));
        stall.set(() -> nanos += LONG.toNanos());

        stalling.worker().runDue();
        Publication after = world.work(stalling, submitted, 10, Duration.ofSeconds(30));

        assertEquals(Phase.PUBLISHED, after.jobs().get(0).state().phase(), after.explain()::toText);
        assertEquals(1, appearances());
    }
}
