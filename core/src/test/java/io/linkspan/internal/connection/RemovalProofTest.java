package io.linkspan.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.connection.Evidence;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.TokenEffect;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Which refusals prove a removal that a signed message reports. */
class RemovalProofTest {
    private static final Instant ISSUED = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant NOW = ISSUED.plus(Duration.ofDays(2));

    private static TokenDoc token(Instant end) {
        return TokenDoc.fresh(2, "sealed", ISSUED, end, null);
    }

    private static Evidence seen(int minutesAfterIssue) {
        return new Evidence("fake.me", ISSUED.plus(Duration.ofMinutes(minutesAfterIssue)), "190", "not valid any more");
    }

    @Property
    void refusal_countsFromTheIssueOfThePresentTokensOn(@ForAll @IntRange(min = -5_000, max = 2_000) int minutes) {
        TokenDoc token = token(NOW.plusSeconds(1));
        boolean younger = minutes >= 0;

        assertEquals(younger, Removals.proves(token.refused(seen(minutes), NOW), NOW));
        assertEquals(
                younger,
                Removals.proves(token.settled(TokenPhase.REAUTH_REQUIRED, seen(minutes), TokenEffect.DEAD, null), NOW));
    }

    @Test
    void tokenThatEndedByItself_provesNothing() {
        assertEquals(false, Removals.proves(token(NOW).refused(seen(1), NOW), NOW));
        assertEquals(false, Removals.proves(token(NOW.plusSeconds(1)), NOW));
    }
}
