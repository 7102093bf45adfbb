package io.linkspan.jdbc;

import io.linkspan.spi.JobStore;
import io.linkspan.testkit.store.JobStoreContract;
import javax.sql.DataSource;

class H2JobStoreContractTest extends JobStoreContract {
    private final DataSource dataSource = TestDatabases.h2();

    @Override
    protected JobStore emptyStore() {
        JdbcStores.migrate(dataSource);
        return JdbcStores.create(dataSource).jobs();
    }

    @Override
    protected JobStore anotherNode() {
        return JdbcStores.create(dataSource).jobs();
    }
}
