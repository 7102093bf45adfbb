package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Real databases for tests. */
final class TestDatabases {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestDatabases() {}

    /** A fresh database in memory that lives as long as this process. */
    static TestPool h2() {
        return new TestPool(h2Source(), true);
    }

    static TestPool.Source h2Source() {
        String url = "jdbc:h2:mem:test" + NUMBER.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
        return () -> new org.h2.Driver().connect(url, login("sa"));
    }

    /** A pool that works in a fresh schema; skips the test, saying why, where PostgreSQL cannot run. */
    static TestPool postgres(String... settings) {
        return new TestPool(postgresSource(settings), true);
    }

    static TestPool.Source postgresSource(String... settings) {
        assumeTrue(Postgres.SERVER != null, () -> "skipped: PostgreSQL did not start here: " + Postgres.problem);
        String schema = "test" + NUMBER.incrementAndGet();
        try (TestPool pool = new TestPool(() -> connect("public"), true)) {
            execute(pool, "CREATE SCHEMA " + schema);
        }
        return () -> connect(schema, settings);
    }

    private static Connection connect(String schema, String... settings) throws SQLException {
        Properties properties = login("postgres");
        properties.setProperty("options", "-c search_path=" + schema + " " + String.join(" ", settings));
        return new org.postgresql.Driver().connect(Postgres.SERVER.getJdbcUrl("postgres", "postgres"), properties);
    }

    private static Properties login(String user) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", "");
        return properties;
    }

    static void emptyPostgres(DataSource dataSource) {
        execute(dataSource, "TRUNCATE linkspan_token_record, linkspan_job_record, linkspan_history");
    }

    static void execute(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static final class Postgres {
        static final EmbeddedPostgres SERVER;
        static String problem = "";

        static {
            EmbeddedPostgres server = null;
            try {
                server = EmbeddedPostgres.builder()
                        .setConnectConfig("connectTimeout", "20")
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException | RuntimeException e) {
                problem = e.toString();
                System.err.println("PostgreSQL tests are skipped: it did not start: " + e);
            }
            SERVER = server;
        }
    }
}
