package io.linkspan.jdbc;

import io.linkspan.spi.TokenStore;
import io.linkspan.testkit.store.TokenStoreContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class H2FileTokenStoreContractTest extends TokenStoreContract {
    @TempDir
    private Path directory;

    private H2FileStores stores;

    @Override
    protected TokenStore emptyStore() {
        stores = JdbcStores.h2File(directory);
        return stores.tokens();
    }

    @Override
    protected Optional<TokenStore> reopened() {
        stores.close();
        stores = JdbcStores.h2File(directory);
        return Optional.of(stores.tokens());
    }

    @Override
    protected Optional<Process> crashWriter() throws Exception {
        stores.close();
        return Optional.of(ServerWriter.start("tokens", directory));
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
