package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.fake.FakeWorld;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
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
                callers.add(() -> token(linkspan, connection));
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

    /** Asks until another node has renewed; under a clock that stands still, Linkspan does not wait for it. */
    private static String token(Linkspan linkspan, ConnectionId connection) {
        while (true) {
            try {
                return linkspan.connections().withAccessToken(FakeWorld.OWNER, connection, Secret::reveal);
            } catch (TransportException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("renewed by another node"), e::getMessage);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void withAccessToken_whileAnotherNodeRenews_saysSoAndDoesNotWait() {
        FakeWorld world = new FakeWorld();
        ConnectionId connection = world.connect(world.process());
        world.process().worker().runDue();
        world.advance(Duration.ofHours(3));
        Linkspan other = world.process();
        world.platform()
                .during(
                        "fake.refresh",
                        () -> { // in the thread of the call: had it waited, it would wait for itself
                            TransportException busy = assertThrows(
                                    TransportException.class,
                                    () -> other.connections()
                                            .withAccessToken(FakeWorld.OWNER, connection, Secret::reveal));
                            assertTrue(
                                    String.valueOf(busy.getMessage()).contains("another node. Call again"),
                                    busy::getMessage);
                            assertEquals(RetryAdvice.BACK_OFF, busy.retryAdvice());
                        });

        assertEquals("access-2", token(world.process(), connection));
        assertEquals("access-2", token(other, connection));
    }

    @Test
    void withAccessToken_ofAnInterruptedCaller_leavesNoIntentAndSendsNothing() {
        FakeWorld world = new FakeWorld();
        Linkspan linkspan = world.process();
        ConnectionId connection = world.connect(linkspan);
        linkspan.worker().runDue();
        world.advance(Duration.ofHours(3));
        StoredRecord before = record(world, connection);
        Thread.currentThread().interrupt();

        CallInterruptedException error = assertThrows(
                CallInterruptedException.class,
                () -> linkspan.connections().withAccessToken(FakeWorld.OWNER, connection, Secret::reveal));

        assertTrue(Thread.interrupted(), "the flag is kept");
        assertTrue(String.valueOf(error.getMessage()).contains("interrupted. Nothing was sent"), error::getMessage);
        assertEquals(before, record(world, connection));
        assertEquals("access-2", token(linkspan, connection));
    }

    @Test
    void withAccessToken_interruptedBeforeTheRequestLeft_givesTheIntentBack() {
        FakeWorld world = new FakeWorld();
        ConnectionId connection = world.connect(world.process());
        world.process().worker().runDue();
        world.advance(Duration.ofHours(3));
        AtomicBoolean done = new AtomicBoolean();
        Linkspan linkspan = world.process((HttpTransport) call -> {
            if (call.operation().equals("fake.refresh") && !done.getAndSet(true)) {
                Thread.currentThread().interrupt();
            }
            return Thread.currentThread().isInterrupted()
                    ? new HttpResult.NotSent("interrupted")
                    : world.platform().exchange(call);
        });

        assertThrows(
                LinkspanException.class,
                () -> linkspan.connections().withAccessToken(FakeWorld.OWNER, connection, Secret::reveal));

        assertTrue(Thread.interrupted(), "the flag is kept");
        assertEquals("access-2", token(linkspan, connection), "neither an intent nor a pause is left");
    }

    @Test
    void answerOfAnInterruptedCaller_isStored() {
        FakeWorld world = new FakeWorld();
        ConnectionId connection = world.connect(world.process());
        world.process().worker().runDue();
        world.advance(Duration.ofHours(3));
        TokenStore store = (TokenStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                    if (Thread.currentThread().isInterrupted()) { // as connection pools do
                        throw new StoreException("interrupted while waiting for a connection", null);
                    }
                    return method.invoke(world.stores().tokens(), arguments);
                });
        Linkspan linkspan = world.process(builder -> builder.tokenStore(store), world.platform());
        world.platform().during("fake.refresh", () -> Thread.currentThread().interrupt());

        String token = token(linkspan, connection);

        assertTrue(Thread.interrupted(), "the flag is kept");
        assertEquals("access-2", token);
        assertEquals("access-2", token(world.process(), connection));
        assertEquals(1, world.platform().calls("fake.refresh"));
    }

    private static StoredRecord record(FakeWorld world, ConnectionId connection) {
        return world.stores()
                .tokens()
                .find(FakeWorld.OWNER.tenant(), RecordKind.CONNECTION, connection.value())
                .orElseThrow();
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
