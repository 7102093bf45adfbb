package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.fake.FakeWorld;
import io.linkspan.spi.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many callers, several nodes, one rotating token. */
class RefreshRaceTest {
    @Test
    void withAccessToken_from3NodesWith16ThreadsEach_spendsTheTokenOnce() throws Exception {
        FakeWorld world = new FakeWorld();
        ConnectionId connection = world.connect(world.process());
        world.process().worker().runDue();
        world.advance(Duration.ofHours(3));
        List<Callable<String>> callers = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            Linkspan linkspan = world.process();
            for (int thread = 0; thread < 16; thread++) {
                callers.add(() -> linkspan.connections().withAccessToken(FakeWorld.OWNER, connection, Secret::reveal));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(callers.size());
        try {
            for (Future<String> token : threads.invokeAll(callers)) {
                assertEquals("access-2", token.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertEquals(1, world.platform().calls("fake.refresh"));
    }

    @Test
    void withAccessToken_beforeTheEnd_renewsNothing() {
        FakeWorld world = new FakeWorld();
        ConnectionId connection = world.connect(world.process());
        world.advance(Duration.ofMinutes(100));

        String token = world.process().connections().withAccessToken(FakeWorld.OWNER, connection, Secret::reveal);

        assertEquals("access-1", token);
        assertEquals(0, world.platform().calls("fake.refresh"));
    }

    @Test
    void renewal_ofADeadGrant_asksThePersonAndStaysQuiet() {
        FakeWorld world = new FakeWorld();
        Linkspan linkspan = world.process();
        world.connect(linkspan);
        linkspan.worker().runDue();
        world.platform().removeApp();
        world.advance(Duration.ofHours(3));

        for (int round = 0; round < 20; round++) {
            linkspan.worker().runDue();
            world.advance(Duration.ofMinutes(10));
        }

        assertEquals(
                ConnectionStatus.Kind.REAUTHORIZATION_REQUIRED,
                world.connection(linkspan).status().kind());
        assertEquals(1, world.platform().calls("fake.refresh"));
    }
}
