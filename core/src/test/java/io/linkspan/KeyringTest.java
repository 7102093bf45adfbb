package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.ConnectionId;
import io.linkspan.fake.Crashes;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.fake.FakeWorld;
import io.linkspan.link.Intent;
import io.linkspan.spi.Secret;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Keys change while everything goes on, and a key is retired when nothing needs it. */
class KeyringTest {
    private static final String OLD = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String NEW =
            Base64.getEncoder().encodeToString("n".repeat(32).getBytes(java.nio.charset.StandardCharsets.UTF_8));

    private final FakeWorld world = new FakeWorld();

    private Linkspan with(Crashes crashes, LocalKeys keys) {
        world.withKeys(keys);
        return world.process(crashes);
    }

    private static LocalKeys both() {
        return LocalKeys.of("new", Map.of("new", NEW, "local-1", OLD));
    }

    private static LocalKeys onlyNew() {
        return LocalKeys.of("new", Map.of("new", NEW));
    }

    /** A connection, a published job with its handle, and connects that are still open. */
    private ConnectionId filled(int opened) {
        Linkspan linkspan = world.process();
        ConnectionId id = world.connect(linkspan);
        linkspan.worker().runDue();
        for (int i = 0; i < opened; i++) {
            linkspan.connections()
                    .connect(ConnectRequest.of(
                                    Owner.of("tenant-" + i % 7, "user-" + i), FakeAdapter.PLATFORM, Intent.BOTH)
                            .boundTo("browser-secret-0123456789"));
        }
        return id;
    }

    @Test
    void rewrap_movesEveryRecordToTheCurrentKey_soThatTheOldOneCanGo() {
        ConnectionId id = filled(0);
        Linkspan changing = with(new Crashes(-1), both());
        Map<String, Long> before = changing.keyring().records();
        assertEquals(java.util.Set.of("local-1"), before.keySet());

        Keyring.Rewrap done = changing.keyring().rewrap(1_000);

        assertEquals(new Keyring.Rewrap((int) (long) before.get("local-1"), 0, 0, true), done);
        assertEquals(Map.of("new", before.get("local-1")), changing.keyring().records());
        assertEquals(
                "access-1",
                with(new Crashes(-1), onlyNew()).connections().withAccessToken(FakeWorld.OWNER, id, Secret::reveal));
        assertEquals(new Keyring.Rewrap(0, 0, 0, true), changing.keyring().rewrap(1_000), "again: nothing to do");
    }

    @Test
    void rewrap_crashedAtEachPoint_isFinishedByTheNextProcess() {
        for (int point = 0; point < 10; point++) {
            FakeWorld fresh = new FakeWorld();
            ConnectionId id = fresh.connect(fresh.process());
            fresh.withKeys(both());
            Linkspan dying = fresh.process(new Crashes(point));
            try {
                dying.keyring().rewrap(1_000);
            } catch (Crashes.Crash e) {
                // as meant
            }
            Linkspan next = fresh.process();
            assertTrue(next.keyring().rewrap(1_000).complete());
            assertEquals(java.util.Set.of("new"), next.keyring().records().keySet(), "point " + point);
            fresh.withKeys(onlyNew());
            assertEquals(
                    "access-1", fresh.process().connections().withAccessToken(FakeWorld.OWNER, id, Secret::reveal));
        }
    }

    @Test
    void rewrap_inSmallSteps_goesOnWhereItEnded() {
        filled(25);
        Linkspan changing = with(new Crashes(-1), both());
        long all = changing.keyring().records().get("local-1");
        assertTrue(all >= 26, "records: " + all);
        int rewrapped = 0;
        Keyring.Rewrap step;
        do {
            step = changing.keyring().rewrap(10);
            rewrapped += step.rewrapped();
        } while (!step.complete());

        assertEquals(all, rewrapped);
        assertEquals(Map.of("new", all), changing.keyring().records());
    }

    @Test
    void rewrap_underLoad_losesNoTokenAndNoWrite() throws Exception {
        ConnectionId id = filled(0);
        Linkspan changing = with(new Crashes(-1), both());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> tasks = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            tasks.add(threads.submit(() -> {
                for (int i = 0; i < 200; i++) {
                    assertEquals(
                            "access-1", changing.connections().withAccessToken(FakeWorld.OWNER, id, Secret::reveal));
                    changing.connections().confirmProfileLinkRemoved(FakeWorld.OWNER, id, "mira");
                }
            }));
        }
        tasks.add(threads.submit(() -> {
            Keyring.Rewrap step;
            do {
                step = changing.keyring().rewrap(1);
            } while (!step.complete() || changing.keyring().records().containsKey("local-1"));
        }));
        for (Future<?> task : tasks) {
            task.get(120, TimeUnit.SECONDS);
        }
        threads.shutdown();

        assertEquals(
                600,
                changing.connections().history(FakeWorld.OWNER, id).stream()
                        .filter(line -> line.action().equals("profile_link_removed"))
                        .count());
        assertEquals(java.util.Set.of("new"), changing.keyring().records().keySet());
    }

    @Test
    void lostKey_isTypedNamedAndHarmsNothingElse() {
        ConnectionId id = filled(0);
        Linkspan lost = with(new Crashes(-1), onlyNew());

        AuthorizationException error = assertThrows(
                AuthorizationException.class,
                () -> lost.connections().withAccessToken(FakeWorld.OWNER, id, Secret::reveal));

        String message = String.valueOf(error.getMessage());
        assertTrue(message.contains("local-1") && message.contains(id.value()), message);
        assertEquals(1, lost.keyring().rewrap(1_000).unreadable());
        assertEquals(1, lost.connections().list(FakeWorld.OWNER).size());
    }
}
