package io.linkspan.internal.link;

import io.linkspan.spi.ProfileAddress;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds an account in what people write about themselves: pure. A text counts when it holds the account's address, or its
 * handle behind the platform's name. What only looks like it does not: another host, another path, a longer handle, an
 * address inside another address.
 */
final class ProfileText {
    private static final int LONGEST = 4096;
    private static final String HANDLE = "([A-Za-z0-9._]{1,64})";
    /** What may not follow a handle: it would be a longer one, or part of something else. */
    private static final String HANDLE_ENDS = "(?![\\p{L}\\p{N}\\p{M}_@%\\-])";

    private final Pattern address;
    private final Pattern named;
    private final String wanted;

    ProfileText(ProfileAddress form, String handle) {
        this.wanted = ProfileAddress.normal(handle);
        String hosts = form.hosts().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        String prefix = form.prefix().equals("@") ? "(?:@|%40)" : Pattern.quote(form.prefix());
        this.address = Pattern.compile(
                "(?:https?://)?(?:www\\.|m\\.)?(?:" + hosts + ")(?::(?:80|443))?/" + prefix + HANDLE + HANDLE_ENDS,
                Pattern.CASE_INSENSITIVE);
        String names = form.names().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        this.named = Pattern.compile(
                "(?<![\\p{L}\\p{N}\\p{M}_.@/\\\\-])(?:" + names + ")(?![\\p{L}\\p{N}\\p{M}_])[^\\p{L}\\p{N}._]{1,8}"
                        + HANDLE + HANDLE_ENDS,
                Pattern.CASE_INSENSITIVE);
    }

    /** Where and how the account is named. */
    Optional<Match> find(Map<String, String> fields) {
        for (Map.Entry<String, String> field : fields.entrySet()) {
            String text = readable(field.getValue());
            if (hasAddress(text)) {
                return Optional.of(new Match(field.getKey(), "the address of @" + wanted));
            }
            if (hasNamed(text)) {
                return Optional.of(new Match(field.getKey(), "@" + wanted + " behind the platform's name"));
            }
        }
        return Optional.empty();
    }

    /** Letters written with other signs that look the same to people become plain ones, as browsers do with addresses. */
    private static String readable(String text) {
        String some = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return Normalizer.normalize(some, Normalizer.Form.NFKC).replaceAll("[\\p{Cf}\\uFE0E\\uFE0F]", "");
    }

    private boolean hasAddress(String text) {
        Matcher matcher = address.matcher(text);
        while (matcher.find()) {
            if (startsAnAddress(text, matcher.start()) && same(matcher.group(1))) {
                return true;
            }
        }
        return false;
    }

    private boolean hasNamed(String text) {
        Matcher matcher = named.matcher(text);
        int from = 0;
        while (matcher.find(from)) {
            if (same(matcher.group(1))) {
                return true;
            }
            from = matcher.start() + 1; // a name may stand where the last one looked for a handle
        }
        return false;
    }

    private boolean same(String found) {
        String plain = found.toLowerCase(Locale.ROOT);
        while (plain.endsWith(".") && !plain.equals(wanted)) {
            plain = plain.substring(0, plain.length() - 1); // the end of a sentence
        }
        return plain.equals(wanted);
    }

    /** Nothing before it in the same word makes it a part of another address or of a longer host. */
    private static boolean startsAnAddress(String text, int start) {
        if (start == 0) {
            return true;
        }
        int before = text.codePointBefore(start);
        if (Character.isLetterOrDigit(before) || "._-".indexOf(before) >= 0) {
            return false;
        }
        for (int i = start; i > 0; i -= Character.charCount(text.codePointBefore(i))) {
            int one = text.codePointBefore(i);
            if (Character.isWhitespace(one)) {
                return true;
            }
            if ("/\\@?#=&%".indexOf(one) >= 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * A place where the account is named.
     *
     * @param field the platform's field name
     * @param how in words
     */
    record Match(String field, String how) {}
}
