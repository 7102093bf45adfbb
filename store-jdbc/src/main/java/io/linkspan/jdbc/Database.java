package io.linkspan.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import javax.sql.DataSource;

/** One database as the stores use it. */
final class Database {
    private final DataSource dataSource;
    private final Dialect dialect;
    private final Tables tables;
    private final OpenTransaction openTransaction;
    private final Dialect.Setting setting;
    private final Optional<DurableFile> durableFile;

    /**
     * A database that is one file.
     *
     * @param path the file, for messages
     * @param afterWrite what makes a committed write survive a loss of power
     * @param turn held by the one who uses the file
     * @param tidy run by the one whose turn it is, before the file is used
     */
    record DurableFile(String path, String afterWrite, Lock turn, Runnable tidy) {}

    private Database(
            DataSource dataSource,
            Dialect dialect,
            Tables tables,
            OpenTransaction openTransaction,
            Dialect.Setting setting,
            Optional<DurableFile> durableFile) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.tables = tables;
        this.openTransaction = openTransaction;
        this.setting = setting;
        this.durableFile = durableFile;
    }

    /**
     * Looks at the database.
     *
     * @throws IllegalArgumentException when the stores cannot keep their promises on it
     */
    static Database detect(DataSource dataSource, Tables tables, OpenTransaction openTransaction) {
        Dialect dialect = dialect(dataSource, tables);
        Database found = new Database(dataSource, dialect, tables, openTransaction, same -> {}, Optional.empty());
        return found.with(Inspection.of(found));
    }

    private static Dialect dialect(DataSource dataSource, Tables tables) {
        try (Connection connection = dataSource.getConnection()) {
            return Dialect.of(connection.getMetaData());
        } catch (SQLException e) {
            throw Failures.of("connecting to the database", tables, e);
        }
    }

    private Database with(Dialect.Setting every) {
        return new Database(dataSource, dialect, tables, openTransaction, every, durableFile);
    }

    Database in(DurableFile file) {
        return new Database(dataSource, dialect, tables, openTransaction, setting, Optional.of(file));
    }

    /** A table as messages name it. */
    String place(String table) {
        return durableFile.map(file -> table + " of " + file.path()).orElse(table);
    }

    /** A connection of the host, ready for use. */
    Connection connect() throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            setting.on(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    Dialect dialect() {
        return dialect;
    }

    Tables tables() {
        return tables;
    }

    OpenTransaction openTransaction() {
        return openTransaction;
    }

    Optional<DurableFile> durableFile() {
        return durableFile;
    }
}
