package io.linkspan.preflight.internal.read;

/** Reads the first directory of an Exif block, and in the directory of positions only whether there are coordinates. */
final class Exif {
    /** What stands before the block in most formats. */
    private static final String PREFIX = "Exif\0\0";

    private static final int ORIENTATION = 0x0112;
    private static final int GPS = 0x8825;
    private static final int GPS_LATITUDE = 2;
    private static final int GPS_LONGITUDE = 4;
    private static final int RATIONAL = 5;
    private static final int SIGNED_RATIONAL = 10;

    private final Octets octets;
    private final long tiff;
    private final long length;
    private final boolean little;

    private Exif(Octets octets, long tiff, long length) {
        this.octets = octets;
        this.tiff = tiff;
        this.length = length;
        this.little = octets.at(tiff) == 'I' && octets.at(tiff + 1) == 'I';
    }

    /** Follows no pointer but those to the two directories, and only inside the block; some writers put a prefix before it. */
    static void read(Octets octets, long at, long length, ImageHeader image) {
        boolean prefixed = length >= PREFIX.length() && Octets.match(octets, at, PREFIX);
        long skip = prefixed ? PREFIX.length() : 0;
        if (length - skip >= 14) {
            new Exif(octets, at + skip, length - skip).directory(image);
        }
    }

    private void directory(ImageHeader image) {
        long directory = u32(tiff + 4);
        long entries = entries(directory);
        long positions = -1;
        for (long i = 0; i < entries; i++) {
            long entry = tiff + directory + 2 + i * 12;
            int tag = u16(entry);
            if (tag == ORIENTATION) {
                int value = u16(entry + 8);
                image.orientation = value >= 1 && value <= 8 ? value : 1;
            } else if (tag == GPS && positions < 0) {
                positions = u32(entry + 8);
            }
        }
        if (positions >= 0 && !image.location) {
            image.location = hasCoordinates(positions);
        }
    }

    private long entries(long directory) {
        return directory > length - 2 ? 0 : Math.min(u16(tiff + directory), (length - directory - 2) / 12);
    }

    /** Cameras write the directory without a fix too: with a version, a direction, or numbers over zero. */
    private boolean hasCoordinates(long directory) {
        long entries = entries(directory);
        for (long i = 0; i < entries; i++) {
            long entry = tiff + directory + 2 + i * 12;
            int tag = u16(entry);
            if ((tag == GPS_LATITUDE || tag == GPS_LONGITUDE) && isNumber(entry)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNumber(long entry) {
        int type = u16(entry + 2);
        long count = u32(entry + 4);
        if (type != RATIONAL && type != SIGNED_RATIONAL) {
            return count > 0;
        }
        long value = u32(entry + 8);
        for (long i = 0; i < Math.min(count, 3) && value + (i + 1) * 8 <= length; i++) {
            if (u32(tiff + value + i * 8 + 4) != 0) {
                return true;
            }
        }
        return false;
    }

    private int u16(long at) {
        int first = octets.at(at);
        int second = octets.at(at + 1);
        return little ? second << 8 | first : first << 8 | second;
    }

    private long u32(long at) {
        long first = u16(at);
        long second = u16(at + 2);
        return little ? second << 16 | first : first << 16 | second;
    }
}
