package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.StoreException;
import io.linkspan.connection.ConnectionId;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.link.Intent;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.TokenStore;
import io.linkspan.testkit.store.JobStoreContract;
import io.linkspan.testkit.store.TokenStoreContract;
import io.linkspan.tiktok.TikTok;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** PgBouncer in transaction mode, where each transaction may run on another connection of the server. */
class PgBouncerTest {
    private static EmbeddedPostgres postgres;
    private static PgBouncer bouncer;

    @BeforeAll
    static void start() {
        try {
            postgres = EmbeddedPostgres.builder().start();
            bouncer = PgBouncer.start(postgres.getPort());
        } catch (IOException | RuntimeException e) {
            assumeTrue(false, "skipped: PgBouncer or PostgreSQL did not start here: " + e.getMessage());
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (bouncer != null) {
            bouncer.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    private static String emptyDatabase(String name) {
        try (Connection connection = DriverManager.getConnection(postgres.getJdbcUrl("postgres", "postgres"))) {
            execute(connection, "CREATE DATABASE " + name);
            return name;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static HikariDataSource pool(String database, String parameters) {
        return pool(database, parameters, Duration.ofSeconds(30));
    }

    private static HikariDataSource pool(String database, String parameters, Duration patience) {
        HikariConfig config = new HikariConfig();
        config.setConnectionTimeout(patience.toMillis());
        config.setJdbcUrl(bouncer.jdbcUrl(database, parameters));
        config.setMaximumPoolSize(16);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private static void empty(DataSource pool) {
        try (Connection connection = pool.getConnection()) {
            execute(connection, "TRUNCATE linkspan_token_record, linkspan_job_record, linkspan_history");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class Tokens extends TokenStoreContract {
        private static HikariDataSource pool;

        @BeforeAll
        static void open() {
            pool = pool(emptyDatabase("tokens"), "");
            JdbcStores.migrate(pool);
        }

        @AfterAll
        static void close() {
            pool.close();
        }

        @Override
        protected TokenStore emptyStore() {
            empty(pool);
            return anotherNode();
        }

        @Override
        protected TokenStore anotherNode() {
            return JdbcStores.create(pool).tokens();
        }

        @Override
        protected int manyRecords() {
            return 1_000;
        }
    }

    @Nested
    class Jobs extends JobStoreContract {
        private static HikariDataSource pool;

        @BeforeAll
        static void open() {
            pool = pool(emptyDatabase("jobs"), "&prepareThreshold=1");
            JdbcStores.migrate(pool);
        }

        @AfterAll
        static void close() {
            pool.close();
        }

        @Override
        protected JobStore emptyStore() {
            empty(pool);
            return anotherNode();
        }

        @Override
        protected JobStore anotherNode() {
            return JdbcStores.create(pool).jobs();
        }

        @Override
        protected int manyRecords() {
            return 1_000;
        }
    }

    @Test
    void post_isPublishedOnce() {
        try (HikariDataSource pool = pool(emptyDatabase("published"), "")) {
            JdbcStores.migrate(pool);
            try (Stage stage = new Stage(JdbcStores.create(pool))) {
                ConnectionId account = stage.connectTikTok(Intent.CROSS_POSTING).id();
                stage.assertPublishedOnce(stage.settle(stage.submit(stage.post(account))), TikTok.PLATFORM);
            }
        }
    }

    /** Two connections that share one of the server, each with a statement of the same name. */
    @Test
    void driverThatIsHidden_failsWithTheRemedy() throws Exception {
        try (HikariDataSource pool = pool(emptyDatabase("hidden"), "&prepareThreshold=1")) {
            JdbcStores.migrate(hidden(pool));
            JobStore jobs = JdbcStores.create(hidden(pool)).jobs();
            StoreException failed = assertThrows(StoreException.class, () -> findOnEachConnection(jobs, pool, 10));
            assertTrue(
                    failed.getMessage()
                            .contains("a prepared statement belongs to another connection, as behind PgBouncer in"
                                    + " transaction mode; add prepareThreshold=0 to the JDBC URL"),
                    failed.getMessage());
        }
    }

    private static void findOnEachConnection(JobStore jobs, DataSource pool, int connections) throws SQLException {
        jobs.find(Stage.OWNER.tenant(), RecordKind.JOB, "id");
        if (connections > 1) {
            try (Connection taken = pool.getConnection()) {
                assertFalse(taken.isClosed());
                findOnEachConnection(jobs, pool, connections - 1);
            }
        }
    }

    @Test
    void schemaOfTheUrl_isRefusedWithTheRemedy() {
        String database = emptyDatabase("apart");
        try (HikariDataSource pool = pool(database, "&currentSchema=linkspan", Duration.ofSeconds(1))) {
            StoreException refused = assertThrows(StoreException.class, () -> JdbcStores.migrate(pool));
            assertTrue(
                    refused.getMessage().contains("name it in PgBouncer's ignore_startup_parameters"),
                    refused.getMessage());
        }
        try (HikariDataSource pool = pool(database, "")) {
            try (Connection connection = pool.getConnection()) {
                execute(connection, "CREATE SCHEMA linkspan");
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
            JobStore jobs = JdbcStores.builder(pool)
                    .schema("linkspan")
                    .migrate()
                    .build()
                    .jobs();
            assertEquals(List.of(), jobs.byLookup(RecordKind.JOB, "none", 10));
        }
    }

    /** A pool that does not hand out what is below it. */
    private static DataSource hidden(DataSource pool) {
        return wrapped(DataSource.class, pool, "getConnection");
    }

    private static <T> T wrapped(Class<T> type, Object inner, String opens) {
        return type.cast(Proxy.newProxyInstance(
                PgBouncerTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("unwrap")) {
                        throw new SQLException("wraps nothing");
                    }
                    try {
                        Object result = method.invoke(inner, arguments);
                        return method.getName().equals(opens) ? wrapped(Connection.class, result, "") : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
