package io.linkspan.tiktok;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Redirect addresses of desktop programs: on the loopback, with a port, which may be registered as {@code *}.
 *
 * <p>Source: {@code developers.tiktok.com/docs/en/login-kit-desktop}, read 2026-11-20.
 */
final class DesktopRedirect {
    private static final int LIMIT = 512;
    private static final Pattern FORM =
            Pattern.compile("(https?://(?:localhost|127\\.0\\.0\\.1)):(\\*|\\d{1,5})(/[^?#\\s]*)?");

    private DesktopRedirect() {}

    static boolean isRegistrable(String text) {
        return text.length() < LIMIT && FORM.matcher(text).matches();
    }

    /** Whether an address of one connect is the registered one; only a registered {@code *} leaves the port open. */
    static boolean fits(String registered, URI asked) {
        Matcher known = FORM.matcher(registered);
        Matcher used = FORM.matcher(asked.toString());
        return known.matches()
                && used.matches()
                && !used.group(2).equals("*")
                && known.group(1).equals(used.group(1))
                && (known.group(2).equals("*") || known.group(2).equals(used.group(2)))
                && String.valueOf(known.group(3)).equals(String.valueOf(used.group(3)));
    }
}
