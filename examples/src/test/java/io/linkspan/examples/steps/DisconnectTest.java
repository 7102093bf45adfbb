package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.AuthorizationException;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.connection.ConnectionStatus.PartiallyRevoked;
import io.linkspan.connection.ConnectionStatus.Revoked;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.DisconnectReport;
import io.linkspan.connection.Sides;
import io.linkspan.link.Intent;
import io.linkspan.spi.Secret;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.tiktok.TikTok;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DisconnectTest {
    private static final Disconnect EVERYWHERE = Disconnect.everywhere("mira asked");

    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    private DisconnectReport disconnect(ConnectionId id) {
        return stage.linkspan.connections().disconnect(Stage.OWNER, id, EVERYWHERE);
    }

    private Sides sides(ConnectionId id) {
        var status = stage.connection(id).status();
        return status instanceof Revoked gone
                ? gone.sides()
                : assertInstanceOf(PartiallyRevoked.class, status, status::describe)
                        .sides();
    }

    private boolean grantAlive() {
        return stage.tiktok.ledger().grants().stream().anyMatch(Ledger.Grant::alive);
    }

    private void assertVerifiedAndWiped(ConnectionId id) {
        assertEquals(Sides.Grant.REVOKED_VERIFIED, sides(id).grant());
        assertEquals(Sides.Local.WIPED, sides(id).local());
        assertFalse(grantAlive());
        assertThrows(
                AuthorizationException.class,
                () -> stage.linkspan.connections().withAccessToken(Stage.OWNER, id, Secret::reveal));
    }

    @Test
    void tiktok_disconnected_revokedVerifiedAndWiped() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();

        DisconnectReport report = disconnect(id);

        assertEquals(
                new Sides(Sides.Local.WIPED, Sides.Grant.REVOKED_VERIFIED, Sides.VisibleLink.NOT_WANTED),
                report.sides());
        assertEquals(Kind.REVOKED, report.connection().status().kind());
        assertFalse(report.evidence().isEmpty());
        assertEquals(1, stage.tiktok.ledger().count(TikTokOperation.REVOKE));
        assertVerifiedAndWiped(id);
        assertEquals(
                List.of("connected", "disconnect_requested", "grant_revoked_verified", "tokens_wiped"),
                stage.actions(id));
    }

    @Test
    void tiktok_withVisibleLink_isRevokedOnlyWhenPersonConfirms() {
        ConnectionId id = stage.connectTikTok(Intent.BOTH).id();
        DisconnectReport report = disconnect(id);
        assertEquals(Kind.PARTIALLY_REVOKED, stage.kind(id));
        assertEquals(Sides.VisibleLink.UNKNOWN, report.sides().visibleLink());
        assertFalse(report.forPerson().isEmpty());

        Connection confirmed = stage.linkspan.connections().confirmProfileLinkRemoved(Stage.OWNER, id, "mira");

        assertEquals(Kind.REVOKED, confirmed.status().kind());
        assertEquals(Sides.VisibleLink.REMOVED_SAID_BY_PERSON, sides(id).visibleLink());
    }

    @Test
    void disconnect_twice_revokesOnce() {
        ConnectionId id = stage.connectTikTok(Intent.BOTH).id();
        disconnect(id);

        DisconnectReport again = disconnect(id);

        assertEquals(Sides.Grant.REVOKED_VERIFIED, again.sides().grant());
        assertEquals(1, stage.tiktok.ledger().count(TikTokOperation.REVOKE));
    }

    @Test
    void revokeEndpoint_dropping_partiallyRevokedThenConverges() {
        ConnectionId id = stage.connectTikTok(Intent.BOTH).id();
        stage.tiktok.faults().on(TikTokOperation.REVOKE).always(Fault.dropBefore());

        DisconnectReport report = disconnect(id);

        assertEquals(Kind.PARTIALLY_REVOKED, report.connection().status().kind());
        assertEquals(
                new Sides(Sides.Local.REVOKE_ONLY, Sides.Grant.REVOKE_REQUESTED, Sides.VisibleLink.UNKNOWN),
                report.sides());
        assertTrue(grantAlive());
        assertThrows(
                AuthorizationException.class,
                () -> stage.linkspan.connections().withAccessToken(Stage.OWNER, id, Secret::reveal));

        stage.tiktok.faults().clear();
        stage.run(Duration.ofMinutes(2), Duration.ofSeconds(10));

        assertVerifiedAndWiped(id);
        assertTrue(
                stage.actions(id)
                        .containsAll(List.of(
                                "disconnect_requested",
                                "grant_revoke_requested",
                                "grant_revoked_verified",
                                "tokens_wiped")),
                stage.actions(id)::toString);
    }

    @Test
    void revokeAnswer_lostAfterEffect_converges() {
        ConnectionId id = stage.connectTikTok(Intent.BOTH).id();
        stage.tiktok.faults().on(TikTokOperation.REVOKE).next(Fault.dropAfter());

        disconnect(id);
        stage.run(Duration.ofMinutes(2), Duration.ofSeconds(10));

        assertVerifiedAndWiped(id);
    }

    @Test
    void accessToken_expiredAtDisconnect_renewedFirstThenVerified() {
        ConnectionId id = stage.connectTikTok(Intent.BOTH).id();
        stage.clock.advance(Duration.ofHours(3));

        DisconnectReport report = disconnect(id);

        assertEquals(Sides.Grant.REVOKED_VERIFIED, report.sides().grant());
        assertEquals(1, stage.tiktok.ledger().count(TikTokOperation.TOKEN_REFRESH));
        assertVerifiedAndWiped(id);
    }

    @Test
    void instagram_disconnected_notVerifiableAndWipedAfter72Hours() {
        ConnectionId id = stage.connectInstagram(Intent.CROSS_POSTING).id();

        DisconnectReport report = disconnect(id);

        assertEquals(
                new Sides(Sides.Local.REVOKE_ONLY, Sides.Grant.NOT_VERIFIABLE, Sides.VisibleLink.NOT_WANTED),
                report.sides());
        assertFalse(report.forPerson().isEmpty());
        stage.run(Duration.ofHours(71), Duration.ofHours(1));
        assertEquals(Sides.Local.REVOKE_ONLY, sides(id).local());

        stage.run(Duration.ofHours(2), Duration.ofHours(1));

        assertEquals(Sides.Local.WIPED, sides(id).local());
        assertEquals(Sides.Grant.NOT_VERIFIABLE, sides(id).grant());
        assertEquals(
                List.of(
                        "connected",
                        "disconnect_requested",
                        "grant_not_verifiable",
                        "grant_not_verifiable",
                        "tokens_wiped"),
                stage.actions(id));
    }

    @Test
    void instagram_appRemovedAfterDisconnect_isProven() {
        ConnectionId id = stage.connectInstagram(Intent.CROSS_POSTING).id();
        disconnect(id);
        stage.instagram.removeApp(stage.instagramAccount);

        stage.instagram.webhooks().release();
        assertTrue(stage.instagram.webhooks().await(Duration.ofSeconds(20)));

        assertEquals(
                new Sides(Sides.Local.WIPED, Sides.Grant.REMOVED_BY_PERSON, Sides.VisibleLink.NOT_WANTED), sides(id));
        assertEquals(Kind.REVOKED, stage.kind(id));
    }

    @Test
    void localDisconnect_keepsGrantByPolicy() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();

        DisconnectReport report =
                stage.linkspan.connections().disconnect(Stage.OWNER, id, Disconnect.locally("mira moved"));

        assertEquals(Sides.Grant.KEPT_BY_POLICY, report.sides().grant());
        assertEquals(Sides.Local.WIPED, report.sides().local());
        assertTrue(grantAlive());
        assertEquals(0, stage.tiktok.ledger().count(TikTokOperation.REVOKE));
    }

    @Test
    void accountShared_byTwoTenants_keptByPolicyAndOtherStillWorks() {
        ConnectionId mine = stage.connectTikTok(Intent.BOTH).id();
        Connection theirs = stage.connectForOther(TikTok.PLATFORM);

        DisconnectReport report = disconnect(mine);

        assertEquals(Sides.Grant.KEPT_BY_POLICY, report.sides().grant());
        assertEquals(Sides.Local.WIPED, report.sides().local());
        assertEquals(0, stage.tiktok.ledger().count(TikTokOperation.REVOKE));
        assertEquals(
                Kind.AUTHORIZED,
                stage.linkspan
                        .connections()
                        .check(Stage.OTHER, theirs.id())
                        .status()
                        .kind());

        DisconnectReport last = stage.linkspan.connections().disconnect(Stage.OTHER, theirs.id(), EVERYWHERE);
        assertEquals(Sides.Grant.REVOKED_VERIFIED, last.sides().grant());
        assertFalse(grantAlive());
    }

    @Test
    void tiktok_tokenInvalidatedBefore_isRenewedAndThenRevoked() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();
        stage.tiktok.invalidateAccessTokens(stage.tiktokAccount);

        disconnect(id);

        assertVerifiedAndWiped(id);
        assertEquals(1, stage.tiktok.ledger().count(TikTokOperation.REVOKE));
    }

    @Test
    void instagram_tokenDeadBefore_provesNothing() {
        ConnectionId id = stage.connectInstagram(Intent.CROSS_POSTING).id();
        stage.instagram.invalidateTokens(stage.instagramAccount, 460);

        DisconnectReport report = disconnect(id);

        assertEquals(Sides.Grant.NOT_VERIFIABLE, report.sides().grant());
        assertEquals(1, report.forPerson().size());
    }

    @Test
    void tiktok_renewalAnswerLost_isNeverSaidToBeRevokedWhileTheGrantLives() {
        stage.tiktok.rules().strictRotation(false);
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();
        stage.clock.advance(Duration.ofHours(3));
        stage.tiktok.faults().on(TikTokOperation.TOKEN_REFRESH).next(Fault.dropAfter());

        disconnect(id);
        for (int minute = 0; minute < 5; minute++) {
            stage.clock.advance(Duration.ofMinutes(1));
            stage.linkspan.worker().runDue();
        }

        assertTrue(grantAlive());
        assertFalse(sides(id).grantProvenGone());
    }
}
