package io.linkspan.testkit.store;

import io.linkspan.InMemoryStores;
import io.linkspan.spi.JobStore;

class InMemoryJobStoreContractTest extends JobStoreContract {
    @Override
    protected JobStore emptyStore() {
        return InMemoryStores.create().jobs();
    }
}
