package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.connection.ConnectRedirect;
import io.linkspan.connection.Connection;
import io.linkspan.connection.HandOver;
import io.linkspan.connection.HandOverTicket;
import io.linkspan.connection.Login;
import io.linkspan.spi.Secret;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.tiktok.TikTok;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** TikTok's desktop and mobile logins. */
class LoginFlavoursTest {
    private static final String VERIFIER = "tt-sdk-verifier_0123456789.ABCDEFGHIJKLMNOPQRSTUVWXYZ~abc";
    private static final URI HERE = URI.create("http://127.0.0.1:53211/callback/");

    private final LoginStage stage = new LoginStage(false);

    LoginFlavoursTest() {
        stage.tiktok.addAccount("quay.studio");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    /** What TikTok's SDK does inside the app. */
    private String code(HandOverTicket ticket, String verifier) throws Exception {
        String challenge = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        URI page = URI.create(stage.tiktok.baseUri() + "/v2/auth/authorize/?client_key=" + ticket.appId()
                + "&response_type=code&state=sdk&scope="
                + encode(String.join(",", ticket.scopes())) + "&redirect_uri="
                + encode(ticket.redirectUri().toString())
                + "&code_challenge=" + challenge + "&code_challenge_method=S256");
        String query = Browser.create().allow(page, LoginStage.MOBILE).getRawQuery();
        return URLDecoder.decode(query.replaceAll(".*code=([^&]*).*", "$1"), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private ConnectOutcome handOver(HandOverTicket ticket, String code, String verifier, String session) {
        return stage.linkspan
                .connections()
                .handOver(new HandOver(ticket.ticket(), Secret.of(code), Secret.of(verifier), Secret.of(session)));
    }

    private HandOverTicket ticket() {
        return stage.linkspan
                .connections()
                .expectHandOver(LoginStage.asking(TikTok.PLATFORM).via(Login.mobile()));
    }

    @Test
    void desktop_usesHexPkceAndItsOwnPort() {
        ConnectRedirect go = stage.linkspan
                .connections()
                .connect(LoginStage.asking(TikTok.PLATFORM).via(Login.desktop(HERE)));

        String page = go.uri().toString();
        assertTrue(page.matches(".*code_challenge=[0-9a-f]{64}&code_challenge_method=S256"), page);
        assertFalse(page.contains("disable_auto_auth"), page);
        String query = Browser.create().allow(go.uri(), HERE.toString()).getRawQuery();
        Connection connection = LoginStage.connected(stage.complete(query));
        assertEquals("quay.studio", connection.handle());
    }

    @Test
    void desktop_takesAFreshVerifierForEachConnect() {
        Set<String> challenges = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            String page = stage.linkspan
                    .connections()
                    .connect(LoginStage.asking(TikTok.PLATFORM).via(Login.desktop(HERE)))
                    .uri()
                    .getQuery();
            challenges.add(page.replaceAll(".*code_challenge=([^&]*).*", "$1"));
        }

        assertEquals(3, challenges.size());
    }

    @Test
    void desktop_atAnAddressThatIsNotTheRegisteredOne_isTheCallersMistake() {
        for (String other : List.of(
                "http://127.0.0.1:53211/elsewhere/",
                "http://localhost:53211/callback/",
                "https://127.0.0.1:53211/callback/",
                "http://127.0.0.1:*/callback/",
                "http://127.0.0.1:53211/callback/?x=1",
                "http://evil.example:53211/callback/")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> stage.linkspan
                            .connections()
                            .connect(LoginStage.asking(TikTok.PLATFORM).via(Login.desktop(URI.create(other)))),
                    other);
        }
    }

    @Test
    void mobile_codeAndVerifierOfTheSdk_connect() throws Exception {
        HandOverTicket ticket = ticket();
        assertEquals(LoginStage.KEY, ticket.appId());

        ConnectOutcome outcome = handOver(ticket, code(ticket, VERIFIER), VERIFIER, LoginStage.SECRET);

        assertEquals("quay.studio", LoginStage.connected(outcome).handle());
        assertEquals(
                Reason.STATE_USED,
                LoginStage.reason(handOver(ticket, code(ticket, VERIFIER), VERIFIER, LoginStage.SECRET)));
    }

    @Test
    void mobile_misuse_isRefusedBeforeTheCodeIsSpent() throws Exception {
        HandOverTicket ticket = ticket();
        String code = code(ticket, VERIFIER);

        assertEquals(Reason.WRONG_BROWSER, LoginStage.reason(handOver(ticket, code, VERIFIER, "another-session-0")));
        assertEquals(Reason.MALFORMED, LoginStage.reason(handOver(ticket, code, "short", LoginStage.SECRET)));
        assertEquals(Reason.MALFORMED, LoginStage.reason(handOver(ticket, "a b", VERIFIER, LoginStage.SECRET)));
        assertEquals(
                Reason.WRONG_CONTEXT,
                LoginStage.reason(stage.complete(
                        "code=" + code + "&state=" + ticket.ticket().reveal())));
        ConnectRedirect web = stage.linkspan.connections().connect(LoginStage.asking(TikTok.PLATFORM));
        String state = web.uri().getQuery().replaceAll(".*state=([^&]*).*", "$1");
        assertEquals(
                Reason.WRONG_CONTEXT,
                LoginStage.reason(stage.linkspan
                        .connections()
                        .handOver(new HandOver(
                                Secret.of(state),
                                Secret.of(code),
                                Secret.of(VERIFIER),
                                Secret.of(LoginStage.SECRET)))));
        stage.clock.advance(Duration.ofMinutes(11));
        assertEquals(Reason.STATE_EXPIRED, LoginStage.reason(handOver(ticket, code, VERIFIER, LoginStage.SECRET)));
        assertEquals(0, stage.tiktok.ledger().count(TikTokOperation.TOKEN_EXCHANGE));
        assertEquals(List.of(), stage.records());
    }

    @Test
    void mobile_verifierOfAnotherAttempt_isRefusedByTikTok() throws Exception {
        HandOverTicket ticket = ticket();
        String code = code(ticket, VERIFIER);

        ConnectOutcome outcome = handOver(ticket, code, VERIFIER + "x", LoginStage.SECRET);

        assertEquals(Reason.PLATFORM_REFUSED, LoginStage.reason(outcome));
        assertEquals(List.of(), stage.records());
    }

    @Test
    void mobile_throughConnect_isTheCallersMistake() {
        assertThrows(
                IllegalArgumentException.class,
                () -> stage.linkspan
                        .connections()
                        .connect(LoginStage.asking(TikTok.PLATFORM).via(Login.mobile())));
        assertThrows(
                IllegalArgumentException.class,
                () -> stage.linkspan.connections().expectHandOver(LoginStage.asking(TikTok.PLATFORM)));
    }
}
