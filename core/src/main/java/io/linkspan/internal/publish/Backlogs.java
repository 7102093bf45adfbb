package io.linkspan.internal.publish;

import io.linkspan.internal.Kernel;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Sees past backlogs where a store shows only what has been due longest. Of each account and of each tenant as many jobs stay as leave
 * room for one more of them; the others step back in their order, which costs them little: an account's by more than a platform lets
 * one account post, a tenant's by more than such a store completes.
 */
final class Backlogs {
    /** Of one account, before the commit, every ten seconds. */
    private static final int STAY = 50;

    private static final Duration PACE = Duration.ofSeconds(10);
    private static final Duration TENANT_PACE = Duration.ofSeconds(1);
    /** So often in a row the store is read again. */
    private static final int MOST_READS = 50;

    private final Kernel kernel;

    Backlogs(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Jobs of one group in a view: which of them is beyond its share, and when it comes back. */
    private static final class Share {
        private final int stay;
        private final Duration pace;
        private final Map<String, Integer> staying = new HashMap<>();
        private final Map<String, Integer> seen;

        Share(long groups, int view, int most, Duration pace, Map<String, Integer> seen) {
            this.stay = (int) Math.max(1, Math.min(most, view / (groups + 1)));
            this.pace = pace;
            this.seen = seen;
        }

        boolean hasRoom(String group) {
            return staying.getOrDefault(group, 0) < stay;
        }

        void stays(String group) {
            staying.merge(group, 1, Integer::sum);
        }

        Duration stepBack(String group) {
            return pace.multipliedBy(1L + (seen.merge(group, 1, Integer::sum) - 1) / stay);
        }
    }

    /** Due jobs of many tenants and accounts, at most so many. */
    List<StoredRecord> due(int most) {
        Instant now = kernel.now();
        Map<String, Integer> accountsSeen = new HashMap<>();
        Map<String, Integer> tenantsSeen = new HashMap<>();
        List<StoredRecord> due = kernel.jobs().due(RecordKind.JOB, now, most);
        for (int reads = 1; due.size() == most && reads < MOST_READS; reads++) {
            Share accounts = new Share(count(due, Backlogs::account), most, STAY, PACE, accountsSeen);
            Share tenants = new Share(count(due, Backlogs::tenant), most, most, TENANT_PACE, tenantsSeen);
            if (!stepBack(due, now, accounts, tenants)) {
                return due;
            }
            due = kernel.jobs().due(RecordKind.JOB, now, most);
        }
        return due;
    }

    private static long count(List<StoredRecord> due, Function<StoredRecord, String> group) {
        return due.stream().map(group).distinct().count();
    }

    private static String tenant(StoredRecord record) {
        return record.tenant().value();
    }

    private static String account(StoredRecord record) {
        return record.tenant() + "\n" + record.lookup().orElse("");
    }

    /** Whether any job stepped back; those that were submitted first stay. */
    private boolean stepBack(List<StoredRecord> due, Instant now, Share accounts, Share tenants) {
        boolean moved = false;
        for (StoredRecord record : FairOrder.byId(due)) {
            String account = account(record);
            String tenant = tenant(record);
            if (FairOrder.afterCommit(record)) {
                continue;
            }
            if (accounts.hasRoom(account) && tenants.hasRoom(tenant)) {
                accounts.stays(account);
                tenants.stays(tenant);
                continue;
            }
            Duration back = accounts.hasRoom(account) ? tenants.stepBack(tenant) : accounts.stepBack(account);
            moved |= kernel.jobs().replace(record.next().dueAt(now.plus(back)).build());
        }
        return moved;
    }
}
