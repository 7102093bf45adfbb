package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.connection.ImportRequest;
import io.linkspan.connection.SharedGrants;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Outage;
import io.linkspan.fake.StoreFaults;
import io.linkspan.link.Intent;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.KeyProvider;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every answer that carries tokens is stored, adopted because it is younger, or its grant is ended. */
class AnswersWithTokensTest {
    private static final String REFRESH = "fake.refresh";
    private static final String BROWSER = "browser-secret-0123456789";

    private static String token(Linkspan linkspan, ConnectionId id) {
        return linkspan.connections().withAccessToken(FakeWorld.OWNER, id, Secret::reveal);
    }

    private static void minutes(FakeWorld world, Linkspan linkspan, int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            world.advance(Duration.ofMinutes(1));
            linkspan.worker().runDue();
        }
    }

    /** A process whose store goes away after the effect of an operation, and the store. */
    private static Linkspan losesItsStoreAfter(FakeWorld world, Outage outage, String operation) {
        return losesItsStoreAfter(world, outage, operation, builder -> {});
    }

    private static Linkspan losesItsStoreAfter(
            FakeWorld world, Outage outage, String operation, Consumer<Linkspan.Builder> more) {
        AtomicBoolean done = new AtomicBoolean();
        HttpTransport way = call -> {
            HttpResult answer = world.platform().exchange(call);
            if (call.operation().equals(operation) && done.compareAndSet(false, true)) {
                outage.begin();
            }
            return answer;
        };
        return world.process(
                builder -> {
                    builder.tokenStore(outage);
                    more.accept(builder);
                },
                way);
    }

    @Test
    void youngerPair_whoseNodeLostTheStore_isAdoptedOverAnOlderOneWithAHigherVersion() {
        FakeWorld world = new FakeWorld(true);
        world.platform().lenient();
        Linkspan other = world.process();
        ConnectionId id = world.connect(other);
        other.worker().runDue();
        world.advance(Duration.ofMinutes(100));
        other.worker().runDue(); // the second pair, which nothing has used; the first one is kept
        world.advance(Duration.ofMinutes(100));
        Outage outage = new Outage(world.stores().tokens());
        Linkspan cutOff = losesItsStoreAfter(world, outage, REFRESH);
        assertThrows(StoreException.class, () -> cutOff.worker().runDue());
        minutes(world, other, 120);
        assertEquals(
                Kind.REAUTHORIZATION_REQUIRED, world.connection(other).status().kind());

        outage.end();
        cutOff.worker().runDue();

        assertTrue(works(world, other, world.connection(other)), () -> token(other, id));
        assertEquals(Kind.AUTHORIZED, world.connection(other).status().kind());
    }

    @Test
    void youngerPair_thatComesWhileTheOlderOneIsTried_isAdoptedAndStays() {
        FakeWorld world = new FakeWorld(true);
        world.platform().lenient();
        Linkspan other = world.process();
        ConnectionId id = world.connect(other);
        other.worker().runDue();
        world.advance(Duration.ofMinutes(100));
        other.worker().runDue();
        world.advance(Duration.ofMinutes(100));
        Outage outage = new Outage(world.stores().tokens());
        Linkspan cutOff = losesItsStoreAfter(world, outage, REFRESH);
        assertThrows(StoreException.class, () -> cutOff.worker().runDue());
        AtomicBoolean back = new AtomicBoolean();
        int tried = world.platform().calls(REFRESH);
        Linkspan slow = world.process((HttpTransport) call -> {
            boolean fallback = call.operation().equals(REFRESH)
                    && world.platform().calls(REFRESH) > tried
                    && back.compareAndSet(false, true);
            if (fallback) { // the pair before is on its way
                outage.end();
                cutOff.worker().runDue();
            }
            return world.platform().exchange(call);
        });
        minutes(world, slow, 60);

        assertTrue(back.get());
        assertEquals("access-3", token(slow, id));
        assertEquals(Kind.AUTHORIZED, world.connection(slow).status().kind());
    }

    @Test
    void renewal_answeredAfterTheUserConnectedAgain_leavesTheNewConsentAlone() {
        FakeWorld world = new FakeWorld(true);
        Linkspan other = world.process(builder -> builder.sharedGrants(SharedGrants.END_ALWAYS), world.platform());
        ConnectionId id = world.connect(other);
        other.worker().runDue();
        world.advance(Duration.ofMinutes(100));
        Outage outage = new Outage(world.stores().tokens());
        Linkspan cutOff =
                losesItsStoreAfter(world, outage, REFRESH, builder -> builder.sharedGrants(SharedGrants.END_ALWAYS));
        assertThrows(StoreException.class, () -> cutOff.worker().runDue());
        world.advance(Duration.ofMinutes(3));
        assertEquals(id, world.connect(other));

        outage.end();
        cutOff.worker().runDue();
        minutes(world, other, 30);

        assertTrue(world.platform().alive(), "a live connection rests on the grant");
        assertEquals(0, world.platform().calls("fake.revoke"));
        assertEquals(Kind.AUTHORIZED, world.connection(other).status().kind());
    }

    @Test
    void renewal_answeredAfterTheConnectionWasGivenUp_endsItsGrant() {
        FakeWorld world = new FakeWorld(true);
        Linkspan other = world.process(builder -> builder.tokenRetention(Duration.ZERO), world.platform());
        ConnectionId id = world.connect(other);
        other.worker().runDue();
        world.advance(Duration.ofHours(3));
        Outage outage = new Outage(world.stores().tokens());
        Linkspan cutOff = losesItsStoreAfter(world, outage, REFRESH);
        assertThrows(StoreException.class, () -> token(cutOff, id));
        world.advance(Duration.ofMinutes(3));
        other.connections().disconnect(FakeWorld.OWNER, id, Disconnect.everywhere("asked"));

        outage.end();
        cutOff.worker().runDue();
        minutes(world, world.process(), 30);

        assertFalse(world.platform().alive(), () -> actions(other, id).toString());
    }

    private static List<String> actions(Linkspan linkspan, ConnectionId id) {
        return linkspan.connections().history(FakeWorld.OWNER, id).stream()
                .map(HistoryEntry::action)
                .toList();
    }

    @Test
    void connect_forAnotherAccountThanTheExpectedOne_neverEndsTheGrantOfALiveConnection() {
        FakeWorld world = new FakeWorld(true);
        Linkspan linkspan = world.process(builder -> builder.sharedGrants(SharedGrants.END_ALWAYS), world.platform());
        world.connect(linkspan);
        ConnectRequest request = ConnectRequest.of(FakeWorld.OWNER, FakeAdapter.PLATFORM, Intent.CROSS_POSTING)
                .expecting("another-account")
                .boundTo(BROWSER);
        String page = linkspan.connections().connect(request).uri().getRawQuery();
        ConnectOutcome outcome = linkspan.connections().complete("code=c&" + page, BROWSER);
        minutes(world, linkspan, 10);

        assertTrue(outcome instanceof ConnectOutcome.AccountMismatch, outcome::describe);
        assertTrue(world.platform().alive());
        assertEquals(Kind.AUTHORIZED, world.connection(linkspan).status().kind());
    }

    @Test
    void code_whoseAnswerNoStoreTook_becomesAConnectionWithTheNextCall() {
        FakeWorld world = new FakeWorld(true);
        Outage outage = new Outage(world.stores().tokens());
        Linkspan linkspan = losesItsStoreAfter(world, outage, "fake.token");
        assertThrows(StoreException.class, () -> world.callback(linkspan));
        outage.end();

        linkspan.connections()
                .connect(ConnectRequest.of(FakeWorld.OWNER, FakeAdapter.PLATFORM, Intent.CROSS_POSTING)
                        .boundTo(BROWSER)); // any call; this process has no worker

        assertEquals(Kind.AUTHORIZED, world.connection(linkspan).status().kind());
    }

    /** The keys of all processes, which can be away. */
    private static KeyProvider keys(AtomicBoolean away) {
        LocalKeys keys = LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32]));
        return new KeyProvider() {
            private LocalKeys present() {
                if (away.get()) {
                    throw new IllegalStateException("the key service cannot be reached");
                }
                return keys;
            }

            @Override
            public String currentKeyId() {
                return present().currentKeyId();
            }

            @Override
            public byte[] wrap(String keyId, byte[] dataKey) {
                return present().wrap(keyId, dataKey);
            }

            @Override
            public byte[] unwrap(String keyId, byte[] wrapped) {
                return present().unwrap(keyId, wrapped);
            }
        };
    }

    @Test
    void code_whoseAnswerCouldNotBeSealed_becomesAConnectionWithTheNextCall() {
        FakeWorld world = new FakeWorld(true);
        AtomicBoolean away = new AtomicBoolean();
        Linkspan linkspan = world.process(builder -> builder.keys(keys(away)), call -> {
            HttpResult answer = world.platform().exchange(call);
            away.compareAndSet(false, call.operation().equals("fake.token"));
            return answer;
        });
        assertThrows(HostCodeException.class, () -> world.callback(linkspan));
        away.set(false);

        linkspan.connections()
                .connect(ConnectRequest.of(FakeWorld.OWNER, FakeAdapter.PLATFORM, Intent.CROSS_POSTING)
                        .boundTo(BROWSER));

        assertEquals(Kind.AUTHORIZED, world.connection(linkspan).status().kind());
    }

    @Test
    void close_writesWhatNoStoreTook() {
        FakeWorld world = new FakeWorld(true);
        Outage outage = new Outage(world.stores().tokens());
        Linkspan linkspan = losesItsStoreAfter(world, outage, "fake.token");
        assertThrows(StoreException.class, () -> world.callback(linkspan));
        outage.end();

        linkspan.close();

        assertEquals(Kind.AUTHORIZED, world.connection(world.process()).status().kind());
    }

    @Test
    void renewedImport_thatIsRefused_endsTheGrantThatNobodyKnowsAnyMore() {
        FakeWorld world = new FakeWorld(true);
        Linkspan linkspan = world.process();
        ImportRequest request = ImportRequest.of(
                        FakeWorld.OWNER, FakeAdapter.PLATFORM, Intent.CROSS_POSTING, Secret.of("access-1"))
                .refreshToken(Secret.of("1"))
                .accessEndsAt(world.now().minusSeconds(1))
                .expecting("another-account");
        ConnectOutcome outcome = linkspan.connections().importTokens(request);
        minutes(world, linkspan, 10);

        assertTrue(outcome instanceof ConnectOutcome.AccountMismatch, outcome::describe);
        assertEquals(1, world.platform().calls(REFRESH));
        assertFalse(world.platform().alive());
    }

    /** A flow that gets tokens; each is run with every fault at every write. */
    enum FlowUnderTest {
        CONNECT {
            @Override
            void run(FakeWorld world, Linkspan linkspan) {
                world.callback(linkspan);
            }
        },
        CONNECT_AS_ANOTHER {
            @Override
            void run(FakeWorld world, Linkspan linkspan) {
                ConnectRequest request = ConnectRequest.of(FakeWorld.OWNER, FakeAdapter.PLATFORM, Intent.CROSS_POSTING)
                        .expecting("another-account")
                        .boundTo(BROWSER);
                String page = linkspan.connections().connect(request).uri().getRawQuery();
                linkspan.connections().complete("code=c&" + page, BROWSER);
            }
        },
        RECONNECT {
            @Override
            void prepare(FakeWorld world) {
                world.connect(world.process());
                world.process().worker().runDue();
                world.advance(Duration.ofHours(1));
            }

            @Override
            void run(FakeWorld world, Linkspan linkspan) {
                world.callback(linkspan);
            }
        },
        RENEWAL {
            @Override
            void prepare(FakeWorld world) {
                world.connect(world.process());
                world.process().worker().runDue();
                world.advance(Duration.ofHours(3));
            }

            @Override
            void run(FakeWorld world, Linkspan linkspan) {
                token(linkspan, world.connection(world.process()).id());
            }
        },
        DISCONNECT {
            @Override
            void prepare(FakeWorld world) {
                RENEWAL.prepare(world);
            }

            @Override
            void run(FakeWorld world, Linkspan linkspan) {
                linkspan.connections()
                        .disconnect(
                                FakeWorld.OWNER,
                                world.connection(world.process()).id(),
                                Disconnect.everywhere("asked"));
            }
        },
        IMPORT {
            @Override
            void run(FakeWorld world, Linkspan linkspan) {
                linkspan.connections().importTokens(request(world));
            }
        },
        IMPORT_OF_ANOTHER {
            @Override
            void run(FakeWorld world, Linkspan linkspan) {
                linkspan.connections().importTokens(request(world).expecting("another-account"));
            }
        },
        REVOCATION_LIST {
            @Override
            void prepare(FakeWorld world) {
                IMPORT_OF_ANOTHER.run(world, world.process());
                world.advance(Duration.ofHours(3)); // its access token has ended, so the list renews
            }

            @Override
            void run(FakeWorld world, Linkspan linkspan) {
                linkspan.worker().runDue();
            }
        };

        private static ImportRequest request(FakeWorld world) {
            return ImportRequest.of(FakeWorld.OWNER, FakeAdapter.PLATFORM, Intent.CROSS_POSTING, Secret.of("access-1"))
                    .refreshToken(Secret.of("1"))
                    .accessEndsAt(world.now().minusSeconds(1));
        }

        void prepare(FakeWorld world) {}

        abstract void run(FakeWorld world, Linkspan linkspan);
    }

    @ParameterizedTest
    @EnumSource(FlowUnderTest.class)
    void everyFaultAtEveryWrite_leavesNoGrantThatNothingHolds(FlowUnderTest flow) {
        assertEquals(List.of(), orphans(flow, 1));
    }

    @Tag("proof")
    @ParameterizedTest
    @EnumSource(FlowUnderTest.class)
    void everyLongFaultAtEveryWrite_leavesNoGrantThatNothingHolds(FlowUnderTest flow) {
        assertEquals(List.of(), orphans(flow, 2, 5));
    }

    /** What is left of a flow when so many writes suffer, from each of its writes on. */
    private static List<String> orphans(FlowUnderTest flow, int... counts) {
        StoreFaults none = run(flow, new FakeWorld(true), StoreFaults.Kind.LOST, Integer.MAX_VALUE, 0);
        assertTrue(none.writes() > 0);
        List<String> orphans = new ArrayList<>();
        for (StoreFaults.Kind kind : StoreFaults.Kind.values()) {
            for (int count : kind == StoreFaults.Kind.DOWN ? new int[] {0} : counts) {
                for (int write = 0; write < none.writes(); write++) {
                    FakeWorld world = new FakeWorld(true);
                    run(flow, world, kind, write, count);
                    String orphan = orphan(world, world.process());
                    if (orphan != null) {
                        orphans.add(kind + " x" + count + " at write " + write + ": " + orphan);
                    }
                }
            }
        }
        return orphans;
    }

    /** The flow with its faults, and 48 hours of two processes after it. */
    private static StoreFaults run(FlowUnderTest flow, FakeWorld world, StoreFaults.Kind kind, int from, int count) {
        flow.prepare(world);
        StoreFaults faults = new StoreFaults(world.stores().tokens(), kind, from, count);
        Linkspan linkspan = world.process(builder -> builder.tokenStore(faults.store()), world.platform());
        try {
            flow.run(world, linkspan);
        } catch (LinkspanException e) {
            // as meant
        }
        Linkspan other = world.process(); // on a store that works
        minutes(world, other, 20);
        faults.end();
        for (int round = 0; round < 100; round++) {
            linkspan.worker().runDue();
            other.worker().runDue();
            world.advance(Duration.ofMinutes(round < 40 ? 3 : 46));
        }
        return faults;
    }

    /** What is alive at the platform and held by nothing here, or null. */
    private static String orphan(FakeWorld world, Linkspan linkspan) {
        if (!world.platform().alive()) {
            return null;
        }
        List<Connection> known = linkspan.connections().list(FakeWorld.OWNER);
        boolean held = known.stream().anyMatch(connection -> works(world, linkspan, connection));
        boolean listed = !world.stores()
                .tokens()
                .due(RecordKind.UNWANTED_GRANT, world.now().plus(Duration.ofDays(9)), 10)
                .isEmpty();
        boolean issued = world.platform().calls("fake.token") + world.platform().calls(REFRESH) > 0;
        return held || listed || !issued
                ? null
                : known.stream().map(Connection::explain).toList().toString();
    }

    private static boolean works(FakeWorld world, Linkspan linkspan, Connection connection) {
        try {
            String token = token(linkspan, connection.id());
            return Objects.equals(
                    200,
                    world.platform()
                                            .exchange(HttpCall.of(
                                                    "fake.me",
                                                    CallClass.READ,
                                                    "POST",
                                                    URI.create("http://fake/me/" + token)))
                                    instanceof HttpResult.Answered answer
                            ? answer.status()
                            : 0);
        } catch (LinkspanException e) {
            return false;
        }
    }
}
