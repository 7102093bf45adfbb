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
            Optional<DurableFile> durableFile) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.tables = tables;
        this.openTransaction = openTransaction;
        this.durableFile = durableFile;
    }

    static Database detect(DataSource dataSource, Tables tables, OpenTransaction openTransaction) {
        try (Connection connection = dataSource.getConnection()) {
            return new Database(
                    dataSource, Dialect.of(connection.getMetaData()), tables, openTransaction, Optional.empty());
        } catch (SQLException e) {
            throw Failures.of("connecting to the database", tables, e);
        }
    }

    Database in(DurableFile file) {
        return new Database(dataSource, dialect, tables, openTransaction, Optional.of(file));
    }

    /** A table as messages name it. */
    String place(String table) {
        return durableFile.map(file -> table + " of " + file.path()).orElse(table);
    }

    DataSource dataSource() {
        return dataSource;
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
