package io.linkspan.internal.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.TenantId;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairOrderTest {
    private static StoredRecord job(String tenant, String id, String status) {
        return StoredRecord.builder(new TenantId(tenant), RecordKind.JOB, id)
                .status(status)
                .build();
    }

    private static List<String> ids(List<StoredRecord> records) {
        return records.stream().map(StoredRecord::id).toList();
    }

    @Test
    void of_aTenantWithManyJobs_letsTheOthersTakeTurns() {
        List<StoredRecord> due = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            due.add(job("large", "l" + i, "accepted"));
        }
        due.add(job("small", "s0", "accepted"));
        due.add(job("small", "s1", "accepted"));

        assertEquals(List.of("l0", "s0", "l1", "s1", "l2", "l3", "l4"), ids(FairOrder.of(due)));
    }

    @Test
    void of_jobsInDoubt_readsThemFirst() {
        List<StoredRecord> due =
                List.of(job("a", "new", "accepted"), job("a", "doubt", "in_doubt"), job("b", "ready", "prepared"));

        assertEquals(List.of("doubt", "new", "ready"), ids(FairOrder.of(due)));
    }

    @Test
    void of_anAccountWithManyJobs_letsTheTenantsOthersTakeTurnsAndKeepsItsOwnOrder() {
        List<StoredRecord> due = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            due.add(job("a", "l" + i, "accepted").next().lookup("large").build());
        }
        due.add(job("a", "s0", "accepted").next().lookup("small").build());
        due.add(job("b", "o0", "accepted").next().lookup("other").build());

        assertEquals(List.of("l0", "o0", "s0", "l1", "l2", "l3"), ids(FairOrder.of(due)));
    }
}
