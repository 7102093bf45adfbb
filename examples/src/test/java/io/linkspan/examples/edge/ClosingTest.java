package io.linkspan.examples.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.InMemoryStores;
import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.link.Intent;
import io.linkspan.publish.Worker;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenStore;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokEndpoints;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** After a close no thread of the library is left and none touches a store. */
class ClosingTest {
    private static final URI RETURN = URI.create("http://127.0.0.1:1/callback");
    private static final Secret SECRET = Secret.of("closing-client-secret");

    private final TikTokSimulator tiktok = TikTokSimulator.builder()
            .app("closing-key", SECRET.reveal(), RETURN.toString())
            .start();
    private final InMemoryStores stores = InMemoryStores.create();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger late = new AtomicInteger();
    private final AtomicInteger touched = new AtomicInteger();
    private final CountDownLatch polled = new CountDownLatch(1);
    private CountDownLatch hold = new CountDownLatch(0);

    @AfterEach
    void close() {
        tiktok.close();
    }

    /** A store of a pool: what comes after it was closed is counted. */
    private <T> T pooled(T inner, Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("due")) {
                        polled.countDown();
                        hold.await();
                    }
                    touched.incrementAndGet();
                    if (closed.get()) {
                        late.incrementAndGet();
                    }
                    try {
                        return method.invoke(inner, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }

    private Linkspan open() {
        return builder().addListener(event -> {}).build();
    }

    private Linkspan.Builder builder() {
        return Linkspan.builder()
                .tokenStore(pooled(stores.tokens(), TokenStore.class))
                .jobStore(pooled(stores.jobs(), JobStore.class))
                .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                .platform(TikTok.builder("closing-key", SECRET, RETURN)
                        .endpoints(TikTokEndpoints.of(tiktok.baseUri(), tiktok.baseUri()))
                        .build())
                .accessTokenCache(Duration.ofSeconds(30))
                .pollPause(Duration.ofMillis(10));
    }

    /** Threads that Linkspan or its HTTP client started. */
    private static List<String> threads() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] found = new Thread[2 * all.activeCount() + 16];
        return Arrays.stream(found, 0, all.enumerate(found))
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("linkspan-") || name.startsWith("HttpClient-"))
                .filter(name -> !name.startsWith("linkspan-sim"))
                .sorted()
                .toList();
    }

    private static List<String> threads(Set<String> besides) {
        return threads().stream().filter(name -> !besides.contains(name)).toList();
    }

    /** Without the browser of the testkit, which has an HTTP client and its threads. */
    private URI allowed(URI page) throws IOException {
        tiktok.autoConsent(tiktok.addAccount("quay.studio" + touched.get()));
        HttpURLConnection consent = (HttpURLConnection) page.toURL().openConnection();
        consent.setInstanceFollowRedirects(false);
        return URI.create(consent.getHeaderField("Location"));
    }

    private void connect(Linkspan linkspan) throws IOException {
        Owner owner = Owner.of("harbour", "mira");
        URI page = linkspan.connections()
                .connect(ConnectRequest.of(owner, TikTok.PLATFORM, Intent.PROFILE)
                        .boundTo("browser-secret-of-mira"))
                .uri();
        URI back = allowed(page);
        ConnectOutcome outcome = linkspan.connections().complete(back.getRawQuery(), "browser-secret-of-mira");
        linkspan.connections()
                .withAccessToken(
                        owner, ((ConnectOutcome.Connected) outcome).connection().id(), Secret::reveal);
    }

    @Test
    void closedInstances_leaveNoThread() throws Exception {
        Set<String> before = Set.copyOf(threads()); // the simulators of other tests
        Linkspan idle = open();
        assertEquals(List.of(), threads(before), "building starts no thread");
        idle.close();
        for (int i = 0; i < 3; i++) {
            Linkspan linkspan = open();
            linkspan.worker().start();
            connect(linkspan);
            linkspan.close();
            linkspan.close();
        }
        for (int look = 0; look < 500 && !threads(before).isEmpty(); look++) {
            new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS); // a thread that was ended is gone a moment later
        }
        assertEquals(List.of(), threads(before));
    }

    @RepeatedTest(10)
    void close_awaitsThePoll() throws Exception {
        Linkspan linkspan = open();
        linkspan.worker().start();
        assertTrue(polled.await(30, TimeUnit.SECONDS));

        linkspan.close();
        closed.set(true);

        int soFar = touched.get();
        assertEquals(List.of(), workers());
        assertEquals(0, late.get());
        assertEquals(soFar, touched.get());
    }

    private static List<String> workers() {
        return threads().stream()
                .filter(name -> name.matches("linkspan-(worker|timer|tend).*"))
                .toList();
    }

    @Test
    void close_inAnInterruptedThread_awaitsAllTheSame() throws Exception {
        hold = new CountDownLatch(1);
        Linkspan linkspan = open();
        linkspan.worker().start();
        assertTrue(polled.await(30, TimeUnit.SECONDS));
        AtomicBoolean flag = new AtomicBoolean();
        Thread closer = new Thread(() -> {
            Thread.currentThread().interrupt();
            linkspan.close();
            closed.set(true);
            flag.set(Thread.interrupted());
        });
        closer.start();
        hold.countDown();
        closer.join(TimeUnit.MINUTES.toMillis(2));

        assertTrue(closed.get());
        assertTrue(flag.get(), "the flag is gone");
        assertEquals(List.of(), workers());
        assertEquals(0, late.get());
    }

    @Test
    void close_interruptedWhileItWaits_interruptsTheStepAndAwaitsIt() throws Exception {
        hold = new CountDownLatch(1); // never opened: only an interrupt ends the step
        Linkspan linkspan = open();
        linkspan.worker().start();
        assertTrue(polled.await(30, TimeUnit.SECONDS));
        AtomicBoolean flag = new AtomicBoolean();
        Thread closer = new Thread(() -> {
            linkspan.close();
            flag.set(Thread.interrupted());
        });
        closer.start();
        while (closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        closer.interrupt();
        closer.join(TimeUnit.SECONDS.toMillis(120));

        assertFalse(closer.isAlive());
        assertTrue(flag.get(), "the flag is gone");
        assertEquals(List.of(), workers());
    }

    /** It waited 40 s for the thread that had called it. */
    @Test
    void close_byTheWorkersOwnThread_isRefused() throws Exception {
        AtomicReference<Linkspan> own = new AtomicReference<>();
        List<CompletableFuture<Throwable>> refusals = List.of(new CompletableFuture<>(), new CompletableFuture<>());
        TokenStore asking = TokenStore.class.cast(Proxy.newProxyInstance(
                TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("due")
                            && Thread.currentThread().getName().startsWith("linkspan-")) {
                        refusals.get(0).complete(thrownBy(own.get()::close));
                        refusals.get(1).complete(thrownBy(own.get().worker()::close));
                    }
                    return method.invoke(stores.tokens(), arguments);
                }));
        own.set(builder().tokenStore(asking).build());
        try (Linkspan linkspan = own.get()) {
            linkspan.worker().start();

            for (CompletableFuture<Throwable> refusal : refusals) {
                Throwable thrown = refusal.get(5, TimeUnit.MINUTES);
                assertTrue(thrown instanceof IllegalStateException, () -> "closed by itself: " + thrown);
                assertTrue(thrown.getMessage().contains("another thread"), thrown::getMessage);
            }
        }
        assertEquals(List.of(), workers());
    }

    /** The same for a call of the host that a listener or a function of the host runs in. */
    @Test
    void close_insideACall_isRefused() throws Exception {
        AtomicReference<Linkspan> own = new AtomicReference<>();
        List<Throwable> refusals = new CopyOnWriteArrayList<>();
        own.set(builder()
                .listenerExecutor(Runnable::run)
                .addListener(event -> refusals.add(thrownBy(own.get()::close)))
                .build());
        try (Linkspan linkspan = own.get()) {
            connect(linkspan);

            assertFalse(refusals.isEmpty());
            refusals.forEach(thrown -> assertTrue(thrown instanceof IllegalStateException, () -> "closed: " + thrown));
        }
        assertThrows(IllegalStateException.class, () -> own.get().fleet());
    }

    private static Throwable thrownBy(Runnable call) {
        try {
            call.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    @Test
    void worker_startsTwiceAsOnce_andAgainAfterItsClose() throws Exception {
        Linkspan linkspan = open();
        Worker worker = linkspan.worker();

        assertSame(worker, worker.start());
        assertSame(worker, worker.start());
        assertEquals(2, threads().stream().filter("linkspan-timer"::equals).count());
        worker.close();
        worker.close();
        assertEquals(List.of(), workers());
        worker.start();
        assertEquals(2, threads().stream().filter("linkspan-timer"::equals).count());
        linkspan.close();

        assertThrows(IllegalStateException.class, worker::start);
        worker.close();
        assertEquals(List.of(), workers());
    }

    @Test
    void worker_outlivesErrorsOfAStore() throws Exception {
        CountDownLatch thrice = new CountDownLatch(3);
        TokenStore broken = TokenStore.class.cast(Proxy.newProxyInstance(
                TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(stores, arguments);
                    }
                    thrice.countDown();
                    throw new StackOverflowError("host");
                }));
        try (Linkspan linkspan = Linkspan.builder()
                .tokenStore(broken)
                .jobStore(stores.jobs())
                .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                .platform(TikTok.builder("closing-key", SECRET, RETURN)
                        .endpoints(TikTokEndpoints.of(tiktok.baseUri(), tiktok.baseUri()))
                        .build())
                .pollPause(Duration.ofMillis(10))
                .build()) {
            linkspan.worker().start();

            assertTrue(thrice.await(30, TimeUnit.SECONDS), "the timer ended");
        }
    }
}
