package io.linkspan.jdbc;

import io.linkspan.spi.TokenStore;
import io.linkspan.testkit.store.TokenStoreContract;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;

/** A host whose default isolation is the strictest one. */
class PostgresSerializableContractTest extends TokenStoreContract {
    private static DataSource dataSource;

    @BeforeAll
    static void migrate() {
        dataSource = TestDatabases.postgres("-c default_transaction_isolation=serializable");
        JdbcStores.migrate(dataSource);
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
    protected int manyRecords() {
        return 1_000;
    }

    @Override
    protected Optional<TokenStore> reopened() {
        return Optional.of(anotherNode());
    }
}
