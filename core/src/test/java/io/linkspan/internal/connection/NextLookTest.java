package io.linkspan.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.internal.connection.NextLook.Look;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.HealthDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.link.Intent;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.TokenEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of looks, over all outcomes in all states. */
class NextLookTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(60);
    private static final OAuthAdapter OAUTH = new FakeAdapter(true).oauth();
    private static final Evidence SEEN = new Evidence("platform", BEFORE, "code", "");
    /** Identity, the account behind a Page, and the probe. */
    private static final int MOST_CALLS = 3;

    private static final int MOST_CALLS_AN_HOUR = 12;

    private static PlatformError error(CauseClass cause, TokenEffect effect, boolean definite) {
        return new PlatformError(
                "fake.me",
                400,
                "code",
                "",
                null,
                new ErrorMeaning(cause, "cause", Actor.PERSON, "remedy", effect, false),
                definite);
    }

    /** Everything that a question can come to. */
    private static List<Outcome<?>> outcomes() {
        List<Outcome<?>> outcomes = new ArrayList<>(List.of(
                Outcome.done("account"), new Outcome.NotSent<>("circuit"), new Outcome.Unclear<>("lost", null)));
        for (CauseClass cause : CauseClass.values()) {
            for (TokenEffect effect : TokenEffect.values()) {
                outcomes.add(new Outcome.Refused<>(error(cause, effect, true)));
                outcomes.add(new Outcome.Unclear<>("not definite", error(cause, effect, false)));
            }
        }
        return outcomes;
    }

    private static HealthDoc blocked(CauseClass cause, Actor actor) {
        return HealthDoc.of(new CapabilityHealth.Blocked("code", cause, actor, SEEN, BEFORE, "remedy"));
    }

    private static List<Map<Capability, HealthDoc>> healths() {
        HealthDoc ready = HealthDoc.of(new CapabilityHealth.Ready(SEEN));
        List<Map<Capability, HealthDoc>> healths = new ArrayList<>(List.of(
                Map.of(),
                Map.of(Capability.PUBLISH_VIDEO, ready),
                Map.of(Capability.PUBLISH_VIDEO, HealthDoc.of(new CapabilityHealth.Unknown("not asked")))));
        for (CauseClass cause : CauseClass.values()) {
            for (Instant until : Arrays.asList(null, BEFORE, NOW.plusSeconds(1), NOW.plus(NextLook.BELIEVED))) {
                HealthDoc block = blocked(cause, Actor.PERSON);
                healths.add(Map.of(
                        Capability.READ_PROFILE,
                        ready,
                        Capability.PUBLISH_VIDEO,
                        until == null ? block : block.believed(until)));
            }
        }
        return healths;
    }

    private static ConnectionDoc doc(
            Sides.Local local, TokenPhase phase, TokenEffect effect, Map<Capability, HealthDoc> health) {
        TokenDoc token = TokenDoc.fresh(1, "sealed", BEFORE, NOW.plus(Duration.ofDays(60)), null)
                .settled(phase, effect == null ? null : SEEN, effect, null);
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
                new Sides(local, Sides.Grant.ACTIVE, Sides.VisibleLink.UNKNOWN),
                health,
                BEFORE,
                null,
                null,
                null,
                0,
                List.of());
    }

    private static void each(BiConsumer<Outcome<?>, ConnectionDoc> visitor) {
        List<TokenEffect> effects = new ArrayList<>(Arrays.asList(TokenEffect.values()));
        effects.add(null);
        for (Outcome<?> outcome : outcomes()) {
            for (Sides.Local local : Sides.Local.values()) {
                for (TokenPhase phase : TokenPhase.values()) {
                    for (TokenEffect effect : effects) {
                        healths().forEach(health -> visitor.accept(outcome, doc(local, phase, effect, health)));
                    }
                }
            }
        }
    }

    private static boolean blocks(ConnectionDoc doc) {
        return doc.health().values().stream().anyMatch(known -> known.kind() == CapabilityHealth.Kind.BLOCKED);
    }

    @Test
    void everyOutcome_inEveryState_movesTheLook_atMost12CallsAnHour() {
        each((outcome, doc) -> {
            Instant next = NextLook.after(Look.of(outcome), doc, OAUTH, NOW);
            if (next != null) {
                Instant until = doc.health().containsKey(Capability.PUBLISH_VIDEO)
                        ? doc.health().get(Capability.PUBLISH_VIDEO).believedUntil()
                        : null;
                boolean lapses = next.equals(until); // once, and what is believed no more is no block any more
                long looks = Duration.ofHours(1).dividedBy(Duration.between(NOW, next));
                assertTrue(
                        next.isAfter(NOW) && (lapses || looks * MOST_CALLS <= MOST_CALLS_AN_HOUR),
                        () -> next + " after " + outcome + " " + doc);
            }
        });
    }

    @Test
    void everyRecoverableState_isLookedAtAgain_andNoOther() {
        each((outcome, doc) -> {
            Look look = Look.of(outcome);
            Instant next = NextLook.after(look, doc, OAUTH, NOW);
            boolean asked =
                    doc.sides().local() == Sides.Local.HELD && doc.token().phase() != TokenPhase.REAUTH_REQUIRED;
            boolean settled = look == Look.OVER
                    || (EnumSet.of(Look.READ, Look.BLOCKED).contains(look) && !NextLook.waits(doc) && !blocks(doc));
            assertEquals(asked && !settled, next != null, () -> outcome + " " + doc);
            if (next != null) {
                Duration longest = look == Look.READ || look == Look.BLOCKED ? NextLook.PERMISSION : NextLook.SOON;
                assertTrue(!next.isAfter(NOW.plus(longest)), () -> next + " after " + outcome + " " + doc);
            }
        });
    }

    @Test
    void aLook_isJudgedByItsEffectOnTheToken_thenByWhetherItIsDefinite() {
        for (CauseClass cause : CauseClass.values()) {
            boolean lasts = EnumSet.of(
                            CauseClass.AUTHORIZATION,
                            CauseClass.PERMISSION,
                            CauseClass.ACCOUNT,
                            CauseClass.CONFIGURATION)
                    .contains(cause);
            assertEquals(
                    lasts ? Look.BLOCKED : Look.NOT_READ,
                    Look.of(new Outcome.Refused<>(error(cause, TokenEffect.NONE, true))),
                    cause.name());
            // a single odd answer is no verdict
            assertEquals(
                    Look.NOT_READ,
                    Look.of(new Outcome.Unclear<>("odd", error(cause, TokenEffect.NONE, false))),
                    cause.name());
            Stream.of(true, false).forEach(definite -> {
                assertEquals(Look.WAITING, of(cause, TokenEffect.WAITING_FOR_PERSON, definite));
                assertEquals(Look.TOKEN_REFUSED, of(cause, TokenEffect.RENEW, definite));
                assertEquals(Look.OVER, of(cause, TokenEffect.DEAD, definite));
                assertEquals(Look.OVER, of(cause, TokenEffect.REMOVED_BY_PERSON, definite));
            });
        }
    }

    private static Look of(CauseClass cause, TokenEffect effect, boolean definite) {
        PlatformError error = error(cause, effect, definite);
        return Look.of(definite ? new Outcome.Refused<>(error) : new Outcome.Unclear<>("", error));
    }

    @Test
    void aBlock_needsAttentionFromItsFirstSightOn_exactlyWhenSomebodyCanAct() {
        for (Actor actor : Actor.values()) {
            for (CauseClass cause : CauseClass.values()) {
                ConnectionDoc doc = doc(
                        Sides.Local.HELD,
                        TokenPhase.HEALTHY,
                        null,
                        Map.of(Capability.PUBLISH_VIDEO, blocked(cause, actor)));
                boolean passes = cause == CauseClass.QUOTA || cause == CauseClass.TRANSIENT;
                boolean wanted = actor != Actor.PLATFORM && !passes;
                String which = actor + " " + cause;
                assertEquals(wanted, !AttentionRule.reasons(doc, OAUTH, BEFORE).isEmpty(), which);
                Instant from = AttentionRule.from(doc, OAUTH);
                assertEquals(wanted, from != null && !from.isAfter(BEFORE), which);
            }
        }
    }

    @Test
    void aRefusedPost_blocksForADay_andIsUnknownAfterItUntilAPostShowsMore() {
        HealthDoc byALook = blocked(CauseClass.ACCOUNT, Actor.PERSON);
        assertEquals(byALook, byALook.unproven(NOW.plus(Duration.ofDays(9))));
        HealthDoc block = byALook.believed(NOW);
        assertEquals(block, block.unproven(BEFORE));
        HealthDoc later = block.unproven(NOW);
        assertEquals(CapabilityHealth.Kind.UNKNOWN, later.kind());
        assertEquals(SEEN, later.evidence());
        assertNotNull(later.believedUntil());
        assertEquals(later, later.unproven(NOW.plusSeconds(1)));
        ConnectionDoc doc = doc(Sides.Local.HELD, TokenPhase.HEALTHY, null, Map.of(Capability.PUBLISH_VIDEO, later));
        assertNull(NextLook.after(Look.READ, doc, OAUTH, NOW));
        assertNull(
                AttentionRule.from(doc, OAUTH) == null
                        ? null
                        : AttentionRule.reasons(doc, OAUTH, NOW).stream()
                                .findFirst()
                                .orElse(null));
    }
}
