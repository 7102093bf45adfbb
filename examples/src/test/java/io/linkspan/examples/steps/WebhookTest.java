package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.connection.ConnectionStatus.PartiallyRevoked;
import io.linkspan.connection.ConnectionStatus.Revoked;
import io.linkspan.connection.Sides;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.Intent;
import io.linkspan.testkit.sim.Signatures;
import io.linkspan.tiktok.TikTok;
import io.linkspan.webhook.WebhookOutcome;
import io.linkspan.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookTest {
    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    private String removal(Instant at) {
        return "{\"client_key\":\"" + stage.tiktok.clientKey()
                + "\",\"event\":\"authorization.removed\",\"create_time\":" + at.getEpochSecond()
                + ",\"user_openid\":\"" + stage.tiktokAccount.openId() + "\",\"content\":\"{\\\"reason\\\":1}\"}";
    }

    private WebhookOutcome receive(String body, String secret) {
        String signature = Signatures.tikTok(secret, stage.clock.instant(), body);
        return stage.linkspan
                .webhooks()
                .receive(
                        TikTok.PLATFORM,
                        WebhookRequest.of(
                                Map.of("TikTok-Signature", signature), body.getBytes(StandardCharsets.UTF_8)));
    }

    private Sides sides(ConnectionId id) {
        var status = stage.connection(id).status();
        return status instanceof PartiallyRevoked part ? part.sides() : ((Revoked) status).sides();
    }

    private void deliverTikTok() {
        stage.tiktok.webhooks().release();
        assertTrue(stage.tiktok.webhooks().await(Duration.ofSeconds(20)));
    }

    private void deliverInstagram() {
        stage.instagram.webhooks().release();
        assertTrue(stage.instagram.webhooks().await(Duration.ofSeconds(20)));
    }

    @Test
    void tiktok_appRemovedByPerson_isNoticed() {
        ConnectionId id = stage.connectTikTok(Intent.BOTH).id();
        stage.tiktok.removeApp(stage.tiktokAccount);
        assertEquals(Kind.AUTHORIZED, stage.kind(id));

        deliverTikTok();

        assertEquals(200, stage.received.get(0).status());
        assertEquals(1, stage.received.get(0).applied());
        assertEquals(new Sides(Sides.Local.WIPED, Sides.Grant.REMOVED_BY_PERSON, Sides.VisibleLink.UNKNOWN), sides(id));
        assertTrue(stage.actions(id).containsAll(List.of("removal_reported", "access_removed")));
    }

    @Test
    void removal_withIntentCrossPosting_isFullyRevoked() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();
        stage.tiktok.removeApp(stage.tiktokAccount);

        deliverTikTok();

        assertEquals(Kind.REVOKED, stage.kind(id));
        assertEquals(Sides.VisibleLink.NOT_WANTED, sides(id).visibleLink());
    }

    @Test
    void message_withForgedSignature_is401AndChangesNothing() {
        Connection before = stage.connectTikTok(Intent.BOTH);
        List<String> actions = stage.actions(before.id());

        WebhookOutcome outcome = receive(removal(stage.clock.instant()), "another-client-secret");

        assertEquals(401, outcome.status());
        assertEquals(0, outcome.applied());
        assertEquals(before, stage.connection(before.id()));
        assertEquals(actions, stage.actions(before.id()));
    }

    @Test
    void message_withoutSignature_is401() {
        stage.connectTikTok(Intent.BOTH);
        byte[] body = removal(stage.clock.instant()).getBytes(StandardCharsets.UTF_8);

        assertEquals(
                401,
                stage.linkspan
                        .webhooks()
                        .receive(TikTok.PLATFORM, WebhookRequest.of(Map.of(), body))
                        .status());
    }

    @Test
    void genuineRemoval_whileTokenStillWorks_keepsConnectionAuthorized() {
        ConnectionId id = stage.connectTikTok(Intent.BOTH).id();

        WebhookOutcome outcome = receive(removal(stage.clock.instant()), stage.tiktok.clientSecret());

        assertEquals(200, outcome.status());
        assertEquals(Kind.AUTHORIZED, stage.kind(id));
    }

    @Test
    void message_twice_isAppliedOnce() {
        ConnectionId id = stage.connectTikTok(Intent.BOTH).id();
        stage.tiktok.webhooks().copies(2);
        stage.tiktok.removeApp(stage.tiktokAccount);
        deliverTikTok();
        List<String> actions = stage.actions(id);

        assertTrue(stage.tiktok.webhooks().resendLast());
        deliverTikTok();

        assertEquals(
                List.of(1, 0, 0),
                stage.received.stream().limit(3).map(WebhookOutcome::applied).toList());
        assertTrue(stage.received.stream().allMatch(outcome -> outcome.status() == 200));
        assertEquals(actions, stage.actions(id));
    }

    @Test
    void removal_olderThanReconnect_isIgnored() {
        ConnectionId id = stage.connectTikTok(Intent.BOTH).id();
        stage.tiktok.removeApp(stage.tiktokAccount);
        stage.clock.advance(Duration.ofMinutes(5));
        Connection again = stage.connectTikTok(Intent.BOTH);
        assertEquals(id, again.id());

        deliverTikTok();

        assertEquals(new WebhookOutcome(200, 1, 0, "nothing to do"), stage.received.get(0));
        assertEquals(again, stage.connection(id));
    }

    @Test
    void instagram_appRemovedByPerson_isNoticed() {
        ConnectionId id = stage.connectInstagram(Intent.BOTH).id();
        stage.instagram.removeApp(stage.instagramAccount);
        assertEquals(Kind.AUTHORIZED, stage.kind(id));

        deliverInstagram();

        assertEquals(200, stage.received.get(0).status());
        assertEquals(1, stage.received.get(0).applied());
        assertEquals(Sides.Local.WIPED, sides(id).local());
        assertEquals(Sides.Grant.REMOVED_BY_PERSON, sides(id).grant());
    }

    @Test
    void instagram_forgedSignedRequest_is401AndChangesNothing() {
        Connection before = stage.connectInstagram(Intent.BOTH);
        String payload = "{\"algorithm\":\"HMAC-SHA256\",\"issued_at\":"
                + stage.clock.instant().getEpochSecond() + ",\"user_id\":\"" + stage.instagramAccount.scopedId()
                + "\"}";
        String body = "signed_request=" + Signatures.signedRequest("another-app-secret", payload);

        WebhookOutcome outcome = stage.linkspan
                .webhooks()
                .receive(
                        Instagram.PLATFORM,
                        WebhookRequest.of(
                                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                                body.getBytes(StandardCharsets.UTF_8)));

        assertEquals(401, outcome.status());
        assertEquals(before, stage.connection(before.id()));
    }

    @Test
    void removal_ofOneAccountSharedByTwoTenants_reachesBoth() {
        ConnectionId mine = stage.connectTikTok(Intent.BOTH).id();
        Connection theirs = stage.connectForOther(TikTok.PLATFORM);
        stage.tiktok.removeApp(stage.tiktokAccount);

        deliverTikTok();

        assertEquals(Sides.Grant.REMOVED_BY_PERSON, sides(mine).grant());
        Connection after =
                stage.linkspan.connections().find(Stage.OTHER, theirs.id()).orElseThrow();
        assertEquals(Kind.PARTIALLY_REVOKED, after.status().kind(), after::explain);
        assertEquals(2, stage.received.get(0).applied());
    }
}
