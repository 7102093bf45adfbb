package io.linkspan.internal.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.TenantId;
import io.linkspan.internal.publish.FairShares.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Threads of a worker among tenants. */
class FairSharesTest {
    private static TenantId tenant(int number) {
        return new TenantId("tenant-" + number);
    }

    private static void add(FairShares<Integer> shares, int tenant, int times) {
        for (int i = 0; i < times; i++) {
            shares.add(new Work<>(tenant(tenant), false, i));
        }
    }

    private static List<String> started(FairShares<Integer> shares) {
        List<String> started = new ArrayList<>();
        for (Optional<Work<Integer>> next = shares.start(); next.isPresent(); next = shares.start()) {
            started.add(next.get().tenant().value());
        }
        return started;
    }

    @Property
    void oneTenantAlone_usesAllThreadsAndNoSpareOne(@ForAll @IntRange(min = 1, max = 64) int threads) {
        FairShares<Integer> shares = new FairShares<>(threads);
        add(shares, 1, 3 * threads);

        assertEquals(threads, started(shares).size());
    }

    @Property
    void tenantThatHoldsAllThreads_delaysNoOther(@ForAll @IntRange(min = 1, max = 64) int threads) {
        FairShares<Integer> shares = new FairShares<>(threads);
        add(shares, 1, 3 * threads);
        started(shares);
        add(shares, 2, 3 * threads);

        int half = Math.max(1, threads / 2);
        assertEquals(half, started(shares).size(), "half as many as there are threads");
        assertEquals(threads + half, FairShares.most(threads));
    }

    @Test
    void threadThatIsFree_goesToTheTenantWithTheFewest() {
        FairShares<Integer> shares = new FairShares<>(4);
        add(shares, 1, 8);
        started(shares);
        add(shares, 2, 1);
        add(shares, 3, 1);
        assertEquals(List.of("tenant-2", "tenant-3"), started(shares));
        add(shares, 4, 1);
        assertEquals(List.of(), started(shares));
        shares.ended(tenant(1));
        shares.ended(tenant(1));
        shares.ended(tenant(2));

        assertEquals(List.of("tenant-4"), started(shares));
    }

    @Test
    void whatIsInDoubt_isReadFirst() {
        FairShares<Integer> shares = new FairShares<>(1);
        add(shares, 1, 2);
        shares.add(new Work<>(tenant(1), true, 99));

        assertEquals(99, shares.start().orElseThrow().task());
    }

    /** Whatever comes and ends: never more than the limit, no tenant beyond the threads, no thread idle beside work. */
    @Property(tries = 300)
    void anyOrder_keepsTheLimits(
            @ForAll @IntRange(min = 1, max = 9) int threads,
            @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 7) Integer> steps) {
        FairShares<Integer> shares = new FairShares<>(threads);
        List<Integer> running = new ArrayList<>();
        int waiting = 0;
        for (int step : steps) {
            if (step < 4) {
                add(shares, step, 1);
                waiting++;
            } else if (running.remove((Integer) (step - 4))) {
                shares.ended(tenant(step - 4));
            }
            for (String name : started(shares)) {
                running.add(Integer.parseInt(name.substring(7)));
                waiting--;
            }
            assertTrue(running.size() <= FairShares.most(threads));
            assertTrue(waiting == 0 || running.size() >= threads);
            assertEquals(running.size() + waiting, shares.held());
        }
    }
}
