package io.linkspan.preflight;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Pieces of metadata that files of several formats carry. */
final class Pieces {
    static final String XMP_SPACE = "http://ns.adobe.com/xap/1.0/\0";

    private Pieces() {}

    /** What an Exif block says about the place. */
    enum Place {
        /** 48° 51' 30" N, 2° 17' 40" E. */
        FULL(true),
        /** A latitude alone. */
        LATITUDE(true),
        /** The directory's version alone. */
        VERSION(false),
        /** The direction of the camera alone. */
        DIRECTION(false),
        /** A directory of no entries. */
        EMPTY(false),
        /** Coordinates of 0/0, as cameras without a fix write. */
        UNDEFINED(false),
        /** No directory. */
        NONE(false);

        private final boolean located;

        Place(boolean located) {
            this.located = located;
        }

        boolean located() {
            return located;
        }
    }

    /** A TIFF block with an orientation and a place. */
    static byte[] exif(ByteOrder order, int orientation, Place place) {
        ByteBuffer out = ByteBuffer.allocate(400).order(order);
        out.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.ISO_8859_1));
        out.putShort((short) 42).putInt(8);
        out.putShort((short) (place == Place.NONE ? 1 : 2));
        entry(out, 0x0112, 3, 1);
        out.putShort((short) orientation).putShort((short) 0);
        int directory = 8 + 2 + 24 + 4;
        if (place != Place.NONE) {
            entry(out, 0x8825, 4, 1);
            out.putInt(directory);
        }
        out.putInt(0);
        if (place == Place.NONE) {
            return Arrays.copyOf(out.array(), out.position());
        }
        int entries = place == Place.EMPTY
                ? 0
                : place == Place.FULL || place == Place.UNDEFINED
                        ? 5
                        : place == Place.LATITUDE ? 3 : place == Place.DIRECTION ? 3 : 1;
        int data = directory + 2 + entries * 12 + 4;
        out.putShort((short) entries);
        if (entries > 0) {
            entry(out, 0, 1, 4);
            out.put(new byte[] {2, 3, 0, 0});
        }
        if (place == Place.DIRECTION) {
            reference(out, 0x10, 'T');
            entry(out, 0x11, 5, 1);
            out.putInt(data);
        } else if (entries >= 3) {
            reference(out, 1, 'N');
            entry(out, 2, 5, 3);
            out.putInt(data);
            if (entries == 5) {
                reference(out, 3, 'E');
                entry(out, 4, 5, 3);
                out.putInt(data + 24);
            }
        }
        out.putInt(0);
        int[] numbers = {48, 1, 51, 1, 30, 1, 2, 1, 17, 1, 40, 1};
        for (int number : numbers) {
            out.putInt(place == Place.UNDEFINED ? 0 : number);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void entry(ByteBuffer out, int tag, int type, int count) {
        out.putShort((short) tag).putShort((short) type).putInt(count);
    }

    private static void reference(ByteBuffer out, int tag, char value) {
        entry(out, tag, 2, 2);
        out.put(new byte[] {(byte) value, 0, 0, 0});
    }

    /** An XMP packet, with a place or a place's time only. */
    static byte[] xmp(boolean located, boolean attribute) {
        String place = located
                ? attribute ? "exif:GPSLatitude=\"48,51.5N\" exif:GPSLongitude=\"2,17.66E\"" : ""
                : "exif:GPSTimeStamp=\"2026-11-30T00:00:00Z\"";
        String inner = located && !attribute
                ? "<exif:GPSLatitude>48,51.5N</exif:GPSLatitude><exif:GPSLongitude>2,17.66E</exif:GPSLongitude>"
                : "";
        return Bytes.ascii("<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
                + "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about=''"
                + " xmlns:exif='http://ns.adobe.com/exif/1.0/' " + place + ">" + inner
                + "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>");
    }

    /** A Multi-Picture segment with entries of these types. */
    static byte[] multiPicture(int... types) {
        ByteBuffer out = ByteBuffer.allocate(8 + 2 + 36 + 4 + 16 * types.length);
        out.put(Bytes.ascii("MM\0*")).putInt(8).putShort((short) 3);
        entry(out, 0xB000, 7, 4);
        out.put(Bytes.ascii("0100"));
        entry(out, 0xB001, 4, 1);
        out.putInt(types.length);
        entry(out, 0xB002, 7, 16 * types.length);
        out.putInt(8 + 2 + 36 + 4);
        out.putInt(0);
        for (int type : types) {
            out.putInt(type).putInt(1000).putInt(0).putInt(0);
        }
        return Bytes.join(Bytes.ascii("MPF\0"), out.array());
    }

    /** A JPEG with a segment put before all others. */
    static byte[] segment(byte[] jpeg, int marker, byte[] content) {
        int length = content.length + 2;
        byte[] head = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) marker, (byte) (length >> 8), (byte) length};
        return Bytes.join(head, content, Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    /** A PNG with a chunk put after its header. */
    static byte[] chunk(byte[] png, String type, byte[] content) {
        int after = 8 + 25;
        CRC32 crc = new CRC32();
        crc.update(Bytes.join(Bytes.ascii(type), content));
        return Bytes.join(
                Arrays.copyOf(png, after),
                Bytes.u32(content.length),
                Bytes.ascii(type),
                content,
                Bytes.u32(crc.getValue()),
                Arrays.copyOfRange(png, after, png.length));
    }

    /** A profile as ImageMagick writes it into a PNG. */
    static byte[] rawProfile(String name, byte[] content) {
        StringBuilder hex = new StringBuilder("\n" + name + "\n    " + content.length + "\n");
        for (int i = 0; i < content.length; i++) {
            hex.append(String.format(Locale.ROOT, "%02x", content[i])).append(i % 36 == 35 ? "\n" : "");
        }
        return Bytes.ascii(hex + "\n");
    }

    static byte[] packed(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** An extended WebP around the picture chunk of a plain one, with one more chunk. */
    static byte[] webp(byte[] plain, int flags, int width, int height, byte[]... chunks) {
        byte[] extended = riff("VP8X", new byte[] {
            (byte) flags,
            0,
            0,
            0,
            (byte) (width - 1),
            (byte) ((width - 1) >> 8),
            0,
            (byte) (height - 1),
            (byte) ((height - 1) >> 8),
            0
        });
        byte[] inner = Bytes.join(
                Bytes.ascii("WEBP"), extended, Arrays.copyOfRange(plain, 12, plain.length), Bytes.join(chunks));
        return riff("RIFF", inner);
    }

    static byte[] riff(String type, byte[] content) {
        ByteBuffer size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(content.length);
        return Bytes.join(Bytes.ascii(type), size.array(), content, new byte[content.length & 1]);
    }
}
