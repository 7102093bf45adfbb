package io.linkspan.jdbc;

import io.linkspan.spi.TokenStore;
import io.linkspan.testkit.store.TokenStoreContract;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;

class OldestPostgresTokenStoreContractTest extends TokenStoreContract {
    private static DataSource dataSource;

    @BeforeAll
    static void migrate() {
        dataSource = TestDatabases.oldestPostgres();
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
    protected Optional<TokenStore> reopened() {
        return Optional.of(anotherNode());
    }

    @Override
    protected Optional<Process> crashWriter() throws Exception {
        return Optional.of(ServerWriter.start("tokens", dataSource));
    }
}
