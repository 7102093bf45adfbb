package io.linkspan.connection;

import io.linkspan.internal.explain.PlainWords;
import io.linkspan.spi.Cause;
import io.linkspan.spi.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stored observation. Verdicts rest on evidence and show its age.
 *
 * @param source where it was seen, such as {@code tiktok.creator_info} or {@code token answer}
 * @param at when it was seen
 * @param code the platform's raw code, or {@code ok}
 * @param detail what was seen, in words; at most 2,048 characters, never a secret
 * @param cause the same in fields when it was a failure, or null
 */
public record Evidence(
        String source,
        Instant at,
        String code,
        String detail,
        @Nullable Cause cause) {
    private static final int MOST_DETAIL = 2048;
    private static final Duration STALE = Duration.ofDays(1);

    /**
     * Checks the arguments; cleans the texts and cuts the detail to 2,048 characters.
     *
     * @param source where it was seen, such as {@code tiktok.creator_info} or {@code token answer}
     * @param at when it was seen
     * @param code the platform's raw code, or {@code ok}
     * @param detail what was seen, in words; at most 2,048 characters, never a secret
     * @param cause the same in fields when it was a failure, or null
     */
    public Evidence {
        source = Texts.cleaned(Objects.requireNonNull(source, "source"), Texts.MOST_ID);
        Objects.requireNonNull(at, "at");
        code = Texts.cleaned(Objects.requireNonNull(code, "code"), Texts.MOST_ID);
        detail = Texts.cleanedLines(Objects.requireNonNull(detail, "detail"), MOST_DETAIL);
    }

    /**
     * An observation that is no failure with fields.
     *
     * @param source where it was seen
     * @param at when it was seen
     * @param code the platform's raw code, or {@code ok}
     * @param detail what was seen, in words
     */
    public Evidence(String source, Instant at, String code, String detail) {
        this(source, at, code, detail, null);
    }

    /**
     * How old the observation is.
     *
     * @param now the present moment
     * @return its age; never negative
     */
    public Duration age(Instant now) {
        Duration age = Duration.between(at, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /**
     * How old the observation is, for people; from a day on it is called stale, because the platform may say something
     * else by now.
     *
     * @param now the present moment
     * @return such as {@code 5 min old} or {@code stale, 3 d old}
     */
    public String ageInWords(Instant now) {
        Duration age = age(now);
        if (age.compareTo(STALE) >= 0) {
            return "stale, " + age.toDays() + " d old";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h old";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min old" : "fresh";
    }

    /**
     * One line for people, with its age.
     *
     * @param now the present moment
     * @return source, code, detail, time and age
     */
    public String describe(Instant now) {
        return describe() + " (" + ageInWords(now) + ")";
    }

    /**
     * One line for people.
     *
     * @return source, code, detail and time
     */
    public String describe() {
        String what = PlainWords.times(detail).replaceAll("\\.$", "");
        return source + " reported " + code + (what.isEmpty() ? "" : ", " + what) + ", at " + PlainWords.time(at);
    }
}
