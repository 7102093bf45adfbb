package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs of a host: newer ones, overlays, pins and days. */
final class RulePacksTest {
    private static final MediaFacts SLOW =
            TestFacts.video().known(FactKey.VIDEO_FPS, 15.0).build();

    @TempDir
    private Path folder;

    private static String pack(String version, int most) {
        return """
                {"pack": "house", "version": "%s", "title": "House rules",
                 "sources": {"own": {"title": "the house", "confidence": "OWN"}},
                 "rules": [{"id": "house.fps", "title": "frame rate", "destinations": ["TIKTOK_VIDEO"],
                   "source": "own", "why": "because", "fix": "change it",
                   "checks": [{"severity": "ERROR", "fact": "video.fps", "op": "range", "max": %d, "unit": "fps"}]}]}
                """.formatted(version, most);
    }

    private static RulePack overlay(String rules) {
        return RulePack.parse("ours.json", """
                {"pack": "ours", "version": "2026-12-01", "title": "Ours", "overlays": "tiktok", %s}
                """.formatted(rules));
    }

    private static List<String> findings(RulePacks rules, LocalDate asOf) {
        PreflightOptions.Builder options = PreflightOptions.builder()
                .destinations(Destination.TIKTOK_VIDEO)
                .rules(rules);
        if (asOf != null) {
            options.asOf(asOf);
        }
        return Preflight.check(SLOW, options.build()).findings().stream()
                .map(finding -> finding.severity() + " " + finding.ruleId() + " " + finding.allowed())
                .filter(line -> line.contains("fps"))
                .toList();
    }

    @Test
    void overlay_ofASeverityAndAValue_changesTheRuleAndIsNamed() {
        RulePacks rules = RulePacks.builtIn()
                .overlay(overlay("\"rules\": [{\"id\": \"tiktok.video.fps\", \"checks\": [{\"severity\": \"WARNING\","
                        + " \"min\": 20}]}]"));
        assertEquals(List.of("WARNING tiktok.video.fps 20 to 60 fps"), findings(rules, null));
        PreflightReport report =
                Preflight.check(SLOW, PreflightOptions.builder().rules(rules).build());
        assertEquals(
                "ours@2026-12-01", report.packs().get(report.packs().size() - 1).toString());
        assertEquals(List.of("ERROR tiktok.video.fps 23 to 60 fps"), findings(RulePacks.builtIn(), null));
    }

    @Test
    void overlay_thatRemovesARule_dropsIt() {
        assertEquals(
                List.of(), findings(RulePacks.builtIn().overlay(overlay("\"remove\": [\"tiktok.video.fps\"]")), null));
    }

    @Test
    void overlay_thatBreaksItsPack_namesFileRuleAndReason() {
        RulePack broken =
                overlay("\"rules\": [{\"id\": \"tiktok.video.fps\", \"checks\": [{\"min\": 61, \"max\": 60}]}]");
        RulePackException e =
                assertThrows(RulePackException.class, () -> RulePacks.builtIn().overlay(broken));
        assertEquals(
                "ours.json over tiktok@2026-11-30: rule tiktok.video.fps, check 1: 'min' is above 'max'",
                e.getMessage());
    }

    @Test
    void overlay_thatRemovesAnUnknownRule_isRefused() {
        RulePack broken = overlay("\"remove\": [\"tiktok.video.fsp\"]");
        RulePackException e =
                assertThrows(RulePackException.class, () -> RulePacks.builtIn().overlay(broken));
        assertEquals(
                "ours.json over tiktok@2026-11-30: 'remove' names unknown rules [tiktok.video.fsp]", e.getMessage());
    }

    @Test
    void with_severalVersions_usesTheNewestNotAfterTheDay() throws Exception {
        Path file = folder.resolve("house.json");
        Files.writeString(file, pack("2026-06-01", 10));
        RulePacks rules = RulePacks.builtIn()
                .with(RulePack.parse("later.json", pack("2026-12-01", 12)))
                .with(RulePack.read(file));
        LocalDate summer = LocalDate.of(2026, 7, 1);
        assertEquals("ERROR house.fps at most 12 fps", findings(rules, null).get(1));
        assertEquals("ERROR house.fps at most 10 fps", findings(rules, summer).get(1));
        RulePacks pinned = rules.pinned("house", LocalDate.of(2026, 6, 1));
        assertEquals("ERROR house.fps at most 10 fps", findings(pinned, null).get(1));
        assertThrows(IllegalArgumentException.class, () -> rules.pinned("house", summer));
    }

    @Test
    void with_aRuleThatIsOver_appliesItWithinItsDaysOnly() {
        String json = pack("2026-06-01", 10)
                .replace("\"source\"", "\"validFrom\": \"2026-01-01\", \"validUntil\": \"2026-06-30\", \"source\"");
        RulePacks rules = RulePacks.builtIn().with(RulePack.parse("p.json", json));
        assertEquals(2, findings(rules, LocalDate.of(2026, 6, 30)).size());
        assertEquals(1, findings(rules, LocalDate.of(2026, 7, 1)).size());
        assertEquals(1, findings(rules, LocalDate.of(2025, 12, 31)).size());
    }

    @Test
    void with_aRuleOfAnotherPack_isRefused() {
        RulePack thief = RulePack.parse("p.json", pack("2026-06-01", 10).replace("house.fps", "tiktok.video.fps"));
        assertEquals(
                "house@2026-06-01: rule tiktok.video.fps: the pack tiktok has it already",
                assertThrows(RulePackException.class, () -> RulePacks.builtIn().with(thief))
                        .getMessage());
    }
}
