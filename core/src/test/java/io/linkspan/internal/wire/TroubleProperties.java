package io.linkspan.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.internal.json.Json;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.PublishContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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
            @ForAll Trouble kind,
            @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 3_000) Integer> minutesBetween) {
        JobDoc doc = job().troubled(AT, kind);
        Instant now = AT;
        long counted = 0;
        for (int minutes : minutesBetween) {
            now = now.plus(Duration.ofMinutes(minutes));
            doc = doc.troubled(now, kind);
            counted += Math.min(minutes, HOUR);
        }
        assertEquals(Duration.ofMinutes(counted), doc.troubledFor(kind));
    }

    /** A try of a job: what failed, and how long after the last one. */
    private record Try(Trouble failed, int minutes) {}

    @Provide
    Arbitrary<List<Try>> tries() {
        return Combinators.combine(
                        Arbitraries.of(Trouble.class), Arbitraries.integers().between(1, 3_000))
                .as(Try::new)
                .list()
                .ofMaxSize(60);
    }

    /** As a worker tries: media come first, so a try that the platform failed had usable media. */
    private static JobDoc after(JobDoc doc, Try one, Instant now) {
        JobDoc before = one.failed() == Trouble.PLATFORM ? doc.mediaUsable() : doc;
        return before.troubled(now, one.failed());
    }

    /** Whatever the kinds are, the count of the platform is the time since its first failure, and that of the media the time since they failed. */
    @Property
    void troubleOfAnotherKind_startsNoCountAgain(@ForAll("tries") List<Try> tries) {
        JobDoc doc = job();
        Instant now = AT;
        Duration platform = null;
        Duration media = null;
        for (Try one : tries) {
            now = now.plus(Duration.ofMinutes(one.minutes()));
            Duration tried = Duration.ofMinutes(Math.min(one.minutes(), HOUR));
            boolean byPlatform = one.failed() == Trouble.PLATFORM;
            platform = platform == null ? (byPlatform ? Duration.ZERO : null) : platform.plus(tried);
            media = byPlatform ? null : media == null ? Duration.ZERO : media.plus(tried);
            doc = after(doc, one, now);
            assertEquals(platform == null ? Duration.ZERO : platform, doc.troubledFor(Trouble.PLATFORM));
            assertEquals(media == null ? Duration.ZERO : media, doc.troubledFor(Trouble.MEDIA));
        }
        assertEquals(Duration.ZERO, doc.untroubled().troubledFor(Trouble.PLATFORM));
        assertEquals(Duration.ZERO, doc.untroubled().troubledFor(Trouble.MEDIA));
    }

    /** Tries at most an hour apart end a job after 72 hours since the first that reached the platform, or 24 hours of media trouble. */
    @Property
    void everySequenceOfTroubles_ends(@ForAll("tries") List<Try> tries) {
        JobDoc doc = job().troubled(AT, Trouble.PLATFORM);
        Instant now = AT;
        for (int round = 0; now.isBefore(AT.plus(Duration.ofDays(3))); round++) {
            Trouble failed = tries.isEmpty()
                    ? Trouble.MEDIA
                    : tries.get(round % tries.size()).failed();
            now = now.plus(Duration.ofMinutes(HOUR));
            doc = after(doc, new Try(failed, (int) HOUR), now);
        }
        assertTrue(doc.troubledFor(Trouble.PLATFORM).compareTo(Duration.ofDays(3)) >= 0);
    }

    /** A record of a version with one count keeps that count. */
    @Property
    void earlierRecord_keepsItsCount(@ForAll Trouble kind, @ForAll @IntRange(min = 1, max = 50) int minutes) {
        JobDoc now = job().troubled(AT, kind).troubled(AT.plus(Duration.ofMinutes(minutes)), kind);
        ObjectNode earlier = (ObjectNode) Json.read(Json.write(now));
        earlier.put("troubleSince", AT.toString());
        earlier.remove("mediaTroubleSince");

        JobDoc read = Json.read(Json.write(earlier), JobDoc.class);

        assertEquals(Duration.ofMinutes(minutes), read.troubledFor(kind));
        assertEquals(
                Duration.ofMinutes(minutes + 1),
                read.troubled(AT.plus(Duration.ofMinutes(minutes + 1)), kind).troubledFor(kind));
    }
}
