package io.linkspan.testkit.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.testkit.internal.Caller;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.sim.Ledger;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final byte[] VIDEO = TikTokBench.video(1000);
    private final TikTokBench bench = new TikTokBench();
    private final String token = bench.tokens().accessToken();

    @AfterEach
    void stop() {
        bench.close();
    }

    private String url() throws Exception {
        return bench.init(token, "SELF_ONLY", "", 1000, 1000, 1)
                .data()
                .path("upload_url")
                .asString();
    }

    private Caller.Reply upload(String url) throws Exception {
        return bench.caller.put(url, VIDEO, 0, 999, 1000);
    }

    private void script(TikTokOperation operation, Fault... faults) {
        bench.sim.faults().on(operation).next(faults);
    }

    @Test
    void dropBefore_leavesNoPost() throws Exception {
        String url = url();
        script(TikTokOperation.UPLOAD, Fault.dropBefore());
        assertThrows(IOException.class, () -> upload(url));
        assertTrue(bench.sim.ledger().posts().isEmpty());
        assertEquals(201, upload(url).status());
    }

    @Test
    void dropAfter_leavesOnePost() throws Exception {
        String url = url();
        script(TikTokOperation.UPLOAD, Fault.dropAfter());
        assertThrows(IOException.class, () -> upload(url));
        assertEquals(1, bench.sim.ledger().posts().size());
        Ledger.Call call = bench.sim.ledger().requests(TikTokOperation.UPLOAD).get(0);
        assertEquals(0, call.status());
        assertTrue(call.effect());
        assertEquals("Drop", call.fault());
        assertEquals("demo", call.account());
        assertEquals(416, upload(url).status());
        assertEquals(1, bench.sim.ledger().posts().size());
    }

    @Test
    void dropAfter_onRefresh_leavesTheStoredTokenDead() throws Exception {
        String refresh = bench.tokens().refreshToken();
        script(TikTokOperation.TOKEN_REFRESH, Fault.dropAfter());
        assertThrows(IOException.class, () -> bench.refresh(refresh));
        assertEquals("invalid_grant", bench.refresh(refresh).error());
        assertEquals(2, bench.sim.ledger().count(TikTokOperation.TOKEN_REFRESH));
    }

    @Test
    void serverError_beforeAndAfter() throws Exception {
        script(TikTokOperation.VIDEO_INIT, Fault.serverErrorBefore(), Fault.serverErrorAfter());
        assertEquals(
                "internal_error", bench.init(token, "SELF_ONLY", "", 10, 10, 1).code());
        assertEquals(500, bench.init(token, "SELF_ONLY", "", 10, 10, 1).status());
        assertEquals(
                1,
                bench.sim.ledger().requests(TikTokOperation.VIDEO_INIT).stream()
                        .filter(Ledger.Call::effect)
                        .count());
    }

    @Test
    void vendorError_speaksTheEnvelopeOfTheEndpoint() throws Exception {
        script(
                TikTokOperation.STATUS,
                Fault.errorBefore(429, "rate_limit_exceeded", "slow down").withHeader("Retry-After", "7"));
        Caller.Reply reply = bench.status(token, "x");
        assertEquals("rate_limit_exceeded", reply.code());
        assertEquals("7", reply.header("Retry-After"));
        script(TikTokOperation.TOKEN_REFRESH, Fault.errorBefore(200, "temporarily_unavailable", "later"));
        assertEquals("temporarily_unavailable", bench.refresh("x").error());
    }

    @Test
    void cutJson_isCompleteHttpButNotJson() throws Exception {
        script(TikTokOperation.VIDEO_INIT, Fault.cutJson());
        Caller.Reply reply = bench.init(token, "SELF_ONLY", "", 10, 10, 1);
        assertEquals(200, reply.status());
        assertNull(Json.parse(reply.response().body()));
    }

    @Test
    void cutConnection_failsTheRead() {
        script(TikTokOperation.VIDEO_INIT, Fault.cutConnection());
        assertThrows(IOException.class, () -> bench.init(token, "SELF_ONLY", "", 10, 10, 1));
    }

    @Test
    void answersOfAnyKind_andSlowOnes() throws Exception {
        script(
                TikTokOperation.CREATOR_INFO,
                Fault.none(),
                Fault.answerBefore(503, "text/html", "<html>"),
                Fault.redirect(URI.create("http://127.0.0.1:1/")),
                Fault.slowBody(16, Duration.ofMillis(1)),
                Fault.delay(Duration.ofMillis(1)),
                Fault.delayBefore(Duration.ofMillis(1)));
        String path = "/v2/post/publish/creator_info/query/";
        assertEquals("ok", bench.caller.json(path, token, "").code());
        assertEquals(503, bench.caller.json(path, token, "").status());
        assertEquals(302, bench.caller.json(path, token, "").status());
        assertEquals("ok", bench.caller.json(path, token, "").code());
        assertEquals("ok", bench.caller.json(path, token, "").code());
        assertEquals("ok", bench.caller.json(path, token, "").code());
        assertEquals(0, bench.sim.faults().on(TikTokOperation.CREATOR_INFO).remaining());
    }

    @Test
    void hold_stopsBetweenEffectAndAnswer() throws Exception {
        String url = url();
        CountDownLatch happened = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        script(TikTokOperation.UPLOAD, Fault.hold(() -> {
            happened.countDown();
            try {
                assertTrue(letGo.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return upload(url).status();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertTrue(happened.await(20, TimeUnit.SECONDS));
        assertEquals(1, bench.sim.ledger().posts().size());
        assertEquals(false, answer.isDone());
        letGo.countDown();
        assertEquals(201, answer.get(20, TimeUnit.SECONDS));
    }

    @Test
    void dropThenEffect_happensWhenTheTestSays() throws Exception {
        AtomicReference<Runnable> effect = new AtomicReference<>();
        String refresh = bench.tokens().refreshToken();
        script(TikTokOperation.TOKEN_REFRESH, Fault.dropThenEffect(effect::set));
        assertThrows(IOException.class, () -> bench.refresh(refresh));
        assertNotNull(effect.get());
        long before = bench.sim.ledger().tokens().size();
        effect.get().run();
        assertEquals(before + 2, bench.sim.ledger().tokens().size());
    }

    @Test
    void always_lastsUntilCleared() throws Exception {
        bench.sim.faults().on(TikTokOperation.CREATOR_INFO).always(Fault.serverErrorBefore());
        String path = "/v2/post/publish/creator_info/query/";
        assertEquals(500, bench.caller.json(path, token, "").status());
        assertEquals(500, bench.caller.json(path, token, "").status());
        bench.sim.faults().clear();
        assertEquals(200, bench.caller.json(path, token, "").status());
    }
}
