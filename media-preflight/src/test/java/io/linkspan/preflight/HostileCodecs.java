package io.linkspan.preflight;

import static io.linkspan.preflight.HostileMovies.GOOD;

import java.util.Arrays;
import java.util.List;

/** Parameter sets and descriptors that lie: rows 15 and 17. */
final class HostileCodecs {
    private HostileCodecs() {}

    static void addTo(HostileCase.Collection cases) {
        byte[] avc = Arrays.copyOfRange(GOOD, find("avcC"), find("avcC") + 20);
        for (int value : new int[] {0, 1, 0x55, 0x80, 0xFF}) {
            for (int length : new int[] {0, 1, 2, 4, 40, 4096, 65_535}) {
                byte[] set = new byte[length];
                Arrays.fill(set, (byte) value);
                String name = " of " + length + " bytes " + value;
                cases.bytes(
                        15,
                        "H.264 parameter set" + name,
                        () -> entry(
                                "avc1",
                                Bytes.box(
                                        "avcC",
                                        Bytes.ascii("\1\144\0\37\u00FF\u00E1"),
                                        u16(length),
                                        Bytes.ascii("\147\144\0\37"),
                                        set)));
                cases.bytes(
                        15,
                        "HEVC parameter set" + name,
                        () -> entry("hvc1", Bytes.box("hvcC", hevcHead(1), new byte[] {33}, u16(1), u16(length), set)));
                cases.bytes(15, "AV1 record" + name, () -> entry("av01", Bytes.box("av1C", set)));
                cases.bytes(
                        15, "VP9 record" + name, () -> entry("vp09", Bytes.box("vpcC", Bytes.u32(0x01000000), set)));
                cases.bytes(15, "colour" + name, () -> entry("avc1", Bytes.box("colr", Bytes.ascii("nclx"), set)));
                cases.bytes(
                        15,
                        "set in a sample" + name,
                        () -> Bytes.join(
                                entry("avc3", Bytes.box("avcC", Bytes.ascii("\1\144\0\37\u00FF\u00E0\0"))),
                                new byte[100],
                                set));
            }
        }
        for (int length = 0; length < avc.length; length++) {
            int end = length;
            cases.bytes(
                    15,
                    "H.264 record cut at " + length,
                    () -> entry("avc1", Bytes.box("avcC", Arrays.copyOf(avc, end))));
        }
        cases.channel(15, "255 arrays of 65,535 empty sets", () -> {
            byte[] array = Bytes.join(new byte[] {32}, u16(65_535), new byte[65_535 * 2]);
            long size = 255L * array.length + 2_000;
            byte[] head = HostileMovies.nest(
                    size,
                    HostileMovies.open(size, "stsd", Bytes.u32(0, 1)),
                    "hvc1",
                    new byte[78],
                    "hvcC",
                    hevcHead(255));
            return new RepeatingChannel(head, array, size);
        });
        cases.bytes(
                15, "many parameter records", () -> entry("avc1", HostileBoxes.times(20_000, Bytes.box("avcC", avc))));
        sound(cases);
    }

    private static void sound(HostileCase.Collection cases) {
        byte[] endless = new byte[200];
        Arrays.fill(endless, (byte) 0x7F);
        cases.bytes(17, "descriptor lengths without end", () -> sound("esds", endless));
        for (int tag : new int[] {0, 3, 4, 5, 6}) {
            byte[] nested = HostileBoxes.times(2_000, Bytes.ascii((char) tag + "\u00FF\u00FF\u00FF\u007F\0\1\0"));
            cases.bytes(17, "2,000 nested descriptors " + tag, () -> sound("esds", Bytes.join(Bytes.u32(0), nested)));
            cases.bytes(
                    17,
                    "descriptors " + tag + " in turn",
                    () -> sound(
                            "esds",
                            Bytes.join(
                                    Bytes.u32(0),
                                    Bytes.ascii("\3\u00FF\u00FF\u00FF\u00FF\0\0\u00FF\u00FF\4"),
                                    nested)));
        }
        for (String type : List.of("esds", "dac3", "dec3", "dOps", "alac", "dfLa", "wave", "sinf", "btrt")) {
            for (int value : new int[] {0, 0x7F, 0xFF}) {
                for (int length : new int[] {0, 1, 3, 12, 40}) {
                    byte[] content = new byte[length];
                    Arrays.fill(content, (byte) value);
                    cases.bytes(17, type + " of " + length + " bytes " + value, () -> sound(type, content));
                }
            }
        }
    }

    private static byte[] hevcHead(int arrays) {
        byte[] head = new byte[23];
        head[0] = 1;
        head[21] = 3;
        head[22] = (byte) arrays;
        return head;
    }

    private static byte[] u16(int value) {
        return new byte[] {(byte) (value >>> 8), (byte) value};
    }

    private static byte[] entry(String format, byte[] children) {
        return HostileMovies.movie(
                "stsd",
                Bytes.join(
                        Bytes.u32(0, 1),
                        Bytes.box(format, new byte[24], Bytes.u32(0x02800168L), new byte[50], children)));
    }

    private static byte[] sound(String type, byte[] content) {
        byte[] tables = Bytes.join(
                Bytes.box("stsd", Bytes.u32(0, 1), Bytes.box("mp4a", new byte[28], Bytes.box(type, content))),
                Bytes.box("stts", Bytes.u32(0, 1, 3, 1024)),
                Bytes.box("stsz", Bytes.u32(0, 9, 3)));
        return HostileMovies.movie(Bytes.box(
                "trak",
                HostileMovies.tkhd(),
                Bytes.box(
                        "mdia",
                        HostileMovies.mdhd(),
                        HostileMovies.hdlr("soun"),
                        Bytes.box("minf", Bytes.box("stbl", tables)))));
    }

    private static int find(String type) {
        return new String(GOOD, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(type) + 4;
    }
}
