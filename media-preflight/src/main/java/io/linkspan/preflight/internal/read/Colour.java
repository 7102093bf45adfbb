package io.linkspan.preflight.internal.read;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Colour tags by the code points of ITU-T H.273; 2 means that the file leaves it open.
 *
 * @param fullRange null if the file leaves it open
 */
record Colour(
        int primaries, int transfer, int matrix, @Nullable Boolean fullRange) {
    private static final int OPEN = 2;
    private static final Map<Integer, String> PRIMARIES = Map.of(
            1,
            "bt709",
            4,
            "bt470m",
            5,
            "bt470bg",
            6,
            "smpte170m",
            7,
            "smpte240m",
            8,
            "film",
            9,
            "bt2020",
            10,
            "smpte428",
            11,
            "smpte431",
            12,
            "smpte432");
    private static final Map<Integer, String> TRANSFERS = Map.ofEntries(
            Map.entry(1, "bt709"),
            Map.entry(4, "bt470m"),
            Map.entry(5, "bt470bg"),
            Map.entry(6, "smpte170m"),
            Map.entry(7, "smpte240m"),
            Map.entry(8, "linear"),
            Map.entry(11, "iec61966-2-4"),
            Map.entry(13, "iec61966-2-1"),
            Map.entry(14, "bt2020-10"),
            Map.entry(15, "bt2020-12"),
            Map.entry(16, "smpte2084"),
            Map.entry(17, "smpte428"),
            Map.entry(18, "arib-std-b67"));
    private static final Map<Integer, String> MATRICES = Map.of(
            0,
            "gbr",
            1,
            "bt709",
            4,
            "fcc",
            5,
            "bt470bg",
            6,
            "smpte170m",
            7,
            "smpte240m",
            8,
            "ycgco",
            9,
            "bt2020nc",
            10,
            "bt2020c",
            14,
            "ictcp");

    /** The tags of {@code first} where it has any, else those of {@code second}. */
    static @Nullable Colour merge(@Nullable Colour first, @Nullable Colour second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        boolean described = first.primaries != OPEN || first.transfer != OPEN || first.matrix != OPEN;
        Colour tags = described ? first : second;
        return new Colour(
                tags.primaries,
                tags.transfer,
                tags.matrix,
                first.fullRange != null ? first.fullRange : second.fullRange);
    }

    static @Nullable String primaries(int code) {
        return name(PRIMARIES, code);
    }

    static @Nullable String transfer(int code) {
        return name(TRANSFERS, code);
    }

    static @Nullable String matrix(int code) {
        return name(MATRICES, code);
    }

    /** The name, the number where there is none, or null where the file leaves it open. */
    private static @Nullable String name(Map<Integer, String> names, int code) {
        return code == OPEN ? null : names.getOrDefault(code, Integer.toString(code));
    }

    /** The video signal type of a parameter set's usability information, as H.264 and HEVC both write it. */
    static @Nullable Colour signal(Bits in) {
        if (!in.flag()) {
            return null;
        }
        in.skip(3);
        boolean full = in.flag();
        if (!in.flag()) {
            return new Colour(OPEN, OPEN, OPEN, full);
        }
        return new Colour((int) in.bits(8), (int) in.bits(8), (int) in.bits(8), full);
    }

    /** A {@code colr} box; null if it holds an ICC profile or nothing known. */
    static @Nullable Colour box(Source source, Box box) {
        String type = source.fourCc(box.need(4).payload());
        long at = box.payload() + 4;
        if ((type.equals("nclx") || type.equals("nclc")) && box.length() >= 10) {
            // QuickTime has no range, and some writers leave it out of the other kind too
            boolean ranged = type.equals("nclx") && box.length() >= 11;
            return new Colour(
                    source.u16(at),
                    source.u16(at + 2),
                    source.u16(at + 4),
                    ranged ? (Boolean) ((source.u8(at + 6) & 0x80) != 0) : null);
        }
        return null;
    }
}
