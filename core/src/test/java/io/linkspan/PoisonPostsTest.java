package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten posts that make the platform fail, of one tenant, delay the post of another by one poll at most. */
class PoisonPostsTest {
    private static final Owner POISON = FakeWorld.OWNER;
    private static final Owner OTHER = Owner.of("other", "user");
    private static final String POISONED = "poison";
    private static final int POSTS = 10;
    private static final long PATIENCE = 60;

    private final FakeWorld world = new FakeWorld().posting(PoisonPostsTest::poisonous);
    private final CountDownLatch end = new CountDownLatch(1);

    /** Calls for posts with this caption can be told apart. */
    private static PublishAdapter poisonous(PublishAdapter inner) {
        return through(PublishAdapter.class, inner, prepare -> {
            PublishAttempt attempt = (PublishAttempt) prepare[0];
            return attempt.content().caption().equals(POISONED) ? Flow.call(POISON_CALL, PoisonPostsTest::read) : null;
        });
    }

    private static final HttpCall POISON_CALL =
            HttpCall.of("fake.poison", CallClass.PREPARE, "POST", URI.create("http://fake/poison/new"));

    private static Outcome<PrepareStep> read(HttpResult result) {
        return result instanceof HttpResult.NotSent stayed
                ? new Outcome.NotSent<>(stayed.why())
                : new Outcome.Unclear<>("no answer", null);
    }

    private interface Instead {
        Object prepare(Object[] arguments);
    }

    private static <T> T through(Class<T> type, Object inner, Instead instead) {
        return type.cast(Proxy.newProxyInstance(
                PoisonPostsTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object other = method.getName().equals("prepare") ? instead.prepare(arguments) : null;
                    try {
                        return other == null ? method.invoke(inner, arguments) : other;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @AfterEach
    void endOfTheHanging() {
        end.countDown();
    }

    private HttpTransport answering(HttpResult poison) {
        return call -> call.operation().equals("fake.poison")
                ? poison
                : world.platform().exchange(call);
    }

    static Stream<HttpResult> failures() {
        return Stream.of(
                new HttpResult.Answered(503, Map.of(), new byte[0]), new HttpResult.Lost("no answer within 30 s"));
    }

    private ConnectionId connect(Linkspan linkspan, Owner owner, String account) {
        return world.connect(linkspan, owner, account);
    }

    private static Publication submit(Linkspan linkspan, Owner owner, ConnectionId to, String key, String caption) {
        return linkspan.publisher().submit(owner, key, FakeWorld.post(to, caption));
    }

    /** Ten posts to as many accounts; the calls that connected them are forgotten by the circuit. */
    private void submitPoison(Linkspan linkspan) {
        for (int i = 0; i < POSTS; i++) {
            submit(linkspan, POISON, connect(linkspan, POISON, "poison-" + i), "poison-" + i, POISONED);
        }
        world.advance(Duration.ofSeconds(61));
    }

    private static Phase phase(Linkspan linkspan, Owner owner, Publication publication) {
        return linkspan.publisher()
                .find(owner, publication.id())
                .orElseThrow()
                .jobs()
                .get(0)
                .state()
                .phase();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failingPosts_delayNoOtherTenant(HttpResult poison) {
        Linkspan linkspan = world.process(answering(poison));
        ConnectionId account = connect(linkspan, OTHER, "other");
        submitPoison(linkspan);
        for (int round = 0; round < 5; round++) {
            Publication other = submit(linkspan, OTHER, account, "other-" + round, "Hello " + round);
            linkspan.worker().runDue();
            assertEquals(Phase.PUBLISHED, phase(linkspan, OTHER, other), "round " + round);
            world.advance(Duration.ofSeconds(10));
        }
    }

    /** The circuit of the tenant is open, and still what became of its commit is read. */
    @ParameterizedTest
    @MethodSource("failures")
    void openCircuit_stopsNoReadOfWhatIsInDoubt(HttpResult poison) {
        AtomicBoolean away = new AtomicBoolean(true);
        HttpTransport way = call -> {
            HttpResult answer = answering(poison).exchange(call);
            boolean late =
                    call.operation().equals("fake.commit") || call.operation().equals("fake.status");
            return late && away.get() && world.platform().posts() > 0 ? new HttpResult.Lost("reset") : answer;
        };
        Linkspan linkspan = world.process(way);
        ConnectionId account = connect(linkspan, POISON, "account");
        Publication doubted = submit(linkspan, POISON, account, "doubted", "Hello");
        linkspan.worker().runDue();
        submitPoison(linkspan);
        linkspan.worker().runDue();
        Publication stopped = submit(linkspan, POISON, account, "stopped", "Good bye");
        linkspan.worker().runDue();
        assertEquals(Phase.IN_DOUBT, phase(linkspan, POISON, doubted));
        assertEquals(Phase.PREPARING, phase(linkspan, POISON, stopped), "the circuit of the tenant is open");
        away.set(false);
        world.advance(Duration.ofSeconds(20));
        linkspan.worker().runDue();

        assertEquals(Phase.PUBLISHED, phase(linkspan, POISON, doubted));
        assertEquals(
                Phase.PUBLISHED,
                phase(linkspan, POISON, world.work(linkspan, stopped, 20, Duration.ofSeconds(30))),
                "an answer to the tenant closes it again");
    }

    private JobStore plain() {
        return through(JobStore.class, world.stores().jobs(), arguments -> null);
    }

    /** All threads of the worker wait for answers to posts of one tenant, and more of them are due. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void hangingPosts_delayNoOtherTenant(int threads) throws InterruptedException {
        hanging(threads, builder -> builder);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void hangingPosts_delayNoOtherTenantInAStoreThatCannotClaim(int threads) throws InterruptedException {
        hanging(threads, builder -> builder.jobStore(plain()));
    }

    private void hanging(int threads, UnaryOperator<Linkspan.Builder> store) throws InterruptedException {
        CountDownLatch hang = new CountDownLatch(threads);
        CountDownLatch published = new CountDownLatch(3);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        HttpTransport way = call -> {
            if (!call.operation().equals("fake.poison")) {
                return world.platform().exchange(call);
            }
            hang.countDown();
            await(end);
            return new HttpResult.Lost("no answer");
        };
        try (Linkspan linkspan = world.process(
                builder -> store.apply(builder)
                        .workerThreads(threads)
                        .pollPause(Duration.ofMillis(10))
                        .addListener(event -> {
                            if (event instanceof LinkspanEvent.JobMoved moved
                                    && moved.to().phase() == Phase.PUBLISHED
                                    && seen.add(moved.job())) { // its id and address may be reported after it
                                published.countDown();
                            }
                        }),
                way)) {
            submitPoison(linkspan);
            linkspan.worker().start();
            await(hang);
            for (String key : List.of("one", "two", "three")) {
                submit(linkspan, OTHER, connect(linkspan, OTHER, key), key, "Hello");
            }
            await(published);
            end.countDown();
        }
        assertEquals(3, world.platform().posts());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(PATIENCE, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
