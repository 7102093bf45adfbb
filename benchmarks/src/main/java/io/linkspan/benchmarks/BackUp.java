package io.linkspan.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** All tables of Linkspan as they were at one moment, in files: what {@code pg_dump --data-only} does. */
final class BackUp {
    private static final List<String> TABLES =
            List.of("linkspan_token_record", "linkspan_job_record", "linkspan_history");

    private final Path folder;

    private BackUp(Path folder) {
        this.folder = folder;
    }

    /** Takes one while others write: every table is read in the same snapshot. */
    static BackUp take(String address, Path folder) throws SQLException, IOException {
        Files.createDirectories(folder);
        try (Connection connection = DriverManager.getConnection(address)) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            for (String table : TABLES) {
                try (OutputStream out = Files.newOutputStream(folder.resolve(table))) {
                    copies(connection).copyOut("COPY " + table + " TO STDOUT", out);
                }
            }
            connection.commit();
        }
        return new BackUp(folder);
    }

    /** Fills the tables of a new database that has the schema. */
    void restore(String address) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(address);
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (InputStream in = Files.newInputStream(folder.resolve(table))) {
                    copies(connection).copyIn("COPY " + table + " FROM STDIN", in);
                }
                statement.execute("ANALYZE " + table);
            }
        }
    }

    private static CopyManager copies(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}
