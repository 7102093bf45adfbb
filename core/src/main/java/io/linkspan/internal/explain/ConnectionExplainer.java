package io.linkspan.internal.explain;

import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.Explanation.Fact;
import io.linkspan.connection.Explanation.Step;
import io.linkspan.connection.Explanation.Who;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.connection.Sides;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Explains a connection: pure. */
public final class ConnectionExplainer {
    /** How long before the end of a consent the user should be asked for a new one. */
    public static final Duration CONSENT_WARNING = Duration.ofDays(30);

    private static final int LINES = 10;

    private ConnectionExplainer() {}

    /**
     * What only the stored record and the adapter know.
     *
     * @param platformName the platform's name for users
     * @param removeApp how a user removes the app on the platform
     * @param removeLink how a user removes the link shown on the profile
     * @param revokeSeen what was seen while disconnecting
     * @param tokens what is known of the tokens
     */
    public record Background(
            String platformName,
            String removeApp,
            String removeLink,
            List<Evidence> revokeSeen,
            ConnectionRule.Tokens tokens) {
        /** Copies the list. */
        public Background {
            revokeSeen = List.copyOf(revokeSeen);
        }
    }

    /** The explanation of a connection at a moment. */
    public static Explanation explain(
            Connection connection, Background background, List<HistoryEntry> history, Instant now) {
        List<ConnectionRule.Block> blocks = ConnectionRule.blocks(connection);
        Found found = ConnectionRule.of(connection, background.tokens(), now);
        Set<Capability> concerned = blocks.stream()
                .filter(block -> ConnectionRule.blocked(block).equals(found))
                .findFirst()
                .map(ConnectionRule.Block::capabilities)
                .orElse(Set.of());
        Wording words = words(found, connection, background, concerned, now);
        Set<Step> steps = new LinkedHashSet<>(words.next());
        if (connection.status().kind() == ConnectionStatus.Kind.AUTHORIZED) {
            blocks.forEach(block ->
                    steps.addAll(words(ConnectionRule.blocked(block), connection, background, block.capabilities(), now)
                            .next()));
        }
        removal(connection.status(), background, steps);
        return new Explanation(
                "connection",
                connection.id().value(),
                background.platformName() + " " + connection.shown(),
                now,
                words.category(),
                words.headline(),
                facts(connection, background, now),
                List.copyOf(steps),
                last(history),
                words.reason(),
                words.until());
    }

    private static Wording words(
            Found found, Connection connection, Background background, Set<Capability> concerned, Instant now) {
        return Wording.of(
                found, background.platformName(), connection.shown(), ConnectionRule.abilities(concerned), now);
    }

    static List<HistoryEntry> last(List<HistoryEntry> history) {
        return history.subList(Math.max(0, history.size() - LINES), history.size());
    }

    private static List<Fact> facts(Connection connection, Background background, Instant now) {
        List<Fact> facts = new ArrayList<>();
        ConnectionStatus status = connection.status();
        Evidence cause = cause(status);
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
                        + connection
                                .consentEnds()
                                .map(end -> ", ends at " + PlainWords.time(end))
                                .orElse(", without a known end"),
                connection.connectedAt(),
                null));
        connection
                .nextRenewal()
                .ifPresent(next -> facts.add(new Fact(
                        "renewal",
                        now.isBefore(next)
                                ? "next about " + PlainWords.time(next)
                                : "due since about " + PlainWords.time(next),
                        null,
                        null)));
        facts.add(new Fact("last answer of the platform", answered(connection, background, now), null, null));
        sides(status, background).forEach(facts::add);
        if (sidesOf(status) != null) {
            return facts; // what it could do while it was in use says nothing about now
        }
        boolean usable = status.kind() == ConnectionStatus.Kind.AUTHORIZED;
        connection.health().forEach((capability, health) -> {
            boolean known = usable || !(health instanceof CapabilityHealth.Unknown unknown) || unknown.last() != null;
            if (known) {
                facts.add(fact(capability, health, usable));
            }
        });
        return facts;
    }

    /** The newest answer, whatever it was asked for. */
    private static String answered(Connection connection, Background background, Instant now) {
        Stream<Instant> answers = Stream.concat(
                Stream.of(connection.checkedAt()),
                Stream.concat(
                                Stream.of(
                                        cause(connection.status()),
                                        background.tokens().cause()),
                                background.revokeSeen().stream())
                        .map(seen -> seen == null ? null : seen.at()));
        return answers.filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(at -> PlainWords.time(at) + " (" + new Evidence("", at, "", "").ageInWords(now) + ")")
                .orElse("none since the account was connected");
    }

    private static @Nullable Evidence cause(ConnectionStatus status) {
        return status instanceof ConnectionStatus.ReauthorizationRequired needed
                ? needed.cause()
                : status instanceof ConnectionStatus.AwaitingAccount waiting ? waiting.cause() : null;
    }

    private static List<Fact> sides(ConnectionStatus status, Background background) {
        Sides sides = sidesOf(status);
        List<Fact> facts = new ArrayList<>();
        if (sides == null) {
            return facts;
        }
        facts.add(new Fact("local tokens", PlainWords.side(sides.local()), null, null));
        List<Evidence> seen = background.revokeSeen();
        facts.add(new Fact(
                "platform grant",
                PlainWords.side(sides.grant()),
                null,
                seen.isEmpty() ? null : seen.get(seen.size() - 1)));
        facts.add(new Fact("visible profile link", PlainWords.side(sides.visibleLink()), null, null));
        return facts;
    }

    private static @Nullable Sides sidesOf(ConnectionStatus status) {
        return status instanceof ConnectionStatus.PartiallyRevoked some
                ? some.sides()
                : status instanceof ConnectionStatus.Revoked all ? all.sides() : null;
    }

    private static Fact fact(Capability capability, CapabilityHealth health, boolean usable) {
        if (health instanceof CapabilityHealth.Ready ready) {
            return new Fact(
                    capability.name(), usable ? "ready" : "was ready at the last check", null, ready.evidence());
        }
        if (health instanceof CapabilityHealth.Blocked blocked) {
            return new Fact(
                    capability.name(), blocked.word() + ", " + blocked.reason(), blocked.since(), blocked.evidence());
        }
        CapabilityHealth.Unknown unknown = (CapabilityHealth.Unknown) health;
        return new Fact(capability.name(), "unknown: " + unknown.why(), null, unknown.last());
    }

    private static void removal(ConnectionStatus status, Background background, Set<Step> steps) {
        Sides sides = sidesOf(status);
        if (sides == null || status.kind() == ConnectionStatus.Kind.REVOKED) {
            return;
        }
        if (sides.local() == Sides.Local.REVOKE_ONLY) {
            steps.add(new Step(
                    Who.LINKSPAN,
                    "Keeps trying to end the access and to prove it, and erases the tokens at the latest when their"
                            + " retention ends."));
        }
        switch (sides.grant()) {
            case REVOKED_UNVERIFIED ->
                steps.add(new Step(
                        Who.PERSON,
                        "The platform said that the access ended, but nothing proves it. Check whether the app is still listed: "
                                + background.removeApp()));
            case ACTIVE, REVOKE_REQUESTED, NOT_VERIFIABLE -> steps.add(new Step(Who.PERSON, background.removeApp()));
            case KEPT_BY_POLICY ->
                steps.add(new Step(
                        Who.OPERATOR,
                        "The access was kept on purpose. It ends with the last connection that needs it, or when the user removes"
                                + " the app: " + background.removeApp()));
            case REVOKED_VERIFIED, REMOVED_BY_PERSON -> {}
        }
        if (sides.visibleLink() == Sides.VisibleLink.UNKNOWN) {
            steps.add(new Step(Who.PERSON, background.removeLink()));
            steps.add(new Step(Who.DEVELOPER, "Record the user's answer with confirmProfileLinkRemoved(...)."));
        }
    }
}
