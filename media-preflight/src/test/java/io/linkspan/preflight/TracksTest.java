package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Movies that differ from a good one in one thing, and the facts that follow from it. */
final class TracksTest {
    private static final String STBL = "moov/trak/mdia/minf/stbl/";
    private static final String AVC = STBL + "stsd/avc1";
    private static final String SOUND = "moov/trak:1/mdia/minf/stbl/stsd/mp4a";
    private static final String EDIT = "moov/trak/edts/elst";
    private static final int ONE = 0x10000;

    /** A file, and what must be known of it. */
    private static final class Case {
        private final String name;
        private final byte[] file;
        private final Map<FactKey<?>, Object> expected;

        Case(String name, byte[] file, Map<FactKey<?>, Object> expected) {
            this.name = name;
            this.file = file;
            this.expected = expected;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Case> CASES = new ArrayList<>();

    static {
        // the pictures play from tick 1024 to 11264 of 12800 a second, and the movie counts in thousandths
        add("vfr-with-bframes.mp4", Corpus.bytes("vfr-bframes.mp4"), FactKey.EDIT_LISTS, EditLists.TRIVIAL);
        edits("edit-whole", EditLists.TRIVIAL, 800, 1024, ONE);
        edits("edit-open-ended", EditLists.TRIVIAL, 0, 1024, ONE);
        edits("edit-last-frame-begun", EditLists.TRIVIAL, 761, 1024, ONE);
        edits("edit-two-frames-cut", EditLists.TRIM, 720, 1024, ONE);
        edits("edit-late-start", EditLists.TRIM, 500, 4864, ONE);
        edits("edit-one-frame-over", EditLists.TRIVIAL, 840, 1024, ONE);
        edits("edit-far-over", EditLists.COMPLEX, 1200, 1024, ONE);
        edits("edit-behind-the-media", EditLists.COMPLEX, 100, 20_000, ONE);
        edits("edit-slow", EditLists.COMPLEX, 800, 1024, ONE / 2);
        edits("edit-two", EditLists.COMPLEX, 400, 1024, ONE, 400, 6144, ONE);
        edits("edit-wait-5-ms", EditLists.TRIVIAL, 5, -1, ONE, 800, 1024, ONE);
        edits("edit-wait-21-ms", EditLists.TRIVIAL, 21, -1, ONE, 800, 1024, ONE);
        edits("edit-wait-twice", EditLists.OFFSET, 20, -1, ONE, 20, -1, ONE, 800, 1024, ONE);
        edits("edit-wait-40-ms", EditLists.OFFSET, 40, -1, ONE, 800, 1024, ONE);
        edits("edit-wait-a-second", EditLists.OFFSET, 1000, -1, ONE, 800, 1024, ONE);
        soundEdits("sound-edit-whole", EditLists.TRIVIAL, 800, 1024, ONE);
        soundEdits("sound-edit-106-ms-over", EditLists.TRIM, 906, 1024, ONE);
        soundEdits("sound-edit-a-second-over", EditLists.TRIM, 1800, 1024, ONE);
        soundEdits("sound-edit-wait-3-ms", EditLists.TRIVIAL, 3, -1, ONE, 800, 1024, ONE);
        soundEdits("sound-edit-behind-the-media", EditLists.COMPLEX, 100, 90_000, ONE);
        // 20 frames of 512 ticks
        frames("frames-even", false, 20, 512);
        frames("frames-one-a-little-longer", false, 10, 512, 1, 516, 9, 512);
        frames("frames-one-twice-as-long", false, 10, 512, 1, 1024, 9, 512);
        frames("frames-one-half-as-long", false, 10, 512, 1, 256, 9, 512);
        frames("frames-two-longer", true, 5, 512, 1, 1024, 5, 512, 1, 1024, 8, 512);
        frames("frames-first-held", true, 1, 5120, 19, 512);
        frames("frames-half-and-half", true, 10, 512, 10, 1024);
        frames("frames-rounded", false, 1, 33, 2, 34, 1, 33, 2, 34, 1, 33, 2, 34, 1, 33, 2, 34, 1, 33, 2, 34, 5, 33);
        frames("frames-of-one-and-two-ticks", true, 5, 1, 5, 2, 5, 1, 5, 2);
        add(
                "frames-first-held-edit.mp4",
                edit("h264-main.mp4")
                        .payload(STBL + "stts", Bytes.u32(0, 2, 1, 5120, 19, 512))
                        .u32("moov/trak/mdia/mdhd", 16, 5120 + 19 * 512)
                        .payload(EDIT, Bytes.u32(0, 1, 1160, 1024, ONE))
                        .done(),
                FactKey.EDIT_LISTS,
                EditLists.TRIVIAL);
        colour();
        crop();
        sound();
    }

    private static void colour() {
        byte[] pq = {0, 9, 0, 16, 0, 9};
        colour("colour-nclx-short", Bytes.join(Bytes.ascii("nclx"), pq), Optional.empty());
        colour("colour-nclx", Bytes.join(Bytes.ascii("nclx"), pq, new byte[] {0}), Optional.of(false));
        colour("colour-nclx-full", Bytes.join(Bytes.ascii("nclx"), pq, new byte[] {(byte) 0x80}), Optional.of(true));
        colour("colour-nclc", Bytes.join(Bytes.ascii("nclc"), pq), Optional.empty());
    }

    private static void colour(String name, byte[] payload, Optional<Boolean> full) {
        Map<FactKey<?>, Object> expected = new LinkedHashMap<>();
        expected.put(FactKey.VIDEO_COLOUR_PRIMARIES, "bt2020");
        expected.put(FactKey.VIDEO_DYNAMIC_RANGE, DynamicRange.PQ);
        expected.put(FactKey.VIDEO_COLOUR_FULL_RANGE, full);
        CASES.add(new Case(
                name + ".mp4",
                edit("h264-main.mp4").add(AVC, Bytes.box("colr", payload)).done(),
                expected));
    }

    /** The stream codes 64x64 and leaves it to the container to show less. */
    private static void crop() {
        byte[] whole = Corpus.bytes("size-64x64.mp4");
        for (int[] size : new int[][] {{64, 64}, {60, 50}, {49, 63}}) {
            add(
                    "crop-" + size[0] + "x" + size[1] + ".mp4",
                    IsoEdit.of(whole)
                            .u16(AVC, 24, size[0])
                            .u16(AVC, 26, size[1])
                            .done(),
                    FactKey.VIDEO_CODED_SIZE,
                    new Size(size[0], size[1]));
        }
        for (int[] size : new int[][] {{48, 64}, {0, 0}, {640, 360}}) {
            add(
                    "crop-not-" + size[0] + "x" + size[1] + ".mp4",
                    IsoEdit.of(whole)
                            .u16(AVC, 24, size[0])
                            .u16(AVC, 26, size[1])
                            .done(),
                    FactKey.VIDEO_CODED_SIZE,
                    new Size(64, 64));
        }
    }

    private static void sound() {
        for (String format : List.of("samr", "sawb")) {
            byte[] file = edit("moov-first.mp4")
                    .remove(SOUND + "/esds")
                    .u16(SOUND, 16, 2)
                    .change(
                            "moov/trak:1/mdia/minf/stbl/stsd",
                            old -> new Bytes(old).type("mp4a", 0, format).done())
                    .done();
            Map<FactKey<?>, Object> expected = new LinkedHashMap<>();
            expected.put(FactKey.AUDIO_CODEC, format.equals("samr") ? "amr_nb" : "amr_wb");
            expected.put(FactKey.AUDIO_CHANNELS, 1);
            expected.put(FactKey.AUDIO_SAMPLE_RATE, format.equals("samr") ? 8000 : 16_000);
            CASES.add(new Case("sound-" + format + ".mp4", file, expected));
        }
        String als = bits(5, 31, 6, 4, 4, 15, 24, 44_100, 4, 0, 5, 0);
        String head = bits(32, 0x414C5300L, 32, 32_000, 32, 1000, 16, 1);
        mpeg4("sound-als", "mp4als", null, 32_000, 2, als + head + "0".repeat(64));
        mpeg4("sound-als-late", "mp4als", null, 32_000, 2, als + bits(24, 0) + head + "0".repeat(64));
        mpeg4("sound-lc-explicit-rate", "aac", "LC", 44_100, 2, bits(5, 2, 4, 15, 24, 44_100, 4, 2, 3, 0));
        mpeg4(
                "sound-lc-explicit-rate-and-more",
                "aac",
                "LC",
                44_100,
                1,
                bits(5, 2, 4, 15, 24, 44_100, 4, 1, 3, 0, 8, 0));
        mpeg4("sound-he", "aac", "HE", 48_000, 2, bits(5, 5, 4, 6, 4, 2, 4, 3, 5, 2, 3, 0));
        mpeg4(
                "sound-he-implied",
                "aac",
                "HE",
                48_000,
                2,
                bits(5, 2, 4, 6, 4, 2, 3, 0, 11, 0x2B7, 5, 5, 1, 1, 4, 3, 7, 0));
        mpeg4("sound-he-v2", "aac", "HEv2", 44_100, 2, bits(5, 29, 4, 7, 4, 1, 4, 4, 5, 2, 3, 0));
        mpeg4("sound-main", "aac", "Main", 44_100, 2, bits(5, 1, 4, 4, 4, 2, 3, 0));
        mpeg4("sound-ltp", "aac", "LTP", 44_100, 2, bits(5, 4, 4, 4, 4, 2, 3, 0));
        mpeg4("sound-ld", "aac", "LD", 48_000, 1, bits(5, 23, 4, 3, 4, 1, 3, 0));
        mpeg4("sound-eld", "aac", "ELD", 48_000, 2, bits(5, 31, 6, 7, 4, 3, 4, 2, 16, 0));
        mpeg4("sound-xhe", "aac", "xHE", 48_000, 2, bits(5, 31, 6, 10, 4, 3, 4, 2, 16, 0));
        mpeg4("sound-layer3", "mp3on4", null, 44_100, 2, bits(5, 31, 6, 2, 4, 4, 4, 2, 16, 0));
        mpeg4("sound-celp", "mp4a.40.8", null, 8000, 1, bits(5, 8, 4, 11, 4, 1, 3, 0));
        for (int configuration : new int[] {1, 2, 3, 4, 5, 6, 7, 11, 12}) {
            int channels = configuration == 7 || configuration == 12 ? 8 : configuration == 11 ? 7 : configuration;
            mpeg4(
                    "sound-channels-" + configuration,
                    "aac",
                    "LC",
                    48_000,
                    channels,
                    bits(5, 2, 4, 3, 4, configuration, 3, 0));
        }
    }

    /** Numbers with their widths in bits. */
    private static String bits(long... pairs) {
        StringBuilder bits = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            String text = Long.toBinaryString(pairs[i + 1]);
            bits.append("0".repeat((int) pairs[i] - text.length())).append(text);
        }
        return bits.toString();
    }

    private static void mpeg4(String name, String codec, String type, int rate, int channels, String bits) {
        byte[] config = new byte[bits.length() / 8 + (bits.length() % 8 == 0 ? 0 : 1)];
        for (int i = 0; i < config.length; i++) {
            String octet = (bits + "0000000").substring(i * 8, i * 8 + 8);
            config[i] = new BigInteger(octet, 2).byteValue();
        }
        byte[] decoder = Bytes.join(new byte[] {0x40, 0x15, 0, 0, 0}, Bytes.u32(32_000, 32_000), descriptor(5, config));
        byte[] stream = descriptor(3, Bytes.join(new byte[3], descriptor(4, decoder), descriptor(6, new byte[] {2})));
        Map<FactKey<?>, Object> expected = new LinkedHashMap<>();
        expected.put(FactKey.AUDIO_CODEC, codec);
        expected.put(FactKey.AUDIO_SAMPLE_RATE, rate);
        expected.put(FactKey.AUDIO_CHANNELS, channels);
        if (type != null) {
            expected.put(FactKey.AUDIO_OBJECT_TYPE, type);
        }
        byte[] file = edit("moov-first.mp4")
                .payload(SOUND + "/esds", Bytes.join(Bytes.u32(0), stream))
                .done();
        CASES.add(new Case(name + ".mp4", file, expected));
    }

    private static byte[] descriptor(int tag, byte[] content) {
        return Bytes.join(new byte[] {(byte) tag, (byte) content.length}, content);
    }

    private static void edits(String name, EditLists expected, long... list) {
        add(name + ".mp4", listed("h264-main.mp4", "moov/trak", list), FactKey.EDIT_LISTS, expected);
    }

    private static void soundEdits(String name, EditLists expected, long... list) {
        add(name + ".mp4", listed("moov-first.mp4", "moov/trak:1", list), FactKey.EDIT_LISTS, expected);
    }

    private static byte[] listed(String file, String track, long... list) {
        return edit(file)
                .payload(track + "/edts/elst", Bytes.join(Bytes.u32(0, list.length / 3), Bytes.u32(list)))
                .done();
    }

    private static void frames(String name, boolean variable, long... runs) {
        long ticks = 0;
        for (int i = 0; i < runs.length; i += 2) {
            ticks += runs[i] * runs[i + 1];
        }
        // so that a frame of 33 or 34 ticks is one of 30 a second
        int timescale = ticks < 1000 ? 1000 : 12_800;
        add(
                name + ".mp4",
                edit("h264-main.mp4")
                        .payload(STBL + "stts", Bytes.join(Bytes.u32(0, runs.length / 2), Bytes.u32(runs)))
                        .u32("moov/trak/mdia/mdhd", 12, timescale)
                        .u32("moov/trak/mdia/mdhd", 16, ticks)
                        .remove("moov/trak/edts")
                        .remove(STBL + "ctts")
                        .done(),
                FactKey.VIDEO_FPS_VARIABLE,
                variable);
    }

    private static IsoEdit edit(String name) {
        return IsoEdit.of(Corpus.bytes(name));
    }

    private static <T> void add(String name, byte[] file, FactKey<T> key, T expected) {
        CASES.add(new Case(name, file, Map.of(key, expected)));
    }

    static Stream<Case> cases() {
        return CASES.stream();
    }

    static Map<String, byte[]> all() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        CASES.forEach(one -> files.put(one.name, one.file));
        return files;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void check_ofAMovieWithOneThingChanged_readsItRight(Case one) {
        PreflightReport report = Fixtures.check(one.file);
        one.expected.forEach((key, expected) -> {
            Object known =
                    report.facts().fact(key).known().map(Object.class::cast).orElse(Optional.empty());
            Object wanted = expected instanceof Optional<?> open
                    ? open.map(Object.class::cast).orElse(open)
                    : expected;
            assertEquals(wanted, known, one.name + ", " + key);
        });
        assertEquals(Optional.empty(), report.facts().unreadable(), one.name);
        assertEquals(List.of(), report.facts().damage(), one.name);
        EditLists edits = report.facts().fact(FactKey.EDIT_LISTS).known().orElseThrow();
        boolean blocked = report.findings().stream()
                .anyMatch(finding ->
                        finding.ruleId().equals("ig.video.editlist") && finding.severity() == Severity.ERROR);
        assertEquals(edits == EditLists.COMPLEX, blocked, one.name);
    }

    /** Lists of duration, start and rate; an edit of no duration beside others shows nothing. */
    static Stream<Arguments> emptyEdits() {
        return Stream.of(
                arguments(EditLists.TRIVIAL, new long[] {800, 1024, ONE, 0, 6144, ONE}),
                arguments(EditLists.TRIVIAL, new long[] {0, 6144, ONE, 800, 1024, ONE}),
                arguments(EditLists.TRIVIAL, new long[] {0, 0, 0, 5, -1, ONE, 800, 1024, ONE}),
                arguments(EditLists.OFFSET, new long[] {40, -1, ONE, 0, 6144, ONE, 800, 1024, ONE}),
                arguments(EditLists.TRIM, new long[] {500, 4864, ONE, 0, 1024, ONE}),
                arguments(EditLists.TRIVIAL, new long[] {5, -1, ONE, 0, 1024, ONE}),
                arguments(EditLists.COMPLEX, new long[] {0, 1024, ONE, 0, 6144, ONE}),
                arguments(EditLists.COMPLEX, new long[] {400, 1024, ONE, 0, 0, ONE, 400, 6144, ONE}));
    }

    @ParameterizedTest
    @MethodSource("emptyEdits")
    void check_ofAnEditWithoutDuration_countsTheOthersOnly(EditLists expected, long[] list) {
        MediaFacts facts =
                Fixtures.check(listed("h264-main.mp4", "moov/trak", list)).facts();
        assertEquals(new Fact.Known<>(expected), facts.fact(FactKey.EDIT_LISTS));
    }

    @Test
    void check_ofAnOpenEditAfterAnotherInAFragmentedMovie_countsBoth() {
        byte[] good = Corpus.bytes("fragmented-dash.mp4");
        byte[] list = Bytes.u32(0, 2, 100, 0, ONE, 0, 3000, ONE);
        byte[] file = IsoEdit.of(good)
                .add("moov/trak", Bytes.box("edts", Bytes.box("elst", list)))
                .done();
        assertEquals(
                new Fact.Known<>(EditLists.COMPLEX),
                Fixtures.check(file).facts().fact(FactKey.EDIT_LISTS));
    }
}
