package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file in which nothing can be decoded is blocked everywhere, whatever else is right about it. */
final class UndecodableTest {
    private static final String STSD = "moov/trak/mdia/minf/stbl/stsd/";
    private static final Map<String, byte[]> FILES = new LinkedHashMap<>();

    static {
        box("h264-main.mp4", STSD + "avc1/avcC");
        box("hevc-yuv420p.mp4", STSD + "hvc1/hvcC");
        box("inband-hev1.mp4", STSD + "hev1/hvcC");
        box("vp9-yuv420p.mp4", STSD + "vp09/vpcC");
        box("codec-av1.mp4", STSD + "av01/av1C");
        box("codec-mpeg4.mp4", STSD + "mp4v/esds");
        box("moov-first.mp4", "moov/trak:1/mdia/minf/stbl/stsd/mp4a/esds");
        add("avcC with a set past its end", edit("h264-main.mp4").u16(STSD + "avc1/avcC", 6, 0xFFF0));
        add("avcC of version 0", edit("h264-main.mp4").u8(STSD + "avc1/avcC", 0, 0));
        add("avcC with 31 sets", edit("h264-main.mp4").u8(STSD + "avc1/avcC", 5, 0xFF));
        add(
                "avcC without a picture set",
                edit("h264-main.mp4").change(STSD + "avc1/avcC", UndecodableTest::withoutPps));
        add("avcC with a set of zeros", edit("h264-main.mp4").change(STSD + "avc1/avcC", old -> zeroed(old, 8)));
        add("avcC removed", edit("h264-main.mp4").remove(STSD + "avc1/avcC"));
        add("hvcC removed", edit("hevc-yuv420p.mp4").remove(STSD + "hvc1/hvcC"));
        add("hvcC with 255 arrays", edit("hevc-yuv420p.mp4").u8(STSD + "hvc1/hvcC", 22, 255));
        add("hvcC without arrays", edit("hevc-yuv420p.mp4").change(STSD + "hvc1/hvcC", old -> {
            byte[] head = Arrays.copyOf(old, 23);
            head[22] = 0;
            return head;
        }));
        add("esds removed", edit("moov-first.mp4").remove("moov/trak:1/mdia/minf/stbl/stsd/mp4a/esds"));
        add(
                "no samples",
                edit("h264-main.mp4")
                        .payload("moov/trak/mdia/minf/stbl/stsz", Bytes.u32(0, 0, 0))
                        .payload("moov/trak/mdia/minf/stbl/stts", Bytes.u32(0, 0)));
        add("matroska, zeroed", in("container-mkv.mkv", 0x63A2, 0));
        add("matroska, ones", in("container-mkv.mkv", 0x63A2, 0xFF));
        add("matroska, hevc, zeroed", in("container-hevc.mkv", 0x63A2, 0));
        byte[] jpeg = Corpus.bytes("jpeg-yuvj420p.jpg");
        int frame = find(jpeg, 0xFFC0);
        add("jpeg of 0x0", with(jpeg, frame + 5, 0, 0, 0, 0));
        add("jpeg of 0x60", with(jpeg, frame + 7, 0, 0));
        add("jpeg of 80x0", with(jpeg, frame + 5, 0, 0));
        add("jpeg without colours", with(jpeg, frame + 9, 0));
        add("jpeg without a frame", with(jpeg, frame, 0xFF, 0xFE));
        int tables = find(jpeg, 0xFFDB);
        add("jpeg without a quantization table", with(jpeg, tables, 0xFF, 0xFE));
        int scan = find(jpeg, 0xFFDA);
        int length = (jpeg[scan + 2] << 8) | jpeg[scan + 3];
        add(
                "jpeg with an empty scan",
                Bytes.join(Arrays.copyOf(jpeg, scan + 2 + length), new byte[] {(byte) 0xFF, (byte) 0xD9}));
        add("jpeg without a scan", Bytes.join(Arrays.copyOf(jpeg, scan), new byte[] {(byte) 0xFF, (byte) 0xD9}));
        byte[] png = Corpus.bytes("png-rgb24.png");
        add("png of 0x60", with(png, 16, 0, 0, 0, 0));
        add("png of 80x0", with(png, 20, 0, 0, 0, 0));
        add(
                "png without data",
                Bytes.join(Arrays.copyOf(png, 33), Arrays.copyOfRange(png, png.length - 12, png.length)));
        add("png of zeroed data", with(png, find(png, 0x4944, 0x4154) + 4, 0, 0));
        add("png of an unknown colour type", with(png, 25, 7));
        add(
                "png without a palette",
                with(
                        Corpus.bytes("png-pal8.png"),
                        find(Corpus.bytes("png-pal8.png"), 0x504C, 0x5445),
                        'p',
                        'L',
                        'T',
                        'e'));
        byte[] webp = Corpus.bytes("webp-lossy.webp");
        add("webp of 0x60", with(webp, 26, 0, 0));
        add("webp without a start code", with(webp, 23, 0, 0, 0));
        add("webp, lossless, without its signature", with(Corpus.bytes("webp-lossless.webp"), 20, 0));
        add(
                "webp with a canvas only",
                Pieces.riff("RIFF", Bytes.join(Bytes.ascii("WEBP"), Pieces.riff("VP8X", new byte[] {
                    0, 0, 0, 0, 79, 0, 0, 59, 0, 0
                }))));
        add("webp with nothing", Pieces.riff("RIFF", Bytes.ascii("WEBP")));
        byte[] gif = Corpus.bytes("gif-still.gif");
        add("gif of 0x0", with(gif, 6, 0, 0, 0, 0));
        add("gif without a picture", Bytes.join(with(Arrays.copyOf(gif, 13), 10, 0), new byte[] {0x3B}));
        add("heic of 0x0", new HeifFiles().size(0, 0).done());
        add(
                "heic without a configuration",
                new HeifFiles().configuration(new byte[0]).done());
        add(
                "heic, configuration zeroed",
                new HeifFiles().configuration(new byte[120]).done());
        add(
                "heic, configuration of ones",
                new HeifFiles().configuration(filled(120, 0xFF)).done());
        add(
                "heic, configuration cut",
                new HeifFiles()
                        .configuration(Arrays.copyOf(HeifFiles.CONFIGURATION, 40))
                        .done());
        add("heic without data", new HeifFiles().picture(new byte[0]).done());
        add("heic without places", new HeifFiles().withoutPlaces().done());
        add(
                "avif, configuration zeroed",
                edit("avif-8.avif").change("meta/iprp/ipco/av1C", old -> new byte[old.length]));
        add("avif of 0x0", edit("avif-8.avif").change("meta/iprp/ipco/ispe", old -> new byte[old.length]));
        add("mini without a configuration", HeifFiles.mini("avif", 1080, 1350, new byte[0], new byte[0]));
    }

    private static void box(String name, String path) {
        add(name + ", box emptied", edit(name).payload(path, new byte[0]));
        add(name + ", box zeroed", edit(name).change(path, old -> new byte[old.length]));
        add(name + ", box of ones", edit(name).change(path, old -> filled(old.length, 0xFF)));
    }

    private static IsoEdit edit(String name) {
        return IsoEdit.of(Corpus.bytes(name));
    }

    private static void add(String what, IsoEdit edit) {
        add(what, edit.done());
    }

    private static void add(String what, byte[] file) {
        FILES.put(what, file);
    }

    private static byte[] filled(int length, int value) {
        byte[] filled = new byte[length];
        Arrays.fill(filled, (byte) value);
        return filled;
    }

    private static byte[] zeroed(byte[] bytes, int from) {
        return Arrays.copyOf(Arrays.copyOf(bytes, from), bytes.length);
    }

    private static byte[] withoutPps(byte[] record) {
        int set = ((record[6] & 0xFF) << 8) | (record[7] & 0xFF);
        byte[] cut = Arrays.copyOf(record, 8 + set + 1);
        cut[8 + set] = 0;
        return cut;
    }

    private static byte[] with(byte[] file, int at, int... values) {
        byte[] changed = file.clone();
        for (int i = 0; i < values.length; i++) {
            changed[at + i] = (byte) values[i];
        }
        return changed;
    }

    private static int find(byte[] file, int... words) {
        for (int i = 0; i + 2 * words.length <= file.length; i++) {
            boolean found = true;
            for (int w = 0; w < words.length; w++) {
                found &= (((file[i + 2 * w] & 0xFF) << 8) | (file[i + 2 * w + 1] & 0xFF)) == words[w];
            }
            if (found) {
                return i;
            }
        }
        throw new IllegalArgumentException("not found");
    }

    /** Overwrites the content of the first element of this kind, of which the size is given in one or two bytes. */
    private static byte[] in(String name, int element, int value) {
        byte[] file = Corpus.bytes(name);
        int at = find(file, element) + 2;
        boolean wide = (file[at] & 0x80) == 0;
        int length = wide ? ((file[at] & 0x3F) << 8) | (file[at + 1] & 0xFF) : file[at] & 0x7F;
        Arrays.fill(file, at + (wide ? 2 : 1), at + (wide ? 2 : 1) + length, (byte) value);
        return file;
    }

    static Stream<Arguments> files() {
        return Stream.concat(FILES.entrySet().stream(), NoPictures.all().entrySet().stream())
                .map(file -> Arguments.of(file.getKey(), file.getValue()));
    }

    static Map<String, byte[]> all() {
        return FILES;
    }

    @ParameterizedTest
    @ValueSource(ints = {0xC3, 0xC9, 0xCA, 0xCB})
    void check_ofAJpegThatManyDecodersRefuse_warnsEveryDestination(int frame) {
        byte[] jpeg = Corpus.bytes("jpeg-yuvj420p.jpg");
        PreflightReport report = Fixtures.check(with(jpeg, find(jpeg, 0xFFC0) + 1, frame));
        Finding warning = report.findings().stream()
                .filter(finding -> finding.ruleId().equals("media.damaged"))
                .findFirst()
                .orElseThrow();
        assertEquals(Severity.WARNING, warning.severity());
        Set<Destination> images = EnumSet.allOf(Destination.class);
        images.removeIf(destination -> !destination.takes(MediaKind.IMAGE));
        assertTrue(warning.destinations().containsAll(images), warning.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gop-closed-5.mp4",
                "gop-open-5.mp4",
                "gop-hevc-closed-5.mp4",
                "gop-hevc-open-5.mp4",
                "codec-prores.mov"
            })
    void check_ofAFileOfWhichTheLastPicturesAreMissing_warns(String name) {
        PreflightReport report = Fixtures.check(NoPictures.media(Corpus.bytes(name), 0.5, 0));
        List<String> rules = report.findings().stream().map(Finding::ruleId).toList();
        assertFalse(rules.contains("media.unreadable"), name + ": " + rules);
        assertTrue(rules.contains("media.damaged"), name + ": " + rules);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void check_ofAFileThatCannotBeDecoded_isBlockedEverywhere(String what, byte[] file) {
        PreflightReport report = Fixtures.check(file);
        assertEquals(Verdict.BLOCKED, report.verdict(), what);
        Set<Destination> blocked = EnumSet.noneOf(Destination.class);
        report.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .forEach(finding -> blocked.addAll(finding.destinations()));
        Set<Destination> asked = EnumSet.allOf(Destination.class);
        asked.removeIf(destination -> !destination.takes(report.facts().kind()));
        assertTrue(blocked.containsAll(asked), what + ": only " + blocked);
        assertTrue(
                report.findings().stream().anyMatch(finding -> finding.ruleId().equals("media.unreadable")),
                what + ": " + report.findings());
        assertTrue(
                report.findings().stream().noneMatch(finding -> finding.ruleId().equals("media.unchecked")),
                "one cause once: " + report.findings());
    }
}
