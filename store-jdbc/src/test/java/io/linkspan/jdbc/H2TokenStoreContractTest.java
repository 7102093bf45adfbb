package io.linkspan.jdbc;

import io.linkspan.spi.TokenStore;
import io.linkspan.testkit.store.TokenStoreContract;
import javax.sql.DataSource;

class H2TokenStoreContractTest extends TokenStoreContract {
    private final DataSource dataSource = TestDatabases.h2();

    @Override
    protected TokenStore emptyStore() {
        JdbcStores.migrate(dataSource);
        return JdbcStores.create(dataSource).tokens();
    }

    @Override
    protected TokenStore anotherNode() {
        return JdbcStores.create(dataSource).tokens();
    }
}
