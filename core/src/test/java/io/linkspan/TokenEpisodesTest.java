package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Attention;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Faults;
import io.linkspan.publish.Publication;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.Meter;
import io.linkspan.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens that are refused, that tell no life, that belong to somebody else; and what the history says of it, once. */
class TokenEpisodesTest {
    private static final String REFRESH = "fake.refresh";

    private final FakeWorld world = new FakeWorld();
    private final ConnectionId connection = world.connect(world.process());

    private static HttpResult answer(int status, String text) {
        return new HttpResult.Answered(status, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    private String token(Linkspan linkspan) {
        return linkspan.connections().withAccessToken(FakeWorld.OWNER, connection, Secret::reveal);
    }

    private List<String> actions() {
        return world.process().connections().history(FakeWorld.OWNER, connection).stream()
                .map(HistoryEntry::action)
                .toList();
    }

    private long told(String action) {
        return Collections.frequency(actions(), action);
    }

    private void run(Linkspan linkspan, Duration time, Duration step) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(step)) {
            linkspan.worker().runDue();
            world.advance(step);
        }
    }

    @Test
    void renewal_thatBringsNoRefreshToken_keepsTheOldOne() {
        world.platform().keepsRefreshToken();
        Linkspan linkspan = world.process();
        for (int renewals = 0; renewals < 3; renewals++) {
            world.advance(Duration.ofHours(3));
            linkspan.connections().withAccessToken(FakeWorld.OWNER, connection, Secret::reveal);
        }

        assertEquals(3, world.platform().calls("fake.refresh"));
        assertEquals("access-4", linkspan.connections().withAccessToken(FakeWorld.OWNER, connection, Secret::reveal));
    }

    @Test
    void refusedAccessToken_inAnOauthOutage_isRenewedWithGrowingPauses() {
        AtomicInteger spends = new AtomicInteger();
        Linkspan linkspan = world.process(call -> switch (call.operation()) {
            case REFRESH -> {
                spends.incrementAndGet();
                yield answer(503, "busy");
            }
            case "fake.create" -> answer(401, "dead");
            default -> world.platform().exchange(call);
        });
        linkspan.worker().runDue();
        Publication job = linkspan.publisher().submit(FakeWorld.OWNER, "key", FakeWorld.post(connection));

        run(linkspan, Duration.ofMinutes(60), Duration.ofSeconds(2));

        assertTrue(spends.get() >= 3 && spends.get() <= 12, () -> spends + " spends, " + job.explain());
        assertEquals(Kind.REFRESH_REQUIRED, world.connection(linkspan).status().kind());
        assertThrows(TransportException.class, () -> token(linkspan));
        assertEquals(1, told("token_refused"));
        assertEquals(1, told("renewal_pending"));
    }

    @Test
    void pairsThatAreRefusedAsSoonAsTheyCome_areBoughtWithGrowingPauses() {
        Linkspan linkspan = world.process(call -> call.operation().equals("fake.create")
                ? answer(401, "dead")
                : world.platform().exchange(call));
        linkspan.worker().runDue();
        linkspan.publisher().submit(FakeWorld.OWNER, "key", FakeWorld.post(connection));

        run(linkspan, Duration.ofMinutes(60), Duration.ofSeconds(2));

        int renewals = world.platform().calls(REFRESH);
        assertTrue(renewals >= 2 && renewals <= 9, () -> renewals + " renewals within an hour");
    }

    @Test
    void outage_isToldOnceWhenItBeginsAndOnceWhenItEnds() {
        Linkspan linkspan = world.process(new Faults(world.platform(), REFRESH, 0, 12, Faults.Kind.NOT_SENT));

        run(linkspan, Duration.ofHours(3), Duration.ofSeconds(20));

        assertEquals(1, told("renewal_pending"), () -> actions().toString());
        assertEquals(1, told("renewal_recovered"), () -> actions().toString());
        assertEquals(0, told("renewal_failed"));
        assertEquals(Kind.AUTHORIZED, world.connection(linkspan).status().kind());
    }

    @Test
    void deadGrant_isToldOnce() {
        Linkspan linkspan = world.process();
        linkspan.worker().runDue();
        world.platform().removeApp();

        run(linkspan, Duration.ofHours(5), Duration.ofMinutes(5));

        assertEquals(1, told("renewal_failed"), () -> actions().toString());
        assertEquals(
                Kind.REAUTHORIZATION_REQUIRED,
                world.connection(linkspan).status().kind());
    }

    @Test
    void endOfConsent_isTold30DaysAheadAndAtTheEnd() {
        world.platform().chain(Duration.ofDays(180));
        world.connect(world.process());
        Linkspan linkspan = world.process();

        run(linkspan, Duration.ofDays(149), Duration.ofHours(1));
        assertEquals(0, told("consent_ends_soon"), () -> actions().toString());
        run(linkspan, Duration.ofDays(2), Duration.ofHours(1));
        assertEquals(1, told("consent_ends_soon"));
        assertEquals(Kind.AUTHORIZED, world.connection(linkspan).status().kind());
        run(linkspan, Duration.ofDays(35), Duration.ofHours(1));

        assertEquals(1, told("consent_ends_soon"));
        assertEquals(1, told("consent_ended"));
        assertEquals(Kind.EXPIRED, world.connection(linkspan).status().kind());
        int before = world.platform().calls(REFRESH);
        assertThrows(AuthorizationException.class, () -> token(linkspan));
        assertEquals(before, world.platform().calls(REFRESH), "nothing is spent after the end");
    }

    @Test
    void lifeThatIsNotTold_isTheProfilesLife() {
        world.platform().tells(null);
        world.connect(world.process());
        Linkspan linkspan = world.process();

        run(linkspan, Duration.ofMinutes(119), Duration.ofMinutes(1));

        assertEquals(1, world.platform().calls(REFRESH));
        assertEquals("access-2", token(linkspan));
    }

    @Test
    void lifeOf30Years_isTheProfilesLife() {
        world.platform().tells(Duration.ofDays(31 * 365));
        world.connect(world.process());
        Linkspan linkspan = world.process();

        run(linkspan, Duration.ofMinutes(119), Duration.ofMinutes(1));

        assertEquals(1, world.platform().calls(REFRESH));
    }

    @Test
    void lifeOf5Minutes_isNotRenewedOverAndOver() {
        world.platform().tells(Duration.ofMinutes(5));
        world.connect(world.process());
        Linkspan linkspan = world.process();

        run(linkspan, Duration.ofMinutes(60), Duration.ofSeconds(2));

        assertTrue(world.platform().calls(REFRESH) <= 48, () -> world.platform().calls(REFRESH) + " renewals");
    }

    @Test
    void lifeOf24HoursAnd365Days_isObeyed() {
        world.platform().tells(Duration.ofHours(24));
        world.platform().chain(Duration.ofDays(365));
        world.connect(world.process());
        Linkspan linkspan = world.process();

        run(linkspan, Duration.ofHours(17), Duration.ofMinutes(10));
        assertEquals(0, world.platform().calls(REFRESH));
        run(linkspan, Duration.ofHours(2), Duration.ofMinutes(10));

        assertEquals(1, world.platform().calls(REFRESH));
    }

    @Test
    void renewalThatAnswersForAnotherAccount_isNeverUsedAndItsGrantIsEnded() {
        FakeWorld revoking = new FakeWorld(true);
        ConnectionId id = revoking.connect(revoking.process());
        Linkspan linkspan = revoking.process();
        linkspan.worker().runDue();
        revoking.platform().renewsAs("account-2");
        revoking.advance(Duration.ofHours(3));

        assertThrows(
                AuthorizationException.class,
                () -> linkspan.connections().withAccessToken(FakeWorld.OWNER, id, Secret::reveal));

        assertEquals(
                Kind.REAUTHORIZATION_REQUIRED,
                revoking.connection(linkspan).status().kind());
        assertTrue(revoking.connection(linkspan).explain().contains("account_mismatch"));
        linkspan.worker().runDue();
        assertEquals(1, revoking.platform().calls("fake.revoke"));
        assertTrue(!revoking.platform().alive());
        List<String> lines = linkspan.connections().history(FakeWorld.OWNER, id).stream()
                .map(HistoryEntry::action)
                .toList();
        assertTrue(lines.contains("unwanted_grant_revoked"), lines::toString);
    }

    /** A refusal proves nothing when a renewal whose answer was lost may have replaced the tokens: the grant may be in force. */
    @ParameterizedTest
    @CsvSource({"LOST_WITH_EFFECT, unwanted_grant_not_revoked", "NOT_SENT, unwanted_grant_revoked"})
    void unwantedGrant_whoseRenewalGotNoAnswer_isNotCalledGone(Faults.Kind kind, String end) {
        FakeWorld revoking = new FakeWorld(true);
        ConnectionId id = revoking.connect(revoking.process());
        Linkspan first = revoking.process();
        first.worker().runDue();
        revoking.platform().renewsAs("account-2");
        revoking.advance(Duration.ofHours(3));
        assertThrows(
                AuthorizationException.class,
                () -> first.connections().withAccessToken(FakeWorld.OWNER, id, Secret::reveal));
        revoking.advance(Duration.ofHours(3)); // the access token of the unwanted pair has ended too

        Linkspan linkspan = revoking.process(
                new Faults(revoking.platform(), REFRESH, 0, kind == Faults.Kind.NOT_SENT ? 3 : 1, kind));
        for (int hour = 0; hour < 5; hour++) {
            linkspan.worker().runDue();
            revoking.advance(Duration.ofHours(1));
        }

        List<String> lines = linkspan.connections().history(FakeWorld.OWNER, id).stream()
                .map(entry -> entry.action() + ": " + entry.detail())
                .filter(line -> line.startsWith("unwanted"))
                .toList();
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith(end), lines::toString);
    }

    @Test
    void check_afterASiblingRenewed_asksWithTheNewPairInsteadOfRenewingAgain() {
        Linkspan other = world.process();
        other.worker().runDue();
        AtomicBoolean done = new AtomicBoolean();
        HttpTransport slow = call -> {
            if (call.operation().equals("fake.me") && done.compareAndSet(false, true)) {
                world.advance(Duration.ofMinutes(100));
                other.worker().runDue();
            }
            return world.platform().exchange(call);
        };

        var checked = world.process(slow).connections().check(FakeWorld.OWNER, connection);

        assertEquals(1, world.platform().calls(REFRESH));
        assertEquals(Kind.AUTHORIZED, checked.status().kind());
    }

    @Test
    void renewalThatNobodyDoes_isShownListedAndMeasured() {
        List<String> late = new java.util.concurrent.CopyOnWriteArrayList<>();
        Linkspan linkspan = world.process(
                builder -> builder.meter(new Meter() {
                    @Override
                    public void count(String name, Map<String, String> tags) {}

                    @Override
                    public void time(String name, Duration taken, Map<String, String> tags) {
                        if (name.equals("linkspan.renewal.overdue")) {
                            late.add(tags + " " + taken);
                        }
                    }
                }),
                world.platform());
        Instant connected = world.now();
        Instant due = connected.plus(Duration.ofMinutes(90)); // of 2 hours, a quarter is left then
        assertEquals(
                due,
                linkspan.connections()
                        .find(FakeWorld.OWNER, connection)
                        .orElseThrow()
                        .nextRenewal()
                        .orElseThrow());
        // spread may move it by a tenth of 30 minutes; a quarter of the rest is the grace
        Duration latest = Duration.ofMinutes(93).plus(Duration.ofMinutes(27).dividedBy(4));

        world.advance(latest.minusSeconds(1));
        token(linkspan);
        assertEquals(List.of(), late);
        assertEquals(List.of(), reasons(linkspan));
        world.advance(Duration.ofSeconds(31));
        token(linkspan);
        assertEquals(List.of("{platform=fake} PT30S"), late);
        assertEquals(List.of("renewal_overdue"), reasons(linkspan));

        linkspan.worker().runDue(); // looks at the new connection
        linkspan.worker().runDue(); // renews
        int measured = late.size();
        token(linkspan);

        assertEquals(measured, late.size());
        assertEquals(List.of(), reasons(linkspan));
        assertEquals(
                world.now().plus(Duration.ofMinutes(90)),
                linkspan.connections()
                        .find(FakeWorld.OWNER, connection)
                        .orElseThrow()
                        .nextRenewal()
                        .orElseThrow());
    }

    private static List<String> reasons(Linkspan linkspan) {
        return linkspan.connections().needingAttention(FakeWorld.OWNER.tenant(), "", 10).items().stream()
                .flatMap(item -> item.reasons().stream())
                .map(Attention.Reason::code)
                .filter(code -> code.startsWith("renewal"))
                .toList();
    }
}
