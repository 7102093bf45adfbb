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
    private static final int MOST_TEXT = 2048;

    /**
     * Checks the arguments.
     *
     * @param code stable code, such as {@code no_page} or the platform's own code
     * @param source where it was seen, such as {@code instagram.pages}
     * @param detail what was seen, in words; never a secret
     * @param remedy what to do, and who can do it
     */
    public EligibilityFinding {
        code = Texts.cleaned(Objects.requireNonNull(code, "code"), Texts.MOST_ID);
        source = Texts.cleaned(Objects.requireNonNull(source, "source"), Texts.MOST_ID);
        detail = Texts.cleaned(Objects.requireNonNull(detail, "detail"), MOST_TEXT);
        remedy = Texts.cleaned(Objects.requireNonNull(remedy, "remedy"), MOST_TEXT);
    }
}
