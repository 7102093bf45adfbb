package io.linkspan.preflight;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Pictures made to do harm: rows 20 to 23. */
final class HostileImages {
    private static final byte[] PNG = Bytes.ascii("\u0089PNG\r\n\u001A\n");
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8};
    private static final long[] LENGTHS = {0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL, 0xFFFFFFF4L, 1, 12};

    private HostileImages() {}

    static void addTo(HostileCase.Collection cases) {
        png(cases);
        jpeg(cases);
        exif(cases);
        heif(cases);
        gifAndWebp(cases);
    }

    private static void png(HostileCase.Collection cases) {
        for (String type : List.of("zTXt", "iTXt", "iCCP", "IDAT", "eXIf")) {
            cases.bytes(
                    20,
                    "bomb in " + type,
                    () -> Bytes.join(
                            PNG,
                            header(10, 10),
                            chunk(type, Bytes.ascii("key\0\0"), Bombs.zlib(400 << 20)),
                            chunk("IEND")));
        }
        for (String keyword : List.of("Raw profile type exif\0\0", "Raw profile type APP1\0\0")) {
            cases.bytes(
                    20,
                    "bomb of zeros in " + keyword,
                    () -> Bytes.join(
                            PNG,
                            header(10, 10),
                            chunk("zTXt", Bytes.ascii(keyword), Bombs.zlib(400 << 20)),
                            chunk("IEND")));
            for (char digit : new char[] {'\n', '4'}) {
                cases.bytes(20, "bomb of " + (int) digit + " in " + keyword, () -> {
                    byte[] text = Bytes.join(Bytes.ascii("\nexif\n999999999\n"), filled(2 << 20, digit));
                    return Bytes.join(
                            PNG,
                            header(10, 10),
                            HostileBoxes.times(50, chunk("zTXt", Bytes.ascii(keyword), Pieces.packed(text))),
                            chunk("tEXt", Bytes.ascii(keyword), text),
                            chunk("IEND"));
                });
            }
        }
        cases.bytes(
                20,
                "bomb in XMP",
                () -> Bytes.join(
                        PNG,
                        header(10, 10),
                        HostileBoxes.times(
                                20, chunk("iTXt", Bytes.ascii("XML:com.adobe.xmp\0\1\0\0\0"), Bombs.zlib(40 << 20))),
                        chunk("IEND")));
        for (String type : List.of("IHDR", "IDAT", "tRNS", "eXIf", "acTL", "zTXt", "IEND", "\0\0\0\0")) {
            for (long length : LENGTHS) {
                byte[] bad = Bytes.join(Bytes.u32(length), Bytes.ascii(type), new byte[40]);
                cases.bytes(21, type + " of " + length + " bytes", () -> Bytes.join(PNG, header(10, 10), bad));
                cases.bytes(21, type + " first, of " + length + " bytes", () -> Bytes.join(PNG, bad));
            }
        }
        for (long side : new long[] {0, 100_000, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL}) {
            cases.bytes(21, "sides of " + side, () -> Bytes.join(PNG, header(side, side), chunk("IEND")));
            cases.bytes(21, "height of " + side, () -> Bytes.join(PNG, header(1, side), chunk("IEND")));
        }
        cases.bytes(21, "a million chunks", () -> Bytes.join(PNG, HostileBoxes.times(1_000_000, chunk("tEXt"))));
    }

    private static void jpeg(HostileCase.Collection cases) {
        byte[] fill = new byte[5 << 20];
        Arrays.fill(fill, (byte) 0xFF);
        byte[] good = Fixtures.bytes("good.jpg");
        cases.bytes(22, "fill after the start", () -> Bytes.join(JPEG, fill));
        cases.bytes(
                22, "fill before a segment", () -> Bytes.join(JPEG, fill, Arrays.copyOfRange(good, 3, good.length)));
        cases.bytes(22, "fill after the end", () -> Bytes.join(good, fill));
        cases.bytes(22, "fill in the scan", () -> Bytes.join(Arrays.copyOf(good, good.length - 2), fill));
        cases.bytes(
                22,
                "a million restarts",
                () -> Bytes.join(JPEG, HostileBoxes.times(1_000_000, new byte[] {(byte) 0xFF, (byte) 0xD0})));
        cases.bytes(
                22,
                "a million empty segments",
                () -> Bytes.join(JPEG, HostileBoxes.times(1_000_000, new byte[] {(byte) 0xFF, (byte) 0xE1, 0, 2})));
        byte[] xmp = Bytes.join(Bytes.ascii(Pieces.XMP_SPACE), filled(65_000, 'G'));
        cases.bytes(22, "100 segments of XMP", () -> Bytes.join(JPEG, HostileBoxes.times(100, segment(0xE1, xmp))));
        byte[] positions = Bytes.join(
                Bytes.ascii("Exif\0\0MM\0*"),
                Bytes.u32(8),
                HostileBoxes.times(5_400, Bytes.ascii("\u0088%\0\4\0\0\0\1\0\0\0\10")));
        cases.bytes(
                22,
                "100 segments of places",
                () -> Bytes.join(JPEG, HostileBoxes.times(100, segment(0xE1, positions))));
        for (long claimed : new long[] {0, 0xFFFF, 0x7FFFFFFFL, 0xFFFFFFFFL}) {
            cases.bytes(
                    22,
                    "an index of " + claimed + " bytes of pictures",
                    () -> Bytes.join(
                            JPEG,
                            segment(
                                    0xE2,
                                    Bytes.join(
                                            Bytes.ascii("MPF\0MM\0*"),
                                            Bytes.u32(8),
                                            Bytes.ascii("\u00FF\u00FF\u00B0\2\0\7"),
                                            Bytes.u32(claimed, claimed, 0, 0)))));
        }
        for (int marker = 0xC0; marker <= 0xFF; marker++) {
            for (int length : new int[] {0, 1, 2, 3, 8, 0xFFFF}) {
                byte[] segment = {(byte) 0xFF, (byte) marker, (byte) (length >>> 8), (byte) length};
                cases.bytes(
                        22,
                        "segment " + marker + " of " + length + " bytes",
                        () -> Bytes.join(JPEG, segment, new byte[9]));
            }
        }
    }

    private static byte[] segment(int marker, byte[] content) {
        int length = content.length + 2;
        byte[] head = {(byte) 0xFF, (byte) marker, (byte) (length >>> 8), (byte) length};
        return Bytes.join(head, content);
    }

    private static byte[] filled(int length, int value) {
        byte[] filled = new byte[length];
        Arrays.fill(filled, (byte) value);
        return filled;
    }

    private static void exif(HostileCase.Collection cases) {
        for (long first : new long[] {0, 4, 8, 10, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL}) {
            for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
                for (int count : new int[] {1, 2, 0xFFFF}) {
                    byte[] block = directory(order, first, count);
                    String name = "Exif directory at " + first + " of " + count + ", " + order;
                    cases.bytes(
                            23,
                            name + " in JPEG",
                            () -> Bytes.join(
                                    JPEG,
                                    new byte[] {(byte) 0xFF, (byte) 0xE1, 0, (byte) (block.length + 8)},
                                    Bytes.ascii("Exif\0\0"),
                                    block,
                                    new byte[] {(byte) 0xFF, (byte) 0xD9}));
                    cases.bytes(
                            23,
                            name + " in PNG",
                            () -> Bytes.join(PNG, header(9, 9), chunk("eXIf", block), chunk("IEND")));
                    cases.bytes(23, name + " in WebP", () -> webp("EXIF", block.length, block));
                    cases.bytes(23, name + " in HEIF", () -> heif(block, 0, 0xFFFFFFFFL));
                }
            }
        }
    }

    /** A directory whose entries, and the link to the next directory, lead back to itself. */
    static byte[] directory(ByteOrder order, long first, int count) {
        ByteBuffer out = ByteBuffer.allocate(40).order(order);
        out.put(Bytes.ascii(order == ByteOrder.BIG_ENDIAN ? "MM" : "II"))
                .putShort((short) 42)
                .putInt((int) first);
        out.putShort((short) count)
                .putShort((short) 0x8769)
                .putShort((short) 4)
                .putInt(0x7FFFFFFF)
                .putInt(8);
        out.putShort((short) 0x8825)
                .putShort((short) 4)
                .putInt(0x7FFFFFFF)
                .putInt(8)
                .putInt(8);
        return out.array();
    }

    private static void heif(HostileCase.Collection cases) {
        long[] values = {0, 1, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL};
        for (long a : values) {
            for (long b : values) {
                cases.bytes(23, "item at " + a + " of " + b + " bytes", () -> heif(new byte[40], a, b));
                cases.bytes(
                        23,
                        "picture of " + a + "x" + b,
                        () -> heic(Bytes.box(
                                "iprp",
                                Bytes.box("ipco", Bytes.box("ispe", Bytes.u32(0, a, b))),
                                Bytes.box("ipma", Bytes.u32(0, 1, 0x00010181)))));
            }
            for (String type :
                    List.of("ipma", "iloc", "iinf", "pitm", "ispe", "pixi", "colr", "irot", "imir", "infe")) {
                for (int length = 0; length < 24; length += 4) {
                    byte[] content = Arrays.copyOf(Bytes.u32(a, a, a, a, a, a), length);
                    cases.bytes(
                            23,
                            type + " of " + length + " bytes " + a,
                            () -> heic(
                                    Bytes.box(
                                            "iprp",
                                            Bytes.box("ipco", Bytes.box(type, content)),
                                            Bytes.box(type, content)),
                                    Bytes.box(type, content)));
                }
            }
        }
        cases.bytes(
                23,
                "a million properties",
                () -> heic(Bytes.box("iprp", Bytes.box("ipco", HostileBoxes.times(1_000_000, Bytes.box("irot"))))));
        cases.channel(23, "four billion items", () -> {
            byte[] head = HostileMovies.nest(
                    4L << 30,
                    Bytes.box("ftyp", Bytes.ascii("heic"), Bytes.u32(0)),
                    "meta",
                    Bytes.u32(0),
                    Bytes.box("pitm", Bytes.u32(0, 0x00010000)),
                    "iprp",
                    Bytes.box("ipco"),
                    "ipma",
                    Bytes.u32(0, 0xFFFFFFFFL));
            return new RepeatingChannel(head, new byte[] {9, 9, 0}, 4L << 30);
        });
    }

    /** A picture with an Exif block, at the place that its index says. */
    static byte[] heif(byte[] exif, long at, long length) {
        byte[] item = Bytes.join(new byte[] {0, 2}, new byte[2], new byte[] {0, 1}, Bytes.u32(at, length));
        return Bytes.join(
                heic(
                        Bytes.box(
                                "iinf",
                                Bytes.u32(0),
                                new byte[] {0, 1},
                                Bytes.box("infe", Bytes.u32(0x02000000), new byte[] {0, 2, 0, 0}, Bytes.ascii("Exif"))),
                        Bytes.box("iloc", Bytes.u32(0), new byte[] {0x44, 0, 0, 1}, item),
                        Bytes.box(
                                "iprp",
                                Bytes.box("ipco", Bytes.box("ispe", Bytes.u32(0, 9, 9))),
                                Bytes.box("ipma", Bytes.u32(0, 1, 0x00010181)))),
                Bytes.u32(0),
                exif);
    }

    private static byte[] heic(byte[]... boxes) {
        return Bytes.join(
                Bytes.box("ftyp", Bytes.ascii("heic"), Bytes.u32(0), Bytes.ascii("mif1")),
                Bytes.box("meta", Bytes.u32(0), Bytes.box("pitm", Bytes.u32(0), new byte[] {0, 1}), Bytes.join(boxes)));
    }

    private static void gifAndWebp(HostileCase.Collection cases) {
        for (int value : new int[] {0, 0x12, 0x55, 0xAA, 0xFF}) {
            for (int length : new int[] {0, 1, 6, 20, 300}) {
                cases.bytes(
                        23,
                        "low-overhead image of " + length + " bytes " + value,
                        () -> Bytes.join(
                                Bytes.box("ftyp", Bytes.ascii("mif3avif")), Bytes.box("mini", filled(length, value))));
            }
        }
        byte[] screen = Bytes.ascii("GIF89a\u00FF\u00FF\u00FF\u00FF\0\0\0");
        for (int block : new int[] {0x21, 0x2C}) {
            byte[] start = {(byte) block, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
            cases.bytes(
                    21,
                    "GIF, a million blocks " + block,
                    () -> Bytes.join(
                            screen, HostileBoxes.times(1_000_000, Arrays.copyOf(start, block == 0x21 ? 3 : 11))));
            cases.channel(
                    21,
                    "GIF, endless data in " + block,
                    () -> new RepeatingChannel(Bytes.join(screen, start), new byte[] {1}, 4L << 30));
        }
        for (String type : List.of("VP8 ", "VP8L", "VP8X", "ANMF", "ALPH", "EXIF", "ICCP", "\0\0\0\0")) {
            for (long length : LENGTHS) {
                cases.bytes(21, "WebP " + type + " of " + length + " bytes", () -> webp(type, length, new byte[40]));
            }
        }
        cases.bytes(21, "WebP, a million chunks", () -> webp("XMP ", 0, HostileBoxes.times(1_000_000, new byte[8])));
    }

    private static byte[] webp(String type, long length, byte[] content) {
        byte[] chunk = Bytes.join(Bytes.ascii(type), little(length), content);
        return Bytes.join(Bytes.ascii("RIFF"), little(4 + chunk.length), Bytes.ascii("WEBP"), chunk);
    }

    private static byte[] little(long value) {
        return Bytes.u32(Integer.reverseBytes((int) value));
    }

    private static byte[] header(long width, long height) {
        return chunk("IHDR", Bytes.u32(width, height), new byte[] {8, 6, 0, 0, 0});
    }

    private static byte[] chunk(String type, byte[]... parts) {
        byte[] content = Bytes.join(parts);
        return Bytes.join(Bytes.u32(content.length), Bytes.ascii(type), content, Bytes.u32(0));
    }
}
