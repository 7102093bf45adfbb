package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JpegTest {
    private static final byte[] GOOD = Fixtures.bytes("good.jpg");

    /** Files of the fact table. */
    static Map<String, byte[]> all() {
        Map<String, byte[]> files = new TreeMap<>();
        for (int type : new int[] {0x030000, 0, 0x050000, 0x010001, 0x020001, 0x020002, 0x020003}) {
            byte[] index = Pieces.multiPicture(0x030000, type);
            files.put(
                    String.format(Locale.ROOT, "jpeg-index-%06x.jpg", type),
                    Bytes.join(Pieces.segment(GOOD, 0xE2, index), GOOD));
        }
        for (int orientation = 1; orientation <= 8; orientation++) {
            byte[] exif = Pieces.exif(ByteOrder.LITTLE_ENDIAN, orientation, Pieces.Place.NONE);
            files.put(
                    "jpeg-orientation-" + orientation + ".jpg",
                    Pieces.segment(GOOD, 0xE1, Bytes.join(Bytes.ascii("Exif\0\0"), exif)));
        }
        return files;
    }

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
        PreflightReport report = Fixtures.check(Pieces.segment(GOOD, 0xE1, exif));
        assertKnown(6, report, FactKey.IMAGE_ORIENTATION);
        assertKnown(new Size(400, 320), report, FactKey.IMAGE_DISPLAY_SIZE);
    }

    @Test
    void check_ofAnExifDirectoryThatPointsOutside_keepsTheDefault() {
        byte[] exif = Bytes.join(Bytes.ascii("Exif\0\0II*\0"), Bytes.u32(0xFFFFFF7FL), new byte[8]);
        assertKnown(1, Fixtures.check(Pieces.segment(GOOD, 0xE1, exif)), FactKey.IMAGE_ORIENTATION);
    }

    @Test
    void check_ofAnExifWithACountBeyondItsSegment_keepsTheDefault() {
        byte[] exif = Bytes.join(Bytes.ascii("Exif\0\0MM\0*"), Bytes.u32(8), new byte[] {(byte) 0xFF, (byte) 0xFF});
        assertKnown(1, Fixtures.check(Pieces.segment(GOOD, 0xE1, exif)), FactKey.IMAGE_ORIENTATION);
    }

    @ParameterizedTest(name = "type {0}")
    @ValueSource(ints = {0x020001, 0x020002, 0x020003, 0x80020002})
    void check_ofPicturesOfSeveralFrames_isBlockedForInstagramOnly(int type) {
        PreflightReport report = Fixtures.check(Pieces.segment(GOOD, 0xE2, Pieces.multiPicture(0x030000, type)));
        assertKnown(Container.MPO, report, FactKey.CONTAINER);
        assertEquals(Verdict.BLOCKED, report.verdict(Destination.INSTAGRAM_FEED_IMAGE));
        assertEquals(Verdict.OK, report.verdict(Destination.TIKTOK_PHOTO));
    }

    @ParameterizedTest(name = "type {0}")
    @ValueSource(ints = {0x030000, 0, 0x050000, 0x010001, 0x010002, 0x020000, 0x020004, 0xA0030000})
    void check_ofAnIndexOfOnePictureAndItsParts_isAJpeg(int type) {
        for (byte[] index : List.of(Pieces.multiPicture(type), Pieces.multiPicture(0x030000, type))) {
            // the second picture of a gain map lies behind the first
            PreflightReport report = Fixtures.check(Bytes.join(Pieces.segment(GOOD, 0xE2, index), GOOD));
            assertKnown(Container.JPEG, report, FactKey.CONTAINER);
            assertEquals(Verdict.OK, report.verdict());
        }
    }

    @Test
    void check_ofAnIndexThatMakesNoSense_isAJpeg() {
        for (String index : List.of(
                "MPF\0", "MPF\0MM\0*", "MPF\0MM\0*\0\0\0\u00FF\0\0", "MPF\0II*\0\u00FF\u00FF\u00FF\u00FF\0\0")) {
            assertKnown(
                    Container.JPEG, Fixtures.check(Pieces.segment(GOOD, 0xE2, Bytes.ascii(index))), FactKey.CONTAINER);
        }
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
        assertEquals(Verdict.BLOCKED, report.verdict());
    }

    private static <T> void assertKnown(T expected, PreflightReport report, FactKey<T> key) {
        assertEquals(new Fact.Known<>(expected), report.facts().fact(key));
    }
}
