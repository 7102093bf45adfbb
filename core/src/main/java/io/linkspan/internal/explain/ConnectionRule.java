package io.linkspan.internal.explain;

import static io.linkspan.internal.explain.Situation.*;

import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.spi.CauseClass;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The situation of a connection from its newest facts: pure. */
public final class ConnectionRule {
    /** From when on a renewal that is tried again is overdue. */
    private static final Duration OVERDUE = Duration.ofMinutes(10);

    /** Which block counts, when there are several: what needs someone comes first. */
    private static final List<CauseClass> WEIGHT = List.of(
            CauseClass.ACCOUNT,
            CauseClass.PERMISSION,
            CauseClass.CONFIGURATION,
            CauseClass.AUTHORIZATION,
            CauseClass.CONTENT,
            CauseClass.UNKNOWN,
            CauseClass.TRANSIENT,
            CauseClass.QUOTA);

    private ConnectionRule() {}

    /**
     * What only the stored record knows of the tokens.
     *
     * @param refused whether the platform refused the access token since its last renewal
     * @param pending whether a renewal failed and is tried again
     * @param removedByUser whether the platform said that the user removed the app
     * @param overdueAt from when on the next renewal is overdue, or null when there is none
     * @param cause what was seen last, or null
     * @param removal the report of a removal that is not confirmed, or null
     * @param removalUntil until when that is settled, or null
     */
    public record Tokens(
            boolean refused,
            boolean pending,
            boolean removedByUser,
            @Nullable Instant overdueAt,
            @Nullable Evidence cause,
            @Nullable Evidence removal,
            @Nullable Instant removalUntil) {
        /** Nothing is known beside the connection itself. */
        public static Tokens healthy() {
            return new Tokens(false, false, false, null, null, null, null);
        }
    }

    /** What is blocked, for one reason. */
    record Block(CapabilityHealth.Blocked health, Set<Capability> capabilities) {}

    /** The situation of a connection. */
    static Found of(Connection connection, Tokens tokens, Instant now) {
        ConnectionStatus status = connection.status();
        if (status instanceof ConnectionStatus.PartiallyRevoked some) {
            boolean onlyLink =
                    some.sides().local() == Sides.Local.WIPED && some.sides().grantProvenGone();
            return Found.of(onlyLink ? CONNECTION_LINK_UNKNOWN : CONNECTION_REMOVED_PARTLY, null, grant(some.sides()));
        }
        if (status instanceof ConnectionStatus.Revoked all) {
            return Found.of(CONNECTION_REMOVED, null, grant(all.sides()));
        }
        if (tokens.removal() != null && !onlyConsentHelps(status)) {
            return Found.of(
                    CONNECTION_REMOVAL_REPORTED,
                    tokens.removalUntil(),
                    PlainWords.sentence(tokens.removal().detail()));
        }
        if (status instanceof ConnectionStatus.AwaitingAccount it) {
            return Found.of(CONNECTION_ACCOUNT_CHECK, null, PlainWords.answer(it.cause()));
        }
        if (status instanceof ConnectionStatus.Expired it) {
            return Found.of(CONNECTION_EXPIRED, it.at(), "");
        }
        if (status instanceof ConnectionStatus.ReauthorizationRequired it) {
            return Found.of(
                    tokens.removedByUser() ? CONNECTION_REMOVED_BY_USER : CONNECTION_RECONNECT,
                    null,
                    PlainWords.answer(it.cause()));
        }
        Instant renewal = connection.nextRenewalAt();
        if (overdue(tokens, renewal, now)) {
            boolean past = renewal != null && !renewal.isAfter(now);
            return Found.of(CONNECTION_RENEWAL_OVERDUE, past ? renewal : tokens.overdueAt(), "");
        }
        if (tokens.refused() || tokens.pending()) {
            Evidence cause = tokens.cause();
            return Found.of(
                    tokens.refused() ? CONNECTION_TOKEN_REFUSED : CONNECTION_RENEWAL_TROUBLE,
                    renewal,
                    cause == null ? "" : PlainWords.answer(cause));
        }
        return status instanceof ConnectionStatus.RefreshRequired needed
                ? Found.of(CONNECTION_RENEWING, renewal, PlainWords.sentence(needed.why()))
                : inUse(connection, now);
    }

    private static boolean onlyConsentHelps(ConnectionStatus status) {
        return status.kind() == ConnectionStatus.Kind.EXPIRED;
    }

    private static boolean overdue(Tokens tokens, @Nullable Instant renewal, Instant now) {
        if (tokens.pending() || tokens.refused()) {
            return renewal != null && renewal.plus(OVERDUE).isBefore(now);
        }
        Instant from = tokens.overdueAt();
        return from != null && !from.isAfter(now);
    }

    private static Found inUse(Connection connection, Instant now) {
        Optional<Block> worst = blocks(connection).stream()
                .min(Comparator.comparing(block -> WEIGHT.indexOf(block.health().cause())));
        if (worst.isPresent()) {
            return blocked(worst.get());
        }
        Instant end = connection.consentEndsAt();
        if (end != null && !now.isBefore(end.minus(ConnectionExplainer.CONSENT_WARNING))) {
            return Found.of(CONNECTION_CONSENT_ENDS, end, "");
        }
        return Found.of(connection.checkedAt() == null ? CONNECTED_UNCHECKED : CONNECTED, null, "");
    }

    /** What is blocked, one for each reason. */
    static List<Block> blocks(Connection connection) {
        Map<String, List<Map.Entry<Capability, CapabilityHealth.Blocked>>> byReason =
                connection.health().entrySet().stream()
                        .filter(entry -> entry.getValue() instanceof CapabilityHealth.Blocked)
                        .map(entry -> Map.entry(entry.getKey(), (CapabilityHealth.Blocked) entry.getValue()))
                        .collect(Collectors.groupingBy(
                                entry -> entry.getValue().reason() + "\n"
                                        + entry.getValue().remedy(),
                                TreeMap::new,
                                Collectors.toList()));
        return byReason.values().stream()
                .map(entries -> new Block(
                        entries.get(0).getValue(),
                        entries.stream().map(Map.Entry::getKey).collect(Collectors.toSet())))
                .toList();
    }

    static Found blocked(Block block) {
        CapabilityHealth.Blocked health = block.health();
        Situation situation = switch (health.cause()) {
            case QUOTA -> CONNECTION_LIMIT;
            case TRANSIENT -> CONNECTION_PLATFORM_TROUBLE;
            case ACCOUNT -> CONNECTION_RESTRICTED;
            case CONTENT, UNKNOWN -> CONNECTION_REFUSED;
            case AUTHORIZATION, PERMISSION, CONFIGURATION -> CONNECTION_OPTION_MISSING;
        };
        Evidence seen = health.evidence();
        String why = PlainWords.observed(seen.detail());
        return new Found(
                situation,
                null,
                (why + " Code: " + health.reason() + ".").strip(),
                Found.who(health.actor()),
                health.remedy());
    }

    /** What a connection can do from now on, or why not, in one line of its history; the evidence is in its health. */
    public static String changed(Capability capability, CapabilityHealth health) {
        String ability = abilities(Set.of(capability));
        if (health instanceof CapabilityHealth.Ready) {
            return "can " + ability;
        }
        if (health instanceof CapabilityHealth.Blocked blocked) {
            Evidence seen = blocked.evidence();
            String why = seen.cause() == null
                    ? PlainWords.observed(seen.detail()) + " Code: " + blocked.reason() + "."
                    : PlainWords.answer(seen);
            return "cannot " + ability + ": " + why.strip();
        }
        return "not known whether it can " + ability + ": " + ((CapabilityHealth.Unknown) health).why();
    }

    /** What a connection cannot do, for users. */
    static String abilities(Set<Capability> capabilities) {
        return capabilities.stream()
                .sorted()
                .map(capability -> switch (capability) {
                    case READ_PROFILE -> "read the profile";
                    case PROFILE_LINK -> "check the link on the profile";
                    case PUBLISH_VIDEO -> "post videos";
                    case PUBLISH_PHOTO -> "post photos";
                    case DELIVER_DRAFT -> "put drafts into the inbox";
                })
                .collect(Collectors.joining(" or "))
                .replace("post videos or post photos", "post videos or photos");
    }

    private static String grant(Sides sides) {
        return switch (sides.grant()) {
            case REMOVED_BY_PERSON -> "The user removed the app on the platform.";
            case REVOKED_VERIFIED -> "The platform has ended the access.";
            case REVOKED_UNVERIFIED -> "The platform said that the access ended, and nothing proves it yet.";
            case REVOKE_REQUESTED -> "The platform was asked to end the access and has not confirmed it.";
            case NOT_VERIFIABLE -> "Only the user can end the access on the platform.";
            case KEPT_BY_POLICY -> "The access on the platform was kept on purpose: another connection needs it.";
            case ACTIVE -> "The access on the platform may still be in force.";
        };
    }
}
