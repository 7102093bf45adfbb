package io.linkspan.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own for each contender, on one server with durable commits, through a pool. */
final class QueueDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String[] SHOWN = {
        "server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_wal_size"
    };

    private final EmbeddedPostgres server;
    private final String name = "queue_" + NUMBER.incrementAndGet();
    private final HikariDataSource pool;

    QueueDatabase(EmbeddedPostgres server, int connections) throws SQLException {
        this.server = server;
        try (Connection admin = server.getPostgresDatabase().getConnection();
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            statement.execute("CHECKPOINT");
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", name));
        config.setMaximumPoolSize(connections);
        this.pool = new HikariDataSource(config);
    }

    /** The embedded server alone would switch both durability settings off. */
    static EmbeddedPostgres server() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
    }

    static String settings(EmbeddedPostgres server) throws SQLException {
        StringJoiner settings = new StringJoiner(", ");
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String shown : SHOWN) {
                try (ResultSet row = statement.executeQuery("SHOW " + shown)) {
                    row.next();
                    settings.add(shown + " " + row.getString(1));
                }
            }
        }
        return settings.toString();
    }

    HikariDataSource pool() {
        return pool;
    }

    int port() {
        return server.getPort();
    }

    String name() {
        return name;
    }

    void execute(String text) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    /** Drops the database, so that no clean-up of what one contender left behind burdens the next. */
    @Override
    public void close() throws SQLException {
        pool.close();
        try (Connection admin = server.getPostgresDatabase().getConnection();
                Statement statement = admin.createStatement()) {
            statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }
}
