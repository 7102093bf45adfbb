package io.linkspan.internal.explain;

import io.linkspan.connection.Evidence;
import io.linkspan.spi.Cause;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words for support staff out of those of platforms and records: pure. */
public final class PlainWords {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** A part of a sentence that says what Linkspan will do, or only that one should wait for it. */
    private static final Pattern PROMISE = Pattern.compile(
            "\\b(is|are|be) (tried|started|sent|read|asked|checked) again\\b|\\brequest (is )?repeated\\b"
                    + "|works again by itself|\\bgoes on\\b|\\bgo on\\b|\\btries again\\b|^\\s*wait\\s*$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern PART = Pattern.compile("(?<=[.;])\\s+|(?=, then it can go on)");
    private static final Pattern CONDITION =
            Pattern.compile("^(if it stays|when that does not help),\\s*", Pattern.CASE_INSENSITIVE);

    /** A clause that says to submit the post once more, and not one that warns of it. */
    private static final Pattern RESUBMISSION = Pattern.compile(
            ",?\\s*(\\b(and|then|or)\\s+)*(?<!\\bnot )\\b(re-?(submit|post|publish)\\b"
                    + "|(publish(es)?|posts?|submits?|send)\\b( (it|this|the post))? (again|once more)\\b)[^.;]*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ANSWERED = Pattern.compile("^\\S+ answered .*? \\((.*?)\\)\\. ");
    private static final Pattern OPERATION = Pattern.compile("^[a-z0-9-]+\\.[a-z_.]+: ");

    private static final Pattern INSTANT = Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern ASK = Pattern.compile("\\b[Aa]sk the user to ");

    private PlainWords() {}

    /** A time to the second, the only form in which texts hold one; the seconds only where they are not zero. */
    public static String time(Instant time) {
        if (time.isAfter(Instant.parse("9999-12-31T00:00:00Z"))) {
            return "no end";
        }
        Instant seconds = time.truncatedTo(ChronoUnit.SECONDS);
        boolean whole = seconds.equals(time.truncatedTo(ChronoUnit.MINUTES));
        return (whole ? MINUTES : SECONDS).format(seconds);
    }

    /** How far one side of a connection is removed. */
    public static String side(Enum<?> side) {
        return switch (side.name()) {
            case "REVOKE_ONLY" -> "kept only to revoke the access";
            case "WIPED" -> "erased";
            case "REVOKED_VERIFIED" -> "revoked (verified)";
            case "REVOKED_UNVERIFIED" -> "revoked (not verified)";
            case "NOT_VERIFIABLE" -> "cannot be verified";
            case "REMOVED_BY_PERSON" -> "removed by the user";
            case "REMOVED_SAID_BY_PERSON" -> "removed (confirmed by the user)";
            default -> side.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /** What is left of a text for a final state, where nothing follows by itself. */
    public static String withoutPromises(String text) {
        if (PART.splitAsStream(text)
                .noneMatch(part -> PROMISE.matcher(trimmed(part)).find())) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        for (String part : PART.splitAsStream(text).toList()) {
            String words = trimmed(part);
            if (PROMISE.matcher(words).find()) {
                continue;
            }
            words = CONDITION.matcher(words).replaceFirst("");
            if (!words.isBlank()) {
                boolean more = part.endsWith(";") && !kept.isEmpty();
                kept.append(kept.isEmpty() ? "" : " ")
                        .append(more ? words : sentence(words))
                        .append(more ? ";" : "");
            }
        }
        return kept.toString().replaceAll(";$", ".");
    }

    /**
     * What is left of a text while the post has not ended: it is still sent, so submitting it once more would make two posts. The
     * remedies of other adapters and of earlier records may say so.
     */
    static String withoutResubmission(String text) {
        Matcher clause = RESUBMISSION.matcher(text);
        return clause.find()
                ? clause.replaceAll("")
                        .replaceAll("[.;]+(?=[.;])|^[.;\\s]+", "")
                        .replaceAll(";$", ".")
                : text;
    }

    private static String trimmed(String part) {
        return part.replaceAll("[.;,\\s]+$", "");
    }

    /** The platform's answer in one sentence, without the advice that belongs to it, and with its code. */
    static String answer(Evidence seen) {
        Cause cause = seen.cause();
        String detail = seen.detail();
        int advice = cause == null ? -1 : detail.indexOf(". " + cause.remedy());
        String what = advice < 0 ? detail : detail.substring(0, advice);
        return sentence(what.isBlank() ? "The answer gives no reason" : what) + " Code: " + seen.code() + ".";
    }

    /** What was observed, in the words of the catalogue where they are in it. */
    static String observed(String detail) {
        Matcher answered = ANSWERED.matcher(detail);
        return sentence(answered.find() ? answered.group(1) : detail);
    }

    /** What failed, without the name of the operation. */
    static String failure(String what) {
        return sentence(OPERATION.matcher(what).replaceFirst(""));
    }

    /** With a capital at its start and a full stop at its end; empty stays empty. */
    static String sentence(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return "";
        }
        boolean word = Character.isLowerCase(trimmed.charAt(0)) && !trimmed.startsWith("http");
        String start = word ? trimmed.substring(0, 1).toUpperCase(Locale.ROOT) + trimmed.substring(1) : trimmed;
        return start.matches("(?s).*[.!?:]") ? start : start + ".";
    }

    /** Texts of catalogues and records call the user "the person", and write times for machines. */
    public static String plain(String text) {
        return times(text.replace("the person", "the user").replace("The person", "The user"));
    }

    /** With the times that earlier records, platforms and hosts write for machines in the form of texts; what only looks like one stays. */
    public static String times(String text) {
        return INSTANT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(timeOr(found.group())));
    }

    private static String timeOr(String text) {
        try {
            return time(Instant.parse(text));
        } catch (DateTimeException e) {
            return text;
        }
    }

    /** A step; one for the user is said to the user. */
    static String step(String text, boolean forUser) {
        return sentence(forUser ? ASK.matcher(text).replaceAll("") : text);
    }
}
