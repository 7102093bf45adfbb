package io.linkspan.jdbc;

import io.linkspan.spi.TokenStore;
import io.linkspan.testkit.store.TokenStoreContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;

/** The history as docs/operations.md partitions it, by connection, keeps every promise of a token store. */
class PartitionedHistoryContractTest extends TokenStoreContract {
    private static DataSource dataSource;

    @BeforeAll
    static void migrate() throws SQLException {
        dataSource = TestDatabases.postgres();
        JdbcStores.migrate(dataSource);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE linkspan_history");
            statement.execute("CREATE TABLE linkspan_history ("
                    + " tenant VARCHAR(128) COLLATE \"C\" NOT NULL,"
                    + " subject VARCHAR(128) COLLATE \"C\" NOT NULL,"
                    + " sequence_no BIGINT NOT NULL,"
                    + " happened_at BIGINT NOT NULL,"
                    + " entry VARCHAR(8192) NOT NULL,"
                    + " CONSTRAINT linkspan_history_pk PRIMARY KEY (tenant, subject, sequence_no)"
                    + ") PARTITION BY HASH (subject)");
            for (int part = 0; part < 4; part++) {
                statement.execute("CREATE TABLE linkspan_history_" + part + " PARTITION OF linkspan_history"
                        + " FOR VALUES WITH (MODULUS 4, REMAINDER " + part + ")");
            }
        }
    }

    @Override
    protected TokenStore emptyStore() {
        TestDatabases.emptyPostgres(dataSource);
        return JdbcStores.create(dataSource).tokens();
    }

    @Override
    protected TokenStore anotherNode() {
        return JdbcStores.create(dataSource).tokens();
    }

    @Override
    protected Optional<TokenStore> reopened() {
        return Optional.of(anotherNode());
    }
}
