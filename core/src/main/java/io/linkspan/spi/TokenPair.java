package io.linkspan.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one grant.
 *
 * @param access the access token
 * @param refresh the refresh token, or null when the platform extends the access token itself
 */
public record TokenPair(Secret access, @Nullable Secret refresh) {
    /**
     * Checks the argument.
     *
     * @param access the access token
     * @param refresh the refresh token, or null when the platform extends the access token itself
     */
    public TokenPair {
        Objects.requireNonNull(access, "access");
    }
}
