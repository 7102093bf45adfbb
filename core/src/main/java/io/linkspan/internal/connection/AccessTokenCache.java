package io.linkspan.internal.connection;

import io.linkspan.Owner;
import io.linkspan.spi.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Opened access tokens of this process, for a short while. A write of a connection in this process forgets its token at
 * once; another process notices when the while is over. Thread-safe.
 */
final class AccessTokenCache {
    private static final int MOST = 10_000;

    private final long millis;
    private final CoarseClock clock;
    private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
    private long changes;

    AccessTokenCache(Duration life, CoarseClock clock) {
        this.millis = life.toMillis();
        this.clock = clock;
    }

    /** What is kept; the token shows nothing of itself. */
    private record Entry(Owner owner, Secret token, long until) {}

    boolean off() {
        return millis == 0;
    }

    /** A token that may still be used. */
    @Nullable
    Secret find(Owner owner, String connection) {
        Entry entry = entries.get(connection);
        return entry != null && clock.millis() < entry.until() && entry.owner().equals(owner) ? entry.token() : null;
    }

    /** To be taken before the connection is read. */
    synchronized long stamp() {
        return changes;
    }

    /** Keeps a token, unless something was written since the stamp: it may be the old one. */
    synchronized void keep(long stamp, Owner owner, String connection, Secret token, long end) {
        if (off() || stamp != changes) {
            return;
        }
        clock.start();
        long now = clock.exactMillis();
        if (entries.size() >= MOST) {
            entries.values().removeIf(entry -> entry.until() <= now);
        }
        if (entries.size() < MOST || entries.containsKey(connection)) {
            long until = Math.min(now + millis, end);
            entries.put(connection, new Entry(owner, Objects.requireNonNull(token, "token"), until));
        }
    }

    synchronized void forget(String connection) {
        changes++;
        entries.remove(connection);
    }

    synchronized void close() {
        changes++;
        entries.clear();
        clock.close();
    }
}
