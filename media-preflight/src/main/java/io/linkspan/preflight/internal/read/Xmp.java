package io.linkspan.preflight.internal.read;

/** Looks for coordinates in XMP packets; they are searched as text, up to so many bytes in a file. */
final class Xmp {
    private static final String PROPERTY = "GPSL";
    private static final String LATITUDE = "GPSLatitude";
    private static final String LONGITUDE = "GPSLongitude";

    private long left = 1 << 16;

    /** Whether a packet has a latitude or a longitude that is not empty. */
    boolean hasPosition(Octets octets, long at, long length) {
        long end = at + Math.min(length, left);
        left -= end - at;
        // the shortest that counts is a property with one digit
        for (long i = at; i < end - LATITUDE.length() - 3; i++) {
            if (octets.at(i) == 'G' && Octets.match(octets, i, PROPERTY) && isGiven(octets, i, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isGiven(Octets octets, long at, long end) {
        String name = Octets.match(octets, at, LATITUDE) ? LATITUDE : LONGITUDE;
        long value = at + name.length();
        if (value + 3 > end || !Octets.match(octets, at, name)) {
            return false;
        }
        // an attribute, name="1", or an element, <name>1
        boolean attribute = octets.at(value) == '=';
        int first = octets.at(value + (attribute ? 2 : 1));
        return (attribute || octets.at(value) == '>') && first >= '0' && first <= '9';
    }
}
