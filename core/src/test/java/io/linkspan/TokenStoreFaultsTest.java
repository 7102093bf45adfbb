package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.DisconnectReport;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.connection.SharedGrants;
import io.linkspan.connection.Sides;
import io.linkspan.fake.Crashes;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Outage;
import io.linkspan.link.Intent;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import io.linkspan.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that is down, a key that is missing, an app that was changed, tokens kept in memory, two processes that disconnect. */
class TokenStoreFaultsTest {
    private static final Disconnect EVERYWHERE = Disconnect.everywhere("asked");

    private final FakeWorld world = new FakeWorld(true);
    private final ConnectionId id = world.connect(world.process());

    private String token(Linkspan linkspan) {
        return linkspan.connections().withAccessToken(FakeWorld.OWNER, id, Secret::reveal);
    }

    private List<String> actions() {
        return world.process().connections().history(FakeWorld.OWNER, id).stream()
                .map(HistoryEntry::action)
                .toList();
    }

    private Linkspan with(Consumer<Linkspan.Builder> change) {
        return world.process(change, world.platform());
    }

    @Test
    void storeThatGoesDownBetweenRequestAndAnswer_losesNoToken() {
        Outage outage = new Outage(world.stores().tokens());
        HttpTransport way = call -> {
            var answer = world.platform().exchange(call);
            if (call.operation().equals("fake.refresh")) {
                outage.begin();
            }
            return answer;
        };
        Linkspan linkspan = world.process(builder -> builder.tokenStore(outage), way);
        linkspan.worker().runDue();
        world.advance(Duration.ofHours(3));

        assertThrows(StoreException.class, () -> token(linkspan));
        world.advance(Duration.ofMinutes(10));
        assertThrows(StoreException.class, () -> linkspan.worker().runDue());
        outage.end();
        linkspan.worker().runDue();

        assertEquals("access-2", token(linkspan));
        assertEquals(1, world.platform().calls("fake.refresh"));
        assertEquals(Kind.AUTHORIZED, world.connection(linkspan).status().kind());
    }

    @Test
    void missingKey_asksForConsentAndSaysWhy_andTheKeyBringsTheConnectionBack() {
        String other = Base64.getEncoder().encodeToString(new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
            30, 31, 32
        });
        for (LocalKeys keys :
                List.of(LocalKeys.fromBase64(other), LocalKeys.of("another", java.util.Map.of("another", other)))) {
            Linkspan wrong = with(builder -> builder.keys(keys));

            assertThrows(AuthorizationException.class, () -> token(wrong));
            wrong.worker().runDue();

            assertEquals(
                    Kind.REAUTHORIZATION_REQUIRED,
                    world.connection(wrong).status().kind());
            assertTrue(world.connection(wrong).explain().contains("unreadable_tokens"));
            assertEquals("access-1", token(world.process()));
            assertEquals(
                    Kind.AUTHORIZED, world.connection(world.process()).status().kind());
        }
        assertEquals(0, world.platform().calls("fake.refresh"));
    }

    @Test
    void changedApp_spendsNothingAndComesBackWithTheApp() {
        world.process().worker().runDue();
        world.advance(Duration.ofHours(3));
        Linkspan other = with(builder -> builder.node("other"), "another-app");

        TransportException error = assertThrows(TransportException.class, () -> token(other));

        assertTrue(String.valueOf(error.getMessage()).contains("configure that app again"), error::getMessage);
        assertEquals(0, world.platform().calls("fake.refresh"));
        world.advance(Duration.ofHours(2));
        assertEquals("access-2", token(world.process()));
    }

    private Linkspan with(Consumer<Linkspan.Builder> change, String app) {
        return world.process(change, world.platform(), new FakeAdapter(true, app));
    }

    @Test
    void cachedToken_endsWithADisconnectARefusalAndTheClose() {
        Linkspan linkspan = with(builder -> builder.accessTokenCache(Duration.ofSeconds(60)));
        assertEquals("access-1", token(linkspan));
        linkspan.connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);

        assertThrows(AuthorizationException.class, () -> token(linkspan));
    }

    @Test
    void cachedToken_ofAnotherOwner_isNotFound() {
        Linkspan linkspan = with(builder -> builder.accessTokenCache(Duration.ofSeconds(60)));
        token(linkspan);

        assertThrows(
                NotFoundException.class,
                () -> linkspan.connections().withAccessToken(Owner.of("other", "user"), id, Secret::reveal));
    }

    @Test
    void cachedToken_isNotUsedPastItsEndNorLongerThanAMinute() {
        Linkspan linkspan = with(builder -> builder.accessTokenCache(Duration.ofSeconds(60)));
        Linkspan other = world.process();
        token(linkspan);
        other.connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);
        assertEquals("access-1", token(linkspan), "another process is noticed later");
        world.advance(Duration.ofSeconds(60));

        assertThrows(AuthorizationException.class, () -> token(linkspan));
    }

    @Test
    void cache_beyondAMinute_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Linkspan.builder().accessTokenCache(Duration.ofSeconds(61)));
    }

    @Test
    void twoProcessesThatDisconnectAtOnce_spendTheTokenOnceAndRevokeOnce() {
        world.advance(Duration.ofHours(3));
        Linkspan other = world.process();
        AtomicBoolean done = new AtomicBoolean();
        Linkspan slow = world.process(call -> {
            var answer = world.platform().exchange(call);
            if (call.operation().equals("fake.refresh") && done.compareAndSet(false, true)) {
                other.connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);
                other.worker().runDue();
            }
            return answer;
        });

        var report = slow.connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);

        assertEquals(1, world.platform().calls("fake.refresh"));
        assertEquals(1, world.platform().calls("fake.revoke"));
        assertEquals(Sides.Grant.REVOKED_VERIFIED, report.sides().grant());
        assertFalse(world.platform().alive());
    }

    @Test
    void processThatDiesAfterTheRenewalOfADisconnect_leavesALivePairToTheNext() {
        for (int point = 0; point < 40; point++) {
            FakeWorld strict = new FakeWorld(true);
            ConnectionId connection = strict.connect(strict.process());
            strict.advance(Duration.ofHours(3));
            Crashes crashes = new Crashes(point);
            try {
                strict.process(crashes).connections().disconnect(FakeWorld.OWNER, connection, EVERYWHERE);
            } catch (Crashes.Crash e) {
                // as meant
            }
            Linkspan next = strict.process();
            for (int minute = 0; minute < 30; minute++) {
                strict.advance(Duration.ofMinutes(1));
                next.worker().runDue();
            }

            assertTrue(strict.platform().calls("fake.refresh") <= 2, "spent at point " + point);
        }
    }

    @Test
    void retentionOfZero_asksOnceAndErases() {
        Linkspan linkspan = world.process(
                builder -> builder.tokenRetention(Duration.ZERO),
                new io.linkspan.fake.Faults(
                        world.platform(), "fake.revoke", 0, 100, io.linkspan.fake.Faults.Kind.LOST_WITHOUT_EFFECT));

        var report = linkspan.connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);

        assertEquals(Sides.Local.WIPED, report.sides().local());
        assertEquals(Sides.Grant.REVOKE_REQUESTED, report.sides().grant());
        assertEquals(1, report.forPerson().size());
    }

    @Test
    void platformThatNeverAnswersARevocation_isAskedEightTimesIn72Hours() {
        var silent = new io.linkspan.fake.Faults(
                world.platform(), "fake.revoke", 0, 1000, io.linkspan.fake.Faults.Kind.LOST_WITHOUT_EFFECT);
        Linkspan linkspan = world.process(silent);
        linkspan.connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);
        for (int minute = 0; minute < 75 * 60; minute++) {
            world.advance(Duration.ofMinutes(1));
            linkspan.worker().runDue();
        }

        assertEquals(8, silent.passed());
        assertFalse(actions().contains("grant_revoked_verified"));
        assertTrue(actions().contains("tokens_wiped"));
        assertTrue(world.platform().alive());
    }

    @Test
    void erasedTokens_areNotInTheStoreAnyMore() {
        world.process().connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);

        byte[] payload = world.stores()
                .tokens()
                .find(FakeWorld.OWNER.tenant(), RecordKind.CONNECTION, id.value())
                .orElseThrow()
                .payload();

        String text = new String(payload, StandardCharsets.UTF_8);
        assertTrue(text.contains("\"sealed\":null") && text.contains("\"staged\":null"), text);
        assertTrue(text.contains("\"previous\":null"), text);
    }

    @Test
    void renewalAnsweredAfterTheTokensWereErased_endsItsGrant() {
        world.process().worker().runDue();
        world.advance(Duration.ofHours(3));
        Linkspan other = with(builder -> builder.tokenRetention(Duration.ZERO));
        AtomicBoolean done = new AtomicBoolean();
        Linkspan slow = world.process(call -> {
            var answer = world.platform().exchange(call);
            if (call.operation().equals("fake.refresh") && done.compareAndSet(false, true)) {
                world.advance(Duration.ofMinutes(3)); // longer than the lease: the other one gives up waiting
                other.connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);
            }
            return answer;
        });
        assertThrows(AuthorizationException.class, () -> token(slow));
        for (int round = 0; round < 5; round++) {
            world.process().worker().runDue();
            world.advance(Duration.ofMinutes(5));
        }

        assertEquals(
                Kind.PARTIALLY_REVOKED,
                world.connection(world.process()).status().kind());
        assertTrue(world.stores()
                .tokens()
                .due(RecordKind.UNWANTED_GRANT, world.now().plus(Duration.ofDays(9)), 10)
                .isEmpty());
    }

    @Test
    void storeThatGoesDownWhileACodeIsSpent_leavesTheConnectionAndTheNextConnectWorks() {
        Outage outage = new Outage(world.stores().tokens());
        HttpTransport way = call -> {
            var answer = world.platform().exchange(call);
            if (call.callClass() == CallClass.CODE) {
                outage.begin();
            }
            return answer;
        };
        Linkspan linkspan = world.process(builder -> builder.tokenStore(outage), way);
        List<StoredRecord> before = records();

        assertThrows(StoreException.class, () -> world.callback(linkspan));
        outage.end();

        assertEquals(before, records());
        assertEquals("access-1", token(linkspan));
        world.advance(Duration.ofMinutes(11));
        linkspan.worker().runDue(); // ends the connect whose answer was lost
        assertEquals(id, world.connect(world.process()));
        assertEquals(Kind.AUTHORIZED, world.connection(linkspan).status().kind());
    }

    private List<StoredRecord> records() {
        return world.stores()
                .tokens()
                .page(FakeWorld.OWNER.tenant(), RecordKind.CONNECTION, FakeWorld.OWNER.user(), "", 10);
    }

    @ParameterizedTest
    @CsvSource({
        "KEEP_WHILE_SHARED, false, REVOKED_VERIFIED",
        "KEEP_WHILE_SHARED, true, KEPT_BY_POLICY",
        "KEEP_ALWAYS, false, KEPT_BY_POLICY",
        "KEEP_ALWAYS, true, KEPT_BY_POLICY",
        "END_ALWAYS, false, REVOKED_VERIFIED",
        "END_ALWAYS, true, REVOKED_VERIFIED"
    })
    void grantThatOthersMayRestOn_endsAsTheRuleSays(SharedGrants rule, boolean shared, Sides.Grant grant) {
        Linkspan linkspan = with(builder -> builder.sharedGrants(rule));
        if (shared) {
            ConnectRequest wish = ConnectRequest.of(
                            Owner.of("another-tenant", "noor"), FakeAdapter.PLATFORM, Intent.CROSS_POSTING)
                    .boundTo("browser-secret-of-noor");
            String page = linkspan.connections().connect(wish).uri().getRawQuery();
            linkspan.connections().complete("code=c&" + page, "browser-secret-of-noor");
        }

        DisconnectReport report = linkspan.connections().disconnect(FakeWorld.OWNER, id, EVERYWHERE);

        assertEquals(grant, report.sides().grant());
        assertEquals(Sides.Local.WIPED, report.sides().local());
        assertEquals(
                grant == Sides.Grant.KEPT_BY_POLICY ? 0 : 1, world.platform().calls("fake.revoke"));
    }
}
