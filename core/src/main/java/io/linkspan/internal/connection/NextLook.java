package io.linkspan.internal.connection;

import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Sides;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.HealthDoc;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.TokenEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a look at an account came to, and when the account is read again: pure. Every look moves its due time, so that at an unchanged
 * clock none is due twice.
 *
 * <table>
 * <caption>What follows from a look</caption>
 * <tr><th>look</th><th>next look</th><th>health</th><th>attention</th></tr>
 * <tr><td>{@link Look#READ}, nothing blocked</td><td>none</td><td>as found</td><td>none</td></tr>
 * <tr><td>{@link Look#READ}, something blocked</td><td>1 h, for a permission 1 d</td><td>as found</td><td>from the first sight on</td></tr>
 * <tr><td>{@link Look#NOT_READ}</td><td>15 min</td><td>unknown; what was blocked stays so</td><td>as before</td></tr>
 * <tr><td>{@link Look#BLOCKED}</td><td>1 h, for a permission 1 d</td><td>all blocked</td><td>from the first sight on</td></tr>
 * <tr><td>{@link Look#TOKEN_REFUSED}</td><td>15 min</td><td>as before</td><td>until it is renewed</td></tr>
 * <tr><td>{@link Look#WAITING}</td><td>15 min</td><td>nothing ready</td><td>from the first sight on</td></tr>
 * <tr><td>{@link Look#OVER}</td><td>none</td><td>nothing ready</td><td>from the first sight on</td></tr>
 * </table>
 */
public final class NextLook {
    /** What waits for its owner, or could not be read, is asked four times an hour, so that it heals within a quarter of an hour. */
    static final Duration SOON = Duration.ofMinutes(15);

    /** A block ends by an action at the platform or with time. */
    static final Duration BLOCKED = Duration.ofHours(1);

    /** A permission seldom comes back without a new consent, which asks by itself. */
    static final Duration PERMISSION = Duration.ofDays(1);

    /** How long a refused post blocks without being seen again, where no look can see what refused it. */
    static final Duration BELIEVED = Duration.ofDays(1);

    /** Causes that end only by an action at the platform. */
    private static final Set<CauseClass> BLOCKING =
            EnumSet.of(CauseClass.AUTHORIZATION, CauseClass.PERMISSION, CauseClass.ACCOUNT, CauseClass.CONFIGURATION);

    private NextLook() {}

    /** What a look came to. */
    enum Look {
        /** The platform identified the account. */
        READ,
        /** No answer, or one that is no definite answer to the question, or a limit: nothing new is known. */
        NOT_READ,
        /** A definite refusal that is not about the token and does not pass by itself. */
        BLOCKED,
        /** The access token is refused; a renewal may bring one that works. */
        TOKEN_REFUSED,
        /** The platform waits for the account's owner. */
        WAITING,
        /** Only a new consent helps. */
        OVER;

        /** From the response to the identity read. */
        static Look of(Outcome<?> outcome) {
            Optional<PlatformError> error = outcome.refusal();
            if (outcome instanceof Outcome.Done<?>) {
                return READ;
            }
            if (error.isEmpty()) {
                return NOT_READ;
            }
            return switch (error.get().meaning().tokenEffect()) {
                case RENEW -> TOKEN_REFUSED;
                case WAITING_FOR_PERSON -> WAITING;
                case DEAD, REMOVED_BY_PERSON -> OVER;
                case NONE ->
                    outcome instanceof Outcome.Refused<?>
                                    && BLOCKING.contains(error.get().meaning().causeClass())
                            ? BLOCKED
                            : NOT_READ;
            };
        }

        /** Whether it says something about the token. */
        boolean isAboutToken() {
            return this == TOKEN_REFUSED || this == WAITING || this == OVER;
        }
    }

    /**
     * The next look.
     *
     * @param look what the last one came to
     * @param doc the connection after it
     * @return null when none is wanted: the account works, or only a new consent helps
     */
    static @Nullable Instant after(Look look, ConnectionDoc doc, OAuthAdapter oauth, Instant now) {
        boolean asked = doc.sides().local() == Sides.Local.HELD && doc.token().phase() != TokenPhase.REAUTH_REQUIRED;
        if (!asked || look == Look.OVER) {
            return null;
        }
        boolean unsettled = look != Look.READ && look != Look.BLOCKED;
        return unsettled || waits(doc) ? now.plus(SOON) : whileBlocked(doc, oauth, now);
    }

    /** When what is blocked is looked at again; null when nothing is. */
    static @Nullable Instant whileBlocked(ConnectionDoc doc, OAuthAdapter oauth, Instant now) {
        Set<Capability> offered = HealthRule.offered(oauth, doc.intent());
        return doc.health().entrySet().stream()
                .filter(entry -> offered.contains(entry.getKey()))
                .map(entry -> whileBlocked(entry.getValue(), now))
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static @Nullable Instant whileBlocked(HealthDoc known, Instant now) {
        if (known.kind() != CapabilityHealth.Kind.BLOCKED) {
            return null;
        }
        Instant next = now.plus(known.cause() == CauseClass.PERMISSION ? PERMISSION : BLOCKED);
        Instant until = known.believedUntil();
        return until != null && now.isBefore(until) && until.isBefore(next) ? until : next;
    }

    /** Whether the account waits for its owner and may work again without a new consent. */
    public static boolean waits(ConnectionDoc doc) {
        return doc.sides().local() == Sides.Local.HELD
                && doc.token().effect() == TokenEffect.WAITING_FOR_PERSON
                && doc.token().phase() != TokenPhase.REAUTH_REQUIRED;
    }
}
