package io.linkspan.internal.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.internal.Stopwatch;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SightingsTest {
    private final AtomicLong seconds = new AtomicLong();
    private final Sightings sightings =
            new Sightings(() -> new Stopwatch(() -> Instant.ofEpochSecond(seconds.get()), () -> 0));

    @Test
    void handle_isKnownSinceItWasFirstSeen() {
        assertEquals(Duration.ZERO, sightings.known("job", "a"));
        seconds.addAndGet(60);
        assertEquals(Duration.ofMinutes(1), sightings.known("job", "a"));
    }

    @Test
    void otherHandleOfTheJob_andTheSameNameOfAnotherJob_areSeenAnew() {
        sightings.known("job", "a");
        seconds.addAndGet(60);
        assertEquals(Duration.ZERO, sightings.known("job", "b"));
        assertEquals(Duration.ZERO, sightings.known("other", "a"));
    }

    @Test
    void tooManyHandles_forgetTheOldest() {
        for (int i = 0; i <= 50_000; i++) {
            sightings.known("job", "handle " + i);
        }
        seconds.addAndGet(60);
        assertEquals(Duration.ofMinutes(1), sightings.known("job", "handle 50000"));
        assertEquals(Duration.ZERO, sightings.known("job", "handle 0"));
    }
}
