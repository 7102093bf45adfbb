package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.linkspan.connection.ConnectionId;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.StoreFaults;
import io.linkspan.fake.StoreFaults.Kind;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An intent of a renewal that was never sent is given back whatever the store does, and blocks nobody for a lease. */
class UnsentRenewalTest {
    private final FakeWorld world = new FakeWorld();
    private final ConnectionId id = world.connect(world.process());
    private long nanos;

    @BeforeEach
    void accessTokenEnds() {
        Linkspan first = world.process();
        first.worker().runDue();
        world.advance(Duration.ofMinutes(2));
        first.worker().runDue(); // so that the next write of the connection is the intent
        world.advance(Duration.ofHours(3));
    }

    private Linkspan process(StoreFaults faults, HttpTransport way) {
        return world.process(builder -> builder.tokenStore(faults.store()).ticker(() -> nanos), way);
    }

    private String token(Linkspan linkspan) {
        return linkspan.connections().withAccessToken(FakeWorld.OWNER, id, Secret::reveal);
    }

    private boolean hasIntent() {
        byte[] payload = world.stores()
                .tokens()
                .find(FakeWorld.OWNER.tenant(), RecordKind.CONNECTION, id.value())
                .orElseThrow()
                .payload();
        return new String(payload, StandardCharsets.UTF_8).contains("REFRESHING");
    }

    /** The first write is the intent; the second gives it back, and may fail too. */
    @ParameterizedTest
    @CsvSource({"LOST, 1", "LOST, 2", "KEPT, 1", "KEPT, 2", "DOWN, 1"})
    void intentWhoseWriteFailed_isGivenBackAsSoonAsTheStoreAnswers(Kind kind, int failures) {
        StoreFaults faults = new StoreFaults(world.stores().tokens(), kind, 0, failures);
        Linkspan linkspan = process(faults, world.platform());

        assertThrows(StoreException.class, () -> token(linkspan));
        faults.end();
        linkspan.worker().runDue();

        assertFalse(hasIntent(), "left behind though nothing was sent");
        assertEquals("access-2", token(world.process()));
        assertEquals(1, world.platform().calls("fake.refresh"));
    }

    /** The same process does not wait for its worker. */
    @ParameterizedTest
    @CsvSource({"LOST, 1", "LOST, 2", "KEPT, 1", "KEPT, 2", "DOWN, 1"})
    void intentWhoseWriteFailed_doesNotBlockTheNextCall(Kind kind, int failures) {
        StoreFaults faults = new StoreFaults(world.stores().tokens(), kind, 0, failures);
        Linkspan linkspan = process(faults, world.platform());
        assertThrows(StoreException.class, () -> token(linkspan));
        faults.end();

        assertEquals("access-2", token(linkspan));
        assertEquals(1, world.platform().calls("fake.refresh"));
    }

    @ParameterizedTest
    @CsvSource({"LOST", "KEPT", "DOWN"})
    void stalledRenewal_whoseGivingBackFails_isGivenBackLater(Kind kind) {
        StoreFaults faults = new StoreFaults(world.stores().tokens(), kind, 1, 1);
        HttpTransport stalls = call -> {
            nanos += call.operation().equals("fake.refresh")
                    ? Duration.ofMinutes(20).toNanos()
                    : 0;
            return call.permitted() ? world.platform().exchange(call) : new HttpResult.NotSent("too late");
        };
        Linkspan linkspan = process(faults, stalls);

        assertThrows(StoreException.class, () -> token(linkspan));
        faults.end();
        linkspan.worker().runDue();

        assertFalse(hasIntent(), "left behind though nothing was sent");
        assertEquals(0, world.platform().calls("fake.refresh"));
        assertEquals("access-2", token(world.process()));
    }
}
