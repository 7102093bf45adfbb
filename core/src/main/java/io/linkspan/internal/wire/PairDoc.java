package io.linkspan.internal.wire;

import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenPair;
import org.jspecify.annotations.Nullable;

/**
 * A token pair; sealed as a whole.
 *
 * @param access access token
 * @param refresh refresh token
 */
public record PairDoc(String access, @Nullable String refresh) {
    /** From a pair. */
    public static PairDoc of(TokenPair pair) {
        Secret refresh = pair.refresh();
        return new PairDoc(pair.access().reveal(), refresh == null ? null : refresh.reveal());
    }

    /** As a pair. */
    public TokenPair pair() {
        return new TokenPair(Secret.of(access), refresh == null ? null : Secret.of(refresh));
    }

    @Override
    public String toString() {
        return "PairDoc[redacted]";
    }
}
