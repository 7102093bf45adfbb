package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageHeadersTest {
    private static final Path CORPUS = Path.of("src", "test", "resources", "corpus");

    @ParameterizedTest
    @CsvSource({
        "png-rgb24.png,PNG,RGB,8,false,false",
        "png-rgba.png,PNG,RGB,8,true,false",
        "png-gray16be.png,PNG,GREY,16,false,false",
        "png-ya8.png,PNG,GREY,8,true,false",
        "png-moving.png,PNG,RGB,8,false,true",
        "webp-lossy.webp,WEBP,YCBCR,8,false,false",
        "webp-lossless.webp,WEBP,RGB,8,false,false",
        "webp-alpha.webp,WEBP,YCBCR,8,true,false",
        "gif-still.gif,GIF,PALETTE,8,false,false",
        "avif-8.avif,AVIF,YCBCR,8,false,false",
        "avif-10.avif,AVIF,YCBCR,10,false,false",
        "jpeg-yuvj420p.jpg,JPEG,YCBCR,8,false,false"
    })
    void check_ofAnImage_readsItsHeader(
            String file, Container container, ColourModel model, int depth, boolean alpha, boolean animated)
            throws IOException {
        MediaFacts facts =
                Fixtures.check(Files.readAllBytes(CORPUS.resolve(file))).facts();
        assertKnown(container, facts, FactKey.CONTAINER);
        assertKnown(model, facts, FactKey.IMAGE_COLOUR_MODEL);
        assertKnown(depth, facts, FactKey.IMAGE_BIT_DEPTH);
        assertKnown(alpha, facts, FactKey.IMAGE_ALPHA);
        assertKnown(animated, facts, FactKey.IMAGE_ANIMATED);
        assertKnown(false, facts, FactKey.TRUNCATED);
        assertKnown(false, facts, FactKey.IMAGE_ICC);
        assertKnown(false, facts, FactKey.LOCATION);
    }

    @ParameterizedTest
    @CsvSource({"gif-moving.gif", "webp-moving.webp"})
    void check_ofAMovingImage_isAnimated(String file) throws IOException {
        MediaFacts facts =
                Fixtures.check(Files.readAllBytes(CORPUS.resolve(file))).facts();
        assertKnown(true, facts, FactKey.IMAGE_ANIMATED);
        assertKnown(new Size(40, 30), facts, FactKey.IMAGE_SIZE);
    }

    @ParameterizedTest
    @CsvSource({"png-rgb24.png", "webp-lossy.webp", "gif-still.gif", "avif-8.avif", "jpeg-yuvj444p.jpg"})
    void check_ofACutImage_isTruncated(String file) throws IOException {
        byte[] media = Files.readAllBytes(CORPUS.resolve(file));
        assertKnown(
                true, Fixtures.check(Arrays.copyOf(media, media.length - 20)).facts(), FactKey.TRUNCATED);
    }

    @Test
    void check_ofAPngWithProfileAndExif_readsBoth() throws IOException {
        byte[] png = Files.readAllBytes(CORPUS.resolve("png-rgb24.png"));
        byte[] exif = Pieces.exif(ByteOrder.BIG_ENDIAN, 6, Pieces.Place.FULL);
        byte[] media = Bytes.join(
                Arrays.copyOf(png, 33),
                chunk("iCCP", new byte[20]),
                chunk("eXIf", exif),
                Arrays.copyOfRange(png, 33, png.length));
        MediaFacts facts = Fixtures.check(media).facts();
        assertKnown(true, facts, FactKey.IMAGE_ICC);
        assertKnown(true, facts, FactKey.LOCATION);
        assertKnown(6, facts, FactKey.IMAGE_ORIENTATION);
        assertKnown(new Size(60, 80), facts, FactKey.IMAGE_DISPLAY_SIZE);
    }

    @ParameterizedTest
    @ValueSource(longs = {2_147_483_648L, 4_294_967_295L, 2_147_483_647L})
    void check_ofAnAbsurdPngChunk_isDamaged(long length) throws IOException {
        byte[] png = Files.readAllBytes(CORPUS.resolve("png-rgb24.png"));
        byte[] media = Bytes.join(Arrays.copyOf(png, 33), Bytes.u32(length), Bytes.ascii("zTXt"), new byte[64]);
        PreflightReport report = Fixtures.check(media);
        assertKnown(new Size(80, 60), report.facts(), FactKey.IMAGE_SIZE);
        assertEquals(1, report.facts().damage().size());
    }

    @Test
    void check_ofAHeicTurnedToTheLeft_swapsTheDisplaySize() {
        MediaFacts facts =
                Fixtures.check(heic(Bytes.box("irot", new byte[] {1}))).facts();
        assertKnown(Container.HEIF, facts, FactKey.CONTAINER);
        assertKnown(new Size(400, 300), facts, FactKey.IMAGE_SIZE);
        assertKnown(8, facts, FactKey.IMAGE_ORIENTATION);
        assertKnown(new Size(300, 400), facts, FactKey.IMAGE_DISPLAY_SIZE);
        assertKnown(true, facts, FactKey.IMAGE_ICC);
    }

    @Test
    void check_ofAHeicWithGarbageForLocations_endsInAReport() {
        for (int fill : new int[] {0, 1, 0x44, 0xFF}) {
            byte[] garbage = new byte[64];
            Arrays.fill(garbage, (byte) fill);
            byte[] media = Bytes.join(heic(Bytes.box("irot", new byte[] {2})), Bytes.box("meta", garbage));
            assertTrue(Fixtures.check(media).facts().unreadable().isEmpty());
        }
    }

    private static byte[] heic(byte[] rotation) {
        return new HeifFiles()
                .size(400, 300)
                .property(Bytes.box("colr", Bytes.ascii("prof"), new byte[8]))
                .property(rotation)
                .done();
    }

    private static byte[] chunk(String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(Bytes.join(Bytes.ascii(type), data));
        return Bytes.join(Bytes.u32(data.length), Bytes.ascii(type), data, Bytes.u32(crc.getValue()));
    }

    private static <T> void assertKnown(T expected, MediaFacts facts, FactKey<T> key) {
        assertEquals(new Fact.Known<>(expected), facts.fact(key), key.name());
    }
}
