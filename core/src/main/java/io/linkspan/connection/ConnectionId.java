package io.linkspan.connection;

import io.linkspan.spi.Texts;
import java.util.Objects;

/**
 * The id of a connection: 48 bits of the time it was made, in milliseconds, and 80 random ones, as 32 hexadecimal
 * digits. It is no secret.
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
            throw new IllegalArgumentException(
                    "connection id must be 32 hexadecimal digits, was: " + Texts.shown(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
