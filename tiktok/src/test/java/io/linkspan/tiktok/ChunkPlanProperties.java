package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ChunkPlanProperties {
    private static final long FOUR_GIB = 4L << 30;

    @Property
    void of_anySize_isLegalInDecimalAndBinary(@ForAll("sizes") long size, @ForAll("chunkSizes") long wanted) {
        assertLegal(size, wanted);
    }

    @Property
    void of_sizesBesideACut_isLegal(
            @ForAll("chunkSizes") long wanted,
            @ForAll @IntRange(min = 1, max = 800) int chunks,
            @ForAll @IntRange(min = -2, max = 2) int beside) {
        long size = chunks * wanted + beside;
        assertLegal(Math.min(size, FOUR_GIB), wanted);
    }

    private static void assertLegal(long size, long wanted) {
        ChunkPlan plan = ChunkPlan.of(size, wanted);
        long last = size - plan.lastStart();
        assertEquals(size / plan.chunkSize(), plan.count());
        assertTrue(plan.count() >= 1 && plan.count() <= 1000);
        assertTrue(ChunkPlan.fits(size, wanted));
        if (plan.count() == 1) {
            assertEquals(size, plan.chunkSize());
            assertTrue(size <= 64_000_000L);
        } else {
            assertTrue(plan.chunkSize() >= 5L << 20 && plan.chunkSize() <= 64_000_000L);
            assertTrue(plan.chunkSize() <= wanted);
            assertTrue(last >= plan.chunkSize() && last <= 128_000_000L);
            assertTrue(size > Math.min(2 * wanted, 64_000_000L));
        }
    }

    @Property
    void chunks_ofAnySize_coverTheFileExactly(@ForAll("sizes") long size, @ForAll("chunkSizes") long wanted) {
        ChunkPlan plan = ChunkPlan.of(size, wanted);
        long offset = 0;
        long chunks = 0;
        while (offset < size) {
            assertTrue(plan.isBoundary(offset));
            offset = plan.endOf(offset);
            chunks++;
        }
        assertEquals(size, offset);
        assertEquals(plan.count(), chunks);
    }

    @Property
    void resumeAt_anyProgress_isTheBoundaryAtOrBefore(
            @ForAll("sizes") long size, @ForAll("chunkSizes") long wanted, @ForAll("sizes") long uploaded) {
        ChunkPlan plan = ChunkPlan.of(size, wanted);
        long next = plan.resumeAt(uploaded);
        assertTrue(plan.isBoundary(next));
        assertTrue(next <= Math.max(uploaded, 0));
        assertTrue(next == size || uploaded < plan.endOf(next));
    }

    @Provide
    Arbitrary<Long> chunkSizes() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(ChunkPlan.MIN_CHUNK, ChunkPlan.MAX_CHUNK),
                Arbitraries.of(ChunkPlan.MIN_CHUNK, ChunkPlan.CHUNK, ChunkPlan.MAX_CHUNK));
    }

    @Provide
    Arbitrary<Long> sizes() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(1, FOUR_GIB),
                Arbitraries.longs().between(63_999_990L, 64_000_010L),
                Arbitraries.longs()
                        .between(1, 134)
                        .flatMap(n ->
                                Arbitraries.longs().between(Math.max(1, n * 32_000_000L - 2), n * 32_000_000L + 2)));
    }
}
