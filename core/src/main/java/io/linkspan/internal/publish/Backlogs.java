package io.linkspan.internal.publish;

import io.linkspan.internal.Kernel;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sees past one account's backlog where a store shows only what has been due longest. Of each account a few jobs stay; the others
 * step back in their order, a few every ten seconds, which is more than a platform lets one account post.
 */
final class Backlogs {
    /** Of one account, before the commit. */
    private static final int STAY = 50;

    private static final Duration PACE = Duration.ofSeconds(10);
    /** So often in a row the store is read again. */
    private static final int MOST_READS = 50;

    private final Kernel kernel;

    Backlogs(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Due jobs of many accounts, at most so many. */
    List<StoredRecord> due(int most) {
        Instant now = kernel.now();
        Map<String, Integer> seen = new HashMap<>();
        List<StoredRecord> due = kernel.jobs().due(RecordKind.JOB, now, most);
        for (int reads = 1; due.size() == most && reads < MOST_READS; reads++) {
            if (!stepBack(due, now, seen)) {
                return due;
            }
            due = kernel.jobs().due(RecordKind.JOB, now, most);
        }
        return due;
    }

    /** Whether any job stepped back; those that were submitted first stay. */
    private boolean stepBack(List<StoredRecord> due, Instant now, Map<String, Integer> seen) {
        Map<String, Integer> staying = new HashMap<>();
        boolean moved = false;
        for (StoredRecord record : FairOrder.byId(due)) {
            String account = record.tenant() + "\n" + record.lookup().orElse("");
            if (FairOrder.afterCommit(record) || staying.merge(account, 1, Integer::sum) <= STAY) {
                continue;
            }
            int place = seen.merge(account, 1, Integer::sum) - 1;
            Instant later = now.plus(PACE.multipliedBy(1 + place / STAY));
            moved |= kernel.jobs().replace(record.next().dueAt(later).build());
        }
        return moved;
    }
}
