package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Linkspan;
import io.linkspan.LinkspanException;
import io.linkspan.LocalKeys;
import io.linkspan.Platform;
import io.linkspan.connection.Connection;
import io.linkspan.connection.Disconnect;
import io.linkspan.instagram.Instagram;
import io.linkspan.spi.KeyProvider;
import io.linkspan.spi.Secret;
import io.linkspan.testkit.instagram.InstagramAccount;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.tiktok.TikTok;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key service that is away never costs the only copy of a token while the process lives. */
class KeyServiceOutageTest {
    private static final int ROUNDS_AWAY = 8;

    /** The login that is used. */
    enum Way {
        TIKTOK,
        INSTAGRAM_LOGIN,
        FACEBOOK_LOGIN;

        Platform platform() {
            return this == TIKTOK ? TikTok.PLATFORM : Instagram.PLATFORM;
        }
    }

    /** What is under way when the key service goes. */
    enum During {
        CONNECT,
        RENEWAL,
        DISCONNECT
    }

    /** Keys of a service that is away from its n-th call on, or from the next answer of a platform. */
    private static final class Keys implements KeyProvider {
        private final LocalKeys keys = LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32]));
        private int calls;
        private int from = Integer.MAX_VALUE;
        private int until = Integer.MAX_VALUE;

        private <T> T reached(Supplier<T> call) {
            int number = calls++;
            if (number >= from && number < until) {
                throw new IllegalStateException("the key service cannot be reached");
            }
            return call.get();
        }

        void away(int first, int count) {
            calls = 0;
            from = first;
            until = count == Integer.MAX_VALUE ? count : first + count;
        }

        void back() {
            from = Integer.MAX_VALUE;
        }

        @Override
        public String currentKeyId() {
            return reached(keys::currentKeyId);
        }

        @Override
        public byte[] wrap(String keyId, byte[] dataKey) {
            return reached(() -> keys.wrap(keyId, dataKey));
        }

        @Override
        public byte[] unwrap(String keyId, byte[] wrapped) {
            return reached(() -> keys.unwrap(keyId, wrapped));
        }
    }

    private static final class World implements AutoCloseable {
        private final Way way;
        private final Keys keys = new Keys();
        private final LoginStage stage;
        private final Linkspan linkspan;

        World(Way way) {
            this.way = way;
            this.stage = new LoginStage(way == Way.FACEBOOK_LOGIN, keys);
            this.linkspan = stage.linkspan;
            InstagramAccount quay = stage.instagram.addAccount("quay.studio");
            stage.tiktok.addAccount("quay.studio");
            stage.instagram.addPerson("Mira").on(stage.instagram.addPage("Quay", quay));
        }

        void connect() {
            String name = way == Way.FACEBOOK_LOGIN ? "Mira" : "quay.studio";
            stage.signIn(name, LoginStage.asking(way.platform()));
        }

        List<Connection> known() {
            return linkspan.connections().list(LoginStage.OWNER);
        }

        void during(During what) {
            switch (what) {
                case CONNECT -> connect();
                case RENEWAL -> linkspan.worker().runDue();
                case DISCONNECT ->
                    known().forEach(one -> linkspan.connections()
                            .disconnect(LoginStage.OWNER, one.id(), Disconnect.everywhere("asked")));
            }
        }

        /** What has to be there before, with the tokens due for renewal. */
        void prepare(During what) {
            if (what != During.CONNECT) {
                connect();
                linkspan.worker().runDue();
                stage.clock.advance(way == Way.TIKTOK ? Duration.ofHours(25) : Duration.ofDays(45));
            }
        }

        /** 48 virtual hours of one process, with the key service back while a token of one hour still lives. */
        void live() {
            for (int round = 0; round < 100; round++) {
                if (round == ROUNDS_AWAY) {
                    keys.back();
                }
                quietly(() -> linkspan.worker().runDue());
                stage.clock.advance(Duration.ofMinutes(round < 40 ? 3 : 46));
            }
        }

        /** Grants in force that no connection uses and that nothing will end. */
        List<String> orphans() {
            List<Connection> known = known();
            // Instagram Login has no call that ends a grant: there the connection names the steps of the user
            boolean accounted = known.stream().anyMatch(one -> way == Way.INSTAGRAM_LOGIN || works(one));
            Ledger ledger = way == Way.TIKTOK ? stage.tiktok.ledger() : stage.instagram.ledger();
            if (accounted) {
                return List.of();
            }
            List<String> alive = new ArrayList<>();
            ledger.grants().stream()
                    .filter(Ledger.Grant::alive)
                    .forEach(grant -> alive.add(grant + " of "
                            + known.stream().map(Connection::explain).toList()));
            // the ledger has a grant under Facebook Login only from its Page token on
            if (ledger.count(InstagramOperation.FACEBOOK_TOKEN) > 0 && ledger.count(InstagramOperation.REVOKE) == 0) {
                alive.add("a user token that was never revoked, " + stage.ended());
            }
            return alive;
        }

        private boolean works(Connection one) {
            try {
                linkspan.connections().check(LoginStage.OWNER, one.id());
                linkspan.connections().withAccessToken(LoginStage.OWNER, one.id(), Secret::reveal);
                return true;
            } catch (LinkspanException e) {
                return false;
            }
        }

        @Override
        public void close() {
            stage.close();
        }
    }

    private static void quietly(Runnable call) {
        try {
            call.run();
        } catch (LinkspanException e) {
            // as meant; what counts is what is left
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anyCallOfTheKeyService_mayFail(Way way) {
        List<String> orphans = new ArrayList<>();
        for (During what : During.values()) {
            int calls = calls(way, what);
            assertTrue(calls > 0 || (way == Way.FACEBOOK_LOGIN && what == During.RENEWAL), what + " uses no key");
            for (int count : new int[] {1, 3, Integer.MAX_VALUE}) {
                for (int call = 0; call < calls; call++) {
                    try (World world = new World(way)) {
                        world.prepare(what);
                        world.keys.away(call, count);
                        quietly(() -> world.during(what));
                        world.live();
                        String where = what + " call " + call + " x" + count + ": ";
                        world.orphans().forEach(orphan -> orphans.add(where + orphan));
                    }
                }
            }
        }
        assertEquals(List.of(), orphans);
    }

    private static int calls(Way way, During what) {
        try (World world = new World(way)) {
            world.prepare(what);
            world.keys.away(Integer.MAX_VALUE, 0);
            world.during(what);
            return world.keys.calls;
        }
    }

    /** Result of the second exchange after a first answer that could not be sealed. */
    enum Second {
        LOST,
        LOST_AFTER_ITS_EFFECT,
        BROKEN,
        REFUSED;

        Fault fault() {
            return switch (this) {
                case LOST -> Fault.dropBefore();
                case LOST_AFTER_ITS_EFFECT -> Fault.dropAfter();
                case BROKEN -> Fault.errorBefore(500, "2", "An unexpected error has occurred");
                case REFUSED -> Fault.errorBefore(400, "100", "Invalid parameter");
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Second.class)
    void firstAnswerThatCannotBeSealed_andAFailingSecondStep_leaveNoGrant(Second second) {
        for (int count : new int[] {1, 2, 3, Integer.MAX_VALUE}) {
            for (InstagramOperation step :
                    List.of(InstagramOperation.FACEBOOK_LONG_LIVED, InstagramOperation.PERMISSIONS)) {
                try (World world = new World(Way.FACEBOOK_LOGIN)) {
                    world.stage.instagram.faults().on(step).next(second.fault());
                    world.keys.away(callsBeforeTheAnswer(), count);
                    quietly(world::connect);
                    world.live();
                    assertEquals(List.of(), world.orphans(), () -> step + " x" + count);
                }
            }
        }
    }

    /** Starting a connect under Facebook Login seals nothing, since there is no verifier. */
    private static int callsBeforeTheAnswer() {
        try (World world = new World(Way.FACEBOOK_LOGIN)) {
            world.keys.away(Integer.MAX_VALUE, 0);
            world.stage.allow(Browser.create().as("Mira"), LoginStage.asking(Instagram.PLATFORM));
            return world.keys.calls;
        }
    }
}
