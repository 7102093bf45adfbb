package io.linkspan.testkit.store;

import io.linkspan.InMemoryStores;
import io.linkspan.spi.TokenStore;

class InMemoryTokenStoreContractTest extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
        return InMemoryStores.create().tokens();
    }
}
