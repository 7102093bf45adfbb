package io.linkspan.examples.customstore;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** The product's database: both scripts on a PostgreSQL that lives as long as the test run. */
final class ProductDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final HikariDataSource pool;

    private ProductDatabase(HikariDataSource pool) {
        this.pool = pool;
    }

    /** A fresh schema with the product's tables and Linkspan's columns. */
    static ProductDatabase create() {
        return create(true);
    }

    static ProductDatabase create(boolean autoCommit) {
        assumeTrue(Server.RUNNING != null, () -> "skipped: PostgreSQL did not start here: " + Server.problem);
        String schema = "product" + NUMBER.incrementAndGet();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(Server.RUNNING.getJdbcUrl("postgres", "postgres"));
        config.setUsername("postgres");
        config.setSchema(schema);
        config.setAutoCommit(autoCommit);
        config.setMaximumPoolSize(12);
        config.setConnectionInitSql("CREATE SCHEMA IF NOT EXISTS " + schema);
        config.setMinimumIdle(1);
        ProductDatabase database = new ProductDatabase(new HikariDataSource(config));
        if (autoCommit) {
            database.execute(script("01-product.sql"));
            database.execute(script("02-linkspan.sql"));
        }
        return database;
    }

    private static String script(String name) {
        try (InputStream in = JdbcAccountStore.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DataSource dataSource() {
        return pool;
    }

    void execute(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** The first column of all rows, a line each. */
    String lines(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            StringBuilder text = new StringBuilder();
            while (row.next()) {
                text.append(row.getString(1)).append('\n');
            }
            return text.toString();
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING;
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
            }
            RUNNING = server;
        }
    }
}
