package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.preflight.UnreadableMediaException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreflightTest {
    private static final Path SAMPLES = Path.of("..", "examples", "media");

    @TempDir
    private Path folder;

    @Test
    void check_ofTheSample_isOkEverywhereWithoutAnyFinding() {
        PreflightReport report = Preflight.check(SAMPLES.resolve("sample.mp4"));
        assertEquals(List.of(), report.findings());
        assertEquals(Verdict.OK, report.verdict());
        assertEquals(
                EnumSet.of(
                        Destination.TIKTOK_VIDEO,
                        Destination.INSTAGRAM_REEL,
                        Destination.INSTAGRAM_STORY,
                        Destination.INSTAGRAM_CAROUSEL),
                report.destinations());
    }

    @Test
    void check_withFifteenFps_isBlocked() {
        PreflightReport report = Preflight.check(SAMPLES.resolve("sample-15fps.mp4"));
        assertEquals(
                List.of("ERROR tiktok.video.fps: 15 fps", "ERROR ig.video.fps: 15 fps"),
                report.findings().stream().map(Finding::toString).toList());
        assertEquals(Verdict.BLOCKED, report.verdict(Destination.TIKTOK_VIDEO));
        assertEquals(Verdict.BLOCKED, report.verdict(Destination.INSTAGRAM_REEL));
        assertEquals(
                List.of("frame_rate_check_failed"), report.findings().get(0).predictedErrors());
    }

    @Test
    void toText_ofAReport_isTheGoldenText() {
        assertGolden("sample-15fps.txt", report15().toText());
    }

    @Test
    void toJson_ofAReport_isTheGoldenJson() {
        assertGolden("sample-15fps.json", report15().toJson());
    }

    private static PreflightReport report15() {
        return Preflight.check(
                Path.of("../examples/media/sample-15fps.mp4"),
                PreflightOptions.builder()
                        .destinations(Destination.INSTAGRAM_REEL, Destination.TIKTOK_VIDEO)
                        .asOf(LocalDate.of(2026, 12, 5))
                        .build());
    }

    private static void assertGolden(String name, String actual) {
        assertEquals(new String(Fixtures.bytes("golden/" + name), java.nio.charset.StandardCharsets.UTF_8), actual);
    }

    @Test
    void check_twice_givesTheSameReport() {
        assertEquals(report15().toJson(), report15().toJson());
    }

    @Test
    void check_ofAMissingFile_throws() {
        UnreadableMediaException e =
                assertThrows(UnreadableMediaException.class, () -> Preflight.check(folder.resolve("none.mp4")));
        assertEquals(Reason.MISSING, e.reason());
    }

    @Test
    void check_ofADirectory_isUnreadable() {
        PreflightReport report = Preflight.check(folder);
        assertEquals("it is a directory (at byte 0)", report.findings().get(0).measured());
        assertEquals(EnumSet.allOf(Destination.class), report.destinations());
        assertEquals(Verdict.BLOCKED, report.verdict());
    }

    @Test
    void check_onAnInterruptedThread_throwsAndKeepsTheFlag() {
        Thread.currentThread().interrupt();
        try {
            UnreadableMediaException e =
                    assertThrows(UnreadableMediaException.class, () -> Preflight.check(SAMPLES.resolve("sample.mp4")));
            assertEquals(Reason.INTERRUPTED, e.reason());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void check_interruptedWhileReading_throwsAndKeepsTheFlag() {
        byte[] good = Fixtures.bytes("good.mp4");
        MemoryChannel channel = new MemoryChannel(
                good, good.length, () -> Thread.currentThread().interrupt());
        try {
            UnreadableMediaException e = assertThrows(
                    UnreadableMediaException.class, () -> Preflight.check(channel, PreflightOptions.defaults()));
            assertEquals(Reason.INTERRUPTED, e.reason());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void check_ofALargeFile_readsItsIndexOnly() {
        byte[] good = Fixtures.bytes("good.mp4");
        byte[] media = Bytes.join(good, Bytes.u32(0), Bytes.ascii("free"));
        MemoryChannel channel = new MemoryChannel(media, 8L << 30, () -> {});
        PreflightReport report = Preflight.check(channel, PreflightOptions.defaults());
        assertEquals(new Fact.Known<>("h264"), report.facts().fact(FactKey.VIDEO_CODEC));
        assertTrue(channel.bytesRead() <= 4_096 + (1 << 16), "read " + channel.bytesRead());
    }

    @Test
    void check_ofTablesBeyondTheBudget_cannotCheck() {
        byte[] good = Fixtures.bytes("good.mp4");
        byte[] big = new Bytes(good)
                .u32("stts", 0, 4, 0x7FFFFFFF)
                .size("stts", 0, 0x7FFFFFF0)
                .done();
        PreflightReport report = Preflight.check(
                new MemoryChannel(big, 4L << 30, () -> {}),
                PreflightOptions.builder()
                        .budget(ReadBudget.builder().metadataBytes(65_536).build())
                        .build());
        assertTrue(report.findings().stream().anyMatch(f -> f.severity() != Severity.ADVICE));
    }

    @Test
    void check_withMoovLastAndBytes_isOnlyRisky() {
        MediaFacts facts = TestFacts.video().known(FactKey.MOOV_FIRST, false).build();
        Set<Destination> reel = Set.of(Destination.INSTAGRAM_REEL);
        assertEquals(
                Verdict.RISKY,
                Preflight.check(
                                facts,
                                PreflightOptions.builder()
                                        .destinations(reel)
                                        .delivery(Delivery.BYTES)
                                        .build())
                        .verdict());
        assertEquals(
                Verdict.BLOCKED,
                Preflight.check(
                                facts,
                                PreflightOptions.builder()
                                        .destinations(reel)
                                        .delivery(Delivery.PULL)
                                        .build())
                        .verdict());
    }

    @Test
    void check_withAnUnknownFact_warnsThatItCouldNotCheck() {
        MediaFacts facts = TestFacts.video()
                .unknown(FactKey.VIDEO_FPS, "no times")
                .unknown(FactKey.VIDEO_GOP, "no times")
                .build();
        PreflightReport report = Preflight.check(facts, PreflightOptions.defaults());
        assertEquals(Verdict.RISKY, report.verdict(Destination.TIKTOK_VIDEO));
        assertEquals(1, report.findings().size());
        assertEquals("no times", report.findings().get(0).measured());
        assertEquals(
                List.of("ig.video.fps", "ig.video.gop", "tiktok.video.fps", "tiktok.video.gop"),
                report.findings().get(0).unchecked());
    }

    @Test
    void check_withFactsLeftOut_neverPasses() {
        PreflightReport report =
                Preflight.check(MediaFacts.builder(MediaKind.VIDEO).build(), PreflightOptions.defaults());
        for (Destination destination : report.destinations()) {
            assertEquals(Verdict.RISKY, report.verdict(destination));
        }
    }

    @Test
    void check_ofARecognisedButUnreadFormat_saysSo() {
        PreflightReport report = Fixtures.check(Bytes.join(Bytes.ascii("RIFF\0\0\0\0AVI LIST"), new byte[64]));
        assertEquals(Verdict.BLOCKED, report.verdict(Destination.TIKTOK_VIDEO));
        assertTrue(
                report.findings().stream().anyMatch(f -> f.measured().equals("the inside of AVI files is not read")));
    }

    @Test
    void command_ofAnAwkwardName_isQuotedAndPrefixed() throws IOException {
        Path awkward = folder.resolve("-x 'y'; $(z).mp4");
        Files.copy(SAMPLES.resolve("sample-15fps.mp4"), awkward);
        PreflightOptions paths = PreflightOptions.builder().pathInCommands(true).build();
        String command =
                Preflight.check(awkward, paths).findings().get(0).command().orElseThrow();
        assertTrue(command.contains("'file:" + folder + "/-x '\\''y'\\''; $(z).mp4'"), command);
        assertTrue(command.endsWith("-x '\\''y'\\''; $(z)-fixed.mp4'"), command);
    }

    @Test
    void verdict_ofADestinationNotAskedFor_isRefused() {
        PreflightReport report = Preflight.check(SAMPLES.resolve("sample.mp4"));
        assertThrows(IllegalArgumentException.class, () -> report.verdict(Destination.TIKTOK_PHOTO));
    }

    @Test
    void known_withAValueOfAnotherType_isRefused() {
        @SuppressWarnings({"unchecked", "rawtypes"})
        FactKey<Object> raw = (FactKey) FactKey.VIDEO_FPS;
        assertThrows(IllegalArgumentException.class, () -> TestFacts.video().known(raw, "fast"));
    }
}
