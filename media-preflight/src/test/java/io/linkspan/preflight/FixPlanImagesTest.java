package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans for images, run with real ffmpeg. */
final class FixPlanImagesTest {
    private static final Path CORPUS = Path.of("src", "test", "resources", "corpus");

    @TempDir
    private Path folder;

    @BeforeEach
    void assumeFfmpeg() {
        Ffmpeg.assume();
    }

    @ParameterizedTest
    @CsvSource({
        "3000x2000, TIKTOK_PHOTO, 1620x1080",
        "2000x3000, TIKTOK_PHOTO, 1080x1620",
        "1000x4000, TIKTOK_PHOTO, 480x1920",
        "1254x1254, TIKTOK_PHOTO, 1080x1080",
        "900x1600, INSTAGRAM_FEED_IMAGE, 1280x1600",
        "2000x500, INSTAGRAM_FEED_IMAGE, 1440x754",
        "333x801, INSTAGRAM_FEED_IMAGE, 642x802",
        "200x200, INSTAGRAM_FEED_IMAGE, 320x320",
        "1080x1080, INSTAGRAM_REEL_COVER, 1080x1920",
        "1000x4000, TIKTOK_PHOTO INSTAGRAM_FEED_IMAGE, 1080x1350",
        "5000x1000, TIKTOK_PHOTO INSTAGRAM_FEED_IMAGE INSTAGRAM_CAROUSEL, 1440x754"
    })
    void run_ofThePlan_scalesAndPads(String size, String destinations, String expected) {
        Path original = folder.resolve("image.png");
        Ffmpeg.make("-f", "lavfi", "-i", "testsrc=s=" + size, "-frames:v", "1", original.toString());
        PreflightOptions options = PreflightOptions.builder()
                .destinations(Stream.of(destinations.split(" ", -1))
                        .map(Destination::valueOf)
                        .toList())
                .build();
        FixPlan plan = Preflight.check(original, options).fixPlanWithAdvice().orElseThrow();
        PreflightReport after = Preflight.check(Ffmpeg.run(plan, original, folder), options);
        assertEquals(
                expected,
                after.facts()
                        .fact(FactKey.IMAGE_DISPLAY_SIZE)
                        .known()
                        .orElseThrow()
                        .toString());
        assertEquals(List.of(), after.findings(), after::toText);
    }

    /** Stored 64x32, the left half red; what Exif calls the first row and column decides where red is seen. */
    @ParameterizedTest
    @CsvSource({
        "1,64x32,left",
        "2,64x32,right",
        "3,64x32,right",
        "4,64x32,left",
        "5,32x64,top",
        "6,32x64,top",
        "7,32x64,bottom",
        "8,32x64,bottom"
    })
    void run_ofThePlanForATurnedImage_turnsIt(int orientation, String size, String red) throws IOException {
        Path original = folder.resolve("turned.jpg");
        Ffmpeg.make(
                "-f",
                "lavfi",
                "-i",
                "color=blue:s=64x32,drawbox=w=32:t=fill:c=red",
                "-frames:v",
                "1",
                "-q:v",
                "1",
                original.toString());
        Files.write(original, withExif(Files.readAllBytes(original), orientation));
        PreflightReport before = Preflight.check(original);
        assertEquals(
                size,
                before.facts()
                        .fact(FactKey.IMAGE_DISPLAY_SIZE)
                        .known()
                        .orElseThrow()
                        .toString());
        assertTrue(before.facts().fact(FactKey.LOCATION).known().orElseThrow());
        PreflightOptions photo = PreflightOptions.builder()
                .destinations(Destination.TIKTOK_PHOTO)
                .build();
        FixPlan plan = Preflight.check(original, photo).fixPlanWithAdvice().orElseThrow();
        Path fixed = Ffmpeg.run(plan, original, folder);
        PreflightReport after = Preflight.check(fixed, photo);
        assertEquals(List.of(), after.findings(), after::toText);
        assertEquals(
                size,
                after.facts().fact(FactKey.IMAGE_SIZE).known().orElseThrow().toString());
        assertEquals(1, after.facts().fact(FactKey.IMAGE_ORIENTATION).known().orElse(1));
        assertFalse(after.facts().fact(FactKey.LOCATION).known().orElseThrow());
        String[] pixel = switch (red) {
            case "left" -> new String[] {"8", "16"};
            case "right" -> new String[] {"56", "16"};
            case "top" -> new String[] {"16", "8"};
            default -> new String[] {"16", "56"};
        };
        int[] colour = pixel(fixed, pixel[0], pixel[1]);
        assertTrue(colour[0] > 200 && colour[2] < 60, red + " is " + Arrays.toString(colour));
    }

    @Test
    void run_ofThePlanForAlpha_putsItOnWhite() throws IOException {
        Path original = folder.resolve("alpha.png");
        Ffmpeg.make(
                "-f",
                "lavfi",
                "-i",
                "color=black:s=400x400,format=rgba,geq=r=255:g=0:b=0:a=255*between(X\\,100\\,300)*between(Y\\,100\\,300)",
                "-frames:v",
                "1",
                original.toString());
        FixPlan plan = Preflight.check(original).fixPlan().orElseThrow();
        Path fixed = Ffmpeg.run(plan, original, folder);
        assertTrue(pixel(fixed, "10", "10")[1] > 240, plan::posix);
        assertTrue(pixel(fixed, "200", "200")[1] < 30, plan::posix);
    }

    @Test
    void run_ofThePlanForCmyk_convertsIt() throws IOException {
        Path original = Files.write(folder.resolve("cmyk.jpg"), cmyk());
        PreflightReport before = Preflight.check(original);
        assertEquals(Verdict.RISKY, before.verdict(Destination.INSTAGRAM_FEED_IMAGE));
        PreflightReport after = Preflight.check(Ffmpeg.run(before.fixPlan().orElseThrow(), original, folder));
        assertEquals(3, after.facts().fact(FactKey.IMAGE_COMPONENTS).known().orElseThrow());
        assertEquals(Verdict.OK, after.verdict(Destination.INSTAGRAM_FEED_IMAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"webp-moving.webp"})
    void fixPlan_ofWhatFfmpegCannotRead_saysWhatToDo(String name) {
        PreflightReport report = Preflight.check(CORPUS.resolve(name));
        assertTrue(report.fixPlan().isEmpty());
        assertTrue(
                report.toText().contains("\nNo command fixes this:\n  - image format: Convert the image"),
                report::toText);
    }

    private int[] pixel(Path image, String x, String y) throws IOException {
        Path raw = folder.resolve("pixel.rgb");
        Ffmpeg.make(
                "-i",
                image.toString(),
                "-vf",
                "crop=2:2:" + x + ":" + y,
                "-pix_fmt",
                "rgb24",
                "-f",
                "rawvideo",
                raw.toString());
        byte[] bytes = Files.readAllBytes(raw);
        return new int[] {bytes[0] & 255, bytes[1] & 255, bytes[2] & 255};
    }

    /** An Exif segment with an orientation and a place. */
    private static byte[] withExif(byte[] jpeg, int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(82);
        exif.put("Exif\0\0MM\0*\0\0\0\u0008".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) 2);
        exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putInt(orientation << 16);
        exif.putShort((short) 0x8825).putShort((short) 4).putInt(1).putInt(38).putInt(0);
        // latitude north, 52 degrees
        exif.putShort((short) 2);
        exif.putShort((short) 1).putShort((short) 2).putInt(2).putInt('N' << 24);
        exif.putShort((short) 2).putShort((short) 5).putInt(1).putInt(68).putInt(0);
        exif.putInt(52).putInt(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, 84});
        out.writeBytes(exif.array());
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    /** 400x400 pixels of the same four inks, in Huffman codes of one bit. */
    private static byte[] cmyk() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        segment(out, 0xD8, "");
        segment(out, 0xEE, "000E" + "41646F6265" + "0064" + "0000" + "0000" + "00");
        segment(out, 0xDB, "0043" + "00" + "01".repeat(64));
        segment(out, 0xC0, "0014" + "08" + "0190" + "0190" + "04" + "011100" + "021100" + "031100" + "041100");
        segment(out, 0xC4, "0014" + "00" + "01" + "00".repeat(15) + "00");
        segment(out, 0xC4, "0014" + "10" + "01" + "00".repeat(15) + "00");
        segment(out, 0xDA, "000E" + "04" + "0100" + "0200" + "0300" + "0400" + "003F00" + "00".repeat(50 * 50));
        segment(out, 0xD9, "");
        return out.toByteArray();
    }

    private static void segment(ByteArrayOutputStream out, int marker, String hex) {
        out.write(0xFF);
        out.write(marker);
        out.writeBytes(java.util.HexFormat.of().parseHex(hex));
    }
}
