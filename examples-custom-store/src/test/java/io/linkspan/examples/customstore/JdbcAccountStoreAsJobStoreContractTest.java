package io.linkspan.examples.customstore;

import io.linkspan.spi.JobStore;
import io.linkspan.testkit.store.JobStoreContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

// docs: begin
class JdbcAccountStoreAsJobStoreContractTest extends JobStoreContract {
    private static ProductDatabase database;

    @BeforeAll
    static void open() {
        database = ProductDatabase.create();
    }

    @Override
    protected JobStore emptyStore() {
        database.execute("TRUNCATE post_records");
        return anotherNode();
    }

    @Override
    protected JobStore anotherNode() {
        return new JdbcAccountStore(database.dataSource());
    }

    @Override
    protected Optional<JobStore> reopened() {
        return Optional.of(anotherNode());
    }

    @AfterAll
    static void close() {
        database.close();
    }
}
// docs: end
