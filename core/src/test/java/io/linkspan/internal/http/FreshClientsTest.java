package io.linkspan.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens beside a close, no client is left with a thread. */
class FreshClientsTest {
    private final List<FreshClients> late = new ArrayList<>();
    private Set<Thread> before = Set.of();

    @BeforeEach
    void threadsSoFar() {
        before = threads();
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("-SelectorManager"))
                .collect(Collectors.toSet());
    }

    /** Each thread that is left is waited for; one that stays fails the test. */
    private void assertNoneLeft() throws InterruptedException {
        Set<Thread> left = threads();
        left.removeAll(before);
        for (Thread thread : left) {
            thread.join(TimeUnit.SECONDS.toMillis(20));
            assertTrue(!thread.isAlive(), thread + " is left");
        }
    }

    private static HttpClient client(Executor executor) {
        return HttpClient.newBuilder().executor(executor).build();
    }

    /** Its close happens while a client is being made. */
    private FreshClients closedMeanwhile() {
        Function<Executor, HttpClient> make = executor -> {
            late.get(0).close();
            return client(executor);
        };
        late.add(new FreshClients(make));
        return late.get(0);
    }

    @Test
    void clientMadeWhileItCloses_isEnded() throws InterruptedException {
        assertEquals(true, closedMeanwhile().take().isEmpty());
        assertNoneLeft();
    }

    @Test
    void sharedClientMadeWhileItCloses_isEnded() throws InterruptedException {
        assertEquals(true, closedMeanwhile().shared().isEmpty());
        assertNoneLeft();
    }

    @Test
    void afterTheClose_noClientIsMade() throws InterruptedException {
        FreshClients clients = new FreshClients(executor -> {
            throw new AssertionError("made");
        });
        clients.close();

        assertTrue(clients.take().isEmpty());
        assertTrue(clients.shared().isEmpty());
    }

    /** A client in use ends with the close, and one that is given back after it is not kept. */
    @ParameterizedTest
    @EnumSource
    void clientInUse_endsWithTheClose(Use use) throws InterruptedException {
        FreshClients clients = new FreshClients(FreshClientsTest::client);
        FreshClients.Fresh taken = clients.take().orElseThrow();
        clients.close();
        if (use != Use.NEVER_GIVEN_BACK) {
            taken.done(use == Use.CARRIED);
        }

        assertNoneLeft();
    }

    /** What becomes of it. */
    enum Use {
        NEVER_GIVEN_BACK,
        CARRIED,
        UNUSED
    }

    /** A close does not leave a call to wait for its deadline. */
    @ParameterizedTest
    @EnumSource(names = {"READ", "SPEND"})
    void callUnderWay_endsWithTheClose(CallClass kind) throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            JdkTransport transport = new JdkTransport(HttpLimits.DEFAULT);
            HttpCall call = HttpCall.of(
                    "fake.silent", kind, "POST", URI.create("http://localhost:" + silent.getLocalPort() + "/"));
            CompletableFuture<HttpResult> result = CompletableFuture.supplyAsync(() -> transport.exchange(call));
            silent.accept().getInputStream().read(); // the request has begun to arrive
            transport.close();

            HttpResult ended = result.get(Duration.ofSeconds(15).toSeconds(), TimeUnit.SECONDS);

            assertTrue(((HttpResult.Lost) ended).why().startsWith(Caller.CLOSED), ended::toString);
            assertNoneLeft();
        }
    }
}
