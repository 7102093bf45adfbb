package io.linkspan.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A stored observation. Verdicts rest on evidence and show its age.
 *
 * @param source where it was seen, such as {@code tiktok.creator_info} or {@code token answer}
 * @param at when it was seen
 * @param code the platform's raw code, or {@code ok}
 * @param detail what was seen, in words; at most 2,048 characters, never a secret
 */
public record Evidence(String source, Instant at, String code, String detail) {
    /**
     * Checks the arguments and cuts the detail to 2,048 characters.
     *
     * @param source where it was seen, such as {@code tiktok.creator_info} or {@code token answer}
     * @param at when it was seen
     * @param code the platform's raw code, or {@code ok}
     * @param detail what was seen, in words; at most 2,048 characters, never a secret
     */
    public Evidence {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(code, "code");
        detail = cut(Objects.requireNonNull(detail, "detail"));
    }

    private static String cut(String text) {
        return text.length() <= 2048 ? text : text.substring(0, 2048);
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
     * One line for people.
     *
     * @return source, code, detail and time
     */
    public String describe() {
        return source + " said " + code + (detail.isEmpty() ? "" : ", " + detail) + ", at " + at;
    }
}
