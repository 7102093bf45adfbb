package io.linkspan.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.AuthorizationException;
import io.linkspan.TransportException;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.DisconnectReport;
import io.linkspan.connection.Sides;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Secret;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds at every server that keeps the standards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ForeignServerContract {
    private ForeignServer server;
    private Harness harness;

    abstract ForeignServer start() throws Exception;

    @BeforeAll
    void startServer() throws Exception {
        server = start();
    }

    @AfterAll
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() {
        harness = new Harness(server.profile());
    }

    @AfterEach
    void close() {
        harness.close();
    }

    static List<NegativeCases.Case> cases() {
        return NegativeCases.all();
    }

    @Test
    void connect_usesPkceAndReadsWhatWasGranted() {
        Connection connection = harness.connect();

        assertEquals("mira", connection.accountId());
        assertTrue(connection.scopes().contains("openid"), connection::explain);
        assertEquals(ConnectionStatus.Kind.AUTHORIZED, connection.status().kind());
        assertEquals(43, harness.lastField("standard.token", "code_verifier").length());
        assertEquals(1, harness.calls("standard.token"));
    }

    @Test
    void renew_rotates_andAReplayedRefreshTokenDoesWhatTheServerSays() {
        Connection connection = harness.connect();
        Secret first = token(connection);
        harness.advance(Duration.ofHours(2));
        Secret second = token(connection);
        assertNotEquals(first, second);
        assertEquals(1, harness.calls("standard.refresh"));
        String replaced = harness.lastField("standard.refresh", "refresh_token");

        HttpResult replay = harness.exchange(HttpCall.of("replay", CallClass.SPEND, "POST", harness.profile.token())
                .body(new HttpBody.Form(Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        replaced,
                        "client_id",
                        ForeignServer.CLIENT,
                        "client_secret",
                        ForeignServer.SECRET))));

        assertTrue(
                assertInstanceOf(HttpResult.Answered.class, replay).text().contains("invalid_grant"), replay::toString);
        harness.advance(Duration.ofHours(2));
        if (server.killsFamily()) {
            // a pair that never worked may have been a faulty answer, so the one before it gets one try
            assertThrows(TransportException.class, () -> token(connection));
            harness.advance(Duration.ofMinutes(2));
            assertThrows(AuthorizationException.class, () -> token(connection));
            assertEquals(ConnectionStatus.Kind.REAUTHORIZATION_REQUIRED, kind(connection));
            assertEquals(1, harness.records().size());
        } else {
            assertNotEquals(second, token(connection));
            assertEquals(ConnectionStatus.Kind.AUTHORIZED, kind(connection));
        }
    }

    private Secret token(Connection connection) {
        return harness.linkspan.connections().withAccessToken(Harness.OWNER, connection.id(), token -> token);
    }

    private ConnectionStatus.Kind kind(Connection connection) {
        return harness.linkspan
                .connections()
                .find(Harness.OWNER, connection.id())
                .orElseThrow()
                .status()
                .kind();
    }

    @Test
    void reconnect_keepsTheConnection() {
        Connection first = harness.connect();
        harness.advance(Duration.ofSeconds(2));

        ConnectOutcome.Connected again = assertInstanceOf(
                ConnectOutcome.Connected.class, harness.complete(harness.callback("mira", Harness.asking())));

        assertTrue(again.renewed());
        assertEquals(first.id(), again.connection().id());
    }

    @Test
    void disconnect_revokesAndProvesIt() {
        Connection connection = harness.connect();

        DisconnectReport report = harness.linkspan
                .connections()
                .disconnect(Harness.OWNER, connection.id(), Disconnect.everywhere("test"));

        assertEquals(Sides.Grant.REVOKED_VERIFIED, report.sides().grant());
        assertEquals(1, harness.calls("standard.revoke"));
    }

    @Test
    void missingIssuer_isRefusedWhereOneIsDeclared() {
        String query = harness.callback("mira", Harness.asking()).replaceAll("&iss=[^&]*", "");

        ConnectOutcome outcome = harness.complete(query);

        if (server.profile().issuer().isEmpty()) {
            assertInstanceOf(ConnectOutcome.Connected.class, outcome);
        } else {
            assertEquals(
                    ConnectOutcome.Reason.WRONG_ISSUER,
                    assertInstanceOf(ConnectOutcome.Refused.class, outcome).reason());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void badConnect_isRefusedAndTheConnectionStays(NegativeCases.Case bad) {
        harness.connect();
        String query = harness.callback("mira", Harness.asking());
        List<StoredRecord> before = harness.records();

        ConnectOutcome outcome = bad.attempt().apply(harness, query);

        String kind = outcome instanceof ConnectOutcome.Refused refused
                ? refused.reason().name()
                : outcome.getClass().getSimpleName();
        assertEquals(bad.expected(), kind, outcome::describe);
        boolean spentOnPurpose = bad.name().startsWith("L11");
        if (!spentOnPurpose) {
            assertEquals(before, harness.records());
        }
    }

    @Test
    void table_hasAtLeastEightyCases() {
        assertTrue(cases().stream().map(NegativeCases.Case::name).distinct().count() >= 80, "too few");
    }
}
