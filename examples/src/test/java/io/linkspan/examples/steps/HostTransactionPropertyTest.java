package io.linkspan.examples.steps;

import static io.linkspan.examples.steps.HostTransactionPropertyTest.Inside.REFUSED;
import static io.linkspan.examples.steps.HostTransactionPropertyTest.Inside.RUNS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.HostTransactionException;
import io.linkspan.Keyring;
import io.linkspan.Linkspan;
import io.linkspan.Recovery;
import io.linkspan.Retention;
import io.linkspan.StoreException;
import io.linkspan.connection.ConnectCallback;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Connections;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.HandOver;
import io.linkspan.connection.ImportRequest;
import io.linkspan.connection.Login;
import io.linkspan.instagram.Instagram;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.jdbc.OpenTransaction;
import io.linkspan.link.AccountLinkId;
import io.linkspan.link.AccountLinks;
import io.linkspan.link.Intent;
import io.linkspan.link.ProfileTrouble;
import io.linkspan.publish.Decision;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.Publisher;
import io.linkspan.publish.Worker;
import io.linkspan.spi.Secret;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.sim.Signatures;
import io.linkspan.tiktok.TikTok;
import io.linkspan.webhook.WebhookRequest;
import io.linkspan.webhook.Webhooks;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing is spent inside a transaction that the host can roll back: every public method is called in one that is rolled back, and no
 * request reaches a platform.
 */
class HostTransactionPropertyTest {
    /** What a method does inside a transaction of the host. */
    enum Inside {
        RUNS,
        REFUSED
    }

    private record Call(Inside inside, Body body) {}

    @FunctionalInterface
    private interface Body {
        void run() throws Exception;
    }

    private static final List<Class<?>> API = List.of(
            Connections.class,
            Publisher.class,
            AccountLinks.class,
            Webhooks.class,
            Worker.class,
            Retention.class,
            Recovery.class,
            Keyring.class,
            Linkspan.class);

    static Stream<Arguments> databasesAndPools() {
        return Arrays.stream(TestDatabase.values())
                .flatMap(database -> Stream.of(Arguments.of(database, true), Arguments.of(database, false)));
    }

    /** Everything that may be called, by class and parameters; what only leads to another of these classes is left out. */
    private static Set<String> methods() {
        return API.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !(method.getParameterCount() == 0
                        && API.contains(method.getReturnType())
                        && method.getDeclaringClass() == Linkspan.class))
                .map(HostTransactionPropertyTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(",", "(", ")"));
    }

    /** An expired token, a post that is due, one that waits for a decision, and a consent that came back. */
    private static final class Scene implements AutoCloseable {
        final Stage stage;
        final HostTransactions host;
        final Linkspan linkspan;
        final ConnectionId tiktok;
        final ConnectionId instagram;
        final AccountLinkId link;
        final Publication due;
        final Publication undecided;
        private String callback = "";
        private final HikariDataSource own;
        private final HikariDataSource pool;

        Scene(TestDatabase database, boolean autocommit) throws Exception {
            String url = database.fresh();
            own = pool(url, true);
            JdbcStores.migrate(own);
            stage = new Stage(JdbcStores.create(own));
            tiktok = stage.connectTikTok(Intent.BOTH).id();
            instagram = stage.connectInstagram(Intent.BOTH).id();
            link = stage.linkspan
                    .links()
                    .link(Stage.OWNER, tiktok, instagram, Intent.BOTH)
                    .id();
            stage.instagram.faults().on(InstagramOperation.MEDIA_PUBLISH).next(Fault.dropBefore());
            Publication doubtful = stage.submit(stage.post(instagram));
            stage.run(Duration.ofMinutes(12), Duration.ofSeconds(30));
            undecided = stage.publication(doubtful.id());
            assertEquals(PublishState.Phase.AWAITING_DECISION, Stage.phase(undecided, Instagram.PLATFORM));
            due = stage.linkspan.publisher().submit(Stage.OWNER, "due", stage.post(tiktok));
            stage.clock.advance(Duration.ofHours(25));
            comeBack();
            pool = pool(url, autocommit);
            host = new HostTransactions(pool::getConnection);
            AtomicReference<Linkspan> built = new AtomicReference<>();
            host.rolledBack(transaction -> built.set(stage.open(JdbcStores.builder(host)
                    .openTransaction(OpenTransaction.JOIN)
                    .build())));
            linkspan = built.get();
        }

        private static HikariDataSource pool(String url, boolean autocommit) {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(url);
            pool.setAutoCommit(autocommit);
            pool.setMaximumPoolSize(8);
            pool.setMinimumIdle(0);
            return pool;
        }

        /** All requests that reached a platform, but for those of the person's browser. */
        Map<String, Long> requests() {
            Map<String, Long> counts = new TreeMap<>();
            stage.tiktok.ledger().counts().forEach((operation, count) -> counts.put("tiktok " + operation, count));
            stage.instagram
                    .ledger()
                    .counts()
                    .forEach((operation, count) -> counts.put("instagram " + operation, count));
            return counts;
        }

        /** The person allows once more. */
        void comeBack() {
            callback = stage.allow(Stage.asking(TikTok.PLATFORM, Intent.BOTH));
        }

        private WebhookRequest removal() {
            long now = stage.clock.instant().getEpochSecond();
            String body = "{\"client_key\":\"" + stage.tiktok.clientKey()
                    + "\",\"event\":\"authorization.removed\",\"create_time\":" + now + ",\"user_openid\":\""
                    + stage.tiktokAccount.openId() + "\",\"content\":\"{\\\"reason\\\":1}\"}";
            String signature = Signatures.tikTok(stage.tiktok.clientSecret(), stage.clock.instant(), body);
            return WebhookRequest.of(
                    Map.of("Content-Type", "application/json", "TikTok-Signature", signature),
                    body.getBytes(StandardCharsets.UTF_8));
        }

        private WebhookRequest deletion() {
            String payload = "{\"algorithm\":\"HMAC-SHA256\",\"issued_at\":"
                    + stage.clock.instant().getEpochSecond() + ",\"user_id\":\""
                    + stage.instagramAccount.scopedId() + "\"}";
            String body = "signed_request=" + Signatures.signedRequest(stage.instagram.appSecret(), payload);
            return WebhookRequest.of(
                    Map.of("Content-Type", "application/x-www-form-urlencoded"), body.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            stage.close();
            pool.close();
            own.close();
        }

        /** Each method of the API, with arguments under which it would need the platform if it ever does. */
        Map<String, Call> calls() {
            Map<String, Call> calls = new LinkedHashMap<>();
            connections(calls, linkspan.connections());
            publisher(calls, linkspan.publisher());
            links(calls, linkspan.links());
            webhooks(calls, linkspan.webhooks());
            rest(calls);
            return calls;
        }

        private void connections(Map<String, Call> calls, Connections api) {
            ConnectRequest browser = Stage.asking(TikTok.PLATFORM, Intent.BOTH);
            ConnectRequest mobile = browser.via(Login.mobile());
            calls.put("Connections.connect(ConnectRequest)", runs(() -> api.connect(browser)));
            calls.put("Connections.complete(String,String)", refused(() -> api.complete(callback, Stage.SECRET)));
            calls.put(
                    "Connections.complete(ConnectCallback)",
                    refused(() -> api.complete(ConnectCallback.of(callback, Stage.SECRET))));
            calls.put(
                    "Connections.choose(Owner,String,String,String)",
                    refused(() -> api.choose(Stage.OWNER, "connect", "account", Stage.SECRET)));
            calls.put("Connections.expectHandOver(ConnectRequest)", runs(() -> api.expectHandOver(mobile)));
            calls.put("Connections.handOver(HandOver)", refused(() -> api.handOver(handOver(api, mobile))));
            calls.put("Connections.importTokens(ImportRequest)", refused(() -> api.importTokens(imported())));
            calls.put(
                    "Connections.connectHistory(Owner,String)", runs(() -> api.connectHistory(Stage.OWNER, "connect")));
            calls.put("Connections.find(Owner,ConnectionId)", runs(() -> api.find(Stage.OWNER, tiktok)));
            calls.put("Connections.list(Owner)", runs(() -> api.list(Stage.OWNER)));
            calls.put("Connections.check(Owner,ConnectionId)", refused(() -> api.check(Stage.OWNER, tiktok)));
            calls.put(
                    "Connections.check(Owner,ConnectionId,Duration)",
                    refused(() -> api.check(Stage.OWNER, tiktok, Duration.ofMinutes(1))));
            calls.put(
                    "Connections.withAccessToken(Owner,ConnectionId,Function)",
                    refused(() -> api.withAccessToken(Stage.OWNER, tiktok, token -> token)));
            calls.put(
                    "Connections.disconnect(Owner,ConnectionId,Disconnect)",
                    refused(() -> api.disconnect(Stage.OWNER, tiktok, Disconnect.everywhere("mira"))));
            calls.put(
                    "Connections.confirmProfileLinkRemoved(Owner,ConnectionId,String)",
                    runs(() -> api.confirmProfileLinkRemoved(Stage.OWNER, tiktok, "mira")));
            calls.put(
                    "Connections.needingAttention(TenantId,String,int)",
                    runs(() -> api.needingAttention(Stage.OWNER.tenant(), "", 10)));
            calls.put("Connections.helpBefore(Platform)", runs(() -> api.helpBefore(TikTok.PLATFORM)));
            calls.put(
                    "Connections.helpWithoutReturn(Owner,Platform,String)",
                    runs(() -> api.helpWithoutReturn(Stage.OWNER, TikTok.PLATFORM, "redirect_uri")));
            calls.put("Connections.help(Owner,ConnectionId)", runs(() -> api.help(Stage.OWNER, tiktok)));
            calls.put("Connections.explain(Owner,ConnectionId)", runs(() -> api.explain(Stage.OWNER, tiktok)));
            calls.put("Connections.history(Owner,ConnectionId)", runs(() -> api.history(Stage.OWNER, tiktok)));
        }

        private static HandOver handOver(Connections api, ConnectRequest mobile) {
            return new HandOver(
                    api.expectHandOver(mobile).ticket(),
                    Secret.of("code-of-an-sdk"),
                    Secret.of("v".repeat(43)),
                    Secret.of(Stage.SECRET));
        }

        private ImportRequest imported() {
            return ImportRequest.of(Stage.OTHER, TikTok.PLATFORM, Intent.BOTH, Secret.of("access-of-another-system"))
                    .refreshToken(Secret.of("refresh-of-another-system"))
                    .accessEndsAt(stage.clock.instant().minusSeconds(60));
        }

        private void publisher(Map<String, Call> calls, Publisher api) {
            String job = Stage.job(undecided, Instagram.PLATFORM).id();
            calls.put("Publisher.preview(Owner,Post)", runs(() -> api.preview(Stage.OWNER, stage.post(tiktok))));
            calls.put(
                    "Publisher.submit(Owner,String,Post)",
                    runs(() -> api.submit(
                            Stage.OWNER,
                            "inside",
                            stage.video(stage.sample()).to(tiktok).to(instagram))));
            calls.put("Publisher.find(Owner,PublicationId)", runs(() -> api.find(Stage.OWNER, due.id())));
            calls.put(
                    "Publisher.cancel(Owner,PublicationId,String)",
                    runs(() -> api.cancel(Stage.OWNER, due.id(), "mira")));
            calls.put(
                    "Publisher.decide(Owner,PublicationId,String,Decision,String)",
                    runs(() -> api.decide(Stage.OWNER, undecided.id(), job, Decision.TRY_AGAIN, "mira")));
            calls.put(
                    "Publisher.decide(Owner,PublicationId,String,Decision,String,String)",
                    runs(() -> api.decide(Stage.OWNER, undecided.id(), job, Decision.IT_IS_THERE, "17", "mira")));
        }

        private void links(Map<String, Call> calls, AccountLinks api) {
            calls.put(
                    "AccountLinks.link(Owner,ConnectionId,ConnectionId,Intent)",
                    runs(() -> api.link(Stage.OWNER, tiktok, instagram, Intent.BOTH)));
            calls.put("AccountLinks.find(Owner,AccountLinkId)", runs(() -> api.find(Stage.OWNER, link)));
            calls.put(
                    "AccountLinks.unlink(Owner,AccountLinkId,String)",
                    runs(() -> api.unlink(Stage.OWNER, link, "mira")));
            calls.put("AccountLinks.status(Owner,AccountLinkId)", runs(() -> api.status(Stage.OWNER, link)));
            calls.put("AccountLinks.check(Owner,AccountLinkId)", refused(() -> api.check(Stage.OWNER, link)));
            calls.put("AccountLinks.lastCheck(Owner,AccountLinkId)", runs(() -> api.lastCheck(Stage.OWNER, link)));
            calls.put(
                    "AccountLinks.attest(Owner,AccountLinkId,Platform,String,String)",
                    runs(() -> api.attest(Stage.OWNER, link, TikTok.PLATFORM, "mira", "seen")));
            calls.put("AccountLinks.manualUrls(Owner,AccountLinkId)", runs(() -> api.manualUrls(Stage.OWNER, link)));
            calls.put(
                    "AccountLinks.reportTrouble(Owner,AccountLinkId,Platform,ProfileTrouble)",
                    runs(() -> api.reportTrouble(Stage.OWNER, link, TikTok.PLATFORM, ProfileTrouble.NO_OPTION)));
            calls.put("AccountLinks.explain(Owner,AccountLinkId)", runs(() -> api.explain(Stage.OWNER, link)));
            calls.put("AccountLinks.history(Owner,AccountLinkId)", runs(() -> api.history(Stage.OWNER, link)));
        }

        private void webhooks(Map<String, Call> calls, Webhooks api) {
            URI page = URI.create("https://quay.example/deletion");
            calls.put(
                    "Webhooks.receive(Platform,WebhookRequest)",
                    runs(() -> assertEquals(
                            1, api.receive(TikTok.PLATFORM, removal()).applied())));
            calls.put(
                    "Webhooks.receiveDeletion(Platform,WebhookRequest,URI)",
                    runs(() -> assertEquals(
                            200,
                            api.receiveDeletion(Instagram.PLATFORM, deletion(), page)
                                    .status())));
            calls.put("Webhooks.deletionStatus(String)", runs(() -> api.deletionStatus("0".repeat(32))));
        }

        private void rest(Map<String, Call> calls) {
            calls.put("Worker.start()", refused(() -> linkspan.worker().start()));
            calls.put("Worker.runDue()", refused(() -> linkspan.worker().runDue()));
            calls.put("Worker.close()", runs(() -> linkspan.worker().close()));
            calls.put(
                    "Retention.sweep(Duration,int)",
                    runs(() -> linkspan.retention().sweep(Duration.ofDays(400), 10)));
            calls.put(
                    "Recovery.afterRestore(Instant)",
                    refused(() -> linkspan.recovery().afterRestore(stage.clock.instant())));
            calls.put("Keyring.rewrap(int)", runs(() -> linkspan.keyring().rewrap(10)));
            calls.put("Keyring.records()", runs(() -> linkspan.keyring().records()));
            calls.put("Linkspan.fleet()", runs(linkspan::fleet));
            calls.put("Linkspan.close()", refused(linkspan::close));
        }

        private static Call runs(Body body) {
            return new Call(RUNS, body);
        }

        private static Call refused(Body body) {
            return new Call(REFUSED, body);
        }
    }

    @ParameterizedTest(name = "{0}, autocommit of the pool {1}")
    @MethodSource("databasesAndPools")
    void everyMethod_inATransactionThatIsRolledBack_sendsNothing(TestDatabase database, boolean autocommit)
            throws Exception {
        try (Scene scene = new Scene(database, autocommit)) {
            Map<String, Call> calls = scene.calls();
            assertEquals(methods(), new TreeSet<>(calls.keySet()), "a method of the API without a line here");
            Call close = calls.remove("Linkspan.close()");
            for (Map.Entry<String, Call> entry : calls.entrySet()) {
                sendsNothing(scene, entry.getKey(), entry.getValue());
            }
            assertNothingIsLost(scene);
            calls.values().removeIf(call -> call.inside() == RUNS);
            outside(scene, calls, autocommit);
            sendsNothing(scene, "Linkspan.close()", close);
        }
    }

    private static void sendsNothing(Scene scene, String name, Call call) throws Exception {
        Map<String, Long> before = scene.requests();
        scene.host.rolledBack(transaction -> inside(name, call));
        assertEquals(before, scene.requests(), () -> name + " sent a request");
    }

    private static void assertNothingIsLost(Scene scene) {
        assertEquals(
                ConnectionStatus.Kind.AUTHORIZED,
                scene.stage
                        .linkspan
                        .connections()
                        .check(Stage.OWNER, scene.tiktok)
                        .status()
                        .kind());
        scene.stage.assertPublishedOnce(scene.stage.settle(scene.due), TikTok.PLATFORM);
        scene.stage.clock.advance(Duration.ofHours(25));
        scene.comeBack();
    }

    /** The other side of the property: outside of a transaction the same calls reach the platform, or name the option. */
    private static void outside(Scene scene, Map<String, Call> refused, boolean autocommit) throws Exception {
        refused.keySet().removeAll(Set.of("Worker.start()", "Connections.complete(ConnectCallback)"));
        Map<String, Long> before = scene.requests();
        for (Map.Entry<String, Call> entry : refused.entrySet()) {
            if (autocommit) {
                entry.getValue().body().run();
                continue;
            }
            StoreException lost = assertThrows(
                    StoreException.class, () -> entry.getValue().body().run(), entry.getKey());
            assertTrue(lost.getMessage().contains("spring.datasource.hikari.auto-commit=true"), lost.getMessage());
        }
        Map<String, Long> after = scene.requests();
        for (String operation : autocommit ? List.of("TOKEN_REFRESH", "TOKEN_EXCHANGE", "REVOKE") : List.<String>of()) {
            String name = "tiktok " + operation;
            assertTrue(
                    after.getOrDefault(name, 0L) > before.getOrDefault(name, 0L),
                    () -> name + " was to be seen " + after);
        }
        if (!autocommit) {
            assertEquals(before, after);
        }
    }

    private static void inside(String name, Call call) throws Exception {
        if (call.inside() == RUNS) {
            call.body().run();
            return;
        }
        HostTransactionException refused =
                assertThrows(HostTransactionException.class, () -> call.body().run(), name);
        assertTrue(
                refused.getMessage().contains("inside a transaction of the host")
                        && refused.getMessage().contains("; nothing was "),
                refused.getMessage());
    }
}
