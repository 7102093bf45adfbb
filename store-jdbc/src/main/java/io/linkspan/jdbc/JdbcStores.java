package io.linkspan.jdbc;

import io.linkspan.spi.JobStore;
import io.linkspan.spi.Stores;
import io.linkspan.spi.TokenStore;
import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Stores on PostgreSQL, MariaDB or H2.
 *
 * <pre>{@code
 * JdbcStores.migrate(dataSource);                  // once per release, by a user that may create tables
 * JdbcStores stores = JdbcStores.create(dataSource);
 * }</pre>
 *
 * <p>A database that answers as PostgreSQL but is another product, such as CockroachDB or YugabyteDB, is used with one warning: it is not
 * verified. Behind a pooler such as PgBouncer the driver's {@code prepareThreshold} is set to 0 on each connection, because in transaction
 * mode a prepared statement of another connection may have the same name.
 *
 * <p>Each call takes one connection from the data source and gives it back; a pool makes that cheap. The database must be the primary: a
 * replica that lags breaks the promises. Nothing needs closing. Immutable and thread-safe.
 */
public final class JdbcStores implements Stores {
    private final TokenStore tokens;
    private final JobStore jobs;

    private JdbcStores(Database database) {
        this.tokens = new JdbcTokenStore(database);
        this.jobs = new JdbcJobStore(database);
    }

    /**
     * Stores in tables named {@code linkspan_…}.
     *
     * @param dataSource the host's database
     * @return the stores
     * @throws io.linkspan.StoreException when the database cannot be reached or its schema is missing, too old or too new
     * @throws IllegalArgumentException when it is neither PostgreSQL, MariaDB 10.6 or later, nor H2, or has a setting that breaks a promise of the stores
     */
    public static JdbcStores create(DataSource dataSource) {
        return builder(dataSource).build();
    }

    /**
     * Starts stores with options.
     *
     * @param dataSource the host's database
     * @return a builder
     */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /**
     * Creates the tables, or brings them to the schema of this release; does nothing when they are. Several threads may call it at
     * once, and on PostgreSQL and MariaDB several processes.
     *
     * @param dataSource the host's database, with a user that may create tables
     * @throws io.linkspan.StoreException when the database refuses, or the schema is newer than this release
     * @throws IllegalArgumentException when it is neither PostgreSQL, MariaDB 10.6 or later, nor H2, or has a setting that breaks a promise of the stores
     */
    public static void migrate(DataSource dataSource) {
        builder(dataSource).migrate();
    }

    /**
     * Like {@link #migrate(DataSource)}, with another table prefix.
     *
     * @param dataSource the host's database, with a user that may create tables
     * @param tablePrefix as given to {@link Builder#tablePrefix}
     * @throws io.linkspan.StoreException when the database refuses, or the schema is newer than this release
     * @throws IllegalArgumentException when it is neither PostgreSQL, MariaDB 10.6 or later, nor H2, has a setting that breaks a promise of the stores, or the prefix is no identifier
     */
    public static void migrate(DataSource dataSource, String tablePrefix) {
        builder(dataSource).tablePrefix(tablePrefix).migrate();
    }

    /**
     * Opens, and creates when missing, a database file of H2 for a product that has no database: one process at a time, durable before each
     * call returns. H2 ({@code com.h2database:h2}) has to be at hand at run time.
     *
     * @param directory where the file {@code linkspan.mv.db} lies; created when missing
     * @return the stores, to be closed
     * @throws io.linkspan.StoreException when the directory cannot be written, another process has the file open, or H2 is not there
     */
    public static H2FileStores h2File(Path directory) {
        return H2FileStores.open(Objects.requireNonNull(directory, "directory"));
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

    /** Options of {@link JdbcStores}. Not thread-safe. */
    public static final class Builder {
        private final DataSource dataSource;
        private Tables tables = Tables.DEFAULT;
        private OpenTransaction openTransaction = OpenTransaction.REFUSE;

        private Builder(DataSource dataSource) {
            this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        }

        /**
         * Sets what table names begin with; {@code linkspan_} by default. Change it to keep several sets of tables in one schema.
         *
         * @param value up to 30 lower-case letters, digits and underscores, a letter first; may be empty
         * @return this
         */
        public Builder tablePrefix(String value) {
            this.tables = tables.withPrefix(value);
            return this;
        }

        /**
         * Sets the schema that holds the tables, on MariaDB the database; by default the one that the connection works in. It has to be
         * there already. Set it to keep the tables apart from the host's own.
         *
         * @param value up to 63 lower-case letters, digits and underscores, no digit first; empty for the default
         * @return this
         */
        public Builder schema(String value) {
            this.tables = tables.withSchema(value);
            return this;
        }

        /**
         * Creates the tables of this schema and prefix, or brings them to the schema version of this release, like
         * {@link JdbcStores#migrate(DataSource)}.
         *
         * @return this
         * @throws io.linkspan.StoreException when the database refuses, or its tables are newer than this release
         * @throws IllegalArgumentException when it is neither PostgreSQL, MariaDB 10.6 or later, nor H2, or has a setting that breaks a promise of the stores
         */
        public Builder migrate() {
            Schema.migrate(Database.detect(dataSource, tables, OpenTransaction.COMMIT));
            return this;
        }

        /**
         * Sets what to do with a connection that comes with autocommit off; {@link OpenTransaction#REFUSE} by default. With autocommit
         * on each call is a transaction of its own, whatever is set here.
         *
         * @param value what to do
         * @return this
         */
        public Builder openTransaction(OpenTransaction value) {
            this.openTransaction = Objects.requireNonNull(value, "value");
            return this;
        }

        /**
         * Looks at the database and makes the stores.
         *
         * @return the stores
         * @throws io.linkspan.StoreException when the database cannot be reached or its schema is missing, too old or too new
         * @throws IllegalArgumentException when it is neither PostgreSQL, MariaDB 10.6 or later, nor H2, or has a setting that breaks a promise of the stores
         */
        public JdbcStores build() {
            Database database = Database.detect(dataSource, tables, openTransaction);
            Schema.check(database);
            return new JdbcStores(database);
        }
    }
}
