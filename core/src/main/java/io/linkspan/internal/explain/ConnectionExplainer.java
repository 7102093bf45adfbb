package io.linkspan.internal.explain;

import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.Explanation.Bucket;
import io.linkspan.connection.Explanation.Fact;
import io.linkspan.connection.Explanation.Step;
import io.linkspan.connection.Explanation.Who;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.connection.Sides;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Explains a connection: pure. */
public final class ConnectionExplainer {
    /** How long before the end of a consent the person should be asked for a new one. */
    public static final Duration CONSENT_WARNING = Duration.ofDays(30);

    private static final int LINES = 10;

    private ConnectionExplainer() {}

    /**
     * What only the stored record and the adapter know.
     *
     * @param removeApp how a person removes the app on the platform
     * @param removeLink how a person removes the link shown on the profile
     * @param revokeSeen what was seen while disconnecting
     */
    public record Background(String removeApp, String removeLink, List<Evidence> revokeSeen) {
        /** Copies the list. */
        public Background {
            revokeSeen = List.copyOf(revokeSeen);
        }
    }

    /** The account of a connection at a moment. */
    public static Explanation explain(
            Connection connection, Background background, List<HistoryEntry> history, Instant now) {
        return new Explanation(
                "connection",
                connection.id().value(),
                connection.platform() + " " + connection.shown(),
                now,
                bucket(connection),
                verdict(connection),
                facts(connection, background, now),
                steps(connection, background, now),
                last(history));
    }

    static List<HistoryEntry> last(List<HistoryEntry> history) {
        return history.subList(Math.max(0, history.size() - LINES), history.size());
    }

    /** Which kind of trouble it is. */
    static Bucket bucket(Connection connection) {
        return switch (connection.status().kind()) {
            case AUTHORIZED -> blocks(connection).isEmpty() ? Bucket.NONE : Bucket.OPTION_MISSING;
            case REFRESH_REQUIRED, EXPIRED, REAUTHORIZATION_REQUIRED, AWAITING_ACCOUNT -> Bucket.AUTHORIZATION_FAILS;
            case PARTIALLY_REVOKED -> Bucket.REMOVED_BUT_STILL_ACTIVE;
            case REVOKED -> Bucket.NONE;
        };
    }

    private static Map<Capability, CapabilityHealth.Blocked> blocks(Connection connection) {
        return connection.health().entrySet().stream()
                .filter(entry -> entry.getValue().kind() == CapabilityHealth.Kind.BLOCKED)
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> (CapabilityHealth.Blocked) entry.getValue(),
                        (one, other) -> one,
                        java.util.TreeMap::new));
    }

    static String verdict(Connection connection) {
        String who = connection.platform() + " " + connection.shown();
        return switch (connection.status().kind()) {
            case AUTHORIZED -> {
                Map<Capability, CapabilityHealth.Blocked> blocks = blocks(connection);
                String blocked = blocks.entrySet().stream()
                        .map(entry -> entry.getKey() + " is " + entry.getValue().word() + " ("
                                + entry.getValue().reason() + ")")
                        .collect(Collectors.joining(", "));
                String clear = connection.checkedAt() == null
                        ? " is connected; what it may do has not been asked yet."
                        : " is connected, and nothing it needs is blocked.";
                yield blocks.isEmpty()
                        ? who + clear
                        : who + " is connected and its identity is fine, but " + blocked + ".";
            }
            case REFRESH_REQUIRED -> who + " needs a new access token; Linkspan gets it without the person.";
            case EXPIRED -> who + " can no longer be used: the consent or its token ended by time.";
            case REAUTHORIZATION_REQUIRED -> who + " can no longer be used: the platform refuses the tokens.";
            case AWAITING_ACCOUNT ->
                who
                        + " is held up: the platform wants the person to act in its own app; the tokens may work again after.";
            case PARTIALLY_REVOKED -> who + " was removed, and not every side of it is proven gone.";
            case REVOKED -> who + " was removed, and every side of it is proven gone.";
        };
    }

    private static List<Fact> facts(Connection connection, Background background, Instant now) {
        List<Fact> facts = new ArrayList<>();
        ConnectionStatus status = connection.status();
        Evidence cause = status instanceof ConnectionStatus.ReauthorizationRequired needed
                ? needed.cause()
                : status instanceof ConnectionStatus.AwaitingAccount waiting ? waiting.cause() : null;
        String says = cause == null
                ? status.describe()
                : status.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        facts.add(new Fact("status", says, cause == null ? null : cause.at(), cause));
        facts.add(new Fact(
                "account",
                "id " + connection.accountId()
                        + (connection.displayName().isEmpty() ? "" : ", shown as " + connection.displayName()),
                null,
                null));
        facts.add(new Fact(
                "consent",
                "for " + connection.intent() + ", granted " + connection.scopes()
                        + connection.consentEnds().map(end -> ", ends " + end).orElse(", no end told"),
                connection.connectedAt(),
                null));
        connection
                .nextRenewal()
                .ifPresent(next -> facts.add(new Fact(
                        "renewal", now.isBefore(next) ? "next about " + next : "due since about " + next, null, null)));
        Instant checked = connection.checkedAt();
        facts.add(
                checked == null
                        ? new Fact("last look", "the platform has not been asked yet", null, null)
                        : new Fact(
                                "last look",
                                new Evidence("", checked, "", "").ageInWords(now) + ", at " + checked,
                                null,
                                null));
        sides(status, background).forEach(facts::add);
        if (sidesOf(status) != null) {
            return facts; // what it could do when it was in use helps nobody now
        }
        boolean usable = status.kind() == ConnectionStatus.Kind.AUTHORIZED;
        connection.health().forEach((capability, health) -> facts.add(fact(capability, health, usable)));
        return facts;
    }

    private static List<Fact> sides(ConnectionStatus status, Background background) {
        Sides sides = sidesOf(status);
        List<Fact> facts = new ArrayList<>();
        if (sides == null) {
            return facts;
        }
        facts.add(new Fact("local tokens", words(sides.local()), null, null));
        List<Evidence> seen = background.revokeSeen();
        facts.add(new Fact(
                "platform grant", words(sides.grant()), null, seen.isEmpty() ? null : seen.get(seen.size() - 1)));
        facts.add(new Fact("visible profile link", words(sides.visibleLink()), null, null));
        return facts;
    }

    private static @org.jspecify.annotations.Nullable Sides sidesOf(ConnectionStatus status) {
        return status instanceof ConnectionStatus.PartiallyRevoked some
                ? some.sides()
                : status instanceof ConnectionStatus.Revoked all ? all.sides() : null;
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Fact fact(Capability capability, CapabilityHealth health, boolean usable) {
        if (health instanceof CapabilityHealth.Ready ready) {
            return new Fact(capability.name(), usable ? "ready" : "was ready at the last look", null, ready.evidence());
        }
        if (health instanceof CapabilityHealth.Blocked blocked) {
            return new Fact(
                    capability.name(), blocked.word() + ", " + blocked.reason(), blocked.since(), blocked.evidence());
        }
        CapabilityHealth.Unknown unknown = (CapabilityHealth.Unknown) health;
        return new Fact(capability.name(), "unknown: " + unknown.why(), null, unknown.last());
    }

    private static List<Step> steps(Connection connection, Background background, Instant now) {
        Set<Step> steps = new LinkedHashSet<>();
        switch (connection.status().kind()) {
            case AUTHORIZED -> {
                blocks(connection)
                        .values()
                        .forEach(block ->
                                steps.add(new Step(Who.valueOf(block.actor().name()), block.remedy())));
                connection
                        .consentEnds()
                        .filter(end -> !now.isBefore(end.minus(CONSENT_WARNING)))
                        .ifPresent(end -> steps.add(new Step(
                                Who.PERSON,
                                "Connect " + connection.shown() + " again before " + end
                                        + "; a renewal does not prolong the consent.")));
            }
            case REFRESH_REQUIRED ->
                steps.add(new Step(
                        Who.LINKSPAN, "Renews the token at the next use, or when its worker next looks for work."));
            case EXPIRED, REAUTHORIZATION_REQUIRED ->
                steps.add(
                        new Step(Who.PERSON, "Connect " + connection.shown() + " again, and allow what is asked for."));
            case AWAITING_ACCOUNT -> {
                steps.add(new Step(
                        Who.PERSON,
                        "Open " + connection.platform() + " itself as " + connection.shown()
                                + " and do what it asks for; connecting again does not help."));
                steps.add(new Step(Who.LINKSPAN, "Looks again by itself; check(...) looks at once."));
            }
            case PARTIALLY_REVOKED -> removal(connection.status(), background, steps);
            case REVOKED -> {}
        }
        return List.copyOf(steps);
    }

    private static void removal(ConnectionStatus status, Background background, Set<Step> steps) {
        Sides sides = sidesOf(status);
        if (sides == null) {
            return;
        }
        if (sides.local() == Sides.Local.REVOKE_ONLY) {
            steps.add(
                    new Step(
                            Who.LINKSPAN,
                            "Goes on revoking and looking for proof, and erases the tokens at the latest when their retention ends."));
        }
        switch (sides.grant()) {
            case REVOKED_UNVERIFIED ->
                steps.add(new Step(
                        Who.PERSON,
                        "The platform said yes, but nothing proves it. See whether the app is still listed: "
                                + background.removeApp()));
            case ACTIVE, REVOKE_REQUESTED, NOT_VERIFIABLE -> steps.add(new Step(Who.PERSON, background.removeApp()));
            case KEPT_BY_POLICY ->
                steps.add(new Step(
                        Who.OPERATOR,
                        "The grant was left in force on purpose; it ends with the last connection that rests on it, or when"
                                + " the person removes the app: " + background.removeApp()));
            case REVOKED_VERIFIED, REMOVED_BY_PERSON -> {}
        }
        if (sides.visibleLink() == Sides.VisibleLink.UNKNOWN) {
            steps.add(new Step(Who.PERSON, background.removeLink()));
            steps.add(new Step(Who.DEVELOPER, "Note what the person says with confirmProfileLinkRemoved(...)."));
        }
    }
}
