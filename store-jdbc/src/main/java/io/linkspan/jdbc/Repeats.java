package io.linkspan.jdbc;

import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Whether, and after which pause, a transaction that lost against another one is tried again. */
final class Repeats {
    static final int MOST_TRIES = 20;
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private Repeats() {}

    /**
     * Pauses when it is worth another try; the first comes at once, later ones after a pause of random length, so that those who met do
     * not meet again. Call it with no connection held.
     *
     * @param tries how many have failed
     */
    static boolean again(int tries, SQLException e) {
        if (tries >= MOST_TRIES || !Failures.isSerializationFailure(e)) {
            return false;
        }
        if (tries > 1) {
            long longest = Math.min(LONGEST_PAUSE, TimeUnit.MILLISECONDS.toNanos(1) << tries);
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
        }
        return true;
    }
}
