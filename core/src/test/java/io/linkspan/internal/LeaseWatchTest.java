package io.linkspan.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A lease ends when it must have ended, whatever clock wrote it. */
class LeaseWatchTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final LeaseWatch watch = new LeaseWatch();

    private boolean over(Instant end, Instant now) {
        return watch.over("lease", "node", end, LEASE, now);
    }

    /** Every length of a lease in use: job, right to send, renewal, disconnect. */
    @ParameterizedTest
    @CsvSource({"30", "60", "120", "300"})
    void holderSixHoursAhead_thatDied_blocksForOneLeaseFromFirstSight(long seconds) {
        Duration lease = Duration.ofSeconds(seconds);
        Instant end = NOW.plus(Duration.ofHours(6)).plus(lease);

        assertFalse(watch.over("x", "node", end, lease, NOW));
        assertFalse(watch.over("x", "node", end, lease, NOW.plus(lease).minusMillis(1)));
        assertTrue(watch.over("x", "node", end, lease, NOW.plus(lease)));
    }

    @Test
    void holderSixHoursAhead_thatLives_keepsIt() {
        for (int beat = 0; beat < 100; beat++) {
            Instant now = NOW.plusSeconds(10L * beat);
            assertFalse(over(now.plus(Duration.ofHours(6)).plus(LEASE), now), "beat " + beat);
        }
    }

    @Test
    void leaseWithinItsLength_endsAsStored() {
        Instant end = NOW.plusSeconds(20);

        assertFalse(over(end, NOW));
        assertFalse(over(end, end.minusMillis(1)));
        assertTrue(over(end, end));
    }

    @Test
    void ownClockSetBack_startsAnew() {
        Instant end = NOW.plus(Duration.ofHours(6));
        assertFalse(over(end, NOW));

        assertFalse(over(end, NOW.minus(Duration.ofHours(1))));
        assertTrue(over(end, NOW.minus(Duration.ofHours(1)).plus(LEASE)));
    }

    @Test
    void manyLeases_areForgottenOldestFirst() {
        Instant end = NOW.plus(Duration.ofHours(6));
        for (int i = 0; i < 20_000; i++) {
            watch.over("lease " + i, "node", end, LEASE, NOW);
        }

        assertTrue(watch.over("lease 19999", "node", end, LEASE, NOW.plus(LEASE)));
        assertFalse(watch.over("lease 0", "node", end, LEASE, NOW.plus(LEASE)), "seen anew");
    }

    /**
     * Over all clocks up to a day ahead: never over while the holder may live, which is one lease from when it took it; always over one
     * lease after the first look.
     */
    @Property(tries = 1_000)
    void leaseOfAnyClock_endsBetweenItsOwnEndAndOneLeaseAfterTheFirstLook(
            @ForAll @IntRange(min = 0, max = 86_400) int ahead,
            @ForAll @IntRange(min = 0, max = 29) int firstLook,
            @ForAll @IntRange(min = 1, max = 120) int laterLook) {
        LeaseWatch fresh = new LeaseWatch();
        Instant end = NOW.plusSeconds(ahead).plus(LEASE);
        Instant first = NOW.plusSeconds(firstLook);
        Instant later = first.plusSeconds(laterLook);

        assertFalse(fresh.over("x", "node", end, LEASE, first), "its holder lives until " + NOW.plus(LEASE));
        boolean over = fresh.over("x", "node", end, LEASE, later);
        assertTrue(over || later.isBefore(first.plus(LEASE)), "blocked longer than a lease");
        assertTrue(!over || !later.isBefore(NOW.plus(LEASE)), "taken from a holder that lives");
    }

    /** Seen by a clock that is behind: every lease is far ahead, and one whose holder lives is renewed before its end and never over. */
    @Property(tries = 1_000)
    void clockBehind_takesNothingFromAHolderThatLives(
            @ForAll @IntRange(min = 0, max = 86_400) int behind,
            @ForAll @IntRange(min = 1, max = 29) int beat,
            @ForAll @IntRange(min = 0, max = 29) int firstLook) {
        LeaseWatch fresh = new LeaseWatch();
        Instant renewed = NOW;
        for (int second = firstLook; second < firstLook + 300; second++) {
            Instant real = NOW.plusSeconds(second);
            while (!renewed.plusSeconds(beat).isAfter(real)) {
                renewed = renewed.plusSeconds(beat);
            }
            Instant end = renewed.plus(LEASE);

            assertFalse(fresh.over("x", "node", end, LEASE, real.minusSeconds(behind)), "second " + second);
        }
    }

    /** And one whose holder has died is over one lease after the first look at the latest. */
    @Property(tries = 1_000)
    void clockBehind_takesWhatADeadHolderLeft(@ForAll @IntRange(min = 0, max = 86_400) int behind) {
        LeaseWatch fresh = new LeaseWatch();
        Instant here = NOW.minusSeconds(behind);

        assertFalse(fresh.over("x", "node", NOW.plus(LEASE), LEASE, here));
        assertTrue(fresh.over("x", "node", NOW.plus(LEASE), LEASE, here.plus(LEASE)));
    }

    @Test
    void settings_tolerateAMinute() {
        assertEquals(Duration.ofSeconds(60), Settings.SKEW);
    }
}
