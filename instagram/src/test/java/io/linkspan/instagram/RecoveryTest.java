package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.linkspan.InMemoryStores;
import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.link.Intent;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.instagram.InstagramAccount;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.instagram.InstagramSimulator;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.sim.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token out of a back-up that cannot be renewed yet: the platform is asked whether it works. */
class RecoveryTest {
    private static final String REDIRECT = "https://app.example/oauth/instagram";
    private static final Owner OWNER = Owner.of("harbour", "mira");
    private static final String BROWSER = "browser-secret-0123456789";

    private final SettableClock clock = SettableClock.at("2026-11-21T10:00:00Z");
    private InstagramSimulator simulator;
    private InstagramAccount shop;
    private Linkspan linkspan;
    private ConnectionId connection;

    @BeforeEach
    void connectAndRestore() {
        simulator = InstagramSimulator.builder()
                .clock(clock)
                .app("990602627938098", TestApp.SECRET, REDIRECT)
                .start();
        shop = simulator.addAccount("shop");
        linkspan = Linkspan.builder()
                .stores(InMemoryStores.create())
                .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                .platform(TestApp.builder()
                        .endpoints(InstagramEndpoints.allAt(simulator.baseUri()))
                        .build())
                .clock(clock)
                .build();
        URI page = linkspan.connections()
                .connect(ConnectRequest.of(OWNER, Instagram.PLATFORM, Intent.CROSS_POSTING)
                        .boundTo(BROWSER))
                .uri();
        String query = Browser.create().as("shop").allow(page, REDIRECT).getRawQuery();
        ConnectOutcome outcome = linkspan.connections().complete(query, BROWSER);
        connection = ((ConnectOutcome.Connected) outcome).connection().id();
        linkspan.worker().runDue();
        linkspan.recovery().afterRestore(clock.instant());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Kind status() {
        return linkspan.connections()
                .find(OWNER, connection)
                .orElseThrow()
                .status()
                .kind();
    }

    @Test
    void tokenThatWorks_isAuthorizedAfterOneLook() {
        assertEquals(Kind.REFRESH_REQUIRED, status());

        linkspan.worker().runDue();

        assertEquals(Kind.AUTHORIZED, status());
    }

    @Test
    void tokenThatIsDead_isNeverCalledHealthy() {
        simulator.removeApp(shop);
        assertEquals(Kind.REFRESH_REQUIRED, status());

        linkspan.worker().runDue();

        assertNotEquals(Kind.AUTHORIZED, status());
        assertNotEquals(Kind.REFRESH_REQUIRED, status());
    }

    @Test
    void platformThatIsDown_isAskedAgain() {
        simulator.faults().on(InstagramOperation.ME).always(Fault.dropBefore());
        linkspan.worker().runDue();
        assertEquals(Kind.REFRESH_REQUIRED, status());

        simulator.faults().clear();
        clock.advance(Duration.ofMinutes(15));
        linkspan.worker().runDue();

        assertEquals(Kind.AUTHORIZED, status());
    }
}
