package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkPlanTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1",
        "4194304, 4194304, 1, 4194304",
        "64000000, 64000000, 1, 64000000",
        "64000001, 32000000, 2, 32000001",
        "150000000, 32000000, 4, 54000000",
        "602285541, 32000000, 18, 58285541",
        "4294967296, 32000000, 134, 38967296"
    })
    void of_size_isThePlanOfTheTable(long size, long chunkSize, long count, long last) {
        ChunkPlan plan = ChunkPlan.of(size);
        assertEquals(new ChunkPlan(size, chunkSize, count), plan);
        assertEquals(last, size - plan.lastStart());
    }

    @ParameterizedTest
    @CsvSource({"50000123, 10000000, 5, 10000123"})
    void of_officialExample_isAccepted(long size, long chunkSize, long count, long last) {
        assertEquals(last, size - new ChunkPlan(size, chunkSize, count).lastStart());
    }

    @ParameterizedTest
    @CsvSource({"65000000, 60000000, 2", "10, 5, 3", "10, 0, 1", "10, 11, 0", "0, 1, 1", "2000, 1, 2000"})
    void newPlan_thatTikTokRefuses_isRefused(long size, long chunkSize, long count) {
        assertThrows(IllegalArgumentException.class, () -> new ChunkPlan(size, chunkSize, count));
    }

    @Test
    void of_nothing_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> ChunkPlan.of(0));
    }

    @Test
    void boundaries_ofThreeChunks() {
        ChunkPlan plan = ChunkPlan.of(100_000_000L);
        assertEquals(64_000_000L, plan.lastStart());
        assertEquals(32_000_000L, plan.endOf(0));
        assertEquals(100_000_000L, plan.endOf(64_000_000L));
        assertTrue(plan.isBoundary(100_000_000L));
        // a multiple of the chunk size inside the last chunk is no boundary
        assertFalse(plan.isBoundary(96_000_000L));
        assertFalse(plan.isBoundary(-32_000_000L));
        assertEquals(32_000_000L, plan.resumeAt(63_999_999L));
        assertEquals(64_000_000L, plan.resumeAt(99_999_999L));
        assertEquals(100_000_000L, plan.resumeAt(100_000_000L));
        assertEquals(0, plan.resumeAt(-5));
        assertThrows(IllegalArgumentException.class, () -> plan.endOf(100_000_000L));
        assertThrows(IllegalArgumentException.class, () -> plan.endOf(1));
    }
}
