package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Platform;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.instagram.Instagram;
import io.linkspan.spi.StoredRecord;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.tiktok.TikTok;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong with a reconnect: a typed outcome, and the old connection as it was, to the byte. */
class OAuthRefusalsTest {
    private final LoginStage stage = new LoginStage(false);

    @BeforeEach
    void accounts() {
        for (String handle : List.of("quay.studio", "pier.bakery")) {
            stage.tiktok.addAccount(handle);
            stage.instagram.addAccount(handle);
        }
    }

    @AfterEach
    void close() {
        stage.close();
    }

    static Stream<OAuthCase> cases() {
        return Stream.of(TikTok.PLATFORM, Instagram.PLATFORM)
                .flatMap(platform ->
                        Stream.concat(RefusedCallbacks.of(platform).stream(), RefusedAnswers.of(platform).stream()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void reconnect_isRefusedAndChangesNothing(OAuthCase bad) {
        Platform platform = bad.name().startsWith("tiktok") ? TikTok.PLATFORM : Instagram.PLATFORM;
        LoginStage.connected(stage.signIn("quay.studio", LoginStage.asking(platform)));
        stage.linkspan.worker().runDue(); // looks at the new connection now, and not between the two looks of this test
        stage.clock.advance(Duration.ofMinutes(1));
        stage.linkspan.worker().runDue(); // and notes that this was heard
        List<StoredRecord> before = stage.records();
        stage.clock.advance(Duration.ofSeconds(1));

        ConnectOutcome outcome = bad.attempt().apply(stage);

        assertEquals(bad.expected(), OAuthCase.kind(outcome), outcome::describe);
        assertEquals(before, stage.records());
        assertTrue(outcome.describe().length() > 20, outcome::describe);
        assertFalse(outcome.describe().contains("<script>"), outcome::describe);
        stage.tiktok.secrets().forEach(secret -> assertFalse(outcome.describe().contains(secret)));
        stage.instagram
                .secrets()
                .forEach(secret -> assertFalse(outcome.describe().contains(secret)));
    }

    @Test
    void table_hasAtLeastEightyCases() {
        assertTrue(cases().map(OAuthCase::name).distinct().count() >= 160, "too few");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-7200", "0", "99999999999999999999", "9223372036854775807", "\"soon\"", "null", "[7200]"})
    void absurdLife_fallsBackToTheProfile(String life) {
        var account = stage.tiktok.addAccount("buoy.radio");
        var tokens = stage.tiktok.issueTokens(account);
        stage.tiktok
                .faults()
                .on(TikTokOperation.TOKEN_EXCHANGE)
                .next(Fault.answerBefore(
                        200,
                        "application/json",
                        "{\"access_token\":\"" + tokens.accessToken() + "\",\"refresh_token\":\""
                                + tokens.refreshToken() + "\",\"open_id\":\"" + account.openId()
                                + "\",\"scope\":\"user.info.basic\",\"token_type\":\"bearer\",\"expires_in\":" + life
                                + ",\"refresh_expires_in\":" + life + "}"));

        Connection connection = LoginStage.connected(stage.signIn("buoy.radio", LoginStage.asking(TikTok.PLATFORM)));

        assertEquals(
                new ConnectionStatus.Authorized(stage.clock.instant().plus(Duration.ofHours(2))).describe(),
                connection.status().describe());
        assertTrue(connection.consentEnds().isEmpty());
    }

    @Test
    void anotherAppRegistration_doesNotFinishTheConnect() {
        String query = stage.allow(Browser.create(), LoginStage.asking(TikTok.PLATFORM));

        try (var changed = stage.open("another-client-key", false)) {
            assertEquals(
                    Reason.WRONG_CONTEXT,
                    LoginStage.reason(changed.connections().complete(query, LoginStage.SECRET)));
        }
        LoginStage.connected(stage.complete(query));
    }

    @Test
    void twoCallbacksAtOnce_spendOneCode() throws Exception {
        String query = stage.allow(Browser.create(), LoginStage.asking(TikTok.PLATFORM));
        List<String> kinds = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
        List<Thread> nodes = Stream.of(1, 2)
                .map(n -> new Thread(() -> kinds.add(OAuthCase.kind(stage.complete(query)))))
                .toList();

        nodes.forEach(Thread::start);
        for (Thread node : nodes) {
            node.join(30_000);
        }

        assertEquals(List.of("Connected", "STATE_USED"), kinds.stream().sorted().toList());
        assertEquals(1, stage.tiktok.ledger().count(TikTokOperation.TOKEN_EXCHANGE));
    }
}
