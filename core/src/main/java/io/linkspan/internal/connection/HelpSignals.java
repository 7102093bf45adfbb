package io.linkspan.internal.connection;

import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.spi.Actor;
import io.linkspan.spi.Cause;
import io.linkspan.spi.HelpSignal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From an outcome, or the facts of a connection, to a signal: pure. */
final class HelpSignals {
    private HelpSignals() {}

    /** What an outcome says; empty when nothing went wrong. */
    static Optional<HelpSignal> of(ConnectOutcome outcome, Set<Capability> missing) {
        if (outcome instanceof ConnectOutcome.Denied denied) {
            return Optional.of(HelpSignal.of("denied:" + denied.code()));
        }
        if (outcome instanceof ConnectOutcome.AccountMismatch) {
            return Optional.of(HelpSignal.of("mismatch"));
        }
        if (outcome instanceof ConnectOutcome.NotEligible not) {
            return Optional.of(HelpSignal.of("not_eligible:" + not.code()));
        }
        if (outcome instanceof ConnectOutcome.Refused refused
                && refused.connection().isEmpty()) {
            return Optional.of(HelpSignal.of("refused:" + refused.reason()
                    + refused.platformCause()
                            .map(cause -> ":" + cause.causeClass() + ":" + cause.code())
                            .orElse("")));
        }
        return outcome instanceof ConnectOutcome.Connected && !missing.isEmpty()
                ? Optional.of(HelpSignal.of("connected:scopes_missing"))
                : Optional.empty();
    }

    /** Capabilities that were asked for and not granted; none where the platform does not name what it granted. */
    static Set<Capability> missing(Set<Capability> wanted, Set<Capability> asked, Set<Capability> granted) {
        Set<Capability> missing = EnumSet.noneOf(Capability.class);
        missing.addAll(wanted);
        missing.retainAll(asked);
        missing.removeAll(granted);
        return missing;
    }

    /** The platform's, or our, code in an outcome. */
    static String code(ConnectOutcome outcome) {
        if (outcome instanceof ConnectOutcome.Denied denied) {
            return denied.code();
        }
        if (outcome instanceof ConnectOutcome.NotEligible not) {
            return not.code();
        }
        return outcome instanceof ConnectOutcome.Refused refused
                ? refused.platformCause()
                        .map(Cause::code)
                        .orElse(refused.reason().name())
                : "";
    }

    /** The platform's id for support in an outcome. */
    static String trace(ConnectOutcome outcome) {
        Optional<Cause> cause = Optional.empty();
        if (outcome instanceof ConnectOutcome.Refused refused) {
            cause = refused.platformCause();
        } else if (outcome instanceof ConnectOutcome.NotEligible not) {
            cause = Optional.ofNullable(not.evidence().cause());
        }
        return cause.flatMap(Cause::trace).orElse("");
    }

    /** What stands for the placeholders of an outcome. */
    static Map<String, String> values(ConnectOutcome outcome) {
        return outcome instanceof ConnectOutcome.AccountMismatch mismatch
                ? Map.of("account", mismatch.actual(), "expected", mismatch.expected())
                : Map.of();
    }

    /**
     * What a connection's facts say; empty when its user has nothing to do.
     *
     * @param removal why access was taken away by the user or the platform, or null when it was not
     */
    static Optional<HelpSignal> of(Connection connection, @Nullable Evidence removal) {
        ConnectionStatus status = connection.status();
        return switch (status.kind()) {
            case AUTHORIZED ->
                blocked(connection).map(block -> HelpSignal.of("blocked:" + block.actor() + ":" + block.reason()));
            case REFRESH_REQUIRED -> Optional.empty();
            case EXPIRED -> Optional.of(HelpSignal.of("ended:EXPIRED:"));
            case REAUTHORIZATION_REQUIRED ->
                Optional.of(ended(((ConnectionStatus.ReauthorizationRequired) status).cause(), status));
            case AWAITING_ACCOUNT -> Optional.of(ended(((ConnectionStatus.AwaitingAccount) status).cause(), status));
            case PARTIALLY_REVOKED, REVOKED ->
                removal == null
                        ? Optional.empty()
                        : Optional.of(new HelpSignal("removed:" + removal.code(), removal.detail()));
        };
    }

    private static HelpSignal ended(Evidence cause, ConnectionStatus status) {
        return new HelpSignal("ended:" + status.kind() + ":" + cause.code(), cause.detail());
    }

    /** The block that a user can end comes first, then those of the operator. */
    private static Optional<CapabilityHealth.Blocked> blocked(Connection connection) {
        return connection.health().values().stream()
                .filter(CapabilityHealth.Blocked.class::isInstance)
                .map(CapabilityHealth.Blocked.class::cast)
                .filter(block -> block.actor() == Actor.PERSON || block.actor() == Actor.OPERATOR)
                .min(java.util.Comparator.comparing(CapabilityHealth.Blocked::actor));
    }

    /** Why access was taken away from outside; null when the host disconnected, or nothing was taken. */
    static @Nullable Evidence removal(Sides sides, boolean byHost, @Nullable Evidence cause) {
        return sides.local() == Sides.Local.HELD || byHost ? null : cause;
    }
}
