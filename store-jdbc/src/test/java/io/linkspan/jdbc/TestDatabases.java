package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
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
        String schema = postgresSchema();
        return () -> connect(schema, settings);
    }

    /** A fresh schema; skips the test, saying why, where PostgreSQL cannot run. */
    static String postgresSchema() {
        assumeTrue(Postgres.SERVER != null, () -> "skipped: PostgreSQL did not start here: " + Postgres.problem);
        String schema = "test" + NUMBER.incrementAndGet();
        try (TestPool pool = new TestPool(() -> connect("public"), true)) {
            execute(pool, "CREATE SCHEMA " + schema);
        }
        return schema;
    }

    static TestPool.Source postgresIn(String schema, String... settings) {
        return () -> connect(schema, settings);
    }

    /** With parameters of the driver. */
    static TestPool.Source postgresByUrl(String schema, String parameters) {
        return () -> new org.postgresql.Driver().connect(postgresUrl(schema) + "&" + parameters, login("postgres"));
    }

    static String postgresUrl(String schema) {
        return Postgres.SERVER.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema;
    }

    static TestPool.Source postgresDatabase(String database) {
        return () -> new org.postgresql.Driver()
                .connect(Postgres.SERVER.getJdbcUrl("postgres", database), login("postgres"));
    }

    /** The oldest PostgreSQL that is supported; skips the test, saying why, where it cannot run. */
    static TestPool oldestPostgres() {
        assumeTrue(
                OldestPostgres.SERVER != null,
                () -> "skipped: PostgreSQL 14 did not start here: " + OldestPostgres.problem);
        String schema = "test" + NUMBER.incrementAndGet();
        try (TestPool pool = new TestPool(() -> connect(OldestPostgres.SERVER, "public"), true)) {
            execute(pool, "CREATE SCHEMA " + schema);
        }
        return new TestPool(() -> connect(OldestPostgres.SERVER, schema), true);
    }

    /** A pool that works in a fresh database; skips the test, saying why, where MariaDB cannot run. */
    static TestPool mariaDb() {
        return new TestPool(mariaDbSource(), true);
    }

    static TestPool.Source mariaDbSource() {
        return mariaDbSource("");
    }

    /** With parameters of the driver. */
    static TestPool.Source mariaDbSource(String parameters) {
        assumeTrue(MariaDb.SERVER != null, () -> "skipped: MariaDB did not start here: " + MariaDb.problem);
        String database = "test" + NUMBER.incrementAndGet();
        try (TestPool pool = new TestPool(() -> MariaDb.SERVER.connect("mysql"), true)) {
            execute(pool, "CREATE DATABASE " + database);
        }
        return () -> MariaDb.SERVER.connect(database + "?" + parameters);
    }

    private static Connection connect(String schema, String... settings) throws SQLException {
        return connect(Postgres.SERVER, schema, settings);
    }

    private static Connection connect(EmbeddedPostgres server, String schema, String... settings) throws SQLException {
        Properties properties = login("postgres");
        properties.setProperty("options", "-c search_path=" + schema + " " + String.join(" ", settings));
        return new org.postgresql.Driver().connect(server.getJdbcUrl("postgres", "postgres"), properties);
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

    static void emptyMariaDb(DataSource dataSource) {
        for (String table : new String[] {"token_record", "job_record", "history"}) {
            execute(dataSource, "DELETE FROM linkspan_" + table);
        }
    }

    private static EmbeddedPostgres.Builder settings(EmbeddedPostgres.Builder builder) {
        return builder.setConnectConfig("connectTimeout", "20").setServerConfig("max_connections", "200");
    }

    private static final class Postgres {
        static final EmbeddedPostgres SERVER;
        static String problem = "";

        static {
            EmbeddedPostgres server = null;
            try {
                server = settings(EmbeddedPostgres.builder()).start();
            } catch (IOException | RuntimeException e) {
                problem = e.toString();
                System.err.println("PostgreSQL tests are skipped: it did not start: " + e);
            }
            SERVER = server;
        }
    }

    private static final class OldestPostgres {
        static final EmbeddedPostgres SERVER;
        static String problem = "";

        static {
            EmbeddedPostgres server = null;
            try {
                server = settings(EmbeddedPostgres.builder())
                        .setPgBinaryResolver(OldestPostgres::binaries)
                        .start();
            } catch (IOException | RuntimeException e) {
                problem = e.toString();
                System.err.println("tests on PostgreSQL 14 are skipped: it did not start: " + e);
            }
            SERVER = server;
        }

        /** The build puts them there; only for Linux on x86-64. */
        private static InputStream binaries(String system, String hardware) throws IOException {
            String entry = "postgres-" + system.toLowerCase(Locale.ROOT) + "-" + hardware + ".txz";
            try (ZipFile jar = new ZipFile("target/oldest-postgresql.jar")) {
                ZipEntry found = jar.getEntry(entry);
                if (found == null) {
                    throw new IOException("no binaries of PostgreSQL 14 for " + system + " on " + hardware);
                }
                return new ByteArrayInputStream(jar.getInputStream(found).readAllBytes());
            }
        }
    }

    private static final class MariaDb {
        static final MariaDbServer SERVER;
        static String problem = "";

        static {
            MariaDbServer server = null;
            try {
                server = MariaDbServer.start();
            } catch (IOException | RuntimeException e) {
                problem = String.valueOf(e.getMessage());
                System.err.println("tests on MariaDB are skipped: " + problem);
            }
            SERVER = server;
        }
    }
}
