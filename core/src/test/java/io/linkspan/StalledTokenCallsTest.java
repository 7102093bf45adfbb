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
import io.linkspan.spi.Secret;
import java.time.Duration;
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
}
