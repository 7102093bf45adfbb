package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Owner;
import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.Intent;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.tiktok.TikTok;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectTest {
    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    private static Reason reason(ConnectOutcome outcome) {
        return assertInstanceOf(ConnectOutcome.Refused.class, outcome).reason();
    }

    private long exchanges() {
        return stage.tiktok.ledger().count(TikTokOperation.TOKEN_EXCHANGE);
    }

    @Test
    void tiktok_allowed_connectedWithGrantedScopes() {
        Connection connection = stage.connectTikTok(Intent.BOTH);

        assertEquals(TikTok.PLATFORM, connection.platform());
        assertEquals(Stage.OWNER, connection.owner());
        assertEquals(stage.tiktokAccount.openId(), connection.accountId());
        assertEquals("quay.studio", connection.handle());
        assertEquals(ConnectionStatus.Kind.AUTHORIZED, connection.status().kind());
        assertEquals(Set.copyOf(stage.tiktok.ledger().grants().get(0).scopes()), connection.scopes());
        assertTrue(connection.scopes().containsAll(Set.of("user.info.basic", "video.publish")), connection::explain);
        assertEquals(List.of(connection), stage.linkspan.connections().list(Stage.OWNER));
    }

    @Test
    void instagram_allowed_connectedWithGrantedScopes() {
        Connection connection = stage.connectInstagram(Intent.BOTH);

        assertEquals(Instagram.PLATFORM, connection.platform());
        assertEquals("quay.studio", connection.handle());
        assertEquals(ConnectionStatus.Kind.AUTHORIZED, connection.status().kind());
        assertEquals(Set.of("instagram_business_basic", "instagram_business_content_publish"), connection.scopes());
        assertEquals(1, stage.instagram.ledger().count(InstagramOperation.LONG_LIVED_EXCHANGE));
    }

    @Test
    void consent_denied_isDeniedAndStateIsUsed() {
        String query = stage.deny(Stage.asking(TikTok.PLATFORM, Intent.BOTH));

        assertEquals(
                "access_denied",
                assertInstanceOf(ConnectOutcome.Denied.class, stage.complete(query))
                        .code());
        assertEquals(Reason.STATE_USED, reason(stage.complete(query)));
        assertEquals(0, exchanges());
        assertEquals(List.of(), stage.linkspan.connections().list(Stage.OWNER));
    }

    @Test
    void limitWhileTheAccountIsRead_keepsTheConsentAndConnectsLater() {
        stage.tiktok
                .faults()
                .on(TikTokOperation.USER_INFO)
                .next(new Fault.VendorError(
                        false, 429, "rate_limit_exceeded", "The API rate limit was exceeded.", Map.of()));

        ConnectOutcome first = stage.complete(stage.allow(Stage.asking(TikTok.PLATFORM, Intent.BOTH)));
        assertEquals(Reason.UNCLEAR, reason(first));
        stage.run(Duration.ofHours(3), Duration.ofMinutes(1));

        assertEquals(1, stage.linkspan.connections().list(Stage.OWNER).size());
        assertEquals(1, exchanges());
        assertEquals(0, stage.tiktok.ledger().count(TikTokOperation.REVOKE));
    }

    @Test
    void accountWithoutGrantedHandle_isShownByName_andByHandleOnceTheCreatorIsRead() {
        Connection connection = stage.connectTikTok(Intent.CROSS_POSTING);
        assertEquals(connection.displayName(), connection.shown());

        Connection looked = stage.linkspan.connections().check(Stage.OWNER, connection.id());

        assertEquals("@quay.studio", looked.shown());
    }

    @Test
    void callback_inWrongBrowser_refusedAndRightBrowserStillWorks() {
        String query = stage.allow(Stage.asking(TikTok.PLATFORM, Intent.BOTH));

        assertEquals(
                Reason.WRONG_BROWSER,
                reason(stage.linkspan.connections().complete(query, "browser-secret-of-another")));
        assertEquals(0, exchanges());
        assertInstanceOf(ConnectOutcome.Connected.class, stage.complete(query));
        assertEquals(1, exchanges());
    }

    @Test
    void callback_reused_refusedWithoutSecondExchange() {
        String query = stage.allow(Stage.asking(TikTok.PLATFORM, Intent.BOTH));
        Connection connection = assertInstanceOf(ConnectOutcome.Connected.class, stage.complete(query))
                .connection();

        assertEquals(Reason.STATE_USED, reason(stage.complete(query)));
        assertEquals(1, exchanges());
        assertEquals(connection, stage.connection(connection.id()));
    }

    @Test
    void callback_withUnknownState_refused() {
        String query = stage.allow(Stage.asking(TikTok.PLATFORM, Intent.BOTH));
        String foreign = query.replaceAll("state=[^&]*", "state=" + "A".repeat(43));

        assertEquals(Reason.UNKNOWN_STATE, reason(stage.complete(foreign)));
        assertEquals(0, exchanges());
    }

    @Test
    void callback_after11Minutes_refusedAsExpired() {
        String query = stage.allow(Stage.asking(TikTok.PLATFORM, Intent.BOTH));
        stage.clock.advance(Duration.ofMinutes(11));

        assertEquals(Reason.STATE_EXPIRED, reason(stage.complete(query)));
        assertEquals(0, exchanges());
        assertEquals(List.of(), stage.linkspan.connections().list(Stage.OWNER));
    }

    @Test
    void reconnect_asAnotherAccount_mismatchAndOldConnectionUntouched() {
        Connection before = stage.connectTikTok(Intent.BOTH);
        stage.tiktok.addAccount("pier.bakery");
        String query = stage.allow(
                Browser.create().as("pier.bakery"),
                Stage.asking(TikTok.PLATFORM, Intent.BOTH).expecting(before.accountId()));

        ConnectOutcome outcome = stage.complete(query);

        assertEquals(new ConnectOutcome.AccountMismatch("@quay.studio", "@pier.bakery", outcome.help()), outcome);
        assertEquals(List.of(before), stage.linkspan.connections().list(Stage.OWNER));
        assertEquals("user", stage.linkspan.connections().withAccessToken(Stage.OWNER, before.id(), token -> "user"));
    }

    @Test
    void scope_denied_blocksCapability() {
        stage.tiktokAccount.denies("video.publish");

        Connection connection = stage.connectTikTok(Intent.BOTH);

        assertFalse(connection.scopes().contains("video.publish"), connection::explain);
        CapabilityHealth.Blocked blocked = assertInstanceOf(
                CapabilityHealth.Blocked.class, connection.health().get(Capability.PUBLISH_VIDEO));
        assertEquals("scope_not_granted", blocked.reason());
        assertEquals(ConnectionStatus.Kind.AUTHORIZED, connection.status().kind());
    }

    @Test
    void instagramScope_unticked_blocksCapability() {
        String query = stage.allow(
                Browser.create().without("instagram_business_content_publish"),
                Stage.asking(Instagram.PLATFORM, Intent.BOTH));

        Connection connection = assertInstanceOf(ConnectOutcome.Connected.class, stage.complete(query))
                .connection();

        assertEquals(Set.of("instagram_business_basic"), connection.scopes());
        CapabilityHealth.Blocked blocked = assertInstanceOf(
                CapabilityHealth.Blocked.class, connection.health().get(Capability.PUBLISH_VIDEO));
        assertEquals("scope_not_granted", blocked.reason());
    }

    @Test
    void tokenExchange_answerLost_unclearAndNeverRepeated() {
        stage.tiktok.faults().on(TikTokOperation.TOKEN_EXCHANGE).next(Fault.dropAfter());
        String query = stage.allow(Stage.asking(TikTok.PLATFORM, Intent.BOTH));

        assertEquals(Reason.UNCLEAR, reason(stage.complete(query)));
        assertEquals(Reason.STATE_USED, reason(stage.complete(query)));
        assertEquals(1, exchanges());
        assertEquals(List.of(), stage.linkspan.connections().list(Stage.OWNER));
    }

    @Test
    void reconnect_sameAccount_keepsConnectionId() {
        Connection first = stage.connectTikTok(Intent.BOTH);
        stage.tiktok.removeApp(stage.tiktokAccount);
        stage.clock.advance(Duration.ofMinutes(1));

        ConnectOutcome.Connected again = assertInstanceOf(
                ConnectOutcome.Connected.class,
                stage.complete(stage.allow(Stage.asking(TikTok.PLATFORM, Intent.BOTH))));

        assertTrue(again.renewed());
        assertEquals(first.id(), again.connection().id());
        assertEquals(1, stage.linkspan.connections().list(Stage.OWNER).size());
        assertEquals(ConnectionStatus.Kind.AUTHORIZED, stage.kind(first.id()));
    }

    @Test
    void find_byForeignOwner_isEmpty() {
        Connection connection = stage.connectTikTok(Intent.BOTH);
        Owner sameTenant = Owner.of("harbour", "noor");
        Owner sameUser = Owner.of("lighthouse", "mira");

        assertEquals(Optional.empty(), stage.linkspan.connections().find(sameTenant, connection.id()));
        assertEquals(Optional.empty(), stage.linkspan.connections().find(sameUser, connection.id()));
        assertEquals(List.of(), stage.linkspan.connections().list(sameTenant));
        assertEquals(List.of(), stage.linkspan.connections().list(sameUser));
    }
}
