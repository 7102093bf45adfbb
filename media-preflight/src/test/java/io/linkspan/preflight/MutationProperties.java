package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is done to a file, a check ends in a report. */
final class MutationProperties {
    private static final List<byte[]> SEEDS = List.of(
            Fixtures.bytes("good.mp4"),
            Fixtures.bytes("editlist-moov-last.mp4"),
            Fixtures.bytes("hevc-open-gop.mp4"),
            Fixtures.bytes("fragmented.mp4"),
            Fixtures.bytes("audio-ac3-6ch.mp4"),
            Fixtures.bytes("good.mov"),
            Fixtures.bytes("good.jpg"));
    private static final int[] NASTY = {0, 1, 0x7F, 0x80, 0xFF};

    @Property(tries = 2000)
    void check_ofAMutatedFile_endsInAReport(
            @ForAll @IntRange(min = 0, max = 6) int seed,
            @ForAll @IntRange(min = 1, max = 12) int changes,
            @ForAll long draw) {
        byte[] media = SEEDS.get(seed).clone();
        Random random = new Random(draw);
        for (int i = 0; i < changes; i++) {
            // most of what matters lies in the first kilobytes, or at the end where the index may be
            int at = random.nextInt(Math.min(media.length, 4_096));
            at = random.nextInt(4) == 0 ? media.length - 1 - at : at;
            int run = 1 + random.nextInt(4);
            for (int b = at; b < Math.min(media.length, at + run); b++) {
                media[b] = (byte) (random.nextBoolean() ? NASTY[random.nextInt(NASTY.length)] : random.nextInt(256));
            }
        }
        assertEnds(media);
    }

    @Property(tries = 500)
    void check_ofATruncatedFile_endsInAReport(
            @ForAll @IntRange(min = 0, max = 6) int seed, @ForAll @IntRange(min = 0, max = 70_000) int length) {
        byte[] media = SEEDS.get(seed);
        assertEnds(Arrays.copyOf(media, Math.min(media.length, length)));
    }

    @Property(tries = 500)
    void check_ofArbitraryBytes_endsInAReport(@ForAll byte[] media) {
        assertEnds(media);
        assertEnds(Bytes.join(Bytes.box("ftyp", Bytes.ascii("isom")), Bytes.box("moov", media)));
        assertEnds(Bytes.join(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}, media));
    }

    private static void assertEnds(byte[] media) {
        // the time of this thread only: other work on the machine does not count
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        PreflightReport report = Fixtures.check(media);
        assertFalse(report.destinations().isEmpty());
        assertFalse(report.toText().isEmpty());
        assertFalse(report.toJson().isEmpty());
        long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        assertTrue(took < 3_000_000_000L, "took longer than the deadline");
    }
}
