package io.linkspan.internal.connection;

import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.explain.PlainWords;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.RemovalDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenFact;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.TokenEffect;
import java.time.Instant;

/** Status from facts: pure. */
public final class StatusRule {
    private StatusRule() {}

    /** The status at a moment. */
    public static ConnectionStatus status(ConnectionDoc doc, RenewalModel renewal, Instant now) {
        Sides sides = doc.sides();
        if (sides.local() != Sides.Local.HELD) {
            boolean proven = sides.local() == Sides.Local.WIPED
                    && sides.grantProvenGone()
                    && sides.visibleLink() != Sides.VisibleLink.UNKNOWN;
            return proven ? new ConnectionStatus.Revoked(sides) : new ConnectionStatus.PartiallyRevoked(sides);
        }
        ConnectionStatus status = byTokens(doc.token(), renewal, now);
        RemovalDoc removal = doc.removal();
        return removal != null && status.kind() == ConnectionStatus.Kind.REFRESH_REQUIRED
                ? new ConnectionStatus.RefreshRequired("a removal of the access was reported and is being confirmed: "
                        + removal.seen().describe())
                : status;
    }

    private static ConnectionStatus byTokens(TokenDoc token, RenewalModel renewal, Instant now) {
        Evidence cause = token.cause();
        Instant chainEnd = token.refreshExpiresAt();
        if (chainEnd != null && !now.isBefore(chainEnd)) {
            return new ConnectionStatus.Expired(chainEnd);
        }
        Instant end = token.accessExpiresAt();
        Instant ended = end != null && !now.isBefore(end) ? end : null;
        if (token.effect() == TokenEffect.WAITING_FOR_PERSON && cause != null) {
            return ended != null && !renewal.renewsExpired() // whatever the account waits for, only a new consent helps
                    ? new ConnectionStatus.Expired(ended)
                    : new ConnectionStatus.AwaitingAccount(cause);
        }
        if (token.phase() == TokenPhase.REAUTH_REQUIRED) {
            return new ConnectionStatus.ReauthorizationRequired(
                    cause == null ? new Evidence("linkspan", token.issuedAt(), "unknown", "") : cause);
        }
        if (ended != null) {
            return renewal.renewsExpired()
                    ? new ConnectionStatus.RefreshRequired("the access token ended at " + PlainWords.time(ended))
                    : new ConnectionStatus.Expired(ended);
        }
        if (token.is(TokenFact.ACCESS_REFUSED)) {
            return new ConnectionStatus.RefreshRequired((token.isRestored()
                            ? "the tokens came out of a back-up; they are not used before the platform has taken them"
                            : "the platform refuses the access token; a renewal may help")
                    + (cause == null ? "" : ": " + cause.describe()));
        }
        if (token.phase() == TokenPhase.UNCLEAR) {
            return new ConnectionStatus.RefreshRequired("the last renewal got no clear answer; it is repeated in time");
        }
        return new ConnectionStatus.Authorized(end == null ? Instant.MAX : end);
    }
}
