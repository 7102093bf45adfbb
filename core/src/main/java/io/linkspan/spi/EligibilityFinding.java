package io.linkspan.spi;

import java.util.Objects;

/**
 * Why an account cannot be connected, and what to do.
 *
 * @param code stable code, such as {@code no_page} or the platform's own code
 * @param source where it was seen, such as {@code instagram.pages}
 * @param detail what was seen, in words; never a secret
 * @param remedy what to do, and who can do it
 */
public record EligibilityFinding(String code, String source, String detail, String remedy) {
    /**
     * Checks the arguments.
     *
     * @param code stable code, such as {@code no_page} or the platform's own code
     * @param source where it was seen, such as {@code instagram.pages}
     * @param detail what was seen, in words; never a secret
     * @param remedy what to do, and who can do it
     */
    public EligibilityFinding {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(remedy, "remedy");
    }
}
