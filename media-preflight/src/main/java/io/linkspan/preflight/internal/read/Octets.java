package io.linkspan.preflight.internal.read;

/** Bytes by their position, in a file or unpacked from one. */
interface Octets {
    /** The byte there, as 0 to 255. */
    int at(long position);

    /** Whether these ASCII characters are there. */
    static boolean match(Octets octets, long position, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (octets.at(position + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
