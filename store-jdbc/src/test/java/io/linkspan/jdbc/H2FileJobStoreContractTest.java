package io.linkspan.jdbc;

import io.linkspan.spi.JobStore;
import io.linkspan.testkit.store.JobStoreContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class H2FileJobStoreContractTest extends JobStoreContract {
    @TempDir
    private Path directory;

    private H2FileStores stores;

    @Override
    protected JobStore emptyStore() {
        stores = JdbcStores.h2File(directory);
        return stores.jobs();
    }

    @Override
    protected Optional<JobStore> reopened() {
        stores.close();
        stores = JdbcStores.h2File(directory);
        return Optional.of(stores.jobs());
    }

    @Override
    protected Optional<Process> crashWriter() throws Exception {
        stores.close();
        return Optional.of(ServerWriter.start("jobs", directory));
    }

    @Override
    protected int manyRecords() {
        return 500;
    }

    @AfterEach
    void close() {
        stores.close();
    }
}
