package io.linkspan.preflight.internal.read;

/** Reads the first directory of an Exif block: orientation, and whether there is a directory of positions. */
final class Exif {
    private static final int ORIENTATION = 0x0112;
    private static final int GPS = 0x8825;

    private final Source source;
    private final long tiff;
    private final long length;
    private final boolean little;

    private Exif(Source source, long tiff, long length) {
        this.source = source;
        this.tiff = tiff;
        this.length = length;
        this.little = source.u16(tiff) == 0x4949;
    }

    /** Follows no pointer but the first, and only inside the block. */
    static void read(Source source, long tiff, long length, ImageHeader image) {
        if (length >= 14) {
            new Exif(source, tiff, length).directory(image);
        }
    }

    private void directory(ImageHeader image) {
        long directory = u32(tiff + 4);
        if (directory > length - 2) {
            return;
        }
        long entries = Math.min(u16(tiff + directory), (length - directory - 2) / 12);
        for (long i = 0; i < entries; i++) {
            long entry = tiff + directory + 2 + i * 12;
            int tag = u16(entry);
            if (tag == ORIENTATION) {
                int value = u16(entry + 8);
                image.orientation = value >= 1 && value <= 8 ? value : 1;
            } else if (tag == GPS) {
                image.location = true;
            }
        }
    }

    private int u16(long at) {
        int value = source.u16(at);
        return little ? Short.toUnsignedInt(Short.reverseBytes((short) value)) : value;
    }

    private long u32(long at) {
        int value = source.s32(at);
        return (little ? Integer.reverseBytes(value) : value) & 0xFFFFFFFFL;
    }
}
