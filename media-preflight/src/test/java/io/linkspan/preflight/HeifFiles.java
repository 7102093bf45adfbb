package io.linkspan.preflight;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** HEIC files around the first picture of an HEVC movie. */
final class HeifFiles {
    private static final byte[] MOVIE = Corpus.bytes("hevc-yuv420p.mp4");
    static final byte[] CONFIGURATION = IsoEdit.read(MOVIE, "moov/trak/mdia/minf/stbl/stsd/hvc1/hvcC");
    static final byte[] PICTURE = firstSample();

    /** Properties of the picture after its configuration, and items beside it. */
    private byte[] configuration = Bytes.box("hvcC", CONFIGURATION);

    private byte[] extents = Bytes.box("ispe", Bytes.u32(0, 96, 64));
    private byte[] others = new byte[0];
    private byte[] picture = PICTURE;
    private byte[] itemName = new byte[] {0};
    private byte[] exif = new byte[0];
    private byte[] xmp = new byte[0];
    private boolean located = true;

    private static byte[] firstSample() {
        byte[] sizes = IsoEdit.read(MOVIE, "moov/trak/mdia/minf/stbl/stsz");
        byte[] chunks = IsoEdit.read(MOVIE, "moov/trak/mdia/minf/stbl/stco");
        int at = ByteBuffer.wrap(chunks).getInt(8);
        return Arrays.copyOfRange(MOVIE, at, at + ByteBuffer.wrap(sizes).getInt(12));
    }

    HeifFiles configuration(byte[] payload) {
        configuration = payload.length == 0 ? Bytes.box("free", new byte[4]) : Bytes.box("hvcC", payload);
        return this;
    }

    HeifFiles size(long width, long height) {
        extents = Bytes.box("ispe", Bytes.u32(0, width, height));
        return this;
    }

    HeifFiles property(byte[] box) {
        others = Bytes.join(others, box);
        return this;
    }

    HeifFiles picture(byte[] data) {
        picture = data;
        return this;
    }

    /** Bytes after the type of each item. */
    HeifFiles itemName(byte[] name) {
        itemName = name;
        return this;
    }

    HeifFiles exif(byte[] block) {
        exif = Bytes.join(Bytes.u32(0), block);
        return this;
    }

    HeifFiles xmp(byte[] packet) {
        xmp = packet;
        return this;
    }

    HeifFiles withoutPlaces() {
        located = false;
        return this;
    }

    byte[] done() {
        byte[] type = Bytes.box("ftyp", Bytes.ascii("heic"), Bytes.u32(0), Bytes.ascii("mif1heic"));
        byte[] empty = meta(0);
        byte[] meta = meta(type.length + empty.length + 8);
        return Bytes.join(type, meta, Bytes.box("mdat", picture, exif, xmp));
    }

    private byte[] meta(int data) {
        int count = 2;
        for (int at = 0; at < others.length; at += ByteBuffer.wrap(others).getInt(at)) {
            count++;
        }
        byte[] used = new byte[count];
        for (int i = 0; i < count; i++) {
            used[i] = (byte) (i + 1);
        }
        byte[] items = Bytes.box("infe", head(1, "hvc1"), itemName);
        byte[] places = place(1, data, picture.length);
        int entries = 1;
        if (exif.length > 0) {
            entries++;
            items = Bytes.join(items, Bytes.box("infe", head(2, "Exif"), itemName));
            places = Bytes.join(places, place(2, data + picture.length, exif.length));
        }
        if (xmp.length > 0) {
            entries++;
            items = Bytes.join(
                    items, Bytes.box("infe", head(3, "mime"), new byte[1], Bytes.ascii("application/rdf+xml\0")));
            places = Bytes.join(places, place(3, data + picture.length + exif.length, xmp.length));
        }
        return Bytes.box(
                "meta",
                Bytes.u32(0),
                Bytes.box("hdlr", Bytes.u32(0, 0), Bytes.ascii("pict"), new byte[13]),
                Bytes.box("pitm", Bytes.u32(0), u16(1)),
                located ? Bytes.box("iloc", Bytes.u32(0), new byte[] {0x44, 0}, u16(entries), places) : new byte[0],
                Bytes.box("iinf", Bytes.u32(0), u16(entries), items),
                Bytes.box(
                        "iprp",
                        Bytes.box("ipco", configuration, extents, others),
                        Bytes.box("ipma", Bytes.u32(0, 1), u16(1), new byte[] {(byte) count}, used)));
    }

    private static byte[] head(int id, String type) {
        return Bytes.join(new byte[] {2, 0, 0, 0}, u16(id), u16(0), Bytes.ascii(type));
    }

    private static byte[] place(int id, int at, int length) {
        return Bytes.join(u16(id), u16(0), u16(1), Bytes.u32(at, length));
    }

    private static byte[] u16(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    /** A low-overhead image of this size with one byte of picture; an Exif block if there is one. */
    static byte[] mini(String codec, int width, int height, byte[] configuration, byte[] block) {
        boolean exif = block.length > 0;
        byte[] item = exif ? Bytes.join(Bytes.u32(0), block) : block;
        String bits = "00" + "000000" + "0" + (exif ? "1" : "0") + "0" + "01" + "000" + "0" + binary(width - 1, 15)
                + binary(height - 1, 15) + "00" + "0" + (exif ? "0" : "") + "0" + "1" + binary(configuration.length, 12)
                + binary(0, 15) + (exif ? binary(item.length - 1, 20) : "");
        String whole = bits + "0".repeat((8 - bits.length() % 8) % 8);
        byte[] head = new byte[whole.length() / 8];
        for (int i = 0; i < head.length; i++) {
            head[i] = new BigInteger(whole.substring(i * 8, i * 8 + 8), 2).byteValue();
        }
        return Bytes.join(
                Bytes.box("ftyp", Bytes.ascii("mif3" + codec)),
                Bytes.box("mini", head, configuration, new byte[1], item));
    }

    private static String binary(int value, int digits) {
        String text = Integer.toBinaryString(value);
        return "0".repeat(digits - text.length()) + text;
    }
}
