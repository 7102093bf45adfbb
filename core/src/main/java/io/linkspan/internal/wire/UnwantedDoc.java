package io.linkspan.internal.wire;

import io.linkspan.Platform;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that nothing may use any more, kept only until their grant is ended.
 *
 * @param format 1
 * @param platform platform name
 * @param registration app registration
 * @param sealed the pair, sealed, in Base64
 * @param version how often the pair was replaced
 * @param scopes granted scopes
 * @param account the account, or null when not known
 * @param connection the connection whose history tells of it, or null when there is none
 * @param why how they came here
 * @param until when they are erased in any case
 * @param tries work begun so far
 * @param spentUnclear whether a renewal may have spent the refresh token without a kept answer
 */
public record UnwantedDoc(
        int format,
        String platform,
        String registration,
        String sealed,
        long version,
        Set<String> scopes,
        @Nullable String account,
        @Nullable String connection,
        String why,
        Instant until,
        int tries,
        boolean spentUnclear)
        implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(registration, sealed, scopes, why, until);
        Platform.of(platform);
    }

    private UnwantedDoc with(String pair, long number, int tried, boolean unclear) {
        return new UnwantedDoc(
                format, platform, registration, pair, number, scopes, account, connection, why, until, tried, unclear);
    }

    /** Work begins once more. */
    public UnwantedDoc begun() {
        return with(sealed, version, tries + 1, spentUnclear);
    }

    /** With whether a renewal may have spent the refresh token without a kept answer, as before one is sent. */
    public UnwantedDoc spending(boolean unclear) {
        return with(sealed, version, tries, unclear);
    }

    /** With a renewed pair. */
    public UnwantedDoc renewed(String nextSealed) {
        return with(nextSealed, version + 1, tries, false);
    }
}
