package io.linkspan.internal.connection;

import io.linkspan.internal.Settings;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenFact;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.RenewalModel;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When what is due for a token pair: pure. */
final class TokenLife {
    /** How long before its end a consent is said to end soon. */
    static final Duration CONSENT_NOTICE = Duration.ofDays(30);
    /** The same where the token itself is extended: by then, extending it has failed for weeks. */
    static final Duration EXTENSION_NOTICE = Duration.ofDays(7);

    /** An imported token may be older than it looks, so the rest after it came is no longer than this. */
    private static final Duration LONGEST_REST = Duration.ofDays(1);

    /** The most by which a renewal is moved, as a part of what is left of the token then. */
    static final double LATEST_SPREAD = 0.1;

    private TokenLife() {}

    /** Whether the access token can be used at a moment. */
    static boolean usable(TokenDoc token, Instant now) {
        Instant end = token.accessExpiresAt();
        return token.sealed() != null
                && !token.is(TokenFact.ACCESS_REFUSED)
                && (end == null || now.plus(Settings.SKEW).isBefore(end));
    }

    /** When the access token ends, as told or else as the profile says; null when it has no end. */
    static @Nullable Instant accessEnd(TokenDoc token, RenewalModel model) {
        Instant end = token.accessExpiresAt();
        return end == null ? model.endsAt(token.issuedAt(), null) : end;
    }

    /** When only a new consent helps, if that is known: the end of the chain, or of the token where it is extended itself. */
    static @Nullable Instant consentEnd(TokenDoc token, RenewalModel model) {
        return model.renewsExpired() ? token.refreshExpiresAt() : accessEnd(token, model);
    }

    /** Whether renewing is over by time. */
    static boolean consentEnded(TokenDoc token, RenewalModel model, Instant now) {
        Instant end = consentEnd(token, model);
        return end != null && !now.isBefore(end);
    }

    /** When the history has to say something about the end of the consent; null when all is said. */
    static @Nullable Instant noticeAt(TokenDoc token, RenewalModel model) {
        Instant end = consentEnd(token, model);
        if (end == null || token.phase() == TokenPhase.REAUTH_REQUIRED || token.is(TokenFact.CONSENT_ENDED)) {
            return null;
        }
        Duration ahead = model.renewsExpired() ? CONSENT_NOTICE : EXTENSION_NOTICE;
        return token.is(TokenFact.CONSENT_END_NEAR) ? end : end.minus(ahead);
    }

    /**
     * When a renewal is due.
     *
     * @param spread moves the moment, from -0.1 to 0.1 of the time that is left then
     */
    static @Nullable Instant renewAt(
            TokenDoc token, RenewalModel model, Duration lease, Duration coolDown, double spread) {
        if (token.intent() != null) {
            return token.intent().startedAt().plus(lease);
        }
        Instant retry = token.retryAt();
        Instant planned = retry != null ? retried(token, model, retry) : planned(token, model, coolDown, spread);
        Instant end = consentEnd(token, model);
        boolean ended = token.is(TokenFact.CONSENT_ENDED); // noted, so that what was due before it is due no more
        boolean pointless = planned == null || ended || (end != null && !planned.isBefore(end));
        boolean keyMayComeBack = retry != null && token.phase() == TokenPhase.REAUTH_REQUIRED;
        return pointless && !keyMayComeBack ? null : planned;
    }

    /** A try that the model does not allow yet is not due, and one that it never allows never is. */
    private static @Nullable Instant retried(TokenDoc token, RenewalModel model, Instant retry) {
        boolean keyMayComeBack = token.phase() == TokenPhase.REAUTH_REQUIRED;
        Instant earliest = model.earliest(token.issuedAt());
        if (keyMayComeBack || !earliest.isAfter(retry)) {
            return retry;
        }
        return earliest.equals(Instant.MAX) ? null : earliest;
    }

    /** Beyond this, nobody looks after the renewal: a quarter of what was left when it was due has gone by. */
    static @Nullable Instant overdueAt(TokenDoc token, RenewalModel model) {
        boolean awaited = token.phase() == TokenPhase.HEALTHY || token.phase() == TokenPhase.REFRESHING;
        Instant end = accessEnd(token, model);
        if (!awaited || end == null) {
            return null;
        }
        Instant again = token.retryAt();
        Instant due = again != null ? again : dueAt(token, model, end, LATEST_SPREAD);
        Instant consentEnd = consentEnd(token, model);
        if (consentEnd != null && !due.isBefore(consentEnd)) {
            return null;
        }
        Duration left = Duration.between(due, end);
        return left.isNegative() ? due : due.plus(left.dividedBy(4));
    }

    private static Instant dueAt(TokenDoc token, RenewalModel model, Instant end, double spread) {
        Instant wanted = model.dueAt(token.issuedAt(), end);
        Duration left = Duration.between(wanted, end);
        return wanted.plusMillis((long) (left.toMillis() * spread));
    }

    private static @Nullable Instant planned(TokenDoc token, RenewalModel model, Duration coolDown, double spread) {
        if (token.phase() != TokenPhase.HEALTHY) {
            return null;
        }
        Instant end = accessEnd(token, model);
        if (end == null) {
            return null;
        }
        Instant moved = dueAt(token, model, end, spread);
        // a life shorter than the margin must not be renewed over and over
        Duration quarter = Duration.between(token.issuedAt(), end).dividedBy(4);
        Duration rest =
                Stream.of(quarter, LONGEST_REST).min(Duration::compareTo).orElse(quarter);
        Instant floor = token.issuedAt().plus(rest.compareTo(coolDown) > 0 ? rest : coolDown);
        Instant earliest = model.earliest(token.issuedAt());
        return Stream.of(moved, floor, earliest).max(Instant::compareTo).orElse(moved);
    }
}
