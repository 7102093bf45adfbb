package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.HostTransactionException;
import io.linkspan.Linkspan;
import io.linkspan.StoreException;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.jdbc.OpenTransaction;
import io.linkspan.link.Intent;
import io.linkspan.publish.Publication;
import io.linkspan.spi.HostTransactionAware;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.Secret;
import io.linkspan.spi.Stores;
import io.linkspan.spi.TokenStore;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.tiktok.TikTok;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A post is accepted exactly when the host's own work is: in one transaction. */
class HostTransactionTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void postAndOrder_areKeptOrUndoneTogether(TestDatabase database) throws Exception {
        HostTransactions host = host(database);
        try (Stage stage = new Stage(joining(host))) {
            execute(host, "CREATE TABLE product_order (number INTEGER)");
            ConnectionId account = stage.connectTikTok(Intent.CROSS_POSTING).id();
            AtomicReference<Publication> submitted = new AtomicReference<>();

            host.rolledBack(transaction -> {
                order(transaction, 1);
                submitted.set(stage.submit(stage.post(account)));
                order(transaction, 2);
            });

            assertEquals(0, orders(host));
            assertTrue(stage.linkspan
                    .publisher()
                    .find(Stage.OWNER, submitted.get().id())
                    .isEmpty());
            stage.run(Duration.ofMinutes(10), Duration.ofMinutes(1));
            assertEquals(0, stage.posts(TikTok.PLATFORM), "a post that was rolled back went out");

            host.committed(transaction -> {
                order(transaction, 3);
                Publication first = stage.submit(stage.post(account));
                assertEquals(first.id(), stage.submit(stage.post(account)).id(), "the same key is the same post");
                order(transaction, 4);
                submitted.set(first);
            });

            assertEquals(2, orders(host));
            stage.assertPublishedOnce(stage.settle(submitted.get()), TikTok.PLATFORM);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void submit_withAnEndedToken_rolledBack_burnsNoRefreshToken(TestDatabase database) throws Exception {
        HostTransactions host = host(database);
        try (Stage stage = new Stage(joining(host))) {
            ConnectionId account = stage.connectTikTok(Intent.CROSS_POSTING).id();
            stage.clock.advance(Duration.ofHours(25));

            host.rolledBack(transaction -> {
                Publication submitted = stage.submit(stage.post(account));
                assertTrue(
                        submitted.jobs().get(0).evidence().stream()
                                .anyMatch(seen -> seen.code().equals("account_not_checked")),
                        submitted.explain()::toText);
            });

            assertEquals(0, stage.tiktok.ledger().count(TikTokOperation.TOKEN_REFRESH));
            assertEquals(
                    ConnectionStatus.Kind.AUTHORIZED,
                    stage.linkspan
                            .connections()
                            .check(Stage.OWNER, account)
                            .status()
                            .kind());
            stage.assertPublishedOnce(stage.settle(stage.submit(stage.post(account))), TikTok.PLATFORM);
        }
    }

    /** It looped for ever: the insert met a taken key, and the search did not see its row. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void connect_ofAnAccountThatAnotherThreadConnects_returnsInASnapshot(TestDatabase database) throws Exception {
        HostTransactions host = host(database);
        try (Stage stage = new Stage(joining(host))) {
            host.rolledBackSnapshot(transaction -> {
                assertEquals(List.of(), stage.linkspan.connections().list(Stage.OWNER));
                Thread other = new Thread(() -> stage.connectTikTok(Intent.CROSS_POSTING));
                other.start();
                other.join();
                String callback = stage.allow(Stage.asking(TikTok.PLATFORM, Intent.CROSS_POSTING));
                assertThrows(HostTransactionException.class, () -> stage.complete(callback));
            });
            assertEquals(1, stage.linkspan.connections().list(Stage.OWNER).size());
            assertEquals(1, stage.tiktok.ledger().count(TikTokOperation.TOKEN_EXCHANGE));
        }
    }

    @Test
    void change_thatIsRolledBack_isNotTold_andHidesNoLaterOne() throws Exception {
        HostTransactions host = host(TestDatabase.H2);
        List<String> heard = new CopyOnWriteArrayList<>();
        JdbcStores stores = joining(host);
        try (Stage stage = new Stage(stores)) {
            Linkspan listening = stage.open(stores, event -> {
                if (event instanceof LinkspanEvent.ConnectionChanged changed) {
                    heard.add(changed.actor() + " " + changed.action());
                }
            });
            ConnectionId account = stage.connectTikTok(Intent.CROSS_POSTING).id();

            host.rolledBack(transaction ->
                    listening.connections().confirmProfileLinkRemoved(Stage.OWNER, account, "rolled-back"));
            assertEquals(List.of(), heard);
            host.committed(
                    transaction -> listening.connections().confirmProfileLinkRemoved(Stage.OWNER, account, "mira"));
            stage.clock.advance(Duration.ofMinutes(2));
            listening.worker().runDue();

            assertEquals(List.of("mira profile_link_removed"), heard);
        }
    }

    /** The only copy of a renewed pair went with the transaction in which the process was closed. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void close_insideATransaction_isRefused_soThatARollbackLosesNoAnswer(TestDatabase database) throws Exception {
        HostTransactions host = host(database);
        JdbcStores stores = joining(host);
        AtomicBoolean away = new AtomicBoolean(true);
        try (Stage stage = new Stage(stores)) {
            ConnectionId account = stage.connectTikTok(Intent.CROSS_POSTING).id();
            stage.clock.advance(Duration.ofHours(25));
            BooleanSupplier fails = () -> away.get() && stage.tiktok.ledger().count(TikTokOperation.TOKEN_REFRESH) > 0;
            Linkspan cutOff = stage.open(failing(stores, fails));
            assertThrows(
                    StoreException.class,
                    () -> cutOff.connections().withAccessToken(Stage.OWNER, account, Secret::reveal));
            away.set(false);

            host.rolledBack(transaction -> assertThrows(HostTransactionException.class, cutOff::close));
            cutOff.close();

            stage.linkspan.connections().withAccessToken(Stage.OWNER, account, Secret::reveal);
            assertEquals(1, stage.tiktok.ledger().count(TikTokOperation.TOKEN_REFRESH));
        }
    }

    /** The same stores, where token records sometimes cannot be read or written. */
    private static Stores failing(JdbcStores inner, BooleanSupplier fails) {
        TokenStore tokens = (TokenStore) Proxy.newProxyInstance(
                HostTransactionTest.class.getClassLoader(),
                new Class<?>[] {TokenStore.class, HostTransactionAware.class},
                (proxy, method, arguments) -> {
                    if (fails.getAsBoolean()) {
                        throw new StoreException("the database cannot be reached", null);
                    }
                    try {
                        return method.invoke(inner.tokens(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new Stores() {
            @Override
            public TokenStore tokens() {
                return tokens;
            }

            @Override
            public JobStore jobs() {
                return inner.jobs();
            }
        };
    }

    private static HostTransactions host(TestDatabase database) throws SQLException {
        String url = database.fresh();
        HostTransactions host = new HostTransactions(() -> DriverManager.getConnection(url));
        JdbcStores.migrate(host);
        return host;
    }

    private static JdbcStores joining(HostTransactions host) {
        return JdbcStores.builder(host).openTransaction(OpenTransaction.JOIN).build();
    }

    private static void order(Connection transaction, int number) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute("INSERT INTO product_order VALUES (" + number + ")");
        }
    }

    private static int orders(HostTransactions host) throws SQLException {
        try (Connection connection = host.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM product_order")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void execute(HostTransactions host, String sql) throws SQLException {
        try (Connection connection = host.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
