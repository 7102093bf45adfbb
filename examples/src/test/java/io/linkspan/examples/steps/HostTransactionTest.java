package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.jdbc.OpenTransaction;
import io.linkspan.link.Intent;
import io.linkspan.publish.Publication;
import io.linkspan.tiktok.TikTok;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A post is accepted exactly when the host's own work is: in one transaction. */
class HostTransactionTest {
    @Test
    void onPostgres_postAndOrderAreKeptOrUndoneTogether() throws Exception {
        try (EmbeddedPostgres server = postgres()) {
            String url = server.getJdbcUrl("postgres", "postgres");
            keptOrUndoneTogether(new HostTransactions(() -> DriverManager.getConnection(url)));
        }
    }

    @Test
    void onH2_postAndOrderAreKeptOrUndoneTogether() throws Exception {
        keptOrUndoneTogether(new HostTransactions(
                () -> DriverManager.getConnection("jdbc:h2:mem:host-transaction;DB_CLOSE_DELAY=-1", "sa", "")));
    }

    private static EmbeddedPostgres postgres() {
        try {
            return EmbeddedPostgres.builder().start();
        } catch (IOException | RuntimeException e) {
            assumeTrue(false, "skipped: PostgreSQL did not start here: " + e);
            throw new IllegalStateException(e);
        }
    }

    private static void keptOrUndoneTogether(HostTransactions host) throws Exception {
        JdbcStores.migrate(host);
        JdbcStores stores =
                JdbcStores.builder(host).openTransaction(OpenTransaction.JOIN).build();
        try (Stage stage = new Stage(stores)) {
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
