package io.linkspan.preflight;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Movies of one track whose sample tables are chosen one by one. */
final class HostileMovies {
    static final byte[] GOOD = Fixtures.bytes("good.mp4");
    static final byte[] FTYP = Bytes.box("ftyp", Bytes.ascii("isom"), Bytes.u32(0), Bytes.ascii("isomavc1"));
    private static final byte[] MATRIX = Bytes.u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

    private HostileMovies() {}

    /** The tables of three samples in one chunk, one of them changed or added. */
    static Map<String, byte[]> tables(String type, byte[] content) {
        Map<String, byte[]> tables = new LinkedHashMap<>();
        tables.put("stsd", Arrays.copyOfRange(GOOD, 417, 601));
        tables.put("stts", Bytes.u32(0, 1, 3, 512));
        tables.put("stss", Bytes.u32(0, 1, 1));
        tables.put("stsc", Bytes.u32(0, 1, 1, 3, 1));
        tables.put("stsz", Bytes.u32(0, 0, 3, 100, 100, 100));
        tables.put("stco", Bytes.u32(0, 1, 1000));
        tables.remove(Map.of("co64", "stco", "stz2", "stsz").getOrDefault(type, type));
        tables.put(type, content);
        return tables;
    }

    static byte[] movie(String type, byte[] content) {
        byte[][] boxes = tables(type, content).entrySet().stream()
                .map(table -> Bytes.box(table.getKey(), table.getValue()))
                .toArray(byte[][]::new);
        return movie(track(Bytes.box("stbl", boxes)));
    }

    static byte[] movie(byte[]... tracks) {
        return Bytes.join(FTYP, Bytes.box("moov", mvhd(), Bytes.join(tracks)), Bytes.box("mdat", new byte[2_000]));
    }

    static byte[] track(byte[] stbl) {
        return Bytes.box("trak", tkhd(), Bytes.box("mdia", mdhd(), hdlr("vide"), Bytes.box("minf", stbl)));
    }

    /** The start of a movie whose last table goes on to the end of a file of so many bytes. */
    static byte[] open(long size, String type, byte[] content) {
        Map<String, byte[]> tables = tables(type, content);
        tables.remove(type);
        byte[] before = Bytes.join(tables.entrySet().stream()
                .map(table -> Bytes.box(table.getKey(), table.getValue()))
                .toArray(byte[][]::new));
        return nest(
                size,
                FTYP,
                "moov",
                mvhd(),
                "trak",
                tkhd(),
                "mdia",
                Bytes.join(mdhd(), hdlr("vide")),
                "minf",
                "stbl",
                before,
                type,
                content);
    }

    /** Bytes as they are, and for each name the header of a box that goes on to the end. */
    static byte[] nest(long size, Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof byte[] bytes) {
                out.writeBytes(bytes);
                continue;
            }
            long left = size - out.size();
            boolean wide = left > 0xFFFFFFFFL;
            out.writeBytes(Bytes.u32(wide ? 1 : left));
            out.writeBytes(Bytes.ascii((String) part));
            out.writeBytes(wide ? Bytes.u64(left) : new byte[0]);
        }
        return out.toByteArray();
    }

    static byte[] mvhd() {
        return Bytes.box(
                "mvhd", Bytes.u32(0, 0, 0, 1000, 100, 0x10000), new byte[12], MATRIX, new byte[24], Bytes.u32(3));
    }

    static byte[] tkhd() {
        return Bytes.box("tkhd", Bytes.u32(3, 0, 0, 1, 0, 100), new byte[16], MATRIX, Bytes.u32(270 << 16, 480 << 16));
    }

    static byte[] mdhd() {
        return Bytes.box("mdhd", Bytes.u32(0, 0, 0, 15_360, 1536, 0));
    }

    static byte[] hdlr(String type) {
        return Bytes.box("hdlr", Bytes.u32(0, 0), Bytes.ascii(type), new byte[13]);
    }
}
