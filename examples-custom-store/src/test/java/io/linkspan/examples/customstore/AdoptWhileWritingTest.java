package io.linkspan.examples.customstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.TenantId;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A connection moves into its old row while another node writes it. */
class AdoptWhileWritingTest {
    private static final TenantId TENANT = new TenantId("harbour");

    @Test
    void writerThatMeetsTheMove_losesThenFindsTheConnectionInItsNewPlace() throws Exception {
        try (ProductDatabase database = ProductDatabase.create()) {
            database.execute("""
                    INSERT INTO workspaces (id, name, plan) VALUES ('harbour', 'Harbour Ltd', 'team');
                    INSERT INTO users (workspace_id, id, email) VALUES ('harbour', 'mira', 'mira@example.com');
                    INSERT INTO social_accounts (workspace_id, user_id, status, label_color, sealed_token)
                        VALUES ('harbour', 'mira', 'active', 'blue', 'old');
                    """);
            long row = Long.parseLong(
                    database.lines("SELECT id FROM social_accounts").strip());
            TokenStore store = new JdbcAccountStore(database.dataSource());
            StoredRecord read = StoredRecord.builder(TENANT, RecordKind.CONNECTION, "id")
                    .user("mira")
                    .status("authorized")
                    .build();
            assertTrue(store.insert(read));
            CompletableFuture<Boolean> write;
            try (Connection move = database.dataSource().getConnection();
                    PreparedStatement adopt = move.prepareStatement(SocialAccounts.ADOPT)) {
                move.setAutoCommit(false);
                adopt.setLong(1, row);
                adopt.setString(2, "harbour");
                adopt.setString(3, "harbour");
                adopt.setString(4, "id");
                assertEquals(1, adopt.executeUpdate());
                write = CompletableFuture.supplyAsync(
                        () -> store.replace(read.next().status("revoked").build()));
                awaitLock(database);
                move.commit();
            }

            assertFalse(write.get(60, TimeUnit.SECONDS));
            StoredRecord moved = store.find(TENANT, RecordKind.CONNECTION, "id").orElseThrow();
            assertEquals(read, moved);
            assertTrue(store.replace(moved.next().status("revoked").build()));
            assertEquals(
                    row + " blue revoked\n",
                    database.lines(
                            "SELECT concat_ws(' ', id, label_color, status, sealed_token) FROM social_accounts"));
        }
    }

    private static void awaitLock(ProductDatabase database) {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (database.lines("SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND query LIKE 'UPDATE social_accounts SET linkspan_version%'")
                .isEmpty()) {
            assertTrue(Instant.now().isBefore(end), "the writer never came to the row");
            Thread.onSpinWait();
        }
    }
}
