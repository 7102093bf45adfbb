package io.linkspan.preflight.internal.read;

/** Looks for coordinates in XMP packets; they are searched as text, up to so many bytes in a file. */
final class Xmp {
    private static final String LATITUDE = "gpslatitude";
    private static final String LONGITUDE = "gpslongitude";
    private static final String BLANKS = " \t\r\n";

    private long left = 1 << 16;
    private boolean partial;

    /** Whether a packet has a latitude or a longitude that is not empty, in any case of letters. */
    boolean hasPosition(Octets octets, long at, long length) {
        long end = at + Math.min(length, left);
        left -= end - at;
        partial |= end < at + length;
        for (long i = at; i < end - LATITUDE.length(); i++) {
            if ((octets.at(i) | 0x20) == 'g'
                    && (isGiven(octets, i, end, LATITUDE) || isGiven(octets, i, end, LONGITUDE))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a part of the packets was not searched. */
    boolean isPartial() {
        return partial;
    }

    private static boolean isGiven(Octets octets, long at, long end, String name) {
        if (at + name.length() > end) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if ((octets.at(at + i) | 0x20) != name.charAt(i)) {
                return false;
            }
        }
        // an attribute, name="1", or an element, <name>1
        long value = pastBlanks(octets, at + name.length(), end);
        int mark = value < end ? octets.at(value) : 0;
        if (mark == '=') {
            value = pastBlanks(octets, value + 1, end);
            mark = value < end ? octets.at(value) : 0;
        }
        if (mark != '>' && mark != '"' && mark != '\'') {
            return false;
        }
        value = pastBlanks(octets, value + 1, end);
        int first = value < end ? octets.at(value) : 0;
        return (first >= '0' && first <= '9') || first == '+' || first == '-' || first == '.';
    }

    private static long pastBlanks(Octets octets, long from, long end) {
        long at = from;
        while (at < end && BLANKS.indexOf(octets.at(at)) >= 0) {
            at++;
        }
        return at;
    }
}
