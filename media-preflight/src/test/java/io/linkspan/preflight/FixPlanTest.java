package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One plan for all findings, without running it. */
final class FixPlanTest {
    private static FixPlan plan(MediaFacts.Builder facts) {
        return Preflight.check(facts.build(), PreflightOptions.defaults())
                .fixPlan()
                .orElseThrow();
    }

    @Test
    void fixPlan_ofAGoodFile_isEmpty() {
        assertTrue(Preflight.check(TestFacts.video().build(), PreflightOptions.defaults())
                .fixPlan()
                .isEmpty());
    }

    @Test
    void fixPlan_ofTheIndexAtTheEnd_copies() {
        FixPlan plan =
                plan(TestFacts.video().known(FactKey.MOOV_FIRST, false).known(FactKey.EDIT_LISTS, EditLists.TRIVIAL));
        assertFalse(plan.lossy());
        assertEquals(
                "ffmpeg -nostdin -i file:media -map 0:V:0 -map '0:a:0?' -c copy -use_editlist 0"
                        + " -movflags +faststart+negative_cts_offsets file:media-fixed.mp4",
                plan.posix());
    }

    @Test
    void fixPlan_ofSoundOnly_copiesThePicture() {
        FixPlan plan = plan(TestFacts.video().known(FactKey.AUDIO_CODEC, "ac3").known(FactKey.AUDIO_CHANNELS, 6));
        String command = String.join(" ", plan.arguments());
        assertTrue(plan.lossy());
        assertTrue(command.contains(" -c:v copy -c:a aac "), command);
    }

    @Test
    void fixPlan_ofPictureAndSound_encodesBoth() {
        FixPlan plan = plan(TestFacts.video().known(FactKey.VIDEO_FPS, 15.0).known(FactKey.AUDIO_CODEC, "ac3"));
        List<String> arguments = plan.arguments();
        assertEquals("libx264", arguments.get(arguments.indexOf("-c:v") + 1));
        assertEquals("aac", arguments.get(arguments.indexOf("-c:a") + 1));
    }

    @Test
    void fixPlan_ofSoundOnlyWithAnOffset_keepsTheTiming() {
        // the edit list is only a risk on Instagram; TikTok has no rule for it
        MediaFacts facts = TestFacts.video()
                .known(FactKey.EDIT_LISTS, EditLists.OFFSET)
                .known(FactKey.AUDIO_OBJECT_TYPE, "HE")
                .build();
        PreflightOptions tiktok = PreflightOptions.builder()
                .destinations(Destination.TIKTOK_VIDEO)
                .build();
        String command = String.join(
                " ",
                Preflight.check(facts, tiktok).fixPlanWithAdvice().orElseThrow().arguments());
        assertTrue(command.contains("-c:v copy"), command);
        assertFalse(command.contains("use_editlist"), command);
    }

    @Test
    void fixPlan_ofManyFindings_chainsEachFilterOnce() {
        FixPlan plan = plan(TestFacts.video()
                .known(FactKey.VIDEO_SCAN, Scan.INTERLACED)
                .known(FactKey.VIDEO_FPS, 15.0)
                .known(FactKey.VIDEO_DISPLAY_SIZE, new Size(200, 200))
                .known(FactKey.VIDEO_BIT_RATE, 30_000_000L)
                .known(FactKey.DURATION, Duration.ofMinutes(20)));
        List<String> arguments = plan.arguments();
        assertEquals(
                "bwdif=mode=send_frame,scale=w=1080:h=1920:force_original_aspect_ratio=decrease:force_divisible_by=2,"
                        + "setsar=1,pad=1080:1920:(ow-iw)/2:(oh-ih)/2,fps=30",
                arguments.get(arguments.indexOf("-vf") + 1));
        assertEquals("59.8", arguments.get(arguments.indexOf("-t") + 1));
        assertEquals(1, arguments.stream().filter("-c:v"::equals).count());
        assertEquals(1, arguments.stream().filter("-movflags"::equals).count());
    }

    @Test
    void fixPlan_ofALargeFile_computesTheBitRate() {
        FixPlan plan = plan(TestFacts.video()
                .known(FactKey.FILE_SIZE, 400_000_000L)
                .known(FactKey.DURATION, Duration.ofSeconds(50)));
        List<String> arguments = plan.arguments();
        // the story's 100 MB: 100e6 * 0.97 * 8 / 50 - 128000
        assertEquals("15392000", arguments.get(arguments.indexOf("-b:v") + 1));
    }

    @Test
    void fixPlan_leavesWhatNoCommandCanFix() {
        MediaFacts facts = TestFacts.video()
                .known(FactKey.MOOV_FIRST, false)
                .known(FactKey.DURATION, Duration.ofSeconds(2))
                .build();
        FixPlan plan =
                Preflight.check(facts, PreflightOptions.defaults()).fixPlan().orElseThrow();
        assertEquals(List.of("ig.reel.duration", "ig.story.duration", "tiktok.video.duration.min"), plan.remaining());
    }

    @Test
    void fixPlan_ofAnEncryptedFile_isEmpty() {
        MediaFacts facts = TestFacts.video()
                .known(FactKey.ENCRYPTED, true)
                .known(FactKey.MOOV_FIRST, false)
                .build();
        assertTrue(Preflight.check(facts, PreflightOptions.defaults()).fixPlan().isEmpty());
    }

    @Test
    void byHand_saysWhatNoCommandMends() {
        MediaFacts facts = TestFacts.video().known(FactKey.ENCRYPTED, true).build();
        PreflightReport report = Preflight.check(facts, PreflightOptions.defaults());
        assertEquals(
                List.of("Export the video without copy protection."),
                report.byHand().stream().map(Finding::fix).toList());
        assertTrue(report.toText()
                .contains("\nNo command fixes this:\n  - encryption: Export the video without copy protection.\n"));
    }

    @Test
    void fixPlan_ofHdrThatIsEncodedAnyway_convertsIt() {
        MediaFacts.Builder hdr = TestFacts.video()
                .known(FactKey.VIDEO_DYNAMIC_RANGE, DynamicRange.HLG)
                .known(FactKey.VIDEO_COLOUR_TRANSFER, "arib-std-b67");
        assertTrue(Preflight.check(hdr.build(), PreflightOptions.defaults())
                .fixPlan()
                .isEmpty());
        FixPlan plan = plan(hdr.known(FactKey.VIDEO_FPS, 15.0));
        assertTrue(plan.posix().contains("tonemap=tonemap=hable"), plan::posix);
        assertTrue(plan.steps().toString().contains("needs an ffmpeg with libzimg"));
    }

    @Test
    void fixPlan_ofDolbyVisionAlone_isLeftToItsExporter() {
        MediaFacts facts = TestFacts.video()
                .known(FactKey.VIDEO_DYNAMIC_RANGE, DynamicRange.DOLBY_VISION)
                .absent(FactKey.VIDEO_COLOUR_TRANSFER)
                .build();
        assertTrue(Preflight.check(facts, PreflightOptions.defaults())
                .fixPlanWithAdvice()
                .isEmpty());
    }

    @Test
    void fixPlan_ofWebmWithAPlace_staysWebm() {
        MediaFacts facts = TestFacts.video()
                .known(FactKey.CONTAINER, Container.WEBM)
                .known(FactKey.VIDEO_CODEC, "vp8")
                .known(FactKey.LOCATION, true)
                .build();
        PreflightOptions tiktok = PreflightOptions.builder()
                .destinations(Destination.TIKTOK_VIDEO)
                .build();
        assertEquals(
                "ffmpeg -nostdin -i file:media -map 0:V:0 -map '0:a:0?' -map_metadata -1 -c copy file:media-fixed.webm",
                Preflight.check(facts, tiktok).fixPlan().orElseThrow().posix());
    }

    @Test
    void staleSources_ofALaterDay_warnWithoutChangingTheVerdict() {
        PreflightOptions late = PreflightOptions.builder()
                .asOf(java.time.LocalDate.of(2027, 6, 1))
                .build();
        PreflightReport report = Preflight.check(TestFacts.video().build(), late);
        assertEquals(Verdict.OK, report.verdict());
        assertEquals(List.of(), report.findings());
        assertEquals(List.of("media", "tiktok", "instagram"), packs(report));
    }

    @Test
    void staleSources_withoutADay_areJudgedOnTheDayOfTheCheck() {
        Iterator<Instant> days = List.of(Instant.parse("2027-03-01T00:00:00Z"), Instant.parse("2027-02-28T00:00:00Z"))
                .iterator();
        PreflightOptions options =
                PreflightOptions.builder().clock(() -> days.next()).build();
        PreflightReport late = Preflight.check(TestFacts.video().build(), options);
        PreflightReport early = Preflight.check(TestFacts.video().build(), options);
        assertEquals(List.of("media", "tiktok", "instagram"), packs(late));
        // 90 days after the packs of 2026-11-30, whatever the age of a single source
        assertEquals(List.of(), packs(early));
        assertTrue(early.toText().endsWith(", instagram@2026-11-30\n"), early.toText());
        assertTrue(
                late.toText().endsWith(", instagram@2026-11-30 (91 days old; newer rules may differ)\n"),
                late.toText());
    }

    private static List<String> packs(PreflightReport report) {
        return report.staleSources().stream().map(old -> old.pack().id()).toList();
    }

    @Test
    void windows_ofAnAwkwardName_isQuotedForPowerShell() {
        List<String> arguments = List.of("ffmpeg", "-i", "file:-x 'y\u2019 %PATH% $(z) `q` & ;.mp4");
        assertEquals("ffmpeg -i 'file:-x ''y\u2019\u2019 %PATH% $(z) `q` & ;.mp4'", ShellQuoting.powerShell(arguments));
    }
}
