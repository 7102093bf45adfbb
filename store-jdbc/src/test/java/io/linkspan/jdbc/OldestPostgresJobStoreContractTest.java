package io.linkspan.jdbc;

import io.linkspan.spi.JobStore;
import io.linkspan.testkit.store.JobStoreContract;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;

class OldestPostgresJobStoreContractTest extends JobStoreContract {
    private static DataSource dataSource;

    @BeforeAll
    static void migrate() {
        dataSource = TestDatabases.oldestPostgres();
        JdbcStores.migrate(dataSource);
    }

    @Override
    protected JobStore emptyStore() {
        TestDatabases.emptyPostgres(dataSource);
        return JdbcStores.create(dataSource).jobs();
    }

    @Override
    protected JobStore anotherNode() {
        return JdbcStores.create(dataSource).jobs();
    }

    @Override
    protected Optional<JobStore> reopened() {
        return Optional.of(anotherNode());
    }

    @Override
    protected Optional<Process> crashWriter() throws Exception {
        return Optional.of(ServerWriter.start("jobs", dataSource));
    }
}
