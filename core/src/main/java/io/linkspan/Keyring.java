package io.linkspan;

import java.util.Map;

/**
 * Changes the keys that protect tokens. New records use the current key by themselves; this brings the others along.
 *
 * <p>To retire a key: make another one current in every process, call {@link #rewrap} until it is complete, and drop the old
 * key when {@link #records} does not name it any more. Thread-safe, blocking; one process at a time is enough, several do no
 * harm.
 */
public interface Keyring {
    /**
     * Re-wraps data keys of records with the current key; what they protect is not opened. Goes on where the last call ended.
     *
     * @param limit at most this many records are rewritten, at least 1
     * @return how far it came
     * @throws IllegalStateException when a store cannot walk its records, see {@link io.linkspan.spi.RecordScan}
     */
    Rewrap rewrap(int limit);

    /**
     * Counts records by the keys they need. Walks all records.
     *
     * @return number of records by key id
     * @throws IllegalStateException when a store cannot walk its records
     */
    Map<String, Long> records();

    /**
     * How far a call came.
     *
     * @param rewrapped records rewritten
     * @param left records with another key that were in use or changed meanwhile; the next walk takes them
     * @param unreadable records whose key is gone; their connections have to be made again
     * @param complete whether the walk reached the end
     */
    record Rewrap(int rewrapped, int left, int unreadable, boolean complete) {}
}
