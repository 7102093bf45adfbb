package io.linkspan.internal.connection;

import io.linkspan.connection.Attention.Reason;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Explanation.Who;
import io.linkspan.connection.Sides;
import io.linkspan.internal.explain.ConnectionExplainer;
import io.linkspan.internal.explain.PlainWords;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.RevokeDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenFact;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.TokenEffect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody should look at: pure. At any moment {@link #reasons} has some exactly when {@link #from} is at or before
 * that moment, so that the one may be stored to find the other.
 */
public final class AttentionRule {
    private AttentionRule() {}

    /** From when on, unless it changes before; null when never. */
    public static @Nullable Instant from(ConnectionDoc doc, OAuthAdapter oauth) {
        if (doc.sides().local() != Sides.Local.HELD) {
            return settled(doc.sides()) ? null : givenUpAt(doc);
        }
        Stream<@Nullable Instant> moments = Stream.concat(
                Stream.of(
                        tokenTrouble(doc.token()),
                        consentWarning(doc.token()),
                        TokenLife.overdueAt(doc.token(), oauth.renewal())),
                blocks(doc, oauth).stream().map(CapabilityHealth.Blocked::since));
        return moments.flatMap(Stream::ofNullable).min(Instant::compareTo).orElse(null);
    }

    /** Why, at a moment. */
    static List<Reason> reasons(ConnectionDoc doc, OAuthAdapter oauth, Instant now) {
        List<Reason> reasons = new ArrayList<>();
        ConnectionStatus status = StatusRule.status(doc, oauth.renewal(), now);
        String code = status.kind().name().toLowerCase(Locale.ROOT);
        if (doc.sides().local() != Sides.Local.HELD) {
            Instant since = givenUpAt(doc);
            if (!settled(doc.sides()) && !since.isAfter(now)) {
                reasons.add(new Reason(code, status.describe(), since, Who.PERSON));
            }
            return reasons;
        }
        Instant trouble = tokenTrouble(doc.token());
        if (status.kind() != ConnectionStatus.Kind.AUTHORIZED && trouble != null && !trouble.isAfter(now)) {
            Who who = status.kind() == ConnectionStatus.Kind.REFRESH_REQUIRED ? Who.LINKSPAN : Who.PERSON;
            reasons.add(new Reason(code, status.describe(), trouble, who));
        }
        Instant overdue = TokenLife.overdueAt(doc.token(), oauth.renewal());
        if (status.kind() == ConnectionStatus.Kind.AUTHORIZED && overdue != null && !overdue.isAfter(now)) {
            reasons.add(new Reason(
                    "renewal_overdue",
                    "the renewal of the access token is overdue; see that a worker runs: linkspan.worker().start()",
                    overdue,
                    Who.OPERATOR));
        }
        blocks(doc, oauth).stream()
                .filter(block -> !block.since().isAfter(now))
                .map(block -> new Reason(
                        block.reason(),
                        block.describe(now),
                        block.since(),
                        Who.valueOf(block.actor().name())))
                .distinct()
                .forEach(reasons::add);
        Instant consentEnd = doc.token().refreshExpiresAt();
        Instant warning = consentWarning(doc.token());
        if (consentEnd != null
                && warning != null
                && !warning.isAfter(now)
                && status.kind() != ConnectionStatus.Kind.EXPIRED) {
            reasons.add(new Reason(
                    "consent_ends", "the consent ends at " + PlainWords.time(consentEnd), warning, Who.PERSON));
        }
        return reasons;
    }

    /** Nobody has to do anything: all of it is proven gone, or the grant was kept on purpose. */
    private static boolean settled(Sides sides) {
        return sides.local() == Sides.Local.WIPED
                && sides.visibleLink() != Sides.VisibleLink.UNKNOWN
                && (sides.grantProvenGone() || sides.grant() == Sides.Grant.KEPT_BY_POLICY);
    }

    private static Instant givenUpAt(ConnectionDoc doc) {
        RevokeDoc revoke = doc.revoke();
        if (revoke != null) {
            return revoke.requestedAt();
        }
        return doc.token().cause() == null
                ? doc.linkedAt()
                : doc.token().cause().at();
    }

    private static @Nullable Instant tokenTrouble(TokenDoc token) {
        boolean waiting = token.effect() == TokenEffect.WAITING_FOR_PERSON && token.cause() != null;
        boolean unwell = token.phase() == TokenPhase.REAUTH_REQUIRED
                || token.phase() == TokenPhase.UNCLEAR
                || token.is(TokenFact.ACCESS_REFUSED);
        Instant noticed =
                token.cause() == null ? token.issuedAt() : token.cause().at();
        return Stream.of(waiting || unwell ? noticed : null, token.accessExpiresAt(), token.refreshExpiresAt())
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static @Nullable Instant consentWarning(TokenDoc token) {
        return token.refreshExpiresAt() == null
                ? null
                : token.refreshExpiresAt().minus(ConnectionExplainer.CONSENT_WARNING);
    }

    /** Limits and the platform's own trouble pass by themselves. */
    private static boolean lasts(CapabilityHealth.Blocked block) {
        return block.actor() != Actor.PLATFORM
                && block.cause() != CauseClass.QUOTA
                && block.cause() != CauseClass.TRANSIENT;
    }

    private static List<CapabilityHealth.Blocked> blocks(ConnectionDoc doc, OAuthAdapter oauth) {
        return HealthRule.health(doc, oauth).values().stream()
                .filter(CapabilityHealth.Blocked.class::isInstance)
                .map(CapabilityHealth.Blocked.class::cast)
                .filter(AttentionRule::lasts)
                .toList();
    }
}
