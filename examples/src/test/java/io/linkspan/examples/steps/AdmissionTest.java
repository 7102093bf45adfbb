package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.connection.ConnectRedirect;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.connection.ImportRequest;
import io.linkspan.connection.Login;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.Intent;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import io.linkspan.spi.StoredRecord;
import io.linkspan.testkit.instagram.InstagramAccount;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.sim.IssuedTokens;
import io.linkspan.testkit.tiktok.TikTokAccount;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.tiktok.TikTok;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose account it is, what it may do, consents that never return, and tokens taken over. */
class AdmissionTest {
    private final LoginStage stage = new LoginStage(false);
    private final TikTokAccount quay = stage.tiktok.addAccount("quay.studio");
    private final TikTokAccount pier = stage.tiktok.addAccount("pier.bakery");
    private final InstagramAccount insta = stage.instagram.addAccount("quay.studio");

    @AfterEach
    void close() {
        stage.close();
    }

    private Connection connect(Platform platform) {
        return LoginStage.connected(stage.signIn("quay.studio", LoginStage.asking(platform)));
    }

    private boolean alive(TikTokAccount account) {
        return stage.tiktok.ledger().grants().stream()
                .anyMatch(grant -> grant.account().equals(account.handle()) && grant.alive());
    }

    private ConnectOutcome importTikTok(ImportRequest request) {
        return stage.linkspan.connections().importTokens(request);
    }

    /** Lets time pass, then does what is due, one thing per connection and round. */
    private void work(Duration later) {
        stage.clock.advance(later);
        for (int round = 0; round < 4; round++) {
            stage.linkspan.worker().runDue();
        }
    }

    private ImportRequest tokens(TikTokAccount account) {
        IssuedTokens issued = stage.tiktok.issueTokens(account);
        return ImportRequest.of(LoginStage.OWNER, TikTok.PLATFORM, Intent.BOTH, Secret.of(issued.accessToken()))
                .refreshToken(Secret.of(issued.refreshToken()));
    }

    @Test
    void mismatch_leavesTheOldConnectionToTheByte_namesBoth_andRevokesTheStranger() {
        Connection before = connect(TikTok.PLATFORM);
        List<StoredRecord> stored = stage.records();

        ConnectOutcome outcome =
                stage.signIn("pier.bakery", LoginStage.asking(TikTok.PLATFORM).expecting(before.accountId()));

        assertEquals(new ConnectOutcome.AccountMismatch("@quay.studio", "@pier.bakery", outcome.help()), outcome);
        assertEquals(stored, stage.records());
        stage.linkspan.worker().runDue();
        assertFalse(alive(pier));
        assertTrue(alive(quay));
        assertEquals(List.of("connect_account_mismatch"), stage.ended());
    }

    @Test
    void mismatch_doesNotRevokeAnAccountThatAnotherConnectionRestsOn() {
        Connection first = connect(TikTok.PLATFORM);
        LoginStage.connected(stage.signIn("pier.bakery", LoginStage.asking(TikTok.PLATFORM)));
        List<StoredRecord> stored = stage.records();

        assertInstanceOf(
                ConnectOutcome.AccountMismatch.class,
                stage.signIn("pier.bakery", LoginStage.asking(TikTok.PLATFORM).expecting(first.accountId())));

        assertEquals(stored, stage.records());
        assertTrue(alive(pier));
        assertEquals(0, stage.tiktok.ledger().count(TikTokOperation.REVOKE));
    }

    @Test
    void grantThatNamesNoScopes_isUnknownUntilProbed() {
        stage.tiktok
                .faults()
                .on(TikTokOperation.TOKEN_EXCHANGE)
                .next(Fault.answerBefore(200, "application/json", withoutScope(stage.tiktok.issueTokens(quay))));

        Connection connection = connect(TikTok.PLATFORM);

        assertEquals(java.util.Set.of(), connection.scopes());
        assertEquals(
                CapabilityHealth.Kind.UNKNOWN,
                connection.health().get(Capability.PUBLISH_VIDEO).kind());
        quay.privateAccount(true);
        Connection looked = stage.linkspan.connections().check(LoginStage.OWNER, connection.id());
        assertEquals(
                CapabilityHealth.Kind.READY,
                looked.health().get(Capability.PUBLISH_VIDEO).kind(),
                looked::explain);
        assertEquals(
                CapabilityHealth.Kind.UNKNOWN,
                looked.health().get(Capability.PROFILE_LINK).kind(),
                looked::explain);
    }

    private String withoutScope(IssuedTokens issued) {
        return "{\"access_token\":\"" + issued.accessToken() + "\",\"refresh_token\":\"" + issued.refreshToken()
                + "\",\"expires_in\":7200,\"refresh_expires_in\":15552000,\"open_id\":\"" + quay.openId()
                + "\",\"token_type\":\"Bearer\"}";
    }

    @Test
    void unauditedApp_withAPublicAccount_isABlockWithTheRemedy() {
        Connection connection = connect(TikTok.PLATFORM);

        Connection looked = stage.linkspan.connections().check(LoginStage.OWNER, connection.id());

        CapabilityHealth.Blocked blocked =
                assertInstanceOf(CapabilityHealth.Blocked.class, looked.health().get(Capability.PUBLISH_VIDEO));
        assertEquals("unaudited_client_can_only_post_to_private_accounts", blocked.reason());
        quay.privateAccount(true);
        assertEquals(
                CapabilityHealth.Kind.READY,
                stage.linkspan
                        .connections()
                        .check(LoginStage.OWNER, connection.id())
                        .health()
                        .get(Capability.PUBLISH_VIDEO)
                        .kind());
    }

    @Test
    void instagramCheckpoint_andPersonalAccount_areFindings() {
        insta.checkpointed(true);
        ConnectOutcome.NotEligible checkpoint = assertInstanceOf(
                ConnectOutcome.NotEligible.class, stage.signIn("quay.studio", LoginStage.asking(Instagram.PLATFORM)));
        assertTrue(checkpoint.remedy().contains("instagram.com"), checkpoint::describe);
        insta.checkpointed(false);
        stage.instagram
                .faults()
                .on(InstagramOperation.ME)
                .next(Fault.answerBefore(
                        200,
                        "application/json",
                        "{\"user_id\":\"" + insta.userId() + "\",\"id\":\"" + insta.scopedId()
                                + "\",\"username\":\"quay.studio\",\"account_type\":\"PERSONAL\"}"));

        ConnectOutcome.NotEligible personal = assertInstanceOf(
                ConnectOutcome.NotEligible.class, stage.signIn("quay.studio", LoginStage.asking(Instagram.PLATFORM)));

        assertEquals("not_professional", personal.code());
        assertEquals(List.of(), stage.records());
    }

    @Test
    void consentThatNeverReturns_timesOutOnce_andItsLateCallbackIsRefused() {
        ConnectRedirect go = stage.linkspan.connections().connect(LoginStage.asking(TikTok.PLATFORM));
        String late = Browser.create().allow(go.uri(), LoginStage.TIKTOK_RETURN).getRawQuery();
        stage.clock.advance(Duration.ofMinutes(10));

        stage.linkspan.worker().runDue();
        stage.linkspan.worker().runDue();

        assertEquals(List.of("connect_timed_out"), stage.ended());
        assertEquals(
                List.of("connect_timed_out"),
                stage.linkspan.connections().connectHistory(LoginStage.OWNER, go.connectId()).stream()
                        .map(HistoryEntry::action)
                        .toList());
        assertEquals(
                List.of(), stage.linkspan.connections().connectHistory(Owner.of("harbour", "noor"), go.connectId()));
        assertEquals(Reason.STATE_EXPIRED, LoginStage.reason(stage.complete(late)));
        stage.clock.advance(Duration.ofHours(25));
        stage.linkspan.worker().runDue();
        assertEquals(Reason.UNKNOWN_STATE, LoginStage.reason(stage.complete(late)));
        assertEquals(0, stage.tiktok.ledger().count(TikTokOperation.TOKEN_EXCHANGE));
    }

    @Test
    void import_ofLivingTokens_readsTheAccountAndRenewsSoon() {
        Connection connection = LoginStage.connected(importTikTok(tokens(quay).expecting(quay.openId())));

        assertEquals(quay.openId(), connection.accountId());
        assertEquals(
                CapabilityHealth.Kind.UNKNOWN,
                connection.health().get(Capability.PUBLISH_VIDEO).kind());
        work(Duration.ofMinutes(2));
        assertEquals(1, stage.tiktok.ledger().count(TikTokOperation.TOKEN_REFRESH));
        Connection renewed = stage.linkspan
                .connections()
                .find(LoginStage.OWNER, connection.id())
                .orElseThrow();
        assertEquals(ConnectionStatus.Kind.AUTHORIZED, renewed.status().kind());
        assertTrue(renewed.scopes().contains("video.publish"), renewed::explain);
    }

    @Test
    void import_ofAnEndedAccessToken_renewsFirst() {
        ImportRequest request = tokens(quay).accessEndsAt(stage.clock.instant().plus(Duration.ofHours(2)));
        stage.clock.advance(Duration.ofHours(3));

        Connection connection = LoginStage.connected(importTikTok(request));

        assertEquals(quay.openId(), connection.accountId());
        assertEquals("quay.studio", connection.handle());
    }

    @Test
    void import_whoseRenewalAnswerIsKept_isFinishedByTheWorker() {
        ImportRequest request = tokens(quay).accessEndsAt(stage.clock.instant());
        stage.tiktok.faults().on(TikTokOperation.USER_INFO).always(Fault.serverErrorBefore());
        assertEquals(Reason.UNCLEAR, LoginStage.reason(importTikTok(request)));
        stage.tiktok.faults().clear();
        stage.clock.advance(Duration.ofMinutes(11));

        stage.linkspan.worker().runDue();

        assertEquals(1, stage.records().size());
        assertEquals(1, stage.tiktok.ledger().count(TikTokOperation.TOKEN_REFRESH));
    }

    @Test
    void import_overAConnection_isRefusedAndChangesNothing() {
        connect(TikTok.PLATFORM);
        List<StoredRecord> stored = stage.records();
        stage.clock.advance(Duration.ofMinutes(1));

        assertEquals(Reason.ALREADY_CONNECTED, LoginStage.reason(importTikTok(tokens(quay))));
        assertEquals(
                Reason.ALREADY_CONNECTED,
                LoginStage.reason(importTikTok(tokens(quay)
                        .expecting(quay.openId())
                        .accessEndsAt(stage.clock.instant().minusSeconds(1)))));
        assertEquals(stored, stage.records());
        assertEquals(0, stage.tiktok.ledger().count(TikTokOperation.TOKEN_REFRESH));
    }

    @Test
    void import_ofMixedUpDeadOrBrokenTokens_saysWhatIsWrong_andRevokesNothing() {
        assertEquals(
                new ConnectOutcome.AccountMismatch(pier.openId(), "quay.studio"),
                importTikTok(tokens(quay).expecting(pier.openId())));
        assertTrue(alive(quay));
        ImportRequest dead =
                ImportRequest.of(LoginStage.OWNER, TikTok.PLATFORM, Intent.BOTH, Secret.of("act.not-a-token"));
        assertEquals(Reason.PLATFORM_REFUSED, LoginStage.reason(importTikTok(dead)));
        assertEquals(
                Reason.PLATFORM_REFUSED, LoginStage.reason(importTikTok(dead.accessEndsAt(stage.clock.instant()))));
        assertThrows(
                IllegalArgumentException.class,
                () -> ImportRequest.of(LoginStage.OWNER, TikTok.PLATFORM, Intent.BOTH, Secret.of("act.with blank")));
        assertThrows(
                IllegalArgumentException.class,
                () -> ImportRequest.of(LoginStage.OWNER, TikTok.PLATFORM, Intent.BOTH, Secret.of("a".repeat(9000))));
        assertEquals(List.of(), stage.records());
    }

    @Test
    void import_ofInstagram_isExtendedWithinDays() {
        Secret token = Secret.of(stage.instagram.issueTokens(insta).accessToken());

        Connection connection = LoginStage.connected(stage.linkspan
                .connections()
                .importTokens(ImportRequest.of(LoginStage.OWNER, Instagram.PLATFORM, Intent.BOTH, token)));

        assertEquals(insta.userId(), connection.accountId());
        work(Duration.ofDays(5));
        assertEquals(1, stage.instagram.ledger().count(InstagramOperation.TOKEN_REFRESH));
        assertNotEquals(
                token, stage.linkspan.connections().withAccessToken(LoginStage.OWNER, connection.id(), now -> now));
    }

    @Test
    void pendingConnect_isStoredWithoutItsSecrets() {
        ConnectRedirect go = stage.linkspan
                .connections()
                .connect(LoginStage.asking(TikTok.PLATFORM)
                        .via(Login.desktop(java.net.URI.create("http://127.0.0.1:53211/callback/"))));
        String state = go.uri().getQuery().replaceAll(".*state=([^&]*).*", "$1");

        StoredRecord stored = stage.stores
                .tokens()
                .find(LoginStage.OWNER.tenant(), RecordKind.PENDING_CONNECT, go.connectId())
                .orElseThrow();

        assertEquals(43, state.length());
        assertNotEquals(state, stored.lookup().orElseThrow());
        String payload = new String(stored.payload(), java.nio.charset.StandardCharsets.UTF_8);
        assertFalse(payload.contains(state), "the state is stored");
        assertFalse(payload.contains(LoginStage.SECRET), "the browser's secret is stored");
        assertTrue(payload.contains("\"verifier\":\""), payload);
        stage.clock.advance(Duration.ofMinutes(11));
        stage.linkspan.worker().runDue();
        StoredRecord over = stage.stores
                .tokens()
                .find(LoginStage.OWNER.tenant(), RecordKind.PENDING_CONNECT, go.connectId())
                .orElseThrow();
        String left = new String(over.payload(), java.nio.charset.StandardCharsets.UTF_8);
        assertFalse(left.contains("\"verifier\":\""), left);
    }

    @Test
    void lifeOfAToken_countsFromTheRequest() {
        stage.tiktok
                .faults()
                .on(TikTokOperation.TOKEN_EXCHANGE)
                .next(Fault.hold(() -> stage.clock.advance(Duration.ofSeconds(20))));
        java.time.Instant asked = stage.clock.instant();

        Connection connection = connect(TikTok.PLATFORM);

        assertEquals(
                new ConnectionStatus.Authorized(asked.plus(Duration.ofHours(2))).describe(),
                connection.status().describe());
    }

    @Test
    void returnPathInTheQuery_goesNowhere() {
        String query = stage.allow(Browser.create().as("quay.studio"), LoginStage.asking(TikTok.PLATFORM));

        ConnectOutcome outcome = stage.complete(query + "&return_to=https%3A%2F%2Fevil.example&redirect_uri=evil");

        LoginStage.connected(outcome);
        assertFalse(outcome.toString().contains("evil"), outcome::toString);
        ConnectOutcome refused = stage.complete(
                "state=" + query.replaceAll("(?:^|.*&)state=([^&]*).*", "$1") + "&error=https%3A%2F%2Fevil.example");
        assertFalse(refused.toString().contains("evil"), refused::toString);
        String fresh = stage.allow(Browser.create().as("quay.studio"), LoginStage.asking(TikTok.PLATFORM));
        ConnectOutcome error = stage.complete(fresh.replaceAll("code=[^&]*", "error=https%3A%2F%2Fevil.example"));
        assertFalse(error.toString().contains("evil"), error::toString);
    }
}
