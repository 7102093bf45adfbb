package io.linkspan.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.PostTime.Gap;
import io.linkspan.publish.PostTime.Overlap;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** Wall-clock times where clocks go forward and back. */
class PostTimeTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final LocalDateTime GAP = LocalDateTime.parse("2027-03-28T02:30");
    private static final LocalDateTime TWICE = LocalDateTime.parse("2027-10-31T02:30");

    private static Instant utc(String text) {
        return Instant.parse(text);
    }

    @Test
    void gap_isTakenAsItWasAskedFor() {
        PostTime time = PostTime.of(GAP, ZONE);

        assertEquals(utc("2027-03-28T01:30:00Z"), time.toInstant()); // 03:30 in summer time
        assertEquals(utc("2027-03-28T01:30:00Z"), time.gap(Gap.LATER).toInstant());
        assertEquals(utc("2027-03-28T00:30:00Z"), time.gap(Gap.EARLIER).toInstant()); // 01:30 in winter time
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, time.gap(Gap.REFUSE)::toInstant);
        assertTrue(String.valueOf(refused.getMessage()).contains("does not exist in Europe/Berlin"));
    }

    @Test
    void overlap_isTakenAsItWasAskedFor() {
        PostTime time = PostTime.of(TWICE, ZONE);

        assertEquals(utc("2027-10-31T00:30:00Z"), time.toInstant());
        assertEquals(utc("2027-10-31T00:30:00Z"), time.overlap(Overlap.EARLIER).toInstant());
        assertEquals(utc("2027-10-31T01:30:00Z"), time.overlap(Overlap.LATER).toInstant());
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, time.overlap(Overlap.REFUSE)::toInstant);
        assertTrue(String.valueOf(refused.getMessage()).contains("exists twice in Europe/Berlin"));
    }

    @Test
    void ordinaryTime_ignoresThePolicies() {
        PostTime time = PostTime.of(LocalDateTime.parse("2027-01-10T12:00"), ZONE)
                .gap(Gap.REFUSE)
                .overlap(Overlap.REFUSE);

        assertEquals(utc("2027-01-10T11:00:00Z"), time.toInstant());
    }

    @Test
    void zonedDateTime_keepsItsMoment() {
        ZonedDateTime first = ZonedDateTime.ofLocal(TWICE, ZONE, ZoneOffset.ofHours(2));
        ZonedDateTime second = ZonedDateTime.ofLocal(TWICE, ZONE, ZoneOffset.ofHours(1));

        assertEquals(first.toInstant(), PostTime.of(first).toInstant());
        assertEquals(second.toInstant(), PostTime.of(second).toInstant());
        assertEquals(
                utc("2027-01-10T11:00:00Z"),
                PostTime.of(ZonedDateTime.parse("2027-01-10T12:00+01:00")).toInstant());
    }

    @Test
    void publication_keepsTheWallClockTimeAndWaitsForIt() {
        FakeWorld world = new FakeWorld();
        var linkspan = world.process();
        Post post = FakeWorld.post(world.connect(linkspan))
                .notBefore(ZonedDateTime.of(LocalDateTime.parse("2026-11-21T12:00"), ZONE));

        Publication submitted = linkspan.publisher().submit(FakeWorld.OWNER, "k", post);
        Publication waiting = world.work(linkspan, submitted, 59, java.time.Duration.ofMinutes(1));

        assertEquals(PublishState.Phase.ACCEPTED, waiting.jobs().get(0).state().phase());
        assertEquals("2026-11-21T12:00 Europe/Berlin", waiting.wallClockTime().orElseThrow());
        assertTrue(waiting.explain().toText().contains("asked for: 2026-11-21T12:00 Europe/Berlin"));
        assertTrue(world.settle(linkspan, waiting).settled());
        assertEquals(1, world.platform().posts());
    }
}
