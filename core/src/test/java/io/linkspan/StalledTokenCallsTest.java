package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Disconnect;
import io.linkspan.fake.FakeWorld;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Renewals, revocations and code exchanges of a process that stands still while it connects. */
class StalledTokenCallsTest {
    private final FakeWorld world = new FakeWorld(true);
    private long nanos;

    /** Stands still before one operation, by the monotonic clock alone. */
    private HttpTransport stalling(String operation, Duration time) {
        return call -> {
            if (call.operation().equals(operation)) {
                nanos += time.toNanos();
                if (!call.permitted()) {
                    return new HttpResult.NotSent("not permitted any more");
                }
            }
            return world.platform().exchange(call);
        };
    }

    private Linkspan process(HttpTransport way) {
        return world.process(builder -> builder.ticker(() -> nanos), way);
    }

    @Test
    void renewal_afterAStall_staysHereAndIsDoneLater() {
        ConnectionId id = world.connect(world.process());
        world.advance(Duration.ofHours(3));
        Linkspan stalled = process(stalling("fake.refresh", Duration.ofMinutes(20)));

        assertThrows(
                TransportException.class,
                () -> stalled.connections().withAccessToken(FakeWorld.OWNER, id, Secret::reveal));

        assertEquals(0, world.platform().calls("fake.refresh"));
        assertFalse(
                stalled.connections().history(FakeWorld.OWNER, id).stream()
                        .anyMatch(entry -> entry.action().equals("renewal_pending")),
                "what was not sent is no failure");
        world.advance(Duration.ofMinutes(5));
        assertEquals("access-2", world.process().connections().withAccessToken(FakeWorld.OWNER, id, Secret::reveal));
    }

    @Test
    void revocation_afterAStall_doesNotEndANewerConsent() {
        ConnectionId id = world.connect(world.process());
        Linkspan stalled = process(stalling("fake.revoke", Duration.ofMinutes(20)));

        stalled.connections().disconnect(FakeWorld.OWNER, id, Disconnect.everywhere("asked"));

        assertEquals(0, world.platform().calls("fake.revoke"));
        assertTrue(world.platform().alive());
        world.advance(Duration.ofHours(1));
        world.process().worker().runDue();
        assertEquals(1, world.platform().calls("fake.revoke"));
        assertFalse(world.platform().alive());
    }

    @Test
    void codeExchange_afterAStall_staysHereAndSaysSo() {
        Linkspan stalled = process(stalling("fake.token", Duration.ofMinutes(20)));

        ConnectOutcome outcome = world.callback(stalled);

        assertEquals(0, world.platform().calls("fake.token"));
        assertTrue(outcome.describe().contains("nothing was sent"), outcome::describe);
    }

    private boolean isBeingRenewedBy(String node, ConnectionId id) {
        byte[] payload = world.stores()
                .tokens()
                .find(FakeWorld.OWNER.tenant(), RecordKind.CONNECTION, id.value())
                .orElseThrow()
                .payload();
        return new String(payload, StandardCharsets.UTF_8).contains("\"node\":\"" + node + "\"");
    }

    private static void token(Linkspan linkspan, ConnectionId id) {
        try {
            linkspan.connections().withAccessToken(FakeWorld.OWNER, id, Secret::reveal);
        } catch (TransportException e) {
            // not now
        }
    }

    @Test
    void lostAnswer_ofANodeThatWasOvertaken_leavesTheRenewalOfTheOtherAlone() throws InterruptedException {
        ConnectionId id = world.connect(world.process());
        world.advance(Duration.ofHours(3));
        CountDownLatch left = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        Linkspan first = world.process((HttpTransport) call -> {
            left.countDown();
            try {
                goesOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new HttpResult.Lost("reset");
        });
        Thread slow = new Thread(() -> token(first, id));
        slow.start();
        left.await();
        List<Boolean> stillRenewing = new ArrayList<>();
        Linkspan second = world.process(builder -> builder.node("second"), call -> {
            if (call.operation().equals("fake.refresh")) {
                goesOn.countDown();
                try {
                    slow.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                stillRenewing.add(isBeingRenewedBy("second", id));
            }
            return world.platform().exchange(call);
        });

        world.advance(Duration.ofMinutes(3));
        token(second, id); // the first one seems to be gone
        world.advance(Duration.ofMinutes(1));
        token(second, id);

        assertEquals(List.of(true), stillRenewing);
        assertEquals("access-2", second.connections().withAccessToken(FakeWorld.OWNER, id, Secret::reveal));
    }
}
