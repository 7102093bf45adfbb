package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.linkspan.connection.ConnectionId;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakePosting.Way;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.JobFaults;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.CallClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A job store that keeps a write and reports it as failed, or is gone when the answer to a commit comes. */
class PublishStoreFaultsTest {
    private Way way = Way.CONTAINER;
    private final FakeWorld world = new FakeWorld().posting(inner -> new FakePosting(inner, way));
    private final ConnectionId connection = world.connect(world.process());
    private final List<Phase> seen = new ArrayList<>();

    private void listen(LinkspanEvent event) {
        if (event instanceof LinkspanEvent.JobMoved moved) {
            seen.add(moved.to().phase());
        }
    }

    private Linkspan over(JobFaults jobs) {
        return world.process(
                builder -> builder.jobStore(jobs)
                        .mediaHost(world.media())
                        .listenerExecutor(Runnable::run)
                        .addListener(this::listen),
                world.platform());
    }

    private static void runDue(Linkspan linkspan) {
        try {
            linkspan.worker().runDue();
        } catch (StoreException e) {
            // the store is down
        }
    }

    static Stream<Arguments> ways() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(Arguments.of(way, 0), Arguments.of(way, 10), Arguments.of(way, 300)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void intentThatWasKeptAndReportedAsFailed_asksNobody(Way how, long downSeconds) {
        way = how;
        JobFaults jobs = new JobFaults(world.stores().jobs(), "committing").keptButFailed(downSeconds > 0);
        Linkspan linkspan = over(jobs);
        Publication submitted = linkspan.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(connection));

        runDue(linkspan);
        for (long waited = 0; waited < downSeconds; waited += 10) {
            runDue(linkspan);
            world.advance(Duration.ofSeconds(10));
        }
        jobs.end();
        assertEquals(0, world.platform().posts() + world.platform().drafts());
        world.work(linkspan, submitted, 8, Duration.ofSeconds(30));
        world.platform().finish();
        Publication after = world.settle(linkspan, submitted);

        assertEquals(
                how == Way.DRAFT ? Phase.DELIVERED : Phase.PUBLISHED,
                after.jobs().get(0).state().phase(),
                after.explain()::toText);
        assertEquals(1, world.platform().posts() + world.platform().drafts());
        assertFalse(seen.contains(Phase.AWAITING_DECISION), seen::toString);
        assertFalse(seen.contains(Phase.IN_DOUBT), seen::toString);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void answerThatNoStoreTook_isWrittenWhenItIsBack(Way how) {
        way = how;
        JobFaults jobs = new JobFaults(world.stores().jobs(), "none");
        Linkspan linkspan = world.process(
                builder -> builder.jobStore(jobs)
                        .mediaHost(world.media())
                        .listenerExecutor(Runnable::run)
                        .addListener(this::listen),
                call -> {
                    var answer = world.platform().exchange(call);
                    if (call.callClass() == CallClass.COMMIT) {
                        jobs.begin();
                    }
                    return answer;
                });
        Publication submitted = linkspan.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(connection));

        runDue(linkspan);
        world.advance(Duration.ofMinutes(2));
        runDue(linkspan);
        jobs.end();
        world.work(linkspan, submitted, 8, Duration.ofSeconds(30));
        world.platform().finish();
        Publication after = world.settle(linkspan, submitted);

        assertEquals(
                how == Way.DRAFT ? Phase.DELIVERED : Phase.PUBLISHED,
                after.jobs().get(0).state().phase(),
                after.explain()::toText);
        assertFalse(seen.contains(Phase.AWAITING_DECISION), seen::toString);
        assertEquals(1, world.platform().posts() + world.platform().drafts());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void answerThatNoStoreTook_isWrittenByTheClose(Way how) {
        way = how;
        JobFaults jobs = new JobFaults(world.stores().jobs(), "none");
        Linkspan linkspan = world.process(builder -> builder.jobStore(jobs).mediaHost(world.media()), call -> {
            var answer = world.platform().exchange(call);
            if (call.callClass() == CallClass.COMMIT) {
                jobs.begin();
            }
            return answer;
        });
        Publication submitted = linkspan.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(connection));
        runDue(linkspan);
        jobs.end();

        linkspan.close();

        Publication after = world.process()
                .publisher()
                .find(FakeWorld.OWNER, submitted.id())
                .orElseThrow();
        assertNotEquals(Phase.COMMITTING, after.jobs().get(0).state().phase(), after.explain()::toText);
    }
}
