package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.AuthorizationException;
import io.linkspan.Linkspan;
import io.linkspan.TransportException;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.link.Intent;
import io.linkspan.spi.Secret;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.tiktok.TikTokOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RenewTest {
    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    private ConnectionId tiktok() {
        return stage.connectTikTok(Intent.BOTH).id();
    }

    private long tiktokRefreshes() {
        return stage.tiktok.ledger().count(TikTokOperation.TOKEN_REFRESH);
    }

    private long renewals(ConnectionId id) {
        return Collections.frequency(stage.actions(id), "renewed");
    }

    private String token(Linkspan linkspan, ConnectionId id) {
        return linkspan.connections().withAccessToken(Stage.OWNER, id, Secret::reveal);
    }

    @Test
    void tiktok_after2Hours_renewedOnceByWorker() {
        ConnectionId id = tiktok();
        String before = token(stage.linkspan, id);
        stage.clock.advance(Duration.ofHours(2));

        stage.linkspan.worker().runDue();
        stage.linkspan.worker().runDue();

        assertEquals(Kind.AUTHORIZED, stage.kind(id));
        assertEquals(1, tiktokRefreshes());
        assertEquals(1, renewals(id));
        assertNotEquals(before, token(stage.linkspan, id));
    }

    @Test
    void instagram_within30DaysOfEnd_extendedOnceByWorker() {
        ConnectionId id = stage.connectInstagram(Intent.BOTH).id();
        stage.clock.advance(Duration.ofDays(20));
        stage.linkspan.worker().runDue();
        assertEquals(0, stage.instagram.ledger().count(InstagramOperation.TOKEN_REFRESH));
        stage.clock.advance(Duration.ofDays(15));

        stage.linkspan.worker().runDue();
        stage.linkspan.worker().runDue();

        assertEquals(Kind.AUTHORIZED, stage.kind(id));
        assertEquals(1, stage.instagram.ledger().count(InstagramOperation.TOKEN_REFRESH));
        assertEquals(1, renewals(id));
    }

    @Test
    void refresh_afterAppWasRemoved_needsReauthorization() {
        ConnectionId id = tiktok();
        stage.tiktok.removeApp(stage.tiktokAccount);
        stage.clock.advance(Duration.ofHours(2));

        stage.linkspan.worker().runDue();

        assertNotEquals(Kind.AUTHORIZED, stage.kind(id), stage.connection(id)::explain);
        assertThrows(AuthorizationException.class, () -> token(stage.linkspan, id));
        assertEquals(0, renewals(id));
    }

    @Test
    void withAccessToken_beforeExpiry_makesNoRefreshCall() {
        ConnectionId id = tiktok();
        stage.clock.advance(Duration.ofMinutes(30));

        token(stage.linkspan, id);

        assertEquals(0, tiktokRefreshes());
    }

    @Test
    void withAccessToken_afterExpiry_renewsOnce() {
        ConnectionId id = tiktok();
        stage.clock.advance(Duration.ofHours(3));

        String first = token(stage.linkspan, id);

        assertEquals(first, token(stage.linkspan, id));
        assertEquals(1, tiktokRefreshes());
    }

    @Test
    void withAccessToken_inTheLastMinute_renews() {
        ConnectionId id = tiktok();
        String before = token(stage.linkspan, id);
        stage.clock.advance(Duration.ofHours(2).minusSeconds(61));
        assertEquals(before, token(stage.linkspan, id));

        stage.clock.advance(Duration.ofSeconds(1));

        assertNotEquals(before, token(stage.linkspan, id), "clocks differ by up to a minute");
        assertEquals(1, tiktokRefreshes());
    }

    @Test
    void refresh_answerLostUnderStrictRotation_probesOnceThenNeedsReauthorization() {
        ConnectionId id = tiktok();
        stage.tiktok.faults().on(TikTokOperation.TOKEN_REFRESH).next(Fault.dropAfter());
        stage.clock.advance(Duration.ofHours(2));

        stage.linkspan.worker().runDue();
        assertNotEquals(Kind.AUTHORIZED, stage.kind(id));
        stage.run(Duration.ofHours(1), Duration.ofMinutes(1));

        assertEquals(Kind.REAUTHORIZATION_REQUIRED, stage.kind(id), stage.connection(id)::explain);
        assertEquals(2, tiktokRefreshes());
        assertEquals(0, renewals(id));
    }

    @Test
    void refresh_answerLostWhileReuseIsHarmless_probesOnceThenNeedsReauthorization() {
        stage.tiktok.rules().strictRotation(false);
        ConnectionId id = tiktok();
        stage.tiktok.faults().on(TikTokOperation.TOKEN_REFRESH).next(Fault.dropAfter());
        stage.clock.advance(Duration.ofHours(2));

        stage.run(Duration.ofHours(1), Duration.ofMinutes(1));

        assertEquals(Kind.REAUTHORIZATION_REQUIRED, stage.kind(id), stage.connection(id)::explain);
        assertEquals(2, tiktokRefreshes());
    }

    @Test
    void refresh_lostBeforeEffect_probeRenews() {
        ConnectionId id = tiktok();
        stage.tiktok.faults().on(TikTokOperation.TOKEN_REFRESH).next(Fault.dropBefore());
        stage.clock.advance(Duration.ofHours(2));

        stage.run(Duration.ofMinutes(30), Duration.ofMinutes(1));

        assertEquals(Kind.AUTHORIZED, stage.kind(id), stage.connection(id)::explain);
        assertEquals(2, tiktokRefreshes());
        assertEquals(1, renewals(id));
    }

    @Test
    void refresh_serverErrorBefore_renewedLater() {
        ConnectionId id = tiktok();
        stage.tiktok
                .faults()
                .on(TikTokOperation.TOKEN_REFRESH)
                .next(Fault.answerBefore(503, "text/html", "<h1>busy</h1>"));
        stage.clock.advance(Duration.ofHours(2));

        stage.run(Duration.ofMinutes(30), Duration.ofMinutes(1));

        assertEquals(Kind.AUTHORIZED, stage.kind(id), stage.connection(id)::explain);
        assertEquals(1, renewals(id));
    }

    @Test
    void withAccessToken_from32ThreadsOfTwoNodesAtExpiry_refreshesExactlyOnce() throws Exception {
        ConnectionId id = tiktok();
        Linkspan other = stage.open();
        stage.clock.advance(Duration.ofHours(2));
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            CyclicBarrier start = new CyclicBarrier(32);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                Linkspan node = i % 2 == 0 ? stage.linkspan : other;
                answers.add(threads.submit(() -> {
                    start.await(5, TimeUnit.MINUTES);
                    return tokenOfAnyNode(node, id);
                }));
            }
            Set<String> tokens = new TreeSet<>();
            for (Future<String> answer : answers) {
                tokens.add(answer.get(5, TimeUnit.MINUTES));
            }
            assertEquals(1, tokens.size());
            assertEquals(1, tiktokRefreshes());
            assertEquals(1, renewals(id));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Asks until another node has renewed; under a clock that stands still, Linkspan does not wait for it. */
    private String tokenOfAnyNode(Linkspan node, ConnectionId id) {
        while (true) {
            try {
                return token(node, id);
            } catch (TransportException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("renewed by another node"), e::getMessage);
                Thread.onSpinWait();
            }
        }
    }
}
