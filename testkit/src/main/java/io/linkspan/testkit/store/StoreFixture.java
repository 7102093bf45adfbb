package io.linkspan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.TenantId;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** The store under test and the records the rules are tried with. */
abstract class StoreFixture<S extends RecordStore> {
    static final TenantId TENANT = new TenantId("tenant-a");
    static final TenantId OTHER_TENANT = new TenantId("tenant-b");
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private @Nullable S store;

    StoreFixture() {}

    /**
     * Makes the store to test; called before each rule.
     *
     * @return a store that holds nothing
     * @throws Exception when it cannot be made, which fails the rule
     */
    protected abstract S emptyStore() throws Exception;

    /**
     * A second instance over the same data, as another process would have it.
     *
     * @return another instance; by default the store itself
     * @throws Exception when it cannot be made, which fails the rule
     */
    protected S anotherNode() throws Exception {
        return store();
    }

    /**
     * Closes the store and opens it again over the same data, to show that acknowledged writes are kept.
     *
     * @return the reopened store; empty, which is the default, skips the rule
     * @throws Exception when it cannot be opened, which fails the rule
     */
    protected Optional<S> reopened() throws Exception {
        return Optional.empty();
    }

    /**
     * Starts a process of your own that opens the store over the same data and calls {@link CrashWriter#writeUntilKilled}, with its
     * standard output piped to this one. It is killed, and then {@link #reopened()}, or else the store itself, must have every write it
     * was told of.
     *
     * @return the process; empty, which is the default, skips the rule
     * @throws Exception when it cannot be started, which fails the rule
     */
    protected Optional<Process> crashWriter() throws Exception {
        return Optional.empty();
    }

    /**
     * How many records the rule about a long rewrite uses. Lower it only for a store whose every write is slow by nature.
     *
     * @return the number; 10,000 by default
     */
    protected int manyRecords() {
        return 10_000;
    }

    abstract RecordKind kind();

    abstract RecordKind otherKind();

    /**
     * Makes the store of this run.
     *
     * @throws Exception when it cannot be made
     */
    @BeforeEach
    void openEmptyStore() throws Exception {
        store = emptyStore();
    }

    final S store() {
        return Objects.requireNonNull(store, "store");
    }

    final S node() {
        try {
            return anotherNode();
        } catch (Exception e) {
            throw new AssertionError("anotherNode() failed", e);
        }
    }

    final StoredRecord.Builder record(String id) {
        return record(TENANT, id);
    }

    final StoredRecord.Builder record(TenantId tenant, String id) {
        return StoredRecord.builder(tenant, kind(), id)
                .user("user-1")
                .status("READY")
                .payload(bytes("payload of " + tenant + "/" + id));
    }

    final StoredRecord inserted(StoredRecord.Builder builder) {
        StoredRecord record = builder.build();
        assertTrue(store().insert(record), () -> "insert refused a free id and key: " + record);
        return record;
    }

    final StoredRecord replaced(StoredRecord.Builder builder) {
        StoredRecord record = builder.build();
        assertTrue(store().replace(record), () -> "replace refused the next version: " + record);
        return record;
    }

    final Optional<StoredRecord> find(StoredRecord record) {
        return store().find(record.tenant(), record.kind(), record.id());
    }

    final void assertStored(StoredRecord expected) {
        assertSame(expected, find(expected).orElseThrow(() -> new AssertionError("not found: " + expected)));
    }

    static void assertSame(StoredRecord expected, StoredRecord actual) {
        assertEquals(expected.id(), actual.id(), "id");
        assertEquals(expected.tenant(), actual.tenant(), "tenant");
        assertEquals(expected.kind(), actual.kind(), "kind");
        assertEquals(expected.version(), actual.version(), "version");
        assertEquals(expected.user(), actual.user(), "user");
        assertEquals(expected.uniqueKey(), actual.uniqueKey(), "uniqueKey");
        assertEquals(expected.lookup(), actual.lookup(), "lookup");
        assertEquals(expected.status(), actual.status(), "status");
        assertEquals(expected.dueAt(), actual.dueAt(), "dueAt");
        assertEquals(expected.attentionAt(), actual.attentionAt(), "attentionAt");
        assertEquals(expected, actual, "payload");
    }

    static List<String> ids(List<StoredRecord> records) {
        return records.stream().map(StoredRecord::id).toList();
    }

    static String numbered(String prefix, int number) {
        return String.format(Locale.ROOT, "%s-%05d", prefix, number);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(StoredRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8);
    }
}
