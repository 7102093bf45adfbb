package io.linkspan.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.instagram.InstagramSimulator;
import io.linkspan.testkit.internal.Direct;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InProcessTest {

    private static final byte[] VIDEO = new byte[1000];
    private static final String INIT = "{\"post_info\":{\"privacy_level\":\"SELF_ONLY\"},\"source_info\":{"
            + "\"source\":\"FILE_UPLOAD\",\"video_size\":1000,\"chunk_size\":1000,\"total_chunk_count\":1}}";
    private final SettableClock clock = SettableClock.at("2026-11-21T10:00:00Z");
    private final List<CallbackReceiver.Callback> callbacks = new ArrayList<>();
    private final TikTokSimulator tiktok = TikTokSimulator.builder()
            .clock(clock)
            .callbacks(callback -> {
                callbacks.add(callback);
                return 200;
            })
            .build();
    private final InstagramSimulator instagram = InstagramSimulator.builder()
            .clock(clock)
            .media(MediaWeb.of(Map.of(URI.create("https://media.example/v.mp4"), VIDEO)))
            .build();
    private final Direct direct = new Direct(
            SimNetwork.of(tiktok, instagram),
            tiktok.baseUri(),
            tiktok.issueTokens(tiktok.addAccount("demo")).accessToken());

    private String url() {
        return Direct.document(direct.json("/v2/post/publish/video/init/", INIT))
                .path("data")
                .path("upload_url")
                .asString();
    }

    private HttpResult upload(String url) {
        return direct.put(url, VIDEO, 0, 999);
    }

    private HttpResult info() {
        return direct.json("/v2/post/publish/creator_info/query/", "");
    }

    private void script(TikTokOperation operation, Fault... faults) {
        tiktok.faults().on(operation).next(faults);
    }

    @Test
    void upload_readsTheSlice_andPosts() {
        assertEquals(201, Direct.answer(upload(url())).status());
        Ledger.Post post = tiktok.ledger().posts().get(0);
        assertEquals(1000, post.bytes());
        tiktok.settle();
        assertEquals("post.publish.complete", callbacks.get(0).event());
        assertTrue(callbacks.get(0).headers().containsKey("TikTok-Signature"));
        assertEquals(200, tiktok.ledger().deliveries().get(0).status());
    }

    @Test
    void network_routesByHost_andKnowsNobodyElse() {
        Direct nowhere = new Direct(direct.transport(), URI.create("https://open.tiktokapis.com"), direct.token());
        assertInstanceOf(HttpResult.NotSent.class, nowhere.get("/v2/user/info/?fields=open_id"));
        Direct named = new Direct(
                SimNetwork.of(instagram).with("open.tiktokapis.com", tiktok), nowhere.base(), direct.token());
        assertEquals("ok", Direct.code(named.get("/v2/user/info/?fields=open_id")));
    }

    @Test
    void unreached_leavesNoTrace() {
        script(TikTokOperation.UPLOAD, Fault.unknownHost(), Fault.connectionRefused(), Fault.tlsFailure());
        String url = url();
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(HttpResult.NotSent.class, upload(url));
        }
        assertEquals(0, tiktok.ledger().count(TikTokOperation.UPLOAD));
        assertEquals(201, Direct.answer(upload(url)).status());
    }

    @Test
    void dropsAndTimeouts_areLost_withAndWithoutEffect() {
        for (Fault fault : new Fault[] {Fault.dropBefore(), Fault.timeoutBefore()}) {
            script(TikTokOperation.UPLOAD, fault);
            assertInstanceOf(HttpResult.Lost.class, upload(url()));
        }
        assertEquals(0, tiktok.ledger().posts().size());
        for (Fault fault : new Fault[] {Fault.dropAfter(), Fault.timeoutAfter(), Fault.cutConnection()}) {
            script(TikTokOperation.UPLOAD, fault);
            assertInstanceOf(HttpResult.Lost.class, upload(url()));
        }
        assertEquals(3, tiktok.ledger().posts().size());
    }

    @Test
    void errorAnswers_areAnswered_withAndWithoutEffect() {
        script(TikTokOperation.UPLOAD, Fault.serverErrorBefore(), Fault.serverErrorAfter());
        assertEquals(500, Direct.answer(upload(url())).status());
        assertEquals(0, tiktok.ledger().posts().size());
        assertEquals(500, Direct.answer(upload(url())).status());
        assertEquals(1, tiktok.ledger().posts().size());
    }

    @Test
    void lateEffects_happenWhenTheTestSays_evenForUploads() {
        List<Runnable> effects = new ArrayList<>();
        script(
                TikTokOperation.UPLOAD,
                Fault.dropThenEffect(effects::add),
                Fault.errorThenEffect(500, "internal_error", "", effects::add));
        assertInstanceOf(HttpResult.Lost.class, upload(url()));
        assertEquals(500, Direct.answer(upload(url())).status());
        assertEquals(0, tiktok.ledger().posts().size());
        effects.forEach(Runnable::run);
        assertEquals(2, tiktok.ledger().posts().size());
    }

    @Test
    void slowness_isAnswerOrLoss_withoutWaiting() {
        script(
                TikTokOperation.CREATOR_INFO,
                Fault.delay(Duration.ofSeconds(29)),
                Fault.delay(Duration.ofSeconds(30)),
                Fault.slowBody(1, Duration.ofSeconds(1)),
                Fault.slowBody(1000, Duration.ofSeconds(1)));
        assertEquals(200, Direct.answer(info()).status());
        assertInstanceOf(HttpResult.Lost.class, info());
        assertInstanceOf(HttpResult.Lost.class, info());
        assertEquals(200, Direct.answer(info()).status());
    }

    @Test
    void damagedAnswers_areDamaged() {
        script(
                TikTokOperation.CREATOR_INFO,
                Fault.cutJson(),
                Fault.withoutField("creator_username"),
                Fault.hugeAnswer(true, 1 << 20),
                Fault.deepAnswer(true, 5000),
                Fault.redirectAfter(URI.create("http://10.0.0.1/")));
        assertTrue(!Direct.answer(info()).text().endsWith("}"));
        assertTrue(!Direct.document(info()).path("data").has("creator_username"));
        assertInstanceOf(HttpResult.Lost.class, info());
        assertEquals(10000, Direct.answer(info()).bytes().length);
        assertEquals(
                "http://10.0.0.1/", Direct.answer(info()).header("location").orElseThrow());
    }

    @Test
    void followedBy_happensBetweenTwoCalls() {
        script(
                TikTokOperation.VIDEO_INIT,
                Fault.followedBy(
                        Fault.timeoutAfter(),
                        () -> script(
                                TikTokOperation.CREATOR_INFO, Fault.serverErrorBefore(), Fault.serverErrorBefore())));
        assertInstanceOf(HttpResult.Lost.class, direct.json("/v2/post/publish/video/init/", INIT));
        assertEquals(500, Direct.answer(info()).status());
        assertEquals(500, Direct.answer(info()).status());
        assertEquals("ok", Direct.code(info()));
    }

    @Test
    void hold_runsOnTheCallingThread() {
        Thread here = Thread.currentThread();
        List<Thread> threads = new ArrayList<>();
        script(TikTokOperation.CREATOR_INFO, Fault.hold(() -> threads.add(Thread.currentThread())));
        assertEquals("ok", Direct.code(info()));
        assertEquals(List.of(here), threads);
    }

    @Test
    void brokenSource_isLost_withoutEffect() {
        HttpBody.Slice broken = new HttpBody.Slice(
                new io.linkspan.spi.MediaSource() {
                    @Override
                    public long size() {
                        return 1000;
                    }

                    @Override
                    public java.io.InputStream open(long offset) throws IOException {
                        return new ByteArrayInputStream(VIDEO, 0, 500);
                    }
                },
                0,
                1000,
                "video/mp4",
                sent -> {});
        HttpTransport transport = direct.transport();
        HttpResult result = transport.exchange(
                io.linkspan.spi.HttpCall.of("test.put", io.linkspan.spi.CallClass.COMMIT, "PUT", URI.create(url()))
                        .header("Content-Range", "bytes 0-999/1000")
                        .body(broken));
        assertInstanceOf(HttpResult.Lost.class, result);
        assertEquals(0, tiktok.ledger().posts().size());
    }

    @Test
    void instagram_pullsFromTheGivenWeb_withRealFaults() {
        instagram.rules().processingPolls(0);
        Direct graph = new Direct(
                instagram.transport(),
                instagram.baseUri(),
                instagram.issueTokens(instagram.addAccount("shop")).accessToken());
        String id = Direct.document(graph.form(
                        "/v26.0/me/media", "media_type", "REELS", "video_url", "https://media.example/v.mp4?sig=1"))
                .path("id")
                .asString();
        instagram
                .faults()
                .on(InstagramOperation.MEDIA_PUBLISH)
                .next(Fault.errorAfter(400, "4/2207051", "Application request limit reached"));
        assertEquals("4/2207051", Direct.graph(graph.form("/v26.0/me/media_publish", "creation_id", id)));
        assertEquals(1000, instagram.ledger().posts().get(0).bytes());
    }

    @Test
    void drawnFaults_fillWhatIsNotScripted() {
        script(TikTokOperation.CREATOR_INFO, Fault.none());
        tiktok.faults()
                .drawnFrom(operation -> operation == TikTokOperation.CREATOR_INFO ? Fault.dropBefore() : Fault.none());
        assertEquals("ok", Direct.code(info()));
        assertInstanceOf(HttpResult.Lost.class, info());
        assertInstanceOf(HttpResult.Lost.class, info());
        assertEquals(201, Direct.answer(upload(url())).status());
        tiktok.faults().clear();
        assertEquals("ok", Direct.code(info()));
    }

    @Test
    void equalSeeds_giveEqualHistories() {
        List<String> ledgers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            TikTokSimulator sim =
                    TikTokSimulator.builder().clock(clock).seed(42).build();
            Direct calls = new Direct(
                    sim.transport(),
                    sim.baseUri(),
                    sim.issueTokens(sim.addAccount("demo")).accessToken());
            String url = Direct.document(calls.json("/v2/post/publish/video/init/", INIT))
                    .path("data")
                    .path("upload_url")
                    .asString();
            calls.put(url, VIDEO, 0, 999);
            ledgers.add(sim.ledger().toJson() + url);
        }
        assertEquals(ledgers.get(0), ledgers.get(1));
    }
}
