package io.linkspan.examples.customstore;

import io.linkspan.spi.TokenStore;
import io.linkspan.testkit.store.TokenStoreContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

// docs: begin
class JdbcAccountStoreContractTest extends TokenStoreContract {
    private static ProductDatabase database;

    @BeforeAll
    static void open() {
        database = ProductDatabase.create();
        // the kit's records belong to no user of the product
        database.execute("ALTER TABLE social_accounts DROP CONSTRAINT social_accounts_owner");
    }

    @Override
    protected TokenStore emptyStore() {
        database.execute("TRUNCATE social_accounts, scheduled_posts, account_records, account_history, post_records");
        return anotherNode();
    }

    @Override
    protected TokenStore anotherNode() {
        return new JdbcAccountStore(database.dataSource());
    }

    @Override
    protected Optional<TokenStore> reopened() {
        return Optional.of(anotherNode());
    }

    @AfterAll
    static void close() {
        database.close();
    }
}
// docs: end
