package io.linkspan.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.InMemoryStores;
import io.linkspan.Linkspan;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.internal.http.HttpLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The times that keep a late request from meeting what others do by then. */
class SendTimesTest {
    private static HttpLimits limits(long call, long stall) {
        return new HttpLimits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(call),
                Duration.ofSeconds(call).multipliedBy(4),
                Duration.ofSeconds(stall));
    }

    /** Leaves before a takeover, and has arrived or never will when a person is asked. */
    @Property
    void commit_leavesWithinItsLeaseAndEndsBeforeAPersonIsAsked(
            @ForAll @LongRange(min = 1_000, max = 86_400_000) long lease,
            @ForAll @IntRange(min = 1, max = 30) int call,
            @ForAll @IntRange(min = 1, max = 600) int stall) {
        Settings settings = Settings.defaults("node").withJobLease(Duration.ofMillis(lease));
        HttpLimits limits = limits(call, stall);

        assertTrue(settings.sendWithin().compareTo(settings.jobLease()) < 0);
        // a takeover comes a lease after the intent at the earliest, and starts the wait
        Duration over = settings.sendWithin().plus(limits.stall()).plus(limits.commit());
        Duration asked = settings.jobLease().plus(settings.quietTime());
        if (limits.stall().plus(limits.commit()).compareTo(settings.quietTime()) < 0) {
            settings.requireOrder(limits);
            assertTrue(over.compareTo(asked) < 0, over + " " + asked);
        } else {
            String why = String.valueOf(assertThrows(IllegalStateException.class, () -> settings.requireOrder(limits))
                    .getMessage());
            assertTrue(why.contains("uploadStall " + stall + " s"), why);
        }
    }

    @Example
    void renewal_endsWithinItsLease() {
        Settings settings = Settings.defaults("node");

        Duration latest = settings.refreshLease().minus(settings.refreshCall()).minus(settings.refreshMargin());
        assertTrue(latest.plus(HttpLimits.DEFAULT.call()).compareTo(settings.refreshLease()) < 0);
        assertTrue(latest.compareTo(Duration.ZERO) > 0);
    }

    @Example
    void build_refusesAnUploadStallThatOutlastsTheDoubt() {
        Linkspan.Builder builder = Linkspan.builder()
                .stores(InMemoryStores.create())
                .keys(io.linkspan.LocalKeys.fromBase64(
                        java.util.Base64.getEncoder().encodeToString(new byte[32])))
                .platform(new FakeAdapter(false, inner -> inner))
                .uploadStall(Duration.ofMinutes(9));

        String why = String.valueOf(
                assertThrows(IllegalStateException.class, builder::build).getMessage());

        assertEquals(
                "a commit may be on its way for 660 s (uploadStall 540 s and four times callTimeout, 120 s), but after 600 s a"
                        + " person is asked whether it was posted. Set uploadStall to less than 480 s.",
                why);
    }

    @Property
    void stopwatch_believesTheClockThatSaysMore(
            @ForAll @LongRange(min = -7_200, max = 7_200) long wall,
            @ForAll @LongRange(min = 0, max = 7_200) long monotonic) {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // may overflow
        AtomicLong seconds = new AtomicLong();
        Stopwatch stopwatch = new Stopwatch(() -> Instant.ofEpochSecond(seconds.get()), nanos::get);

        seconds.addAndGet(wall);
        nanos.addAndGet(Duration.ofSeconds(monotonic).toNanos());

        assertEquals(Duration.ofSeconds(Math.max(wall, monotonic)), stopwatch.elapsed());
    }
}
