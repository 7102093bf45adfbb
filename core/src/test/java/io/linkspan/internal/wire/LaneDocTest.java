package io.linkspan.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LaneDocTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void tooManyNames_forgetTheOldestOne() {
        LaneDoc lane = LaneDoc.free(NOON);
        for (int i = 0; i < 201; i++) {
            lane = lane.withName("name-" + i, NOON.plusSeconds(i), NOON);
        }

        assertEquals(200, lane.allNames().size());
        assertFalse(lane.allNames().containsKey("name-0"));
        assertTrue(lane.allNames().containsKey("name-1"));
        assertTrue(lane.allNames().containsKey("name-200"));
    }

    @Test
    void nameFromBeforeTheLimit_isForgotten() {
        LaneDoc lane = LaneDoc.free(NOON)
                .withName("old", NOON, NOON.minus(Duration.ofDays(5)))
                .withName("new", NOON.plusSeconds(1), NOON.plusSeconds(1));

        assertEquals(java.util.Set.of("new"), lane.allNames().keySet());
    }
}
