package io.linkspan.preflight.internal.read;

import java.util.Locale;

/** Four-character codes as numbers and as text. */
final class FourCc {
    private FourCc() {}

    static int code(String text) {
        return text.charAt(0) << 24 | text.charAt(1) << 16 | text.charAt(2) << 8 | text.charAt(3);
    }

    /** The code as text; bytes that do not print become {@code \xNN}, so that a report stays one clean line. */
    static String text(int code) {
        StringBuilder text = new StringBuilder(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            int c = code >>> shift & 0xFF;
            if ((c >= 0x20 && c < 0x7F) || c == 0xA9) {
                text.append((char) c);
            } else {
                text.append(String.format(Locale.ROOT, "\\x%02x", c));
            }
        }
        return text.toString();
    }
}
