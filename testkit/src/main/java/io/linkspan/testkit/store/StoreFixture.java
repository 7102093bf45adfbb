package io.linkspan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.TenantId;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The store under test and the records the rules are tried with. */
@ExtendWith(RuleReport.class)
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
        assertTrue(
                store().insert(record),
                () -> "insert should return true for a record with a free id and a free unique key: " + record);
        return record;
    }

    final StoredRecord replaced(StoredRecord.Builder builder) {
        StoredRecord record = builder.build();
        assertTrue(
                store().replace(record),
                () -> "replace should return true for the version that follows the stored one: " + record);
        return record;
    }

    final void deleted(StoredRecord record) {
        assertTrue(store().delete(record), () -> "delete should return true for the version that is stored: " + record);
    }

    final void refused(boolean written, String call) {
        assertFalse(written, () -> call + " should return false");
    }

    final Optional<StoredRecord> find(StoredRecord record) {
        return store().find(record.tenant(), record.kind(), record.id());
    }

    /** A record of the tenant that the rule has written. */
    final StoredRecord found(S node, String id) {
        return node.find(TENANT, kind(), id)
                .orElseThrow(() -> new AssertionError("find should return a record that was written: " + id));
    }

    final void assertStored(StoredRecord expected) {
        assertSame(
                expected,
                find(expected).orElseThrow(() -> new AssertionError("find should return this record: " + expected)));
    }

    final void assertAbsent(StoredRecord missing) {
        assertEquals(Optional.empty(), find(missing), () -> "find should return nothing for this record: " + missing);
    }

    /** Compares what a query returned, record by record and in order. */
    static void assertRecords(List<StoredRecord> expected, List<StoredRecord> actual, String query) {
        assertEquals(places(expected), places(actual), () -> query + " should return these records in this order");
        for (int i = 0; i < expected.size(); i++) {
            assertSame(expected.get(i), actual.get(i));
        }
    }

    static void assertIds(List<String> expected, List<StoredRecord> actual, String query) {
        assertEquals(expected, ids(actual), () -> query + " should return these records in this order");
    }

    static void assertFound(StoredRecord expected, Optional<StoredRecord> actual, String query) {
        assertSame(
                expected, actual.orElseThrow(() -> new AssertionError(query + " should return a record: " + expected)));
    }

    static void assertNotFound(Optional<StoredRecord> actual, String query) {
        assertEquals(Optional.empty(), actual, () -> query + " should return nothing");
    }

    static void assertSame(StoredRecord expected, StoredRecord actual) {
        column("id", expected.id(), actual.id(), expected);
        column("tenant", expected.tenant(), actual.tenant(), expected);
        column("kind", expected.kind(), actual.kind(), expected);
        column("version", expected.version(), actual.version(), expected);
        column("user", expected.user(), actual.user(), expected);
        column("unique key", expected.uniqueKey(), actual.uniqueKey(), expected);
        column("lookup", expected.lookup(), actual.lookup(), expected);
        column("status", expected.status(), actual.status(), expected);
        column("due time", expected.dueAt(), actual.dueAt(), expected);
        column("attention time", expected.attentionAt(), actual.attentionAt(), expected);
        assertTrue(
                Arrays.equals(expected.payload(), actual.payload()),
                () -> "the payload should come back byte for byte in " + expected);
    }

    private static void column(String name, Object expected, Object actual, StoredRecord record) {
        assertEquals(expected, actual, () -> "the " + name + " should come back as it was written in " + record);
    }

    static List<String> places(List<StoredRecord> records) {
        return records.stream()
                .map(record ->
                        record.tenant() + "/" + record.kind() + "/" + record.id() + " version " + record.version())
                .toList();
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
