package io.linkspan.connection;

import java.util.Objects;

/**
 * The id of a connection: 128 random bits, as 32 hexadecimal digits.
 *
 * @param value the digits
 */
public record ConnectionId(String value) {
    /**
     * Checks the form.
     *
     * @param value the digits
     */
    public ConnectionId {
        if (!Objects.requireNonNull(value, "value").matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("connection id must be 32 hexadecimal digits, was: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
