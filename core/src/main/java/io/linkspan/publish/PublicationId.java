package io.linkspan.publish;

import java.util.Objects;

/**
 * The id of a publication: 128 random bits, as 32 hexadecimal digits.
 *
 * @param value the digits
 */
public record PublicationId(String value) {
    /**
     * Checks the form.
     *
     * @param value the digits
     */
    public PublicationId {
        if (!Objects.requireNonNull(value, "value").matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("publication id must be 32 hexadecimal digits, was: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
