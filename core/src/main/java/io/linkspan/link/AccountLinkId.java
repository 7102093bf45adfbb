package io.linkspan.link;

import io.linkspan.spi.Texts;
import java.util.Objects;

/**
 * The id of an account link: 48 bits of the time it was made, in milliseconds, and 80 random ones, as 32 hexadecimal
 * digits. It is no secret.
 *
 * @param value the digits
 */
public record AccountLinkId(String value) {
    /**
     * Checks the form.
     *
     * @param value the digits
     */
    public AccountLinkId {
        if (!Objects.requireNonNull(value, "value").matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException(
                    "account link id must be 32 hexadecimal digits, was: " + Texts.shown(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
