package io.linkspan.jdbc;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.TokenStore;
import io.linkspan.testkit.store.JobStoreContract;
import io.linkspan.testkit.store.TokenStoreContract;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The pools that hosts bring along, with their defaults: job stores on PostgreSQL, token stores on H2. */
class PoolsTest {
    private static final int CONNECTIONS = 10;

    /** A pool under test. */
    @FunctionalInterface
    interface Pool {
        DataSource open(String url, String user) throws Exception;
    }

    private static DataSource hikari(String url, String user) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }

    private static DataSource agroal(String url, String user) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(CONNECTIONS)
                        .acquisitionTimeout(Duration.ofSeconds(30))
                        .connectionFactoryConfiguration(
                                factory -> factory.jdbcUrl(url).principal(new NamePrincipal(user)))));
    }

    private static DataSource tomcat(String url, String user) {
        PoolProperties properties = new PoolProperties();
        properties.setUrl(url);
        properties.setDriverClassName(driver(url));
        properties.setUsername(user);
        properties.setMaxActive(CONNECTIONS);
        return new org.apache.tomcat.jdbc.pool.DataSource(properties);
    }

    private static DataSource dbcp2(String url, String user) {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(url);
        pool.setUsername(user);
        pool.setPassword("");
        pool.setMaxTotal(CONNECTIONS);
        return pool;
    }

    private static DataSource c3p0(String url, String user) throws Exception {
        ComboPooledDataSource pool = new ComboPooledDataSource();
        pool.setDriverClass(driver(url));
        pool.setJdbcUrl(url);
        pool.setUser(user);
        pool.setMaxPoolSize(CONNECTIONS);
        return pool;
    }

    private static String driver(String url) {
        return url.startsWith("jdbc:h2:") ? "org.h2.Driver" : "org.postgresql.Driver";
    }

    private static void close(DataSource pool) throws Exception {
        if (pool instanceof ComboPooledDataSource c3p0) {
            c3p0.close();
        } else if (pool instanceof org.apache.tomcat.jdbc.pool.DataSource tomcat) {
            tomcat.close();
        } else {
            ((AutoCloseable) pool).close();
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class Tokens extends TokenStoreContract {
        private final Pool pools;
        private DataSource pool;

        Tokens(Pool pools) {
            this.pools = pools;
        }

        @BeforeAll
        void open() throws Exception {
            pool = pools.open("jdbc:h2:mem:" + getClass().getSimpleName() + ";DB_CLOSE_DELAY=-1", "sa");
            JdbcStores.migrate(pool);
        }

        @AfterAll
        void end() throws Exception {
            close(pool);
        }

        @Override
        protected TokenStore emptyStore() {
            TestDatabases.emptyMariaDb(pool);
            return anotherNode();
        }

        @Override
        protected TokenStore anotherNode() {
            return JdbcStores.create(pool).tokens();
        }

        @Override
        protected int manyRecords() {
            return 200;
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class Jobs extends JobStoreContract {
        private final Pool pools;
        private DataSource pool;

        Jobs(Pool pools) {
            this.pools = pools;
        }

        @BeforeAll
        void open() throws Exception {
            pool = pools.open(TestDatabases.postgresUrl(TestDatabases.postgresSchema()), "postgres");
            JdbcStores.migrate(pool);
        }

        @AfterAll
        void end() throws Exception {
            close(pool);
        }

        @Override
        protected JobStore emptyStore() {
            TestDatabases.emptyPostgres(pool);
            return anotherNode();
        }

        @Override
        protected JobStore anotherNode() {
            return JdbcStores.create(pool).jobs();
        }

        @Override
        protected int manyRecords() {
            return 200;
        }
    }

    @Nested
    class HikariTokens extends Tokens {
        HikariTokens() {
            super(PoolsTest::hikari);
        }
    }

    @Nested
    class HikariJobs extends Jobs {
        HikariJobs() {
            super(PoolsTest::hikari);
        }
    }

    @Nested
    class AgroalTokens extends Tokens {
        AgroalTokens() {
            super(PoolsTest::agroal);
        }
    }

    @Nested
    class AgroalJobs extends Jobs {
        AgroalJobs() {
            super(PoolsTest::agroal);
        }
    }

    @Nested
    class TomcatTokens extends Tokens {
        TomcatTokens() {
            super(PoolsTest::tomcat);
        }
    }

    @Nested
    class TomcatJobs extends Jobs {
        TomcatJobs() {
            super(PoolsTest::tomcat);
        }
    }

    @Nested
    class Dbcp2Tokens extends Tokens {
        Dbcp2Tokens() {
            super(PoolsTest::dbcp2);
        }
    }

    @Nested
    class Dbcp2Jobs extends Jobs {
        Dbcp2Jobs() {
            super(PoolsTest::dbcp2);
        }
    }

    @Nested
    class C3p0Tokens extends Tokens {
        C3p0Tokens() {
            super(PoolsTest::c3p0);
        }
    }

    @Nested
    class C3p0Jobs extends Jobs {
        C3p0Jobs() {
            super(PoolsTest::c3p0);
        }
    }
}
