package io.linkspan.preflight;

import static io.linkspan.preflight.HostileMovies.FTYP;
import static io.linkspan.preflight.HostileMovies.GOOD;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Boxes whose sizes, nesting or number make no sense: rows 1 to 5, 8, 9, 13 and 18. */
final class HostileBoxes {
    private static final List<String> BOXES = List.of(
            "ftyp", "moov", "mvhd", "trak", "tkhd", "mdia", "mdhd", "hdlr", "minf", "stbl", "stsd", "avc1", "avcC",
            "mp4a", "esds", "stts", "ctts", "stss", "stsc", "stsz", "stco", "udta", "meta", "free", "mdat");
    private static final List<String> PARENTS = List.of(
            "moov", "trak", "mdia", "minf", "stbl", "udta", "meta", "edts", "mvex", "moof", "traf", "sinf", "wave",
            "iprp", "ipco", "free", "cmov", "zzzz");
    private static final long[] LARGE_SIZES = {
        0, 1, 8, 15, -1, Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, Long.MAX_VALUE - 8, 1L << 62
    };

    private HostileBoxes() {}

    static void addTo(HostileCase.Collection cases) {
        sizes(cases);
        nested(cases);
        many(cases);
        doubled(cases);
    }

    private static void sizes(HostileCase.Collection cases) {
        for (String type : BOXES) {
            // the search finds a brand of the same name before the box
            int nth = type.equals("avc1") ? 1 : 0;
            for (long size : new long[] {0, 2, 3, 4, 5, 6, 7}) {
                cases.bytes(
                        1,
                        type + " of size " + size,
                        () -> new Bytes(GOOD).size(type, nth, size).done());
            }
            for (long size : new long[] {9, 0x7FFFFFFF, 0x80000000L, 0xFFFFFFFFL}) {
                cases.bytes(
                        5,
                        type + " of size " + size,
                        () -> new Bytes(GOOD).size(type, nth, size).done());
            }
            for (long size : LARGE_SIZES) {
                cases.bytes(size == 0 ? 2 : 3, type + " of 64-bit size " + size, () -> wide(type, nth, size));
            }
        }
        for (long size : LARGE_SIZES) {
            byte[] bad = Bytes.join(Bytes.u32(1), Bytes.ascii("free"), Bytes.u64(size), new byte[32]);
            int row = size == 0 ? 2 : 3;
            cases.bytes(row, "first box of 64-bit size " + size, () -> Bytes.join(bad, GOOD));
            cases.bytes(row, "moov in it of 64-bit size " + size, () -> Bytes.join(FTYP, Bytes.box("moov", bad)));
            cases.bytes(row, "fragment of 64-bit size " + size, () -> Bytes.join(GOOD, Bytes.box("moof", bad)));
            cases.bytes(
                    row,
                    "picture of 64-bit size " + size,
                    () -> Bytes.join(
                            Bytes.box("ftyp", Bytes.ascii("heic"), Bytes.u32(0)),
                            Bytes.box("meta", Bytes.u32(0), bad)));
        }
    }

    /** Turns the 32-bit size of a box into a 64-bit one, over the first bytes of its content. */
    private static byte[] wide(String type, int nth, long size) {
        byte[] media = new Bytes(GOOD)
                .size(type, nth, 1)
                .u32(type, nth, 0, size >>> 32)
                .u32(type, nth, 4, size)
                .done();
        return media;
    }

    private static void nested(HostileCase.Collection cases) {
        for (String type : PARENTS) {
            for (int depth : new int[] {10_000, 200_000}) {
                cases.bytes(4, depth + " nested " + type, () -> Bytes.join(FTYP, nest(type, depth)));
                cases.bytes(4, depth + " nested " + type + " in moov", () -> HostileMovies.movie(nest(type, depth)));
            }
            byte[] nested = nest(type, 10_000);
            cases.bytes(
                    4,
                    "nested " + type + " in a sample entry",
                    () -> HostileMovies.movie(
                            "stsd", Bytes.join(Bytes.u32(0, 1), Bytes.box("avc1", new byte[78], nested))));
            cases.bytes(
                    4,
                    "nested " + type + " in a sound entry",
                    () -> HostileMovies.movie(
                            "stsd", Bytes.join(Bytes.u32(0, 1), Bytes.box("mp4a", new byte[28], nested))));
            cases.bytes(
                    4,
                    "nested " + type + " in a picture",
                    () -> Bytes.join(
                            Bytes.box("ftyp", Bytes.ascii("heic"), Bytes.u32(0)),
                            Bytes.box("meta", Bytes.u32(0), nested)));
        }
    }

    private static byte[] nest(String type, int depth) {
        ByteBuffer out = ByteBuffer.allocate(depth * 8);
        while (out.hasRemaining()) {
            out.putInt(out.remaining()).put(Bytes.ascii(type));
        }
        return out.array();
    }

    private static void many(HostileCase.Collection cases) {
        for (String parent : List.of("moov", "trak", "mdia", "minf", "stbl", "udta", "meta", "moof", "mvex", "mdat")) {
            cases.bytes(
                    8,
                    "a million boxes in " + parent,
                    () -> Bytes.join(FTYP, header(parent, 8_000_008), times(1_000_000, Bytes.box("free"))));
        }
        for (String inside : List.of("free", "meta", "moov", "udta", "skip", "uuid")) {
            cases.bytes(
                    8,
                    "a million " + inside + " at the top",
                    () -> Bytes.join(FTYP, times(1_000_000, Bytes.box(inside))));
        }
        cases.bytes(
                8,
                "a million boxes in a picture",
                () -> Bytes.join(
                        Bytes.box("ftyp", Bytes.ascii("avif"), Bytes.u32(0)),
                        header("meta", 8_000_012),
                        Bytes.u32(0),
                        times(1_000_000, Bytes.box("free"))));
        byte[] track = Arrays.copyOfRange(GOOD, 152, 1681);
        cases.bytes(9, "20,000 empty tracks", () -> HostileMovies.movie(times(20_000, Bytes.box("trak"))));
        cases.bytes(9, "5,000 full tracks", () -> HostileMovies.movie(times(5_000, track)));
        byte[] run =
                Bytes.box("traf", Bytes.box("tfhd", Bytes.u32(0x20000, 1)), Bytes.box("trun", Bytes.u32(0x100, 1, 9)));
        cases.bytes(9, "100,000 empty fragments", () -> Bytes.join(GOOD, times(100_000, Bytes.box("moof"))));
        cases.bytes(9, "50,000 fragments", () -> Bytes.join(GOOD, times(50_000, Bytes.box("moof", run))));
        cases.bytes(9, "50,000 track fragments", () -> Bytes.join(GOOD, Bytes.box("moof", times(50_000, run))));
        cases.bytes(
                13,
                "a compressed movie",
                () -> Bytes.join(
                        FTYP,
                        Bytes.box(
                                "moov",
                                Bytes.box(
                                        "cmov",
                                        Bytes.box("dcom", Bytes.ascii("zlib")),
                                        Bytes.box("cmvd", Bytes.u32(300 << 20), Bombs.zlib(300 << 20))))));
    }

    private static void doubled(HostileCase.Collection cases) {
        byte[] moov = Arrays.copyOfRange(GOOD, 36, 3487);
        byte[] moof = Bytes.box("moof", Bytes.box("mfhd", Bytes.u32(0, 1)));
        cases.bytes(18, "two indexes", () -> Bytes.join(GOOD, moov));
        cases.bytes(18, "two indexes, the first empty", () -> Bytes.join(FTYP, Bytes.box("moov"), moov));
        cases.bytes(18, "index in an index", () -> Bytes.join(FTYP, Bytes.box("moov", moov)));
        cases.bytes(18, "index after a fragment", () -> Bytes.join(FTYP, moof, moov));
        cases.bytes(
                18,
                "index in the media",
                () -> new Bytes(GOOD).size("ftyp", 0, 40).done());
        cases.bytes(
                18,
                "track over the next track",
                () -> new Bytes(GOOD).size("trak", 0, 1_700).done());
        cases.bytes(
                18,
                "chunks over the index",
                () -> new Bytes(GOOD).u32("stco", 0, 8, 36).done());
        for (long start : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, -1, -2, 1L << 62}) {
            byte[] edits = Bytes.box(
                    "edts",
                    Bytes.box(
                            "elst",
                            Bytes.u32(0x01000000, 2),
                            Bytes.u64(Long.MAX_VALUE),
                            Bytes.u64(start),
                            Bytes.u32(0x10000),
                            Bytes.u64(start),
                            Bytes.u64(Long.MAX_VALUE),
                            Bytes.u32(0x7FFFFFFF)));
            cases.bytes(18, "edit at " + start, () -> {
                byte[] stbl = Arrays.copyOfRange(GOOD, 401, 1681);
                return HostileMovies.movie(Bytes.box(
                        "trak",
                        HostileMovies.tkhd(),
                        edits,
                        Bytes.box("mdia", HostileMovies.mdhd(), HostileMovies.hdlr("vide"), Bytes.box("minf", stbl))));
            });
        }
    }

    static byte[] header(String type, long size) {
        return Bytes.join(Bytes.u32(size), Bytes.ascii(type));
    }

    static byte[] times(int count, byte[] part) {
        byte[] all = new byte[count * part.length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(part, 0, all, i * part.length, part.length);
        }
        return all;
    }
}
