package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Disconnect;
import io.linkspan.fake.Crashes;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Faults;
import io.linkspan.fake.Faults.Kind;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A renewal whose answer is lost, late or refused, and a connection given up meanwhile. */
class RenewalFaultsTest {
    private static final String REFRESH = "fake.refresh";

    private final FakeWorld world = new FakeWorld();
    private final ConnectionId connection = world.connect(world.process());

    private static String token(Linkspan linkspan, ConnectionId connection) {
        return linkspan.connections().withAccessToken(FakeWorld.OWNER, connection, Secret::reveal);
    }

    private ConnectionStatus.Kind status() {
        return world.connection(world.process()).status().kind();
    }

    /** Lets the worker look each minute. */
    private void minutes(Linkspan linkspan, int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            world.advance(Duration.ofMinutes(1));
            linkspan.worker().runDue();
        }
    }

    private Linkspan loses(Kind kind, int count) {
        Linkspan linkspan = world.process(new Faults(world.platform(), REFRESH, 0, count, kind));
        linkspan.worker().runDue();
        minutes(linkspan, 100); // due at 90 minutes, spread by 3
        return linkspan;
    }

    @Test
    void check_whileTheLeaseOfADeadProcessRuns_callsARefusedTokenNotHealthy() {
        world.process().worker().runDue();
        world.advance(Duration.ofMinutes(100)); // due, and the access token would live on for 20 minutes
        Linkspan dying = world.process(new Crashes(2 * 2 + 1)); // the claim, the intent, and after the call
        assertThrows(Crashes.Crash.class, () -> dying.worker().runDue());
        assertEquals(1, world.platform().calls(REFRESH));

        ConnectionStatus.Kind seen = world.process()
                .connections()
                .check(FakeWorld.OWNER, connection)
                .status()
                .kind();

        assertEquals(ConnectionStatus.Kind.REFRESH_REQUIRED, seen);
    }

    @Test
    void renewal_withLostAnswer_keepsTheLivingTokenInUse() {
        Linkspan linkspan = loses(Kind.LOST_WITHOUT_EFFECT, 1);

        assertEquals(ConnectionStatus.Kind.REFRESH_REQUIRED, status());
        assertEquals("access-1", token(linkspan, connection));
        assertEquals(0, world.platform().calls(REFRESH));
    }

    @Test
    void renewal_withLostAnswerAndNoEffect_isHealedByOneLateProbe() {
        Linkspan linkspan = loses(Kind.LOST_WITHOUT_EFFECT, 1);
        minutes(linkspan, 9); // 109: the probe waits for the last ten minutes
        assertEquals(0, world.platform().calls(REFRESH));

        minutes(linkspan, 2);

        assertEquals(1, world.platform().calls(REFRESH));
        assertEquals(ConnectionStatus.Kind.AUTHORIZED, status());
        assertEquals("access-2", token(linkspan, connection));
    }

    @Test
    void renewal_withLostAnswerAndEffect_asksThePersonAfterOneLateProbe() {
        Linkspan linkspan = loses(Kind.LOST_WITH_EFFECT, 1);
        assertEquals(1, world.platform().calls(REFRESH));

        minutes(linkspan, 200);

        assertEquals(ConnectionStatus.Kind.REAUTHORIZATION_REQUIRED, status());
        assertEquals(2, world.platform().calls(REFRESH));
    }

    @Test
    void renewal_thatNeverLeft_keepsTheTokenAndIsRepeated() {
        Linkspan linkspan = loses(Kind.NOT_SENT, 3); // one decision may send three times what does not leave

        assertEquals("access-2", token(linkspan, connection));
        assertEquals(1, world.platform().calls(REFRESH));
        assertEquals(ConnectionStatus.Kind.AUTHORIZED, status());
    }

    @Test
    void withAccessToken_duringAnOutage_doesNotSendOnceMorePerCall() {
        Faults outage = new Faults(world.platform(), REFRESH, 0, 1_000_000, Kind.NOT_SENT);
        Linkspan linkspan = world.process(outage);
        world.advance(Duration.ofHours(3));

        for (int call = 0; call < 100; call++) {
            assertThrows(TransportException.class, () -> token(linkspan, connection));
        }

        assertEquals(3, outage.passed(), "tries of one decision");
    }

    @Test
    void withAccessToken_afterAnOutage_worksOnceTheCoolDownIsOver() {
        Linkspan linkspan = world.process(new Faults(world.platform(), REFRESH, 0, 3, Kind.NOT_SENT));
        world.advance(Duration.ofHours(3));
        assertThrows(TransportException.class, () -> token(linkspan, connection));

        world.advance(Duration.ofSeconds(34));

        assertEquals("access-2", token(linkspan, connection));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void renewal_afterALongOutage_comesBackWithinMinutes(Kind kind) {
        if (kind == Kind.LOST_WITH_EFFECT) {
            return; // then the token is spent, and a person has to consent again
        }
        Instant over = world.now().plus(Duration.ofHours(26));
        int[] asked = {0};
        Linkspan linkspan = world.process(call -> {
            if (!call.operation().equals(REFRESH) || !world.now().isBefore(over)) {
                return world.platform().exchange(call);
            }
            asked[0]++;
            return kind == Kind.NOT_SENT ? new HttpResult.NotSent("refused") : new HttpResult.Lost("reset");
        });
        minutes(linkspan, 25 * 60);
        int before = asked[0];
        minutes(linkspan, 60);
        int hourly = asked[0] - before;
        assertTrue(hourly >= 7 && hourly <= 12, () -> hourly + " an hour");

        minutes(linkspan, 8);

        assertEquals("access-2", token(linkspan, connection));
        assertEquals(ConnectionStatus.Kind.AUTHORIZED, status());
    }

    /** Runs something once, between the effect of a renewal and its answer. */
    private HttpTransport meanwhile(Runnable act) {
        AtomicBoolean done = new AtomicBoolean();
        return call -> {
            HttpResult answer = world.platform().exchange(call);
            if (call.operation().equals(REFRESH) && done.compareAndSet(false, true)) {
                act.run();
            }
            return answer;
        };
    }

    @Test
    void lateAnswer_afterADisconnect_neverRevivesTheConnection() {
        world.advance(Duration.ofHours(3));
        Linkspan other = world.process();
        Linkspan slow = world.process(meanwhile(
                () -> other.connections().disconnect(FakeWorld.OWNER, connection, Disconnect.locally("asked"))));

        assertThrows(AuthorizationException.class, () -> token(slow, connection));

        minutes(other, 10);
        assertEquals(ConnectionStatus.Kind.PARTIALLY_REVOKED, status());
        assertThrows(AuthorizationException.class, () -> token(other, connection));
    }

    @Test
    void holderPausedBeyondItsLease_cannotOverwriteTheNewerPair() {
        world.advance(Duration.ofHours(3));
        // a server that takes the replaced token once more, so that the node that takes over gets a newer pair
        Linkspan other = world.process((HttpTransport) call -> world.platform()
                .exchange(
                        call.operation().equals(REFRESH)
                                ? HttpCall.of(
                                        REFRESH, call.callClass(), call.method(), URI.create("http://fake/refresh/2"))
                                : call));
        Linkspan slow = world.process(meanwhile(() -> minutes(other, 6)));

        assertEquals("access-3", token(slow, connection));

        assertEquals("access-3", token(other, connection));
        assertEquals(2, world.platform().calls(REFRESH));
        assertEquals(ConnectionStatus.Kind.AUTHORIZED, status());
    }

    @Test
    void holderPausedBeyondItsLease_stillWritesWhileNobodyHasANewerPair() {
        world.process().worker().runDue();
        world.advance(Duration.ofMinutes(100)); // due, and the access token still lives
        Linkspan other = world.process();
        Linkspan slow = world.process(meanwhile(() -> {
            minutes(other, 3);
            assertEquals(ConnectionStatus.Kind.REFRESH_REQUIRED, status(), "the other node took over");
        }));

        slow.worker().runDue();

        assertEquals("access-2", token(other, connection));
        assertEquals(1, world.platform().calls(REFRESH), "the only copy of the live pair was not thrown away");
        assertEquals(ConnectionStatus.Kind.AUTHORIZED, status());
    }

    @Test
    void refusalOfAReplacedToken_changesNothing() {
        world.process().worker().runDue();
        Linkspan other = world.process();
        AtomicBoolean done = new AtomicBoolean();
        // while a job asks with the first token, another node renews; the platform then refuses the first token for
        // good
        Linkspan slow = world.process(new HttpTransport() {
            @Override
            public HttpResult exchange(HttpCall call) {
                if (call.operation().equals("fake.create") && done.compareAndSet(false, true)) {
                    world.advance(Duration.ofMinutes(100));
                    other.worker().runDue();
                    return new HttpResult.Answered(400, Map.of(), "invalid_grant".getBytes(StandardCharsets.UTF_8));
                }
                return world.platform().exchange(call);
            }
        });
        Publication publication = slow.publisher().submit(FakeWorld.OWNER, "key", FakeWorld.post(connection));
        slow.worker().runDue();
        assertEquals(1, world.platform().calls(REFRESH));

        assertEquals(ConnectionStatus.Kind.AUTHORIZED, status());
        minutes(slow, 10);
        Publication after =
                slow.publisher().find(FakeWorld.OWNER, publication.id()).orElseThrow();
        assertEquals(
                Phase.PUBLISHED,
                after.jobs().get(0).state().phase(),
                () -> after.explain().toText());
        assertTrue(world.platform().posts() == 1, () -> after.explain().toText());
        assertEquals(1, world.platform().calls(REFRESH), "renewals");
    }
}
