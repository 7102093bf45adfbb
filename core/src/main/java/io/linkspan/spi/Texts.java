package io.linkspan.spi;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The rule for every text that enters: well-formed Unicode, no NUL, no control characters but line breaks and tabs where a field
 * takes them, and a length within its limit. Lengths are counted in UTF-16 units, as {@link String#length()} does.
 *
 * <p>A text that is refused would be changed or refused by one store and taken by another: a lone surrogate becomes {@code ?} in
 * UTF-8, so two keys become one. Texts that come from a platform are not refused but {@linkplain #cleaned cleaned}.
 */
public final class Texts {
    /** Longest secret: 65,536 UTF-16 units. */
    public static final int MOST_SECRET = 64 * 1024;

    /** Longest code of a platform that is kept: 100 characters. */
    public static final int MOST_CODE = 100;

    /** Longest id that a platform or a host gives an account, a job or a scope: 200 UTF-16 units. */
    public static final int MOST_ID = 200;

    /** Longest reason or statement of a person: 500 UTF-16 units. */
    public static final int MOST_REASON = 500;

    /** Longest address: 4,096 UTF-16 units. */
    public static final int MOST_ADDRESS = 4096;

    /** Letters and digits mixed at a length that no code has. */
    private static final Pattern TOKEN =
            Pattern.compile("(?=[A-Za-z0-9]{0,99}[A-Za-z])(?=[A-Za-z0-9]{0,99}[0-9])[A-Za-z0-9]{16,}");

    private static final int MOST_VALUES = 64;
    private static final int MOST_VALUE = 4096;
    private static final int MOST_SHOWN = 80;
    private static final int MOST_LISTED = 5;

    private Texts() {}

    /**
     * Checks an id, a key or a name: not blank, one line.
     *
     * @param field the field's name for the message
     * @param value the text
     * @param most longest length in UTF-16 units
     * @return the text
     * @throws IllegalArgumentException naming the field, the position and the remedy
     */
    public static String name(String field, String value, int most) {
        if (Objects.requireNonNull(value, field).isBlank()) {
            throw new IllegalArgumentException(field + " must have 1 to " + most + " characters, "
                    + (value.isEmpty() ? "was empty" : "was blank") + "; give a non-blank one");
        }
        return line(field, value, most);
    }

    /**
     * Checks a text of one line; it may be empty.
     *
     * @param field the field's name for the message
     * @param value the text
     * @param most longest length in UTF-16 units
     * @return the text
     * @throws IllegalArgumentException naming the field, the position and the remedy
     */
    public static String line(String field, String value, int most) {
        requireLength(field, Objects.requireNonNull(value, field), most);
        return checked(field, value, false);
    }

    /**
     * Checks a text that may have line breaks and tabs; it may be empty.
     *
     * @param field the field's name for the message
     * @param value the text
     * @param most longest length in UTF-16 units
     * @return the text
     * @throws IllegalArgumentException naming the field, the position and the remedy
     */
    public static String text(String field, String value, int most) {
        requireLength(field, Objects.requireNonNull(value, field), most);
        return checked(field, value, true);
    }

    /**
     * Checks a reason or a statement that is kept as evidence: not blank, may have line breaks.
     *
     * @param field the field's name for the message
     * @param value the text
     * @param most longest length in UTF-16 units
     * @return the text
     * @throws IllegalArgumentException naming the field, the position and the remedy
     */
    public static String reason(String field, String value, int most) {
        if (Objects.requireNonNull(value, field).isBlank()) {
            throw new IllegalArgumentException(
                    field + " must have 1 to " + most + " characters, was blank; say who decided and why");
        }
        return text(field, value, most);
    }

    /**
     * Checks a secret: not blank, one line, without blanks around it. No message shows any of it.
     *
     * @param field the field's name for the message
     * @param value the text
     * @return the text
     * @throws IllegalArgumentException naming the field, the position and the remedy
     */
    public static String secret(String field, String value) {
        if (Objects.requireNonNull(value, field).isBlank()) {
            throw new IllegalArgumentException(field + " must not be blank");
        }
        requireLength(field, value, MOST_SECRET);
        int last = value.length() - 1;
        if (isSpace(value.charAt(last)) || isSpace(value.charAt(0))) {
            int at = isSpace(value.charAt(0)) ? 0 : last;
            throw new IllegalArgumentException(field + " has " + named(value.charAt(at)) + " at index " + at
                    + (at == 0 ? ", its begin" : ", its end")
                    + "; remove it, as with strip(): files and environment variables often bring one");
        }
        return checked(field, value, false);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static void requireLength(String field, String value, int most) {
        if (value.length() > most) {
            throw new IllegalArgumentException(field + " must have at most "
                    + String.format(Locale.ROOT, "%,d", most)
                    + " characters (UTF-16 units), had "
                    + String.format(Locale.ROOT, "%,d", value.length()) + "; shorten it");
        }
    }

    private static String checked(String field, String value, boolean multiline) {
        int at = firstBad(value, multiline);
        if (at >= 0) {
            char bad = value.charAt(at);
            throw new IllegalArgumentException(
                    field + " has " + named(bad) + " at index " + at + "; " + remedy(bad, multiline));
        }
        return value;
    }

    private static int firstBad(String value, boolean multiline) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!pairAt(value, i)) {
                    return i;
                }
                i++;
            } else if (Character.isISOControl(c) && !(multiline && isBreak(c))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean pairAt(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                && i + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(i + 1));
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r' || c == '\t';
    }

    private static String named(char c) {
        if (Character.isSurrogate(c)) {
            return "half a surrogate pair (" + codePoint(c) + ")";
        }
        return switch (c) {
            case '\0' -> "a NUL character (U+0000)";
            case '\n', '\r' -> "a line break (" + codePoint(c) + ")";
            default ->
                Character.isISOControl(c)
                        ? "a control character (" + codePoint(c) + ")"
                        : "a blank (" + codePoint(c) + ")";
        };
    }

    private static String codePoint(char c) {
        return String.format(Locale.ROOT, "U+%04X", (int) c);
    }

    private static String remedy(char c, boolean multiline) {
        if (Character.isSurrogate(c)) {
            return "the text was cut inside a character or read in another encoding: pass it whole";
        }
        return multiline ? "remove it; line breaks and tabs are taken" : "remove it; the field takes one line";
    }

    /**
     * Whether a text is well-formed Unicode without control characters.
     *
     * @param value the text
     * @return false when {@link #line} would refuse it for another reason than its length
     */
    public static boolean isClean(String value) {
        return firstBad(value, false) < 0;
    }

    /**
     * A text from a platform, fit to be kept: control characters become blanks, halves of surrogate pairs become U+FFFD, and what
     * is longer is cut, never inside a pair.
     *
     * @param value the text
     * @param most longest length in UTF-16 units
     * @return the text as it can be kept
     */
    public static String cleaned(String value, int most) {
        return cleaned(value, most, false);
    }

    /**
     * A text of several lines as {@link #cleaned(String, int)} returns it, with its line breaks and tabs.
     *
     * @param value the text
     * @param most longest length in UTF-16 units
     * @return the text as it can be kept
     */
    public static String cleanedLines(String value, int most) {
        return cleaned(value, most, true);
    }

    private static String cleaned(String value, int most, boolean multiline) {
        String cut = cut(value, most);
        if (firstBad(cut, multiline) < 0) {
            return cut;
        }
        StringBuilder clean = new StringBuilder(cut.length());
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            if (Character.isSurrogate(c)) {
                if (pairAt(cut, i)) {
                    clean.append(c).append(cut.charAt(++i));
                } else {
                    clean.append('\uFFFD');
                }
            } else {
                clean.append(Character.isISOControl(c) && !(multiline && isBreak(c)) ? ' ' : c);
            }
        }
        return clean.toString();
    }

    /**
     * Named texts from a platform, fit to be kept: at most 64, each at most 4,096 characters long.
     *
     * @param values texts by name
     * @return a copy in the order of the names, which cannot be changed
     */
    public static Map<String, String> cleaned(Map<String, String> values) {
        Map<String, String> clean = new TreeMap<>();
        new TreeMap<>(values)
                .entrySet().stream()
                        .limit(MOST_VALUES)
                        .forEach(entry ->
                                clean.put(cleaned(entry.getKey(), MOST_ID), cleaned(entry.getValue(), MOST_VALUE)));
        return Collections.unmodifiableMap(clean);
    }

    /**
     * A text up to a length, never cut inside a surrogate pair.
     *
     * @param value the text
     * @param most longest length in UTF-16 units
     * @return the text or its begin
     */
    public static String cut(String value, int most) {
        if (value.length() <= most) {
            return value;
        }
        boolean inside = most > 0 && pairAt(value, most - 1);
        return value.substring(0, inside ? most - 1 : most);
    }

    /**
     * A platform's code, fit to be kept: letters, digits and {@code _./:-}; other characters become {@code _}, and what is longer
     * than {@value #MOST_CODE} characters, or has the look of a token, is no code and is replaced.
     *
     * @param value the code as it came
     * @return the code as it can be kept
     */
    public static String code(String value) {
        if (value.length() > MOST_CODE || TOKEN.matcher(value).find()) {
            return "unreadable_code";
        }
        StringBuilder code = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "_./:-".indexOf(c) >= 0);
            code.append(plain ? c : '_');
        }
        return code.toString();
    }

    /**
     * An input as a message shows it: in quotes, cut, without anything that breaks a line.
     *
     * @param value the input; never a secret
     * @return at most about 100 characters
     */
    public static String shown(String value) {
        String head = cleaned(value, MOST_SHOWN);
        return "\"" + head + "\""
                + (value.length() > MOST_SHOWN
                        ? " (the first " + MOST_SHOWN + " of " + String.format(Locale.ROOT, "%,d", value.length())
                                + " characters)"
                        : "");
    }

    /**
     * Inputs as a message lists them: the first five, and how many more there are.
     *
     * @param values the inputs; never secrets
     * @return at most about 600 characters
     */
    public static String listed(Collection<String> values) {
        StringBuilder list = new StringBuilder();
        Iterator<String> each = values.iterator();
        for (int i = 0; i < MOST_LISTED && each.hasNext(); i++) {
            list.append(i == 0 ? "" : ", ").append(shown(each.next()));
        }
        int more = values.size() - MOST_LISTED;
        return more > 0
                ? list.append(" and ")
                        .append(String.format(Locale.ROOT, "%,d", more))
                        .append(" more")
                        .toString()
                : list.toString();
    }
}
