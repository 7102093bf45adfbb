package io.linkspan.internal.publish;

import io.linkspan.TenantId;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.StoredRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * In which order due jobs are taken up: doubt first, for it is read while a platform still tells; then one job of each tenant
 * after the other, so that a tenant with many jobs does not keep the others waiting. Pure.
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
        Map<TenantId, Deque<StoredRecord>> tenants = new LinkedHashMap<>();
        for (StoredRecord record : due) {
            if (AFTER_COMMIT.contains(record.status()) == afterCommit) {
                tenants.computeIfAbsent(record.tenant(), tenant -> new ArrayDeque<>())
                        .add(record);
            }
        }
        List<StoredRecord> order = new ArrayList<>();
        Deque<Deque<StoredRecord>> turns = new ArrayDeque<>(tenants.values());
        while (!turns.isEmpty()) {
            Deque<StoredRecord> turn = turns.poll();
            order.add(turn.poll());
            if (!turn.isEmpty()) {
                turns.add(turn);
            }
        }
        return order;
    }
}
