package io.linkspan.internal.wire;

import io.linkspan.connection.Capability;
import io.linkspan.connection.Sides;
import io.linkspan.link.Intent;
import io.linkspan.spi.AccountIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection.
 *
 * @param format 1
 * @param platform platform name
 * @param registration app registration
 * @param intent what for
 * @param account the account
 * @param requestedScopes asked for
 * @param scopes granted
 * @param token the tokens
 * @param sides the three sides
 * @param health what is known per capability
 * @param linkedAt last consent
 * @param checkedAt last look
 * @param checkAt when to look, asked for by a signed message
 * @param revoke a disconnect under way or done
 * @param lastSequence last position in the history
 * @param pending lines of history not yet known to be kept
 */
public record ConnectionDoc(
        int format,
        String platform,
        String registration,
        Intent intent,
        AccountIdentity account,
        Set<String> requestedScopes,
        Set<String> scopes,
        TokenDoc token,
        Sides sides,
        Map<Capability, HealthDoc> health,
        Instant linkedAt,
        @Nullable Instant checkedAt,
        @Nullable Instant checkAt,
        @Nullable RevokeDoc revoke,
        long lastSequence,
        List<HistoryDoc> pending) {

    /** With other tokens. */
    public ConnectionDoc withToken(TokenDoc next) {
        return new ConnectionDoc(
                format,
                platform,
                registration,
                intent,
                account,
                requestedScopes,
                scopes,
                next,
                sides,
                health,
                linkedAt,
                checkedAt,
                checkAt,
                revoke,
                lastSequence,
                pending);
    }

    /** With other granted scopes. */
    public ConnectionDoc withScopes(Set<String> next) {
        return new ConnectionDoc(
                format,
                platform,
                registration,
                intent,
                account,
                requestedScopes,
                next,
                token,
                sides,
                health,
                linkedAt,
                checkedAt,
                checkAt,
                revoke,
                lastSequence,
                pending);
    }

    /** With other sides. */
    public ConnectionDoc withSides(Sides next) {
        return new ConnectionDoc(
                format,
                platform,
                registration,
                intent,
                account,
                requestedScopes,
                scopes,
                token,
                next,
                health,
                linkedAt,
                checkedAt,
                checkAt,
                revoke,
                lastSequence,
                pending);
    }

    /** With another disconnect. */
    public ConnectionDoc withRevoke(@Nullable RevokeDoc next) {
        return new ConnectionDoc(
                format,
                platform,
                registration,
                intent,
                account,
                requestedScopes,
                scopes,
                token,
                sides,
                health,
                linkedAt,
                checkedAt,
                checkAt,
                next,
                lastSequence,
                pending);
    }

    /** With a look asked for. */
    public ConnectionDoc withCheckAt(@Nullable Instant next) {
        return new ConnectionDoc(
                format,
                platform,
                registration,
                intent,
                account,
                requestedScopes,
                scopes,
                token,
                sides,
                health,
                linkedAt,
                checkedAt,
                next,
                revoke,
                lastSequence,
                pending);
    }

    /** After a look. */
    public ConnectionDoc checked(AccountIdentity seen, Map<Capability, HealthDoc> found, Instant at) {
        return new ConnectionDoc(
                format,
                platform,
                registration,
                intent,
                seen,
                requestedScopes,
                scopes,
                token,
                sides,
                found,
                linkedAt,
                at,
                null,
                revoke,
                lastSequence,
                pending);
    }

    /** With other lines of history. */
    public ConnectionDoc withHistory(long last, List<HistoryDoc> lines) {
        return new ConnectionDoc(
                format,
                platform,
                registration,
                intent,
                account,
                requestedScopes,
                scopes,
                token,
                sides,
                health,
                linkedAt,
                checkedAt,
                checkAt,
                revoke,
                last,
                List.copyOf(lines));
    }
}
