package io.linkspan.testkit.store;

import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RS-2 and RS-3. */
abstract class FindRules<S extends RecordStore> extends WriteRules<S> {
    private static final List<String> LOOK_ALIKES = List.of("Ab", "ab", "AB", "ab ", "\u00e4b", "a\u0308b");

    FindRules() {}

    /** RS-2: a missing record is empty, not an error. */
    @Test
    @Rule(
            value = "A missing record is an empty answer, not an error.",
            change = "Return Optional.empty() when no row matched.")
    public void required_RS02_missingIdIsEmpty() {
        assertNotFound(store().find(TENANT, kind(), "missing"), "find of an id that was never written");
    }

    /** RS-2: another tenant's id answers like a missing one, so that no id reveals or opens foreign data. */
    @Test
    @Rule(
            value = "Another tenant's id answers like a missing one, so that no id reveals or opens foreign data.",
            change = "Put the tenant into the WHERE of find.")
    public void required_RS02_foreignTenantFindsNothing() {
        inserted(record("id"));
        assertNotFound(store().find(OTHER_TENANT, kind(), "id"), "find of an id that only another tenant has");
    }

    /** RS-2: the id of another kind is a different one. */
    @Test
    @Rule(value = "The id of another kind is a different id.", change = "Put the kind into the WHERE of find.")
    public void required_RS02_foreignKindFindsNothing() {
        inserted(record("id"));
        assertNotFound(store().find(TENANT, otherKind(), "id"), "find of an id that only another kind has");
    }

    /** RS-2: ids differ by case, trailing blank and accent; a forgiving collation would merge two accounts. */
    @Test
    @Rule(
            value = "Ids differ by case, trailing blank and accent; a forgiving comparison would merge two accounts.",
            change =
                    "Give the id column a binary collation that does not pad: COLLATE \"C\" on PostgreSQL, utf8mb4_nopad_bin on MariaDB.")
    public void required_RS02_idsAreComparedExactly() {
        List<StoredRecord> records = LOOK_ALIKES.stream()
                .map(id -> inserted(record(id).payload(bytes("exactly " + id))))
                .toList();
        records.forEach(this::assertStored);
    }

    /** RS-2: every node sees an acknowledged write at once. */
    @Test
    @Rule(
            value = "Every node reads the newest acknowledged write.",
            change = "Read from the primary, without a cache and without a snapshot that outlasts the call.")
    public void required_RS02_otherNodesSeeTheNewestVersion() {
        StoredRecord first = inserted(record("id"));
        S node = node();
        assertFound(first, node.find(TENANT, kind(), "id"), "find on another node");
        StoredRecord second = replaced(first.next().payload(bytes("second")));
        assertFound(second, node.find(TENANT, kind(), "id"), "find on another node after a replace");
    }

    /** RS-3: a key leads to the newest version of its record. */
    @Test
    @Rule(
            value = "A unique key finds the newest version of its record.",
            change = "Read by (tenant, kind, unique key) from the table that replace writes.")
    public void required_RS03_keyFindsTheNewestVersion() {
        StoredRecord first = inserted(record("id").uniqueKey("key"));
        inserted(record("other").uniqueKey("other-key"));
        assertFound(first, store().findByKey(TENANT, kind(), "key"), "findByKey");
        StoredRecord second = replaced(first.next().payload(bytes("second")));
        assertFound(second, store().findByKey(TENANT, kind(), "key"), "findByKey after a replace");
        assertNotFound(store().findByKey(TENANT, kind(), "missing"), "findByKey for a key that was never written");
    }

    /** RS-3: a record that changed its key is found by the new one only. */
    @Test
    @Rule(
            value = "A record whose unique key changed is found by the new key only.",
            change =
                    "Write the unique key with every replace, and keep no second table of keys that is not updated with it.")
    public void required_RS03_changedKeyMovesTheRecord() {
        StoredRecord first = inserted(record("id").uniqueKey("old"));
        StoredRecord second = replaced(first.next().uniqueKey("new"));
        assertNotFound(store().findByKey(TENANT, kind(), "old"), "findByKey for the key before the change");
        assertFound(second, store().findByKey(TENANT, kind(), "new"), "findByKey for the key after the change");
    }

    /** RS-3: another tenant's or kind's key answers like a missing one. */
    @Test
    @Rule(
            value = "A unique key of another tenant or kind answers like a missing one.",
            change = "Put tenant and kind into the WHERE of findByKey.")
    public void required_RS03_foreignTenantAndKindFindNothing() {
        inserted(record("id").uniqueKey("key"));
        assertNotFound(
                store().findByKey(OTHER_TENANT, kind(), "key"), "findByKey for a key that only another tenant has");
        assertNotFound(store().findByKey(TENANT, otherKind(), "key"), "findByKey for a key that only another kind has");
    }

    /** RS-3: keys differ by case, trailing blank and accent. */
    @Test
    @Rule(
            value = "Unique keys differ by case, trailing blank and accent.",
            change =
                    "Give the unique key column a binary collation that does not pad: COLLATE \"C\" on PostgreSQL, utf8mb4_nopad_bin on MariaDB.")
    public void required_RS03_keysAreComparedExactly() {
        int number = 0;
        List<StoredRecord> records = new ArrayList<>();
        for (String key : LOOK_ALIKES) {
            records.add(inserted(record(numbered("id", number++)).uniqueKey(key)));
        }
        for (StoredRecord expected : records) {
            String key = expected.uniqueKey().orElseThrow();
            assertFound(expected, store().findByKey(TENANT, kind(), key), "findByKey for \"" + key + "\"");
        }
    }
}
