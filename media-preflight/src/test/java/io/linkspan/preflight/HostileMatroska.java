package io.linkspan.preflight;

import java.util.List;

/** EBML that lies about sizes and nests without end: row 19. */
final class HostileMatroska {
    private static final byte[] HEAD = element(0x1A45DFA3, element(0x4282, Bytes.ascii("webm")));
    private static final byte[] UNKNOWN = {1, -1, -1, -1, -1, -1, -1, -1};
    private static final int SEGMENT = 0x18538067;
    private static final int CLUSTER = 0x1F43B675;
    private static final List<Integer> MASTERS = List.of(
            0x1A45DFA3,
            SEGMENT,
            0x114D9B74,
            0x1549A966,
            0x1654AE6B,
            0xAE,
            0xE0,
            0xE1,
            0x55B0,
            0x6D80,
            CLUSTER,
            0xA0,
            0x1C53BB6B,
            0x1254C367,
            0x7373,
            0x67C8,
            0xEC);
    private static final List<Integer> LEAVES = List.of(
            0x2AD7B1, 0x4489, 0xD7, 0x83, 0x86, 0x63A2, 0x23E383, 0xB0, 0x54B0, 0xB5, 0x9F, 0xE7, 0xA3, 0xA1, 0x45A3);
    private static final long[] SIZES = {1L << 31, 1L << 40, (1L << 56) - 2};

    private HostileMatroska() {}

    static void addTo(HostileCase.Collection cases) {
        for (int id : MASTERS) {
            String name = Integer.toHexString(id);
            byte[] open = Bytes.join(id(id), UNKNOWN);
            cases.bytes(19, "50,000 of unknown size, " + name, () -> segment(HostileBoxes.times(50_000, open)));
            cases.bytes(
                    19,
                    "50,000 of unknown size at the top, " + name,
                    () -> Bytes.join(HEAD, HostileBoxes.times(50_000, open)));
            cases.bytes(19, "50,000 nested, " + name, () -> segment(nested(id, 50_000)));
            cases.bytes(
                    19,
                    "50,000 nested in a track, " + name,
                    () -> segment(element(0x1654AE6B, element(0xAE, nested(id, 50_000)))));
            cases.bytes(19, "50,000 nested in a cluster, " + name, () -> segment(element(CLUSTER, nested(id, 50_000))));
            for (long size : SIZES) {
                cases.bytes(19, name + " of " + size + " bytes", () -> segment(sized(id, size, new byte[64])));
            }
        }
        for (int id : LEAVES) {
            for (long size : SIZES) {
                String name = Integer.toHexString(id) + " of " + size + " bytes";
                byte[] leaf = sized(id, size, new byte[64]);
                cases.bytes(19, name + " in info", () -> segment(element(0x1549A966, leaf)));
                cases.bytes(19, name + " in a track", () -> segment(element(0x1654AE6B, element(0xAE, leaf))));
                cases.bytes(
                        19,
                        name + " in a picture",
                        () -> segment(element(
                                0x1654AE6B, element(0xAE, element(0x83, new byte[] {1}), element(0xE0, leaf)))));
                cases.bytes(19, name + " in a cluster", () -> segment(element(CLUSTER, leaf)));
                cases.channel(
                        19,
                        name + " that are there",
                        () -> new RepeatingChannel(
                                Bytes.join(HEAD, id(SEGMENT), UNKNOWN, leaf), new byte[] {65}, 4L << 30));
            }
        }
        byte[] empty = {(byte) 0xEC, (byte) 0x80};
        cases.bytes(19, "three million empty elements", () -> segment(HostileBoxes.times(3_000_000, empty)));
        cases.bytes(
                19,
                "three million empty elements in a cluster",
                () -> segment(element(CLUSTER, HostileBoxes.times(3_000_000, empty))));
        byte[] track = element(0xAE, element(0xD7, new byte[] {1}), element(0x83, new byte[] {1}));
        cases.bytes(19, "100,000 tracks", () -> segment(element(0x1654AE6B, HostileBoxes.times(100_000, track))));
        byte[] block = element(0xA3, new byte[] {(byte) 0x81, 0, 0, (byte) 0x80});
        cases.bytes(
                19,
                "a million blocks",
                () -> segment(element(0x1654AE6B, track), element(CLUSTER, HostileBoxes.times(1_000_000, block))));
        for (int length = 0; length < 5; length++) {
            byte[] cut = element(0xA3, new byte[length]);
            cases.bytes(
                    19,
                    "block of " + length + " bytes",
                    () -> segment(element(0x1654AE6B, track), element(CLUSTER, cut)));
        }
        for (long bits :
                new long[] {0, -1, 0x7FF0000000000000L, 0xFFF0000000000000L, 0x7FEFFFFFFFFFFFFFL, 1, 0xC000000000000000L
                }) {
            cases.bytes(
                    19,
                    "length of bits " + Long.toHexString(bits),
                    () -> segment(
                            element(0x1549A966, element(0x2AD7B1, Bytes.u64(bits)), element(0x4489, Bytes.u64(bits))),
                            element(
                                    0x1654AE6B,
                                    element(
                                            0xAE,
                                            element(0x83, new byte[] {1}),
                                            element(0x23E383, Bytes.u64(bits)),
                                            element(
                                                    0xE0,
                                                    element(0xB0, Bytes.u64(bits)),
                                                    element(0x54B0, Bytes.u64(bits)))))));
        }
    }

    private static byte[] segment(byte[]... children) {
        return Bytes.join(HEAD, id(SEGMENT), UNKNOWN, Bytes.join(children));
    }

    /** Elements in each other, each with the size of what is inside. */
    private static byte[] nested(int id, int depth) {
        byte[] head = id(id);
        int each = head.length + 8;
        byte[] all = new byte[depth * each];
        for (int i = 0; i < depth; i++) {
            byte[] one = sized(id, (long) (depth - i - 1) * each);
            System.arraycopy(one, 0, all, i * each, each);
        }
        return all;
    }

    static byte[] element(int id, byte[]... parts) {
        byte[] content = Bytes.join(parts);
        return sized(id, content.length, content);
    }

    private static byte[] sized(int id, long size, byte[]... parts) {
        return Bytes.join(id(id), Bytes.u64(1L << 56 | size), Bytes.join(parts));
    }

    private static byte[] id(int id) {
        int length = 4 - Integer.numberOfLeadingZeros(id) / 8;
        byte[] all = Bytes.u32(id);
        return java.util.Arrays.copyOfRange(all, 4 - length, 4);
    }
}
