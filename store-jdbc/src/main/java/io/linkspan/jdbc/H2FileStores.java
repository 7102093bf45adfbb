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
import java.sql.Statement;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stores in one file of H2, opened by {@link JdbcStores#h2File}, for one process. Each write is on the disk before its call returns. The
 * file only grows while it is used, and is rewritten when it is four times what it holds, 64 MiB at least. Thread-safe, one call at a time;
 * close it when the application ends.
 */
public final class H2FileStores implements Stores, AutoCloseable {
    private static final String NAME = "linkspan";
    private static final long LEAST_GROWN = 64L << 20;
    private static final int TIMES_GROWN = 4;

    private final Path file;
    private final long leastGrown;
    private final DriverManagerDataSource dataSource;
    private final Lock turn = new ReentrantLock();
    private final TokenStore tokens;
    private final JobStore jobs;
    /** Keeps the database open between calls; guarded by the turn, as is the size. */
    private Connection keeper;

    private long grown;

    private H2FileStores(Path base, Path file, long leastGrown) {
        this.file = file;
        this.leastGrown = leastGrown;
        this.grown = leastGrown;
        this.dataSource = new DriverManagerDataSource(url(base.resolve(NAME)));
        this.keeper = connect(dataSource, file);
        try {
            Database database = Database.detect(dataSource, Tables.DEFAULT, OpenTransaction.REFUSE)
                    .in(new Database.DurableFile(file.toString(), "CHECKPOINT SYNC", turn, this::rewriteWhenGrown));
            Schema.migrate(database);
            Schema.check(database);
            this.tokens = new JdbcTokenStore(database);
            this.jobs = new JdbcJobStore(database);
        } catch (RuntimeException e) {
            closeQuietly(keeper, e);
            throw e;
        }
    }

    static H2FileStores open(Path directory) {
        return open(directory, LEAST_GROWN);
    }

    /** With another size from which on the file may be rewritten, in bytes. */
    static H2FileStores open(Path directory, long leastGrown) {
        Path base = directory.toAbsolutePath().normalize();
        Path file = base.resolve(NAME + ".mv.db");
        requireWritable(base, file);
        return new H2FileStores(base, file, leastGrown);
    }

    /**
     * Copies what the file holds into a new one that takes its place. Nobody else is connected, for whoever uses the file does so in its
     * turn and with a connection of its own. A try that fails is not made again before the file has grown further, so that calls go on.
     */
    private void rewriteWhenGrown() {
        try {
            long size = Files.size(file);
            if (size < grown) {
                return;
            }
            grown = TIMES_GROWN * size;
            if (keeper.isClosed()) {
                keeper = connect(dataSource, file);
            }
            try (Statement statement = keeper.createStatement()) {
                statement.execute("SHUTDOWN COMPACT");
            }
            keeper = connect(dataSource, file);
            grown = Math.max(leastGrown, TIMES_GROWN * Files.size(file));
        } catch (IOException | SQLException e) {
            throw new StoreException(
                    "rewriting the database file " + file
                            + " failed; what was acknowledged is kept, and the next call goes on"
                            + " without it; free as much space as the file takes",
                    e);
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
        turn.lock();
        try {
            keeper.close();
        } catch (SQLException e) {
            throw new StoreException("closing the database file " + file + " failed; what was acknowledged is kept", e);
        } finally {
            turn.unlock();
        }
    }

    /**
     * The address. {@code async} because H2's usual file access closes the database when a thread is interrupted while it writes;
     * {@code WRITE_DELAY=0} because by default a commit reaches the file half a second later; {@code REUSE_SPACE=FALSE} because with
     * freed space in use the last write before a kill was seen to be lost, so there is nothing to gather at a close, {@code
     * MAX_COMPACT_TIME=0}; not closed by H2's own shutdown hook because the application's threads may still be at work then.
     */
    private static String url(Path base) {
        if (base.toString().indexOf(';') >= 0) {
            throw new IllegalArgumentException("the directory's path must not contain ';', was " + base);
        }
        return "jdbc:h2:async:" + base
                + ";WRITE_DELAY=0;REUSE_SPACE=FALSE;MAX_COMPACT_TIME=0;LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE";
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
