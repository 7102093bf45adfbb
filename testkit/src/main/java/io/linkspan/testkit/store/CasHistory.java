package io.linkspan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What several threads saw of one record under compare-and-set. Moments are tickets from one counter, so their order agrees with real
 * time. Because every acknowledged write names the version it follows, the history is linearizable exactly when the versions form one
 * chain, no write began after the one that follows it had ended, and every refusal has a write that explains it.
 */
final class CasHistory {
    private record Attempt(long version, String payload, long begun, long ended) {}

    private final AtomicLong tickets = new AtomicLong();
    private final AtomicLong newest = new AtomicLong(1);
    private final Queue<Attempt> wins = new ConcurrentLinkedQueue<>();
    private final Queue<Attempt> losses = new ConcurrentLinkedQueue<>();

    long newestAcknowledged() {
        return newest.get();
    }

    long ticket() {
        return tickets.incrementAndGet();
    }

    void add(boolean won, long version, String payload, long begun) {
        (won ? wins : losses).add(new Attempt(version, payload, begun, ticket()));
        if (won) {
            newest.accumulateAndGet(version, Math::max);
        }
    }

    void check(long finalVersion, String finalPayload) {
        Map<Long, Attempt> chain = new TreeMap<>();
        for (Attempt win : wins) {
            assertNull(
                    chain.put(win.version(), win),
                    () -> "replace should return true to one writer of version " + win.version() + ", but did to two");
        }
        assertEquals(
                chain.size() + 1,
                finalVersion,
                "the stored version should be one more than the number of replaces that returned true");
        for (long version = 2; version <= finalVersion; version++) {
            Attempt write = chain.get(version);
            assertNotNull(
                    write,
                    "replace should have returned true to the writer of version " + version + ", which is stored");
            Attempt following = chain.get(version + 1);
            assertTrue(
                    following == null || write.begun() < following.ended(),
                    "the replace that wrote version " + version
                            + " should not begin after the one that wrote the next version" + " has ended");
        }
        for (Attempt loss : losses) {
            Attempt winner = chain.get(loss.version());
            assertTrue(
                    winner != null && winner.begun() < loss.ended(),
                    "replace should return true for version " + loss.version() + ", which no other writer had written");
        }
        Attempt last = chain.get(finalVersion);
        assertTrue(
                last == null || last.payload().equals(finalPayload),
                "the stored payload should be that of the last replace that returned true");
    }
}
