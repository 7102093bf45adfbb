package io.linkspan.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** When a renewal is due, for every life. */
class RenewalModelProperties {
    private static final Instant ISSUED = Instant.parse("2026-03-02T09:00:00Z");
    private static final RenewalModel ROTATION = new RenewalModel.Rotation(Duration.ofMinutes(15));
    private static final RenewalModel EXTENSION = new RenewalModel.Extension(Duration.ofHours(24), Duration.ofDays(30));

    private static Duration dueAfter(RenewalModel model, Duration life) {
        return Duration.between(ISSUED, model.dueAt(ISSUED, ISSUED.plus(life)));
    }

    @Example
    void rotation_of2Hours_isDueAt30MinutesLeft() {
        assertEquals(Duration.ofMinutes(90), dueAfter(ROTATION, Duration.ofHours(2)));
    }

    @Example
    void rotation_of24Hours_isDueAt6HoursLeft() {
        assertEquals(Duration.ofHours(18), dueAfter(ROTATION, Duration.ofHours(24)));
    }

    @Example
    void extension_of60Days_isDueAt30DaysLeft() {
        assertEquals(Duration.ofDays(30), dueAfter(EXTENSION, Duration.ofDays(60)));
    }

    @Example
    void extension_ofAShortToken_waitsForItsLeastAge() {
        assertEquals(Duration.ofHours(24), dueAfter(EXTENSION, Duration.ofDays(25)));
    }

    @Example
    void ended_isRenewedByRotationOnly() {
        assertTrue(ROTATION.renewsExpired());
        assertFalse(EXTENSION.renewsExpired());
    }

    @Property
    void rotation_leavesAtLeastTheMarginAndAQuarter(@ForAll @IntRange(min = 1, max = 400 * 24 * 60) int minutes) {
        Duration life = Duration.ofMinutes(minutes);
        Duration left = life.minus(dueAfter(ROTATION, life));

        assertTrue(left.compareTo(Duration.ofMinutes(15)) >= 0, left::toString);
        assertTrue(left.compareTo(life.dividedBy(4)) >= 0, left::toString);
        assertTrue(left.equals(Duration.ofMinutes(15)) || left.equals(life.dividedBy(4)), "no earlier than it must be");
    }

    @Property
    void extension_neverAsksForATokenThatIsTooYoung(@ForAll @IntRange(min = 1, max = 400 * 24) int hours) {
        Duration life = Duration.ofHours(hours);
        Duration due = dueAfter(EXTENSION, life);

        assertTrue(due.compareTo(Duration.ofHours(24)) >= 0, due::toString);
        assertTrue(due.equals(Duration.ofHours(24)) || due.equals(life.minusDays(30)), due::toString);
    }
}
