package io.linkspan.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.connection.Sides.Grant;
import io.linkspan.connection.Sides.Local;
import io.linkspan.connection.Sides.VisibleLink;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.link.Intent;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.TokenEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Status from facts. */
class StatusRuleTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Evidence SEEN = new Evidence("platform", NOW, "code", "");
    private static final RenewalModel ROTATION = new RenewalModel.Rotation(Duration.ofMinutes(15));
    private static final RenewalModel EXTENSION = new RenewalModel.Extension(Duration.ofHours(24), Duration.ofDays(30));
    private static final Instant LATER = NOW.plusSeconds(1);

    private static ConnectionDoc doc(Sides sides, TokenDoc token) {
        return new ConnectionDoc(
                1,
                "fake",
                "app",
                Intent.BOTH,
                new AccountIdentity("1", Set.of(), "h", "n", Map.of()),
                Set.of(),
                Set.of(),
                token,
                sides,
                Map.of(),
                NOW,
                null,
                null,
                null,
                0,
                List.of());
    }

    private static TokenDoc token(TokenPhase phase, Instant accessEnd, Instant chainEnd, TokenEffect effect) {
        TokenDoc fresh = TokenDoc.fresh(1, "sealed", NOW.minusSeconds(60), accessEnd, chainEnd);
        return phase == TokenPhase.HEALTHY && effect == null ? fresh : fresh.settled(phase, SEEN, effect, null);
    }

    static Stream<Arguments> tokens() {
        return Stream.of(
                arguments(TokenPhase.HEALTHY, LATER, LATER, null, Kind.AUTHORIZED, Kind.AUTHORIZED),
                arguments(TokenPhase.HEALTHY, null, null, null, Kind.AUTHORIZED, Kind.AUTHORIZED),
                arguments(TokenPhase.REFRESHING, LATER, LATER, null, Kind.AUTHORIZED, Kind.AUTHORIZED),
                arguments(TokenPhase.HEALTHY, NOW, LATER, null, Kind.REFRESH_REQUIRED, Kind.EXPIRED),
                arguments(TokenPhase.REFRESHING, NOW, LATER, null, Kind.REFRESH_REQUIRED, Kind.EXPIRED),
                arguments(TokenPhase.UNCLEAR, LATER, LATER, null, Kind.REFRESH_REQUIRED, Kind.REFRESH_REQUIRED),
                arguments(TokenPhase.UNCLEAR, NOW, LATER, null, Kind.REFRESH_REQUIRED, Kind.EXPIRED),
                arguments(TokenPhase.HEALTHY, LATER, NOW, null, Kind.EXPIRED, Kind.EXPIRED),
                arguments(
                        TokenPhase.REAUTH_REQUIRED,
                        LATER,
                        LATER,
                        TokenEffect.DEAD,
                        Kind.REAUTHORIZATION_REQUIRED,
                        Kind.REAUTHORIZATION_REQUIRED),
                arguments(TokenPhase.REAUTH_REQUIRED, NOW, NOW, TokenEffect.DEAD, Kind.EXPIRED, Kind.EXPIRED),
                arguments(
                        TokenPhase.HEALTHY,
                        LATER,
                        LATER,
                        TokenEffect.WAITING_FOR_PERSON,
                        Kind.AWAITING_ACCOUNT,
                        Kind.AWAITING_ACCOUNT),
                arguments(
                        TokenPhase.HEALTHY,
                        NOW,
                        LATER,
                        TokenEffect.WAITING_FOR_PERSON,
                        Kind.AWAITING_ACCOUNT,
                        Kind.EXPIRED),
                arguments(TokenPhase.HEALTHY, LATER, NOW, TokenEffect.WAITING_FOR_PERSON, Kind.EXPIRED, Kind.EXPIRED),
                arguments(TokenPhase.HEALTHY, NOW, NOW, TokenEffect.WAITING_FOR_PERSON, Kind.EXPIRED, Kind.EXPIRED));
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void status_ofAHeldConnection_followsFromItsTokens(
            TokenPhase phase,
            Instant accessEnd,
            Instant chainEnd,
            TokenEffect effect,
            Kind whenRotated,
            Kind whenExtended) {
        ConnectionDoc doc = doc(
                new Sides(Local.HELD, Grant.ACTIVE, VisibleLink.UNKNOWN), token(phase, accessEnd, chainEnd, effect));

        assertEquals(whenRotated, StatusRule.status(doc, ROTATION, NOW).kind());
        assertEquals(whenExtended, StatusRule.status(doc, EXTENSION, NOW).kind());
    }

    @ParameterizedTest
    @EnumSource(Grant.class)
    void status_ofAGivenUpConnection_isRevokedOnlyWhenEverySideIsProven(Grant grant) {
        boolean gone = grant == Grant.REVOKED_VERIFIED || grant == Grant.REMOVED_BY_PERSON;
        TokenDoc token = token(TokenPhase.GONE, LATER, LATER, null);
        for (Local local : List.of(Local.REVOKE_ONLY, Local.WIPED)) {
            for (VisibleLink link : VisibleLink.values()) {
                boolean proven = local == Local.WIPED && gone && link != VisibleLink.UNKNOWN;
                Sides sides = new Sides(local, grant, link);

                ConnectionStatus status = StatusRule.status(doc(sides, token), ROTATION, NOW);

                assertEquals(proven ? Kind.REVOKED : Kind.PARTIALLY_REVOKED, status.kind(), sides::describe);
            }
        }
    }

    @Test
    void status_ofAnAuthorizedConnection_saysUntilWhen() {
        ConnectionDoc doc = doc(
                new Sides(Local.HELD, Grant.ACTIVE, VisibleLink.NOT_WANTED),
                token(TokenPhase.HEALTHY, LATER, null, null));

        assertEquals(new ConnectionStatus.Authorized(LATER), StatusRule.status(doc, ROTATION, NOW));
    }
}
