package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class JpegTest {
    private static final byte[] GOOD = Fixtures.bytes("good.jpg");

    @Test
    void check_ofAJpeg_readsItsFrame() {
        PreflightReport report = Fixtures.check(GOOD);
        assertKnown(new Size(320, 400), report, FactKey.IMAGE_SIZE);
        assertKnown(3, report, FactKey.IMAGE_COMPONENTS);
        assertKnown(false, report, FactKey.IMAGE_PROGRESSIVE);
        assertKnown(false, report, FactKey.TRUNCATED);
        assertEquals(Verdict.OK, report.verdict());
    }

    @Test
    void check_ofAnExifOrientationOfSix_swapsTheDisplaySize() {
        byte[] exif = Bytes.join(
                Bytes.ascii("Exif\0\0MM\0*"), Bytes.u32(8), new byte[] {0, 1, 1, 0x12, 0, 3}, Bytes.u32(1), new byte[] {
                    0, 6, 0, 0
                });
        PreflightReport report = Fixtures.check(withSegment(0xE1, exif));
        assertKnown(6, report, FactKey.IMAGE_ORIENTATION);
        assertKnown(new Size(400, 320), report, FactKey.IMAGE_DISPLAY_SIZE);
    }

    @Test
    void check_ofAnExifDirectoryThatPointsOutside_keepsTheDefault() {
        byte[] exif = Bytes.join(Bytes.ascii("Exif\0\0II*\0"), Bytes.u32(0xFFFFFF7FL), new byte[8]);
        assertKnown(1, Fixtures.check(withSegment(0xE1, exif)), FactKey.IMAGE_ORIENTATION);
    }

    @Test
    void check_ofAnExifWithACountBeyondItsSegment_keepsTheDefault() {
        byte[] exif = Bytes.join(Bytes.ascii("Exif\0\0MM\0*"), Bytes.u32(8), new byte[] {(byte) 0xFF, (byte) 0xFF});
        assertKnown(1, Fixtures.check(withSegment(0xE1, exif)), FactKey.IMAGE_ORIENTATION);
    }

    @Test
    void check_ofAMultiPictureFile_isBlockedForInstagramOnly() {
        PreflightReport report = Fixtures.check(withSegment(0xE2, Bytes.ascii("MPF\0MM\0*")));
        assertKnown(Container.MPO, report, FactKey.CONTAINER);
        assertEquals(Verdict.BLOCKED, report.verdict(Destination.INSTAGRAM_FEED_IMAGE));
        assertEquals(Verdict.OK, report.verdict(Destination.TIKTOK_PHOTO));
    }

    @Test
    void check_ofACutJpeg_isTruncated() {
        assertKnown(true, Fixtures.check(Arrays.copyOf(GOOD, GOOD.length - 100)), FactKey.TRUNCATED);
        assertKnown(true, Fixtures.check(Arrays.copyOf(GOOD, 20)), FactKey.TRUNCATED);
    }

    @Test
    void check_ofFiveMegabytesOfFill_readsThroughIt() {
        byte[] fill = new byte[5 << 20];
        Arrays.fill(fill, (byte) 0xFF);
        byte[] media = Bytes.join(Arrays.copyOf(GOOD, 2), fill, Arrays.copyOfRange(GOOD, 2, GOOD.length));
        assertKnown(new Size(320, 400), Fixtures.check(media), FactKey.IMAGE_SIZE);
    }

    @Test
    void check_ofASegmentOfLengthZero_isDamaged() {
        PreflightReport report =
                Fixtures.check(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 0, 0, 0});
        assertEquals(
                "a JPEG segment claims 0 bytes", report.facts().damage().get(0).what());
        assertEquals(Verdict.RISKY, report.verdict());
    }

    private static byte[] withSegment(int marker, byte[] content) {
        int length = content.length + 2;
        byte[] head = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) marker, (byte) (length >> 8), (byte) length};
        return Bytes.join(head, content, Arrays.copyOfRange(GOOD, 2, GOOD.length));
    }

    private static <T> void assertKnown(T expected, PreflightReport report, FactKey<T> key) {
        assertEquals(new Fact.Known<>(expected), report.facts().fact(key));
    }
}
