package io.linkspan.link;

import java.util.Objects;

/**
 * The id of an account link: 128 random bits, as 32 hexadecimal digits.
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
            throw new IllegalArgumentException("account link id must be 32 hexadecimal digits, was: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
