package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.preflight.internal.read.MediaReader;
import java.time.Duration;
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

    private static byte[] clusters(int... times) {
        byte[] info = HostileMatroska.element(0x1549A966, HostileMatroska.element(0x2AD7B1, Bytes.u32(1_000_000)));
        byte[] track = HostileMatroska.element(
                0xAE,
                HostileMatroska.element(0xD7, new byte[] {1}),
                HostileMatroska.element(0x83, new byte[] {1}),
                HostileMatroska.element(0x86, Bytes.ascii("V_MPEG4/ISO/AVC")),
                HostileMatroska.element(0x23E383, Bytes.u32(40_000_000)));
        byte[] all = Bytes.join(info, HostileMatroska.element(0x1654AE6B, track));
        for (int time : times) {
            byte[] block = HostileMatroska.element(0xA3, new byte[] {(byte) 0x81, 0, 0, (byte) 0x80, 1, 2, 3, 4});
            byte[] cluster =
                    HostileMatroska.element(CLUSTER, HostileMatroska.element(0xE7, Bytes.u32(time)), block, block);
            all = Bytes.join(all, cluster);
        }
        return Bytes.join(
                HostileMatroska.element(0x1A45DFA3, HostileMatroska.element(0x4282, Bytes.ascii("matroska"))),
                HostileMatroska.element(0x18538067, all));
    }
}
