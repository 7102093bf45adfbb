package io.linkspan.kills;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.jdbc.H2FileStores;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.Stores;
import io.linkspan.spi.TokenStore;
import java.nio.file.Path;

/** The stores that have to survive a kill. */
enum StoreKind {
    /** One file; one process at a time. */
    H2 {
        @Override
        Opened open(String address) {
            H2FileStores stores = JdbcStores.h2File(Path.of(address));
            return new Opened(stores, stores);
        }
    },
    /** A server that outlives the workers. */
    POSTGRESQL {
        @Override
        Opened open(String address) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(address);
            config.setMaximumPoolSize(6);
            config.setMinimumIdle(1);
            HikariDataSource pool = new HikariDataSource(config);
            JdbcStores.migrate(pool);
            return new Opened(JdbcStores.create(pool), pool);
        }
    };

    abstract Opened open(String address);

    /** Stores, and what has to be closed after them. */
    record Opened(Stores stores, AutoCloseable resource) implements Stores, AutoCloseable {
        @Override
        public TokenStore tokens() {
            return stores.tokens();
        }

        @Override
        public JobStore jobs() {
            return stores.jobs();
        }

        @Override
        public void close() {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("the store did not close", e);
            }
        }
    }
}
