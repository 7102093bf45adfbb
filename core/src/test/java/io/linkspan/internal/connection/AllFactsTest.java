package io.linkspan.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Attention;
import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.HealthDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenFact;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.link.Intent;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.TokenEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every combination of facts, one by one: what status it is, and whether somebody should look at it. */
class AllFactsTest {
    static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(60);
    private static final Instant AFTER = NOW.plus(Duration.ofDays(100));
    private static final Instant SOON = NOW.plus(Duration.ofDays(3));
    private static final Evidence SEEN = new Evidence("platform", BEFORE, "code", "");
    static final List<RenewalModel> MODELS = List.of(
            new RenewalModel.Rotation(Duration.ofMinutes(15)),
            new RenewalModel.Extension(Duration.ofHours(24), Duration.ofDays(30)));
    static final OAuthAdapter OAUTH = new FakeAdapter(true).oauth();
    static final HealthDoc BLOCKED =
            HealthDoc.of(new CapabilityHealth.Blocked("quota", CauseClass.QUOTA, Actor.PLATFORM, SEEN, BEFORE, "wait"));

    record Facts(
            Sides sides,
            TokenPhase phase,
            TokenEffect effect,
            Evidence cause,
            Instant end,
            Instant chainEnd,
            boolean refused) {}

    static void each(Consumer<Facts> visitor) {
        List<TokenEffect> effects = new ArrayList<>(Arrays.asList(TokenEffect.values()));
        effects.add(null);
        for (Sides.Local local : Sides.Local.values()) {
            for (Sides.Grant grant : Sides.Grant.values()) {
                for (Sides.VisibleLink link : Sides.VisibleLink.values()) {
                    for (TokenPhase phase : TokenPhase.values()) {
                        for (TokenEffect effect : effects) {
                            for (Evidence cause : Arrays.asList(null, SEEN)) {
                                for (Instant end : Arrays.asList(null, BEFORE, NOW, SOON)) {
                                    for (Instant chain : Arrays.asList(null, BEFORE, NOW, SOON, AFTER)) {
                                        for (boolean refused : new boolean[] {false, true}) {
                                            Sides sides = new Sides(local, grant, link);
                                            visitor.accept(new Facts(sides, phase, effect, cause, end, chain, refused));
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    static ConnectionDoc doc(Facts facts, Map<Capability, HealthDoc> health) {
        TokenDoc token = new TokenDoc(
                1,
                facts.phase(),
                "sealed",
                null,
                null,
                null,
                BEFORE,
                facts.end(),
                facts.chainEnd(),
                facts.cause(),
                facts.effect(),
                null,
                0,
                facts.refused() ? Set.of(TokenFact.ACCESS_REFUSED) : null,
                null,
                null,
                null);
        Set<String> scopes = OAUTH.scopes(Intent.CROSS_POSTING.capabilities());
        return new ConnectionDoc(
                1,
                "fake",
                "app",
                Intent.CROSS_POSTING,
                new AccountIdentity("1", Set.of(), "h", "n", Map.of()),
                scopes,
                scopes,
                token,
                facts.sides(),
                health,
                BEFORE,
                null,
                null,
                null,
                0,
                List.of());
    }

    @Test
    void noCapability_isReadyOnAnUnusableConnection() {
        HealthDoc ready = HealthDoc.of(new CapabilityHealth.Ready(SEEN));
        Map<Capability, HealthDoc> known = Map.of(Capability.READ_PROFILE, ready, Capability.PUBLISH_VIDEO, ready);
        RenewalModel model = MODELS.get(0);
        each(facts -> {
            ConnectionDoc doc = doc(facts, known);
            Map<Capability, CapabilityHealth> shown = Views.health(doc, OAUTH, StatusRule.status(doc, model, NOW));
            boolean usable = EnumSet.of(Kind.AUTHORIZED, Kind.REFRESH_REQUIRED)
                    .contains(StatusRule.status(doc, model, NOW).kind());
            boolean anyReady = shown.values().stream().anyMatch(it -> it.kind() == CapabilityHealth.Kind.READY);
            assertEquals(usable, anyReady, facts::toString);
        });
    }

    /** The rules as a person would list them, the first that holds. */
    private static Kind expected(Facts facts, boolean renewsExpired) {
        Sides sides = facts.sides();
        if (sides.local() != Sides.Local.HELD) {
            boolean gone = sides.local() == Sides.Local.WIPED
                    && EnumSet.of(Sides.Grant.REVOKED_VERIFIED, Sides.Grant.REMOVED_BY_PERSON)
                            .contains(sides.grant())
                    && sides.visibleLink() != Sides.VisibleLink.UNKNOWN;
            return gone ? Kind.REVOKED : Kind.PARTIALLY_REVOKED;
        }
        if (over(facts.chainEnd())) {
            return Kind.EXPIRED;
        }
        if (facts.effect() == TokenEffect.WAITING_FOR_PERSON && facts.cause() != null) {
            return over(facts.end()) && !renewsExpired ? Kind.EXPIRED : Kind.AWAITING_ACCOUNT;
        }
        if (facts.phase() == TokenPhase.REAUTH_REQUIRED) {
            return Kind.REAUTHORIZATION_REQUIRED;
        }
        if (over(facts.end())) {
            return renewsExpired ? Kind.REFRESH_REQUIRED : Kind.EXPIRED;
        }
        return facts.refused() || facts.phase() == TokenPhase.UNCLEAR ? Kind.REFRESH_REQUIRED : Kind.AUTHORIZED;
    }

    private static boolean over(Instant end) {
        return end != null && !end.isAfter(NOW);
    }

    @Test
    void status_ofEveryCombination_isTheFirstRuleThatHolds() {
        Set<Kind> met = EnumSet.noneOf(Kind.class);
        each(facts -> {
            for (RenewalModel model : MODELS) {
                Kind expected = expected(facts, model.renewsExpired());
                met.add(expected);
                Kind actual =
                        StatusRule.status(doc(facts, Map.of()), model, NOW).kind();
                assertTrue(expected == actual, () -> expected + " expected, was " + actual + " for " + facts);
            }
        });
        assertEquals(EnumSet.allOf(Kind.class), met);
    }

    @Test
    void attention_isThereExactlyFromTheStoredMomentOn() {
        List<Instant> moments = List.of(
                NOW, NOW.plus(Duration.ofDays(2)), NOW.plus(Duration.ofDays(71)), NOW.plus(Duration.ofDays(101)));
        each(facts -> {
            for (Map<Capability, HealthDoc> health :
                    List.of(Map.<Capability, HealthDoc>of(), Map.of(Capability.PUBLISH_VIDEO, BLOCKED))) {
                ConnectionDoc doc = doc(facts, health);
                Instant from = AttentionRule.from(doc, OAUTH);
                for (Instant moment : moments) {
                    List<Attention.Reason> reasons = AttentionRule.reasons(doc, OAUTH, moment);
                    boolean stored = from != null && !from.isAfter(moment);
                    assertTrue(stored == !reasons.isEmpty(), () -> from + " but at " + moment + " " + reasons + facts);
                }
            }
        });
    }

    @Test
    void attention_isForEveryStatusButAuthorizedAndForNothingSettled() {
        each(facts -> {
            ConnectionDoc doc = doc(facts, Map.of());
            Kind kind = StatusRule.status(doc, OAUTH.renewal(), NOW).kind();
            boolean keptOnPurpose = facts.sides().local() == Sides.Local.WIPED
                    && facts.sides().grant() == Sides.Grant.KEPT_BY_POLICY
                    && facts.sides().visibleLink() != Sides.VisibleLink.UNKNOWN;
            boolean wanted = kind != Kind.AUTHORIZED && kind != Kind.REVOKED && !keptOnPurpose;
            boolean named = AttentionRule.reasons(doc, OAUTH, NOW).stream()
                    .anyMatch(reason -> reason.code().equals(kind.name().toLowerCase(java.util.Locale.ROOT)));
            assertTrue(wanted == named, () -> kind + " " + facts);
        });
    }
}
