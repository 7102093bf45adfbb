package io.linkspan.preflight;

import static io.linkspan.preflight.HostileMovies.GOOD;

import java.util.List;
import java.util.Map;

/** Tables that claim more than they hold, or what cannot be: rows 6, 7, 10, 11, 12, 14 and 16. */
final class HostileTables {
    private static final long[] COUNTS = {0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL};
    private static final long MIB = 1L << 20;

    private HostileTables() {}

    static void addTo(HostileCase.Collection cases) {
        counts(cases);
        runs(cases);
        large(cases);
        values(cases);
        order(cases);
    }

    private static void counts(HostileCase.Collection cases) {
        for (long count : COUNTS) {
            for (String type :
                    List.of("stts", "ctts", "stss", "stps", "stsc", "stco", "co64", "stsd", "sdtp", "sgpd", "sbgp")) {
                cases.bytes(6, count + " entries in " + type, () -> HostileMovies.movie(type, Bytes.u32(0, count, 1)));
                cases.bytes(
                        6,
                        count + " entries in an empty " + type,
                        () -> HostileMovies.movie(type, Bytes.u32(0, count)));
            }
            cases.bytes(6, count + " sizes", () -> HostileMovies.movie("stsz", Bytes.u32(0, 0, count, 1)));
            cases.bytes(6, count + " equal sizes", () -> HostileMovies.movie("stsz", Bytes.u32(0, 1, count)));
            for (int bits : new int[] {0, 1, 4, 8, 16, 32, 255}) {
                cases.bytes(
                        6,
                        count + " sizes of " + bits + " bits",
                        () -> HostileMovies.movie("stz2", Bytes.u32(0, bits, count, 0x11111111)));
            }
            byte[] edits = Bytes.box("edts", Bytes.box("elst", Bytes.u32(0, count, 1000, 0)));
            cases.bytes(6, count + " edits", () -> HostileMovies.movie(Bytes.box("trak", HostileMovies.tkhd(), edits)));
            byte[] keys = Bytes.box("meta", HostileMovies.hdlr("mdta"), Bytes.box("keys", Bytes.u32(0, count, 9)));
            cases.bytes(6, count + " keys", () -> HostileMovies.movie(keys));
            byte[] index = Bytes.box("sidx", Bytes.u32(0, 1, 1, 0, 0, count));
            cases.bytes(6, count + " segments", () -> Bytes.join(Fixtures.bytes("fragmented.mp4"), index));
        }
    }

    private static void runs(HostileCase.Collection cases) {
        byte[] longest = Bytes.u32(0xFFFFFFFFL, 0xFFFFFFFFL);
        for (String type : List.of("stts", "ctts")) {
            cases.bytes(
                    7,
                    "one endless run in " + type,
                    () -> HostileMovies.movie(type, Bytes.join(Bytes.u32(0, 1), longest)));
            cases.bytes(
                    7,
                    "a thousand endless runs in " + type,
                    () -> HostileMovies.movie(type, Bytes.join(Bytes.u32(0, 1000), HostileBoxes.times(1000, longest))));
            cases.bytes(
                    7,
                    "a million runs of nothing in " + type,
                    () -> HostileMovies.movie(type, Bytes.join(Bytes.u32(0, 1_000_000), new byte[8_000_000])));
        }
        cases.bytes(7, "endless run and sizes", () -> {
            Map<String, byte[]> tables = HostileMovies.tables("stts", Bytes.join(Bytes.u32(0, 1), longest));
            tables.put("stsz", Bytes.u32(0, 0xFFFFFFFFL, 0xFFFFFFFFL));
            tables.put("stsc", Bytes.u32(0, 1, 1, 0xFFFFFFFFL, 1));
            return HostileMovies.movie(HostileMovies.track(Bytes.box(
                    "stbl",
                    tables.entrySet().stream()
                            .map(table -> Bytes.box(table.getKey(), table.getValue()))
                            .toArray(byte[][]::new))));
        });
        for (int flags : new int[] {0, 1, 4, 5, 0x100, 0x200, 0x400, 0x800, 0xF00, 0xFFFFFF}) {
            for (long count : COUNTS) {
                byte[] run = Bytes.box("trun", Bytes.u32(flags, count, 0x80000000L, 0xFFFFFFFFL, 1, 2, 3, 4, 5, 6));
                byte[] header = Bytes.box("tfhd", Bytes.u32(0x18, 1, 0xFFFFFFFFL, 0xFFFFFFFFL));
                byte[] fragment = Bytes.box("moof", Bytes.box("traf", header, HostileBoxes.times(100, run)));
                String name = " runs of " + count + " samples with flags " + flags;
                cases.bytes(10, "hundred" + name, () -> Bytes.join(Fixtures.bytes("fragmented.mp4"), fragment));
            }
        }
        cases.bytes(
                10,
                "many runs just below the limit",
                () -> Bytes.join(
                        Fixtures.bytes("fragmented.mp4"),
                        Bytes.box(
                                "moof",
                                Bytes.box(
                                        "traf",
                                        Bytes.box("tfhd", Bytes.u32(0, 1)),
                                        HostileBoxes.times(20_000, Bytes.box("trun", Bytes.u32(0, 10_000)))))));
        for (String brand : List.of("isom", "heic", "avif", "qt  ")) {
            cases.bytes(
                    11,
                    "ten megabytes of brands after " + brand,
                    () -> Bytes.join(
                            HostileBoxes.header("ftyp", 10 * MIB + 16),
                            Bytes.ascii(brand),
                            Bytes.u32(0),
                            numbers(10 << 18),
                            GOOD));
        }
    }

    private static byte[] numbers(int count) {
        byte[] all = new byte[count * 4];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) ('a' + i * 31 % 26);
        }
        return all;
    }

    private static void large(HostileCase.Collection cases) {
        for (long size : new long[] {200 * MIB, 400 * MIB, 3_500 * MIB, 9_000 * MIB}) {
            String name = " of " + size / MIB + " MiB";
            byte[] moov = HostileMovies.nest(size, HostileMovies.FTYP, "moov");
            for (String inside : List.of("free", "trak", "udta", "mvex", "\0\0\0\0")) {
                cases.channel(
                        12,
                        "index" + name + " full of " + inside,
                        () -> new RepeatingChannel(moov, Bytes.box(inside, new byte[24]), size));
            }
            open(cases, size, "stsz", Bytes.u32(0, 0, 0xFFFFFFFFL), Bytes.u32(7));
            open(cases, size, "stz2", Bytes.u32(0, 4, 0xFFFFFFFFL), Bytes.u32(0x01010101));
            open(cases, size, "stts", Bytes.u32(0, 0xFFFFFFFFL), Bytes.u32(1, 512, 1, 513, 2, 514));
            open(cases, size, "ctts", Bytes.u32(0, 0xFFFFFFFFL), Bytes.u32(1, 512, 1, 0xFFFFFF00L));
            open(cases, size, "stsc", Bytes.u32(0, 0xFFFFFFFFL), Bytes.u32(1, 1, 1));
            open(cases, size, "stco", Bytes.u32(0, 0xFFFFFFFFL), Bytes.u32(1000));
            open(cases, size, "stss", Bytes.u32(0, 0xFFFFFFFFL), Bytes.u32(1));
            open(cases, size, "stsd", Bytes.u32(0, 1), Bytes.box("avc1", new byte[200]));
            byte[] fragments = HostileMovies.nest(
                    size,
                    GOOD,
                    "moof",
                    "traf",
                    Bytes.box("tfhd", Bytes.u32(0, 1)),
                    "trun",
                    Bytes.u32(0xF00, 0xFFFFFFFFL));
            cases.channel(12, "fragment" + name, () -> new RepeatingChannel(fragments, Bytes.u32(1, 2, 3, 4), size));
        }
    }

    private static void open(HostileCase.Collection cases, long size, String type, byte[] start, byte[] pattern) {
        cases.channel(
                12,
                type + " of " + size / MIB + " MiB",
                () -> new RepeatingChannel(HostileMovies.open(size, type, start), pattern, size));
    }

    private static void values(HostileCase.Collection cases) {
        Object[][] places = {
            {"mvhd", 12},
            {"mvhd", 16},
            {"mvhd", 36},
            {"tkhd", 20},
            {"tkhd", 40},
            {"tkhd", 44},
            {"tkhd", 76},
            {"tkhd", 80},
            {"mdhd", 12},
            {"mdhd", 16},
            {"stts", 8},
            {"stts", 12},
            {"stsz", 4},
            {"stsz", 8},
            {"avc1", 24},
            {"btrt", 8}
        };
        for (Object[] place : places) {
            String type = (String) place[0];
            int offset = (int) place[1];
            int nth = type.equals("avc1") ? 1 : 0;
            for (long value : new long[] {0, 1, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL}) {
                cases.bytes(
                        14,
                        type + " with " + value + " at " + offset,
                        () -> new Bytes(GOOD).u32(type, nth, offset, value).done());
            }
        }
        for (long[] ratio : new long[][] {{0, 0}, {0, 1}, {1, 0}, {1, 0xFFFFFFFFL}, {0xFFFFFFFFL, 1}}) {
            byte[] entry = Bytes.box(
                    "avc1",
                    new byte[24],
                    Bytes.u32(0x02800168L),
                    new byte[50],
                    Bytes.box("pasp", Bytes.u32(ratio)),
                    Bytes.box("clap", Bytes.u32(ratio), Bytes.u32(ratio), Bytes.u32(ratio), Bytes.u32(ratio)));
            cases.bytes(
                    14,
                    "pixels of " + ratio[0] + ":" + ratio[1],
                    () -> HostileMovies.movie("stsd", Bytes.join(Bytes.u32(0, 1), entry)));
        }
    }

    private static void order(HostileCase.Collection cases) {
        long[] values = {0, 1, 2, 1000, 0x7FFFFFFFL, 0xFFFFFFFFL};
        for (long a : values) {
            for (long b : values) {
                cases.bytes(
                        16,
                        "chunk runs " + a + ", " + b,
                        () -> HostileMovies.movie("stsc", Bytes.u32(0, 3, 1, 1, 1, a, b, 1, b, a, 1)));
                cases.bytes(
                        16, "key frames " + a + ", " + b, () -> HostileMovies.movie("stss", Bytes.u32(0, 3, a, b, a)));
                cases.bytes(16, "chunks at " + a + ", " + b, () -> HostileMovies.movie("stco", Bytes.u32(0, 2, a, b)));
                cases.bytes(
                        16,
                        "64-bit chunk at " + a + ", " + b,
                        () -> HostileMovies.movie("co64", Bytes.u32(0, 2, a, b, b, a)));
            }
        }
    }
}
