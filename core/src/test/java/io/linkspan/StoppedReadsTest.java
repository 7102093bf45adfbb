package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.connection.Disconnect;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import io.linkspan.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A read that ended because its thread was interrupted, or because its Linkspan was closed, says nothing and is stored nowhere. */
class StoppedReadsTest {
    private final FakeWorld world = new FakeWorld(true);
    private final ConnectionId id = world.connect(world.process());

    /** How a call of ours ends it. */
    enum Stop {
        INTERRUPTED_BEFORE,
        INTERRUPTED_MEANWHILE,
        CLOSED_BEFORE,
        CLOSED_MEANWHILE;

        private HttpResult happen() {
            if (this == INTERRUPTED_BEFORE || this == INTERRUPTED_MEANWHILE) {
                Thread.currentThread().interrupt();
            }
            return switch (this) {
                case INTERRUPTED_BEFORE ->
                    new HttpResult.NotSent("the calling thread was interrupted before the request left; call again");
                case INTERRUPTED_MEANWHILE -> new HttpResult.Lost("interrupted while waiting for the answer");
                case CLOSED_BEFORE -> new HttpResult.NotSent("this Linkspan was closed; build a new one");
                case CLOSED_MEANWHILE -> new HttpResult.Lost("this Linkspan was closed; no answer was awaited");
            };
        }
    }

    @AfterEach
    void noFlagIsLeft() {
        Thread.interrupted();
    }

    private HttpTransport stoppedAt(String operation, Stop stop) {
        AtomicBoolean once = new AtomicBoolean();
        return call -> call.operation().equals(operation) && once.compareAndSet(false, true)
                ? stop.happen()
                : world.platform().exchange(call);
    }

    private byte[] stored() {
        return world.stores()
                .tokens()
                .find(FakeWorld.OWNER.tenant(), RecordKind.CONNECTION, id.value())
                .orElseThrow()
                .payload();
    }

    @ParameterizedTest
    @EnumSource
    void check_changesNoHealth(Stop stop) {
        world.process().connections().check(FakeWorld.OWNER, id);
        byte[] before = stored();
        Linkspan stopped = world.process(stoppedAt("fake.me", stop));

        assertThrows(CallInterruptedException.class, () -> stopped.connections().check(FakeWorld.OWNER, id));

        Thread.interrupted();
        assertArrayEquals(before, stored());
    }

    private void removalReported(Linkspan linkspan) {
        byte[] event = ("removed account-1 " + world.now().getEpochSecond() + " gone").getBytes(StandardCharsets.UTF_8);
        linkspan.webhooks().receive(FakeAdapter.PLATFORM, WebhookRequest.of(Map.of("x-fake", "1"), event));
    }

    /** The looks at a reported removal are few, and after the last one tokens are erased. */
    @ParameterizedTest
    @EnumSource
    void lookAtAReportedRemoval_staysDue(Stop stop) {
        Linkspan stopped = world.process(stoppedAt("fake.me", stop));

        removalReported(stopped);

        Thread.interrupted();
        assertTrue(new String(stored(), StandardCharsets.UTF_8).contains("\"looks\":0"));
    }

    @ParameterizedTest
    @EnumSource
    void lastLookAtAReportedRemoval_erasesNothing(Stop stop) {
        removalReported(world.process());
        world.advance(Duration.ofHours(25));
        Linkspan renewed = world.process();
        renewed.connections().withAccessToken(FakeWorld.OWNER, id, Secret::reveal);
        Linkspan stopped = world.process(stoppedAt("fake.me", stop));

        stopped.worker().runDue();

        Thread.interrupted();
        world.process().worker().runDue();
        assertEquals(Kind.AUTHORIZED, world.connection(world.process()).status().kind());
    }

    /** Nothing of it is used up, and the next round does the work. */
    @ParameterizedTest
    @EnumSource
    void disconnect_thatIsStopped_leavesNoClaim(Stop stop) {
        Linkspan stopped = world.process(stoppedAt("fake.me", stop));

        assertThrows(
                CallInterruptedException.class,
                () -> stopped.connections().disconnect(FakeWorld.OWNER, id, Disconnect.everywhere("asked")));

        Thread.interrupted();
        world.process().worker().runDue();
        assertEquals(1, world.platform().calls("fake.revoke"));
    }

    /** In a job: no evidence, no look, no pause. */
    @ParameterizedTest
    @EnumSource
    void job_isGivenBackAsItWas(Stop stop) {
        for (String call : new String[] {"fake.create", "fake.status"}) {
            Linkspan stopped = world.process(stoppedAt(call, stop));
            Publication submitted = stopped.publisher().submit(FakeWorld.OWNER, call + stop, FakeWorld.post(id, call));
            for (int round = 0; round < 10; round++) {
                stopped.worker().runDue();
                Thread.interrupted();
                world.advance(Duration.ofSeconds(31));
            }

            PublishJob job = world.process()
                    .publisher()
                    .find(FakeWorld.OWNER, submitted.id())
                    .orElseThrow()
                    .jobs()
                    .get(0);
            assertEquals(Phase.PUBLISHED, job.state().phase(), call);
            assertTrue(
                    job.evidence().stream()
                            .noneMatch(seen -> seen.detail().contains("interrupted")
                                    || seen.detail().contains("closed")),
                    () -> call + job.evidence());
        }
    }
}
