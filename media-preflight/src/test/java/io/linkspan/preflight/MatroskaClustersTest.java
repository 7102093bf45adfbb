package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.preflight.internal.read.MediaReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the clusters of a file without a length say, and what they do not. */
final class MatroskaClustersTest {
    private static final int CLUSTER = 0x1F43B675;

    @Test
    void bitRate_ofOneClusterThatIsAlsoTheLast_countsItOnce() {
        MediaFacts facts = Fixtures.check("corpus/container-live.webm").facts();
        // ffprobe: 20 packets of 5,286 bytes in all, from 0.007 s to 0.767 s
        assertEquals(new Fact.Known<>(52_860L), facts.fact(FactKey.VIDEO_BIT_RATE));
    }

    @Test
    void bitRate_withClustersLeftOut_isNotKnown() {
        byte[] media = clusters(0, 1000, 2000, 3000);
        MediaFacts facts = Fixtures.check(media).facts();
        assertEquals(new Fact.Known<>(Duration.ofMillis(3040)), facts.fact(FactKey.DURATION));
        assertEquals(
                new Fact.Unknown<Long>("the sizes of the frames were not read"), facts.fact(FactKey.VIDEO_BIT_RATE));
    }

    @Test
    void duration_stoppedInTheLastCluster_isNotKnown() {
        byte[] media = Fixtures.bytes("corpus/container-live.webm");
        AtomicInteger looks = new AtomicInteger();
        MediaReader.read(new MemoryChannel(media), ReadBudget.defaults(), looks::incrementAndGet);
        int last = looks.get();
        looks.set(0);
        MediaFacts facts = MediaReader.read(
                new MemoryChannel(media),
                ReadBudget.defaults(),
                () -> looks.incrementAndGet() < last ? 0 : Duration.ofHours(1).toNanos());
        assertEquals(Fact.State.UNKNOWN, facts.fact(FactKey.DURATION).state());
    }

    @Test
    void keyFrames_ofTheIndex_areReadWithoutTheFrames() {
        MediaFacts facts = Fixtures.check("corpus/vp9-yuv420p.webm").facts();
        assertEquals(new Fact.Known<>(Gop.CLOSED), facts.fact(FactKey.VIDEO_GOP));
        assertEquals(new Fact.Known<>(List.of(Duration.ZERO)), facts.fact(FactKey.VIDEO_KEY_FRAMES));
        assertEquals(new Fact.Known<>(Duration.ofMillis(400)), facts.fact(FactKey.VIDEO_GOP_LENGTH));
    }

    @Test
    void keyFrames_withoutAnIndex_areNotKnown() {
        MediaFacts facts = Fixtures.check(clusters(0, 1000, 2000, 3000)).facts();
        assertEquals(
                new Fact.Unknown<Duration>("the file does not list its key frames"),
                facts.fact(FactKey.VIDEO_GOP_LENGTH));
    }

    @Test
    void keyFrames_ofBlocksInGroups_areThoseThatReferToNoOther() {
        byte[] cluster = Bytes.join(group(0, false), group(40, true), group(80, false), group(120, true));
        MediaFacts facts =
                Fixtures.check(movie(HostileMatroska.element(CLUSTER, cluster))).facts();
        assertEquals(
                new Fact.Known<>(List.of(Duration.ZERO, Duration.ofMillis(80))), facts.fact(FactKey.VIDEO_KEY_FRAMES));
        assertEquals(new Fact.Known<>(Duration.ofMillis(80)), facts.fact(FactKey.VIDEO_GOP_LENGTH));
    }

    private static byte[] group(int time, boolean refers) {
        byte[] block = HostileMatroska.element(0xA1, new byte[] {(byte) 0x81, 0, (byte) time, 0, 1, 2, 3, 4});
        byte[] reference = refers ? HostileMatroska.element(0xFB, new byte[] {(byte) 0xD8}) : new byte[0];
        return HostileMatroska.element(0xA0, block, reference);
    }

    private static byte[] clusters(int... times) {
        byte[] all = new byte[0];
        for (int time : times) {
            byte[] block = HostileMatroska.element(0xA3, new byte[] {(byte) 0x81, 0, 0, (byte) 0x80, 1, 2, 3, 4});
            all = Bytes.join(
                    all,
                    HostileMatroska.element(CLUSTER, HostileMatroska.element(0xE7, Bytes.u32(time)), block, block));
        }
        return movie(all);
    }

    private static byte[] movie(byte[] clusters) {
        byte[] info = HostileMatroska.element(0x1549A966, HostileMatroska.element(0x2AD7B1, Bytes.u32(1_000_000)));
        byte[] track = HostileMatroska.element(
                0xAE,
                HostileMatroska.element(0xD7, new byte[] {1}),
                HostileMatroska.element(0x83, new byte[] {1}),
                HostileMatroska.element(0x86, Bytes.ascii("V_MPEG4/ISO/AVC")),
                HostileMatroska.element(0x23E383, Bytes.u32(40_000_000)));
        return Bytes.join(
                HostileMatroska.element(0x1A45DFA3, HostileMatroska.element(0x4282, Bytes.ascii("matroska"))),
                HostileMatroska.element(0x18538067, info, HostileMatroska.element(0x1654AE6B, track), clusters));
    }
}
