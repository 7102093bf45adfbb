package io.linkspan.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.spi.MediaPart;
import io.linkspan.spi.PublishContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TroubleProperties {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final long HOUR = 60;

    private static JobDoc job() {
        MediaPart part = new MediaPart(MediaPart.Role.ITEM, MediaPart.Type.VIDEO, "video/mp4", 5, Map.of());
        return JobDoc.accepted(
                "publication",
                "user",
                "connection",
                "fake",
                "app",
                "@h",
                new PublishContent(PublishContent.Kind.VIDEO, "Hello", List.of(part), Map.of()),
                List.of(new MediaDoc("file", "/x.mp4", 5, "sha", "tail")),
                null,
                null,
                List.of());
    }

    /** The sum of the times between tries, of each an hour at most. */
    @Property
    void trouble_isTheTimeInWhichTriesFailed(
            @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 3_000) Integer> minutesBetween) {
        JobDoc doc = job().troubled(AT, Trouble.PLATFORM);
        Instant now = AT;
        long counted = 0;
        for (int minutes : minutesBetween) {
            now = now.plus(Duration.ofMinutes(minutes));
            doc = doc.troubled(now, Trouble.PLATFORM);
            counted += Math.min(minutes, HOUR);
        }
        assertEquals(Duration.ofMinutes(counted), doc.troubledFor());
    }

    @Property
    void troubleOfAnotherKind_andProgress_startTheCountAgain(@ForAll @IntRange(min = 1, max = 50) int minutes) {
        Instant later = AT.plus(Duration.ofMinutes(minutes));
        JobDoc doc = job().troubled(AT, Trouble.MEDIA).troubled(later, Trouble.MEDIA);

        assertEquals(Duration.ofMinutes(minutes), doc.troubledFor());
        assertEquals(
                Duration.ofMinutes(minutes), doc.untroubled(Trouble.PLATFORM).troubledFor());
        assertEquals(Duration.ZERO, doc.untroubled(Trouble.MEDIA).troubledFor());
        assertEquals(
                Duration.ZERO,
                doc.troubled(later.plusSeconds(60), Trouble.PLATFORM).troubledFor());
    }
}
