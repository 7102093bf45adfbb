package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LimitsTest {
    private static Limits of(PreflightOptions.Builder options) {
        return Preflight.limits(MediaKind.VIDEO, options.build());
    }

    @Test
    void limits_ofTwoPlatforms_areTheirIntersection() {
        Limits limits = of(PreflightOptions.builder()
                .destinations(Destination.TIKTOK_VIDEO, Destination.INSTAGRAM_REEL, Destination.INSTAGRAM_STORY)
                .creatorMaxDuration(Duration.ofMinutes(3)));
        assertTrue(limits.satisfiable());
        assertEquals(
                "container: MOV, MP4", limits.limit("container").orElseThrow().toString());
        assertEquals(
                "video.codec: h264, hevc",
                limits.limit("video.codec").orElseThrow().toString());
        assertEquals(
                "media.duration: 3 to 60 s",
                limits.limit("media.duration").orElseThrow().toString());
        assertEquals(
                "display.shortSide: at least 360 px",
                limits.limit("display.shortSide").orElseThrow().toString());
        assertEquals(
                "file.size: at most 104857600 bytes",
                limits.limit("file.size").orElseThrow().toString());
        assertEquals(
                "video.fps: 23 to 60 fps",
                limits.limit("video.fps").orElseThrow().toString());
    }

    @Test
    void limits_ofTheCreator_narrowTheDuration() {
        Limits limits = of(PreflightOptions.builder()
                .destinations(Destination.TIKTOK_VIDEO)
                .creatorMaxDuration(Duration.ofMinutes(3)));
        assertEquals(180, limits.limit("media.duration").orElseThrow().max().orElseThrow());
    }

    @Test
    void limits_thatExcludeEachOther_areNotSatisfiable() {
        RulePack house = RulePack.parse("p.json", """
                {"pack": "house", "version": "2026-06-01", "title": "House",
                 "sources": {"own": {"title": "the house", "confidence": "OWN"}},
                 "rules": [{"id": "house.codec", "title": "codec", "destinations": ["TIKTOK_VIDEO"],
                   "source": "own", "why": "because", "fix": "change it",
                   "checks": [{"severity": "ERROR", "fact": "video.codec", "op": "oneOf", "values": ["vp9"]}]}]}
                """);
        Limits limits = of(PreflightOptions.builder().rules(RulePacks.builtIn().with(house)));
        assertFalse(limits.satisfiable());
        assertEquals(
                "video.codec: nothing satisfies house.codec and ig.video.codec and tiktok.video.codec",
                limits.limit("video.codec").orElseThrow().toString());
    }
}
