package io.linkspan.internal.publish;

import io.linkspan.TenantId;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.StoredRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which order due jobs are taken up: doubt first, for it is read while a platform still tells; then one job of each tenant
 * after the other, and of a tenant one of each account, so that neither keeps the others waiting. Pure.
 */
final class FairOrder {
    private static final Set<String> AFTER_COMMIT =
            Set.of(word(Phase.COMMITTING), word(Phase.CONFIRMING), word(Phase.IN_DOUBT), word(Phase.AWAITING_DECISION));

    private FairOrder() {}

    private static String word(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    static List<StoredRecord> of(List<StoredRecord> due) {
        List<StoredRecord> order = new ArrayList<>(inTurn(due, true));
        order.addAll(inTurn(due, false));
        return order;
    }

    private static List<StoredRecord> inTurn(List<StoredRecord> due, boolean afterCommit) {
        Map<TenantId, Map<String, Deque<StoredRecord>>> tenants = new LinkedHashMap<>();
        for (StoredRecord record : due) {
            if (afterCommit(record) == afterCommit) {
                tenants.computeIfAbsent(record.tenant(), tenant -> new LinkedHashMap<>())
                        .computeIfAbsent(record.lookup().orElse(""), account -> new ArrayDeque<>())
                        .add(record);
            }
        }
        return turns(tenants.values().stream()
                .map(accounts -> new ArrayDeque<>(
                        turns(accounts.values().stream().map(FairOrder::byId).toList())))
                .toList());
    }

    /** As they were submitted: which of those that are due waited, or stepped back, has changed their due times. */
    static Deque<StoredRecord> byId(Collection<StoredRecord> account) {
        return account.stream()
                .sorted(Comparator.comparing(StoredRecord::id))
                .collect(Collectors.toCollection(ArrayDeque::new));
    }

    /** The first of each, then the second of each, and so on. */
    private static List<StoredRecord> turns(Collection<? extends Deque<StoredRecord>> parts) {
        List<StoredRecord> order = new ArrayList<>();
        Deque<Deque<StoredRecord>> turns = new ArrayDeque<>(parts);
        while (!turns.isEmpty()) {
            Deque<StoredRecord> turn = turns.poll();
            order.add(turn.poll());
            if (!turn.isEmpty()) {
                turns.add(turn);
            }
        }
        return order;
    }

    /** What can land, or has landed, which is read while a platform still tells. */
    static boolean afterCommit(StoredRecord record) {
        return AFTER_COMMIT.contains(record.status());
    }
}
