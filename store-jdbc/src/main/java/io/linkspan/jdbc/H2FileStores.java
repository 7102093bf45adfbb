package io.linkspan.jdbc;

import io.linkspan.StoreException;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.Stores;
import io.linkspan.spi.TokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stores in one file of H2, opened by {@link JdbcStores#h2File}. H2 is told to have each write on the disk before its call returns. Under
 * many kills at random moments H2 2.5 was seen to lose acknowledged writes all the same, after about one kill in a hundred; so this is for
 * trying out and for tests, and what must not post twice belongs on PostgreSQL or MariaDB. Thread-safe; close it when the application ends.
 */
public final class H2FileStores implements Stores, AutoCloseable {
    private static final String NAME = "linkspan";

    private final Path file;
    private final DriverManagerDataSource dataSource;
    private final Connection keeper;
    private final TokenStore tokens;
    private final JobStore jobs;

    private H2FileStores(Path file, DriverManagerDataSource dataSource, Connection keeper, Database database) {
        this.file = file;
        this.dataSource = dataSource;
        this.keeper = keeper;
        this.tokens = new JdbcTokenStore(database);
        this.jobs = new JdbcJobStore(database);
    }

    static H2FileStores open(Path directory) {
        Path base = directory.toAbsolutePath().normalize();
        Path file = base.resolve(NAME + ".mv.db");
        requireWritable(base, file);
        DriverManagerDataSource dataSource = new DriverManagerDataSource(url(base.resolve(NAME)));
        Connection keeper = connect(dataSource, file);
        try {
            Database database = Database.detect(dataSource, Tables.DEFAULT, OpenTransaction.REFUSE)
                    .in(new Database.DurableFile(file.toString(), "CHECKPOINT SYNC", new ReentrantLock()));
            Schema.migrate(database);
            Schema.check(database);
            return new H2FileStores(file, dataSource, keeper, database);
        } catch (RuntimeException e) {
            closeQuietly(keeper, e);
            throw e;
        }
    }

    /**
     * Where connections, pending connects, account links and history are kept.
     *
     * @return always the same store
     */
    @Override
    public TokenStore tokens() {
        return tokens;
    }

    /**
     * Where publications, jobs and lanes are kept.
     *
     * @return always the same store
     */
    @Override
    public JobStore jobs() {
        return jobs;
    }

    /**
     * The database file.
     *
     * @return its path
     */
    public Path file() {
        return file;
    }

    /** Closes the file once the calls that are going on have ended; later ones are refused. A second close does nothing. */
    @Override
    public void close() {
        dataSource.close();
        try {
            keeper.close();
        } catch (SQLException e) {
            throw new StoreException("closing the database file " + file + " failed; what was acknowledged is kept", e);
        }
    }

    /**
     * The address. {@code async} because H2's usual file access closes the database when a thread is interrupted while it writes;
     * {@code WRITE_DELAY=0} because by default a commit reaches the file half a second later; not closed by H2's own shutdown hook because
     * the application's threads may still be at work then.
     */
    private static String url(Path base) {
        if (base.toString().indexOf(';') >= 0) {
            throw new IllegalArgumentException("the directory's path must not contain ';', was " + base);
        }
        return "jdbc:h2:async:" + base + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE";
    }

    /** H2 opens what it cannot write as read-only, without a word. */
    private static void requireWritable(Path directory, Path file) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, NAME, ".probe"));
        } catch (IOException e) {
            throw new StoreException(
                    "directory " + directory + " cannot be written"
                            + (Failures.isFullDisk(e) ? ", the disk is full" : "")
                            + "; check that it is a directory, its permissions and the disk's space",
                    e);
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new StoreException("database file " + file + " cannot be written; check its permissions", null);
        }
    }

    private static Connection connect(DriverManagerDataSource dataSource, Path file) {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            if ("08001".equals(e.getSQLState())) {
                throw new StoreException(
                        "database file " + file + " cannot be opened without H2; add com.h2database:h2 at run time", e);
            }
            throw Failures.of("opening the database file " + file, Tables.DEFAULT, e);
        }
    }

    private static void closeQuietly(Connection connection, RuntimeException because) {
        try {
            connection.close();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }
}
