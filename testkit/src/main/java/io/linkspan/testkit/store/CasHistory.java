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
                    chain.put(win.version(), win), () -> "two writers were told they wrote version " + win.version());
        }
        assertEquals(chain.size() + 1, finalVersion, "final version after " + chain.size() + " acknowledged writes");
        for (long version = 2; version <= finalVersion; version++) {
            Attempt write = chain.get(version);
            assertNotNull(write, "nobody was told that version " + version + " was written");
            Attempt following = chain.get(version + 1);
            assertTrue(
                    following == null || write.begun() < following.ended(),
                    "version " + version + " began after the next one had ended");
        }
        for (Attempt loss : losses) {
            Attempt winner = chain.get(loss.version());
            assertTrue(
                    winner != null && winner.begun() < loss.ended(),
                    "version " + loss.version() + " was refused although nobody else had written it");
        }
        Attempt last = chain.get(finalVersion);
        assertTrue(
                last == null || last.payload().equals(finalPayload),
                "the last acknowledged write is not what is stored");
    }
}
