package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Attention;
import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.Explanation.Who;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.Intent;
import io.linkspan.spi.CauseClass;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.tiktok.TikTok;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Health beside identity, and lists of what somebody should look at. */
class AttentionTest {
    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    private Attention.Page page(String cursor, int limit) {
        return stage.linkspan.connections().needingAttention(Stage.OWNER.tenant(), cursor, limit);
    }

    private List<String> codes() {
        return page("", 100).items().stream()
                .flatMap(item -> item.reasons().stream())
                .map(Attention.Reason::code)
                .toList();
    }

    private Connection check(ConnectionId id) {
        return stage.linkspan.connections().check(Stage.OWNER, id);
    }

    @Test
    void healthyConnections_needNone() {
        check(stage.connectTikTok(Intent.BOTH).id());
        check(stage.connectInstagram(Intent.BOTH).id());

        assertEquals(new Attention.Page(List.of(), ""), page("", 100));
    }

    @Test
    void barredFromPosting_isMediaBlockedBesideAHealthyIdentityUntilTheNextLook() {
        ConnectionId id = stage.connectTikTok(Intent.BOTH).id();
        stage.tiktokAccount.bannedFromPosting(true);

        Connection blocked = check(id);

        assertEquals(ConnectionStatus.Kind.AUTHORIZED, blocked.status().kind());
        assertEquals(
                CapabilityHealth.Kind.READY,
                blocked.health().get(Capability.READ_PROFILE).kind());
        CapabilityHealth.Blocked block =
                (CapabilityHealth.Blocked) blocked.health().get(Capability.PUBLISH_VIDEO);
        assertEquals("media-blocked", block.word());
        assertEquals("spam_risk_user_banned_from_posting", block.reason());
        assertEquals(List.of("spam_risk_user_banned_from_posting"), codes());

        stage.tiktokAccount.bannedFromPosting(false);
        stage.clock.advance(Duration.ofMinutes(2));
        check(id);
        assertEquals(List.of(), codes());
    }

    @Test
    void quotaUsedUp_isQuotaBlockedSinceItWasFirstSeen() {
        ConnectionId id = stage.connectInstagram(Intent.CROSS_POSTING).id();
        stage.instagramAccount.quotaUsed(1000);
        var first = stage.clock.instant();
        check(id);
        stage.clock.advance(Duration.ofHours(2));

        Connection connection = check(id);

        CapabilityHealth.Blocked block =
                (CapabilityHealth.Blocked) connection.health().get(Capability.PUBLISH_PHOTO);
        assertEquals("quota-blocked", block.word());
        assertEquals(CauseClass.QUOTA, block.cause());
        assertEquals(first, block.since());
        assertEquals(stage.clock.instant(), block.evidence().at());
        assertEquals(List.of(), codes(), "a limit passes by itself");
    }

    @Test
    void unreachablePlatform_leavesUnknownWithWhatWasSeenBeforeAndItsAge() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();
        check(id);
        stage.clock.advance(Duration.ofMinutes(90));
        stage.tiktok.faults().on(TikTokOperation.USER_INFO).always(Fault.dropBefore());

        CapabilityHealth health = check(id).health().get(Capability.PUBLISH_VIDEO);

        assertEquals(CapabilityHealth.Kind.UNKNOWN, health.kind());
        assertTrue(health.describe(stage.clock.instant()).contains("1 h old"), health::describe);
        assertTrue(
                health.describe(stage.clock.instant().plus(Duration.ofDays(3))).contains("stale, 3 d old"),
                health::describe);
    }

    @Test
    void checkWithAnAge_asksOnlyWhenTheLastLookIsOlder() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();
        check(id);
        long before = stage.tiktok.ledger().count(TikTokOperation.CREATOR_INFO);
        stage.clock.advance(Duration.ofMinutes(5));

        stage.linkspan.connections().check(Stage.OWNER, id, Duration.ofMinutes(5));
        assertEquals(before, stage.tiktok.ledger().count(TikTokOperation.CREATOR_INFO));
        stage.linkspan.connections().check(Stage.OWNER, id, Duration.ofMinutes(4));
        assertEquals(before + 1, stage.tiktok.ledger().count(TikTokOperation.CREATOR_INFO));
    }

    @Test
    void timeAlone_bringsTheEndOfConsentAndOfTokens() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();
        var end = stage.connection(id).consentEnds().orElseThrow();
        stage.clock.advance(Duration.ofHours(3));
        assertEquals(List.of("refresh_required"), codes());
        stage.linkspan.connections().withAccessToken(Stage.OWNER, id, token -> "used");
        assertEquals(List.of(), codes());

        stage.clock.advance(Duration.between(stage.clock.instant(), end.minus(Duration.ofDays(30))));
        stage.linkspan.connections().withAccessToken(Stage.OWNER, id, token -> "used");
        assertEquals(List.of("consent_ends"), codes());

        stage.clock.advance(Duration.ofDays(31));
        assertEquals(List.of("expired"), codes());
        assertEquals(Who.PERSON, page("", 1).items().get(0).reasons().get(0).who());
    }

    @Test
    void refusedTokens_areListedAndARevokedConnectionIsNot() {
        ConnectionId tiktok = stage.connectTikTok(Intent.CROSS_POSTING).id();
        ConnectionId instagram = stage.connectInstagram(Intent.CROSS_POSTING).id();
        stage.instagram.invalidateTokens(stage.instagramAccount, 460);
        check(instagram);
        stage.linkspan.connections().disconnect(Stage.OWNER, tiktok, Disconnect.everywhere("mira"));

        assertEquals(List.of("reauthorization_required"), codes());
    }

    @Test
    void pages_reachEveryItemOnceWhateverTheirSize() {
        Set<String> expected = new java.util.TreeSet<>();
        stage.instagramAccount.quotaUsed(1000);
        for (int i = 0; i < 7; i++) {
            var account = stage.tiktok.addAccount("boat" + i).bannedFromPosting(true);
            stage.tiktok.autoConsent(account);
            ConnectionId id = stage.connect(Stage.asking(TikTok.PLATFORM, Intent.CROSS_POSTING))
                    .id();
            check(id);
            expected.add(id.value());
            stage.clock.advance(Duration.ofSeconds(i % 2));
        }
        for (int size : List.of(1, 2, 3, 7, 100)) {
            List<String> reached = new ArrayList<>();
            String cursor = "";
            do {
                Attention.Page page = page(cursor, size);
                page.items()
                        .forEach(item ->
                                reached.add(item.connection().orElseThrow().value()));
                cursor = page.next();
            } while (!cursor.isEmpty());
            assertEquals(expected.size(), reached.size());
            assertEquals(expected, new java.util.TreeSet<>(reached));
        }
        assertThrows(IllegalArgumentException.class, () -> page("x", 1));
        assertThrows(IllegalArgumentException.class, () -> page("", 0));
        assertFalse(page("", 1).next().isEmpty());
    }

    @Test
    void scopeNotGranted_isListedWithThePerson() {
        stage.instagramAccount.denies("instagram_business_content_publish");
        stage.connect(Stage.asking(Instagram.PLATFORM, Intent.CROSS_POSTING));

        Attention.Reason reason = page("", 10).items().get(0).reasons().get(0);

        assertEquals("scope_not_granted", reason.code());
        assertEquals(Who.PERSON, reason.who());
        assertEquals(0, stage.instagram.ledger().count(InstagramOperation.PUBLISHING_LIMIT));
    }
}
