package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A place of recording is reported where there is one, and not where there is none. */
final class PlacesTest {
    private static final class Case {
        private final byte[] file;
        private final boolean located;

        Case(byte[] file, boolean located) {
            this.file = file;
            this.located = located;
        }
    }

    static final byte[] AV1 = IsoEdit.read(Corpus.bytes("avif-8.avif"), "meta/iprp/ipco/av1C");
    private static final byte[] XMP_IDENTIFIER =
            Bytes.join(Bytes.u64(0xBE7ACFCB97A942E8L), Bytes.u64(0x9C71999491E3AFACL));

    private static final Map<String, Case> FILES = new LinkedHashMap<>();

    static {
        byte[] jpeg = Corpus.bytes("jpeg-yuvj420p.jpg");
        byte[] png = Corpus.bytes("png-rgb24.png");
        byte[] webp = Corpus.bytes("webp-lossy.webp");
        for (Pieces.Place place : Pieces.Place.values()) {
            boolean located = place.located();
            byte[] exif = Pieces.exif(ByteOrder.BIG_ENDIAN, 1, place);
            byte[] little = Pieces.exif(ByteOrder.LITTLE_ENDIAN, 1, place);
            byte[] prefixed = Bytes.join(Bytes.ascii("Exif\0\0"), exif);
            String name = place.name().toLowerCase(java.util.Locale.ROOT);
            add("jpeg-exif-" + name + ".jpg", Pieces.segment(jpeg, 0xE1, prefixed), located);
            add(
                    "jpeg-exif-little-" + name + ".jpg",
                    Pieces.segment(jpeg, 0xE1, Bytes.join(Bytes.ascii("Exif\0\0"), little)),
                    located);
            add("png-exif-" + name + ".png", Pieces.chunk(png, "eXIf", exif), located);
            add(
                    "png-raw-exif-" + name + ".png",
                    Pieces.chunk(
                            png,
                            "zTXt",
                            Bytes.join(
                                    Bytes.ascii("Raw profile type exif\0\0"),
                                    Pieces.packed(Pieces.rawProfile("exif", prefixed)))),
                    located);
            add("webp-exif-" + name + ".webp", Pieces.webp(webp, 8, 80, 60, Pieces.riff("EXIF", exif)), located);
            add("heic-exif-" + name + ".heic", new HeifFiles().exif(exif).done(), located);
        }
        byte[] exif = Pieces.exif(ByteOrder.BIG_ENDIAN, 1, Pieces.Place.FULL);
        byte[] prefixed = Bytes.join(Bytes.ascii("Exif\0\0"), exif);
        add(
                "png-raw-app1.png",
                Pieces.chunk(
                        png,
                        "zTXt",
                        Bytes.join(
                                Bytes.ascii("Raw profile type APP1\0\0"),
                                Pieces.packed(Pieces.rawProfile("generic profile", prefixed)))),
                true);
        add(
                "png-raw-text.png",
                Pieces.chunk(
                        png,
                        "tEXt",
                        Bytes.join(Bytes.ascii("Raw profile type exif\0"), Pieces.rawProfile("exif", prefixed))),
                true);
        add("webp-exif-prefix.webp", Pieces.webp(webp, 8, 80, 60, Pieces.riff("EXIF", prefixed)), true);
        add(
                "heic-nameless.heic",
                new HeifFiles().itemName(new byte[0]).exif(exif).done(),
                true);
        add(
                "heic-named.heic",
                new HeifFiles().itemName(Bytes.ascii("metadata\0")).exif(exif).done(),
                true);
        add("mini-exif.avif", HeifFiles.mini("avif", 1080, 1350, AV1, exif), true);
        add("mini-none.avif", HeifFiles.mini("avif", 1080, 1350, AV1, new byte[0]), false);
        add("mini-exif.heic", HeifFiles.mini("heic", 1080, 1350, HeifFiles.CONFIGURATION, exif), true);
        for (boolean located : new boolean[] {true, false}) {
            for (boolean attribute : new boolean[] {true, false}) {
                byte[] xmp = Pieces.xmp(located, attribute);
                String name = (located ? "place" : "time") + (attribute ? "-attribute" : "-element");
                add(
                        "jpeg-xmp-" + name + ".jpg",
                        Pieces.segment(jpeg, 0xE1, Bytes.join(Bytes.ascii(Pieces.XMP_SPACE), xmp)),
                        located);
                add(
                        "png-xmp-" + name + ".png",
                        Pieces.chunk(png, "iTXt", Bytes.join(Bytes.ascii("XML:com.adobe.xmp\0\0\0\0\0"), xmp)),
                        located);
                add(
                        "png-xmp-packed-" + name + ".png",
                        Pieces.chunk(
                                png,
                                "iTXt",
                                Bytes.join(Bytes.ascii("XML:com.adobe.xmp\0\1\0\0\0"), Pieces.packed(xmp))),
                        located);
                add("webp-xmp-" + name + ".webp", Pieces.webp(webp, 4, 80, 60, Pieces.riff("XMP ", xmp)), located);
                add("heic-xmp-" + name + ".heic", new HeifFiles().xmp(xmp).done(), located);
                add(
                        "mp4-xmp-" + name + ".mp4",
                        Bytes.join(Corpus.bytes("h264-main.mp4"), Bytes.box("uuid", XMP_IDENTIFIER, xmp)),
                        located);
            }
        }
        add(
                "mp4-xyz.mp4",
                movie(Bytes.box("udta", Bytes.box("\u00A9xyz", Bytes.ascii("\0\22\25\u00C7+48.8583+002.2944/")))),
                true);
        add("mp4-xyz-empty.mp4", movie(Bytes.box("udta", Bytes.box("\u00A9xyz", Bytes.ascii("\0\0\25\u00C7")))), false);
        add(
                "mp4-loci.mp4",
                movie(Bytes.box(
                        "udta",
                        Bytes.box(
                                "loci",
                                Bytes.u32(0),
                                Bytes.ascii("\25\u00C7Paris\0\0"),
                                Bytes.u32(150_357, 3_202_000, 0),
                                Bytes.ascii("earth\0\0")))),
                true);
        byte[] value = Bytes.box("data", Bytes.u32(1, 0), Bytes.ascii("+48.8583+002.2944/"));
        add("mp4-ilst-xyz.mp4", movie(Bytes.box("udta", list(new byte[0], Bytes.box("\u00A9xyz", value)))), true);
        add("mp4-ilst-title.mp4", movie(Bytes.box("udta", list(new byte[0], Bytes.box("\u00A9nam", value)))), false);
        String space = "com.apple.quicktime.location.";
        add("mov-key-place.mov", movie(list(keys(space + "ISO6709"), item(1, value))), true);
        add(
                "mov-key-second.mov",
                movie(list(
                        keys("com.apple.quicktime.make", space + "ISO6709"),
                        Bytes.join(item(1, value), item(2, value)))),
                true);
        add("mov-key-name.mov", movie(list(keys(space + "name"), item(1, value))), true);
        add("mov-key-accuracy.mov", movie(list(keys(space + "accuracy.horizontal"), item(1, value))), false);
        add(
                "mov-key-unused.mov",
                movie(list(keys("com.apple.quicktime.make", space + "ISO6709"), item(1, value))),
                false);
    }

    private static byte[] movie(byte[] metadata) {
        return IsoEdit.of(Corpus.bytes("h264-main.mp4")).add("moov", metadata).done();
    }

    private static byte[] list(byte[] keys, byte[] items) {
        // QuickTime's has no version
        boolean plain = keys.length > 0;
        String handler = plain ? "mdta" : "mdirappl";
        return Bytes.box(
                "meta",
                plain ? new byte[0] : Bytes.u32(0),
                Bytes.box("hdlr", Bytes.u32(0, 0), Bytes.ascii(handler), new byte[24 - handler.length() - 7]),
                keys,
                Bytes.box("ilst", items));
    }

    private static byte[] keys(String... names) {
        byte[] keys = Bytes.u32(0, names.length);
        for (String name : names) {
            keys = Bytes.join(keys, Bytes.box("mdta", Bytes.ascii(name)));
        }
        return Bytes.box("keys", keys);
    }

    private static byte[] item(int key, byte[] value) {
        return Bytes.join(Bytes.u32(value.length + 8, key), value);
    }

    private static void add(String name, byte[] file, boolean located) {
        FILES.put(name, new Case(file, located));
    }

    static Stream<Arguments> files() {
        return FILES.entrySet().stream()
                .map(file -> Arguments.of(file.getKey(), file.getValue().file, file.getValue().located));
    }

    static Map<String, byte[]> all() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        FILES.forEach((name, file) -> files.put(name, file.file));
        return files;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void check_ofAFileWithOrWithoutAPlace_saysWhich(String what, byte[] file, boolean located) {
        PreflightReport report = Fixtures.check(file);
        assertEquals(new Fact.Known<>(located), report.facts().fact(FactKey.LOCATION), what);
        assertEquals(java.util.Optional.empty(), report.facts().unreadable(), what);
        assertEquals(java.util.List.of(), report.facts().damage(), what);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"avif", "heic"})
    void check_ofALowOverheadImage_isAnImageOfItsSize(String codec) {
        byte[] configuration = codec.equals("avif") ? AV1 : HeifFiles.CONFIGURATION;
        PreflightReport report = Fixtures.check(HeifFiles.mini(codec, 1080, 1350, configuration, new byte[0]));
        assertEquals(MediaKind.IMAGE, report.facts().kind());
        Container container = codec.equals("avif") ? Container.AVIF : Container.HEIF;
        assertEquals(new Fact.Known<>(container), report.facts().fact(FactKey.CONTAINER));
        assertEquals(new Fact.Known<>(new Size(1080, 1350)), report.facts().fact(FactKey.IMAGE_DISPLAY_SIZE));
        assertEquals(new Fact.Known<>(8), report.facts().fact(FactKey.IMAGE_BIT_DEPTH));
    }

    private static byte[] timed(String handler, String format) {
        byte[] file = Corpus.bytes("moov-first.mp4");
        return IsoEdit.of(file)
                .change("moov/trak:1/mdia/hdlr", old -> {
                    byte[] changed = old.clone();
                    System.arraycopy(Bytes.ascii(handler), 0, changed, 8, 4);
                    return changed;
                })
                .payload(
                        "moov/trak:1/mdia/minf/stbl/stsd",
                        Bytes.join(Bytes.u32(0, 1), Bytes.box(format, Bytes.u32(0, 1))))
                .done();
    }

    /** A movie in which the second track has such lines, as drones and editors write them. */
    private static byte[] subtitled(String handler, List<String> lines) {
        String tables = "moov/trak:1/mdia/minf/stbl/";
        byte[] text = new byte[0];
        byte[] sizes = Bytes.u32(0, 0, lines.size());
        for (String line : lines) {
            byte[] sample = Bytes.join(new byte[] {0, (byte) line.length()}, Bytes.ascii(line));
            text = Bytes.join(text, sample);
            sizes = Bytes.join(sizes, Bytes.u32(sample.length));
        }
        byte[] file = IsoEdit.of(timed(handler, "tx3g"))
                .payload(tables + "stts", Bytes.u32(0, 1, lines.size(), 1000))
                .payload(tables + "stsz", sizes)
                .payload(tables + "stsc", Bytes.u32(0, 1, 1, lines.size(), 1))
                .payload(tables + "stco", Bytes.u32(0, 1, 0))
                .done();
        return Bytes.join(
                IsoEdit.of(file)
                        .payload(tables + "stco", Bytes.u32(0, 1, file.length + 8))
                        .done(),
                Bytes.box("mdat", text));
    }

    private static Fact<Boolean> place(byte[] file) {
        PreflightReport report = Fixtures.check(file);
        assertEquals(List.of(), report.facts().damage());
        return report.facts().fact(FactKey.LOCATION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text|F/2.8, SS 320.25, ISO 100, EV 0, GPS (13.4050, 52.5200, 20), D 10.52m, H 10.00m",
                "sbtl|HOME(13.4050,52.5200) 2026.11.01 10:00:00",
                "text|GPS(13.4050,52.5200,17) BAROMETER:64.3",
                "sbtl|[iso : 100] [shutter : 1/320.0] [latitude: -22.5200] [longitude: 113.4050] [altitude: 20.0]",
                "subt|[latitude : 52.5200] [longtitude : 13.4050]",
                "sbtl|GPS (W: 122.3000, N: 47.6000)",
                "text|+48.8583+002.2944/"
            })
    void check_ofSubtitlesWithAPosition_findsIt(String handler, String line) {
        List<String> lines = new ArrayList<>(Collections.nCopies(30, "GPS (0.0000, 0.0000, 0)"));
        lines.set(0, line);
        assertEquals(new Fact.Known<>(true), place(subtitled(handler, lines)));
        assertEquals(new Fact.Known<>(true), place(subtitled(handler, List.of("no fix yet", line))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Welcome home",
                "GPS (0.0000, 0.0000, 0)",
                "the latest: 3.5 million",
                "F/2.8, SS 320.25",
                "GPS v2",
                "GPS 2.0 explained"
            })
    void check_ofSubtitlesWithoutAPosition_findsNoneIfAllWereRead(String line) {
        assertEquals(new Fact.Known<>(false), place(subtitled("sbtl", List.of(line, "end"))));
        Fact<Boolean> some = place(subtitled("sbtl", Collections.nCopies(30, line)));
        assertEquals(new Fact.Unknown<>("only a part of the subtitles, which may hold it, was searched"), some);
    }

    @Test
    void check_ofSubtitlesInMatroska_saysThatTheyWereNotSearched() {
        String file = new String(Corpus.bytes("container-mkv.mkv"), StandardCharsets.ISO_8859_1);
        String sound = "\u0083\u0081\2";
        assertTrue(file.contains(sound));
        byte[] subtitled = file.replace(sound, "\u0083\u0081\21").getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                new Fact.Unknown<>("the subtitles, which may hold it, were not searched"),
                Fixtures.check(subtitled).facts().fact(FactKey.LOCATION));
    }

    private static byte[] xmp(byte[] packet) {
        byte[] jpeg = Corpus.bytes("jpeg-yuvj420p.jpg");
        return Pieces.segment(jpeg, 0xE1, Bytes.join(Bytes.ascii(Pieces.XMP_SPACE), packet));
    }

    private static byte[] text(byte[] file, String packet) {
        return Pieces.chunk(file, "iTXt", Bytes.join(Bytes.ascii("XML:com.adobe.xmp\0\0\0\0\0"), Bytes.ascii(packet)));
    }

    static Stream<Arguments> partlyRead() {
        byte[] png = Corpus.bytes("png-rgb24.png");
        String filler = " ".repeat(50_000);
        byte[] extended = Bytes.join(Bytes.ascii("http://ns.adobe.com/xmp/extension/\0"), new byte[40]);
        return Stream.of(
                Arguments.of("gpmd", timed("meta", "gpmd")),
                Arguments.of("camm", timed("camm", "camm")),
                Arguments.of("mebx", timed("meta", "mebx")),
                Arguments.of("png, three texts", text(text(text(png, "<a/>"), "<b/>"), "<c/>")),
                Arguments.of("png, a long text", text(png, filler + filler)),
                Arguments.of(
                        "jpeg, two long packets",
                        Pieces.segment(
                                xmp(Bytes.ascii(filler)),
                                0xE1,
                                Bytes.join(Bytes.ascii(Pieces.XMP_SPACE), Bytes.ascii(filler)))),
                Arguments.of("jpeg, extended XMP", Pieces.segment(Corpus.bytes("jpeg-yuvj420p.jpg"), 0xE1, extended)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("partlyRead")
    void check_ofAFileThatIsReadInPart_doesNotSayThatThereIsNoPlace(String what, byte[] file) {
        Fact<Boolean> place = Fixtures.check(file).facts().fact(FactKey.LOCATION);
        assertEquals(Fact.Unknown.class, place.getClass(), what + ": " + place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drone-dji:GpsLatitude=\"+22.5\"",
                "drone-dji:GpsLongitude=\"-22.5\"",
                "exif:GPSLatitude = \"48,51.3N\"",
                "<exif:GPSLatitude> +48.5</exif:GPSLatitude>",
                "<x:gpslongitude>\n.5</x:gpslongitude>"
            })
    void check_ofCoordinatesInAnySpelling_findsThem(String packet) {
        assertEquals(
                new Fact.Known<>(true),
                Fixtures.check(xmp(Bytes.ascii(packet))).facts().fact(FactKey.LOCATION));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"exif:GPSLatitude=\"\"", "GPSLatitudeRef=\"N\"", "<GPSLatitude/>", "GPSLatitude=\"", "GPSL"})
    void check_ofPropertiesWithoutCoordinates_findsNone(String packet) {
        assertEquals(
                new Fact.Known<>(false),
                Fixtures.check(xmp(Bytes.ascii(packet))).facts().fact(FactKey.LOCATION));
    }
}
