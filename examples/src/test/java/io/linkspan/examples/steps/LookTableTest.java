package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.linkspan.Platform;
import io.linkspan.connection.Attention;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus.Kind;
import io.linkspan.instagram.Instagram;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.ErrorCatalogue;
import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.PlatformError;
import io.linkspan.testkit.instagram.InstagramAccount;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.tiktok.TikTok;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every kind of answer that a catalogue knows, at every request of a look, for each platform and login: no work stays due at an unchanged
 * clock, at most 12 calls an hour, attention at the first sight when somebody has to act, and healed in its time when the platform
 * answers again.
 */
class LookTableTest {
    private static final Duration STEP = Duration.ofMinutes(5);

    /** Messages that catalogues tell apart. */
    private static final List<String> MESSAGES = List.of(
            "refused",
            "You cannot access the app till you log in to www.instagram.com",
            "The user has not authorized application 1",
            "API access blocked.");

    /** A platform with a way to sign in, and the requests of its looks. */
    private record Login(String name, Platform platform, Map<String, Enum<?>> requests) {
        static final Login TIKTOK = new Login(
                "TikTok",
                TikTok.PLATFORM,
                Map.of(
                        "tiktok.user_info", TikTokOperation.USER_INFO,
                        "tiktok.creator_info", TikTokOperation.CREATOR_INFO));
        static final Login INSTAGRAM = new Login(
                "Instagram Login",
                Instagram.PLATFORM,
                Map.of(
                        "instagram.me", InstagramOperation.ME,
                        "instagram.publishing_limit", InstagramOperation.PUBLISHING_LIMIT));
        static final Login FACEBOOK = new Login(
                "Facebook Login",
                Instagram.PLATFORM,
                Map.of(
                        "instagram.me", InstagramOperation.FACEBOOK_READ,
                        "instagram.publishing_limit", InstagramOperation.PUBLISHING_LIMIT));
        static final List<Login> ALL = List.of(TIKTOK, INSTAGRAM, FACEBOOK);

        @Override
        public String toString() {
            return name;
        }
    }

    /** What a catalogue says about an answer to a request. */
    private record Answer(String code, String message, String cause, String actor, String effect, boolean definite) {
        String kind() {
            return cause + " " + actor + " " + effect + (definite ? " definite" : "");
        }

        boolean isOver() {
            return effect.equals("DEAD") || effect.equals("REMOVED_BY_PERSON");
        }

        boolean blocks() {
            return effect.equals("NONE")
                    && definite
                    && List.of("AUTHORIZATION", "PERMISSION", "ACCOUNT", "CONFIGURATION")
                            .contains(cause);
        }

        boolean needsSomebody() {
            return isOver() || effect.equals("WAITING_FOR_PERSON") || (blocks() && !actor.equals("PLATFORM"));
        }
    }

    /** One answer for each kind that a catalogue has for a request. */
    private static List<Answer> answers(Login login, String request) {
        Class<?> owner = login.equals(Login.TIKTOK) ? TikTok.class : Instagram.class;
        ErrorCatalogue catalogue = ErrorCatalogue.load(owner, login.platform + "-errors.json");
        Map<String, Answer> kinds = new LinkedHashMap<>();
        for (String code : catalogue.codes()) {
            for (String message : MESSAGES) {
                PlatformError error = catalogue.error(request, 400, code, message, null);
                ErrorMeaning meaning = error.meaning();
                boolean known = code.matches("[0-9a-z_]+(/[0-9]+)?")
                        && !code.startsWith("http_")
                        && meaning.causeClass() != CauseClass.UNKNOWN;
                if (known) {
                    Answer answer = new Answer(
                            code,
                            message,
                            meaning.causeClass().name(),
                            meaning.actor().name(),
                            meaning.tokenEffect().name(),
                            error.definite());
                    kinds.putIfAbsent(answer.kind(), answer);
                }
            }
        }
        return List.copyOf(kinds.values());
    }

    /** One connected account. */
    private static final class Desk implements AutoCloseable {
        private final Login login;
        private final LoginStage stage;
        private final String person;
        private final @Nullable ConnectionId connected;

        Desk(Login login) {
            this(login, true);
        }

        Desk(Login login, boolean connect) {
            this.login = login;
            stage = new LoginStage(login.equals(Login.FACEBOOK));
            person = person();
            connected = connect ? LoginStage.connected(signIn()).id() : null;
            if (connect) {
                check();
            }
        }

        ConnectOutcome signIn() {
            return stage.signIn(person, LoginStage.asking(login.platform));
        }

        int connections() {
            return stage.linkspan.connections().list(LoginStage.OWNER).size();
        }

        private ConnectionId id() {
            return Objects.requireNonNull(connected);
        }

        void faultyAtConnect(Fault fault) {
            if (login.equals(Login.TIKTOK)) {
                stage.tiktok.faults().on(TikTokOperation.USER_INFO).always(fault);
            } else {
                boolean facebook = login.equals(Login.FACEBOOK);
                stage.instagram
                        .faults()
                        .on(facebook ? InstagramOperation.PAGES : InstagramOperation.ME)
                        .always(fault);
            }
        }

        private String person() {
            if (login.equals(Login.TIKTOK)) {
                stage.tiktok.addAccount("quay.studio").privateAccount(true);
                return "quay.studio";
            }
            InstagramAccount account = stage.instagram.addAccount("quay.studio");
            if (login.equals(Login.FACEBOOK)) {
                stage.instagram.addPerson("Mira").on(stage.instagram.addPage("Quay", account));
                return "Mira";
            }
            return "quay.studio";
        }

        void check() {
            stage.linkspan.connections().check(LoginStage.OWNER, id());
        }

        void faulty(String request, Fault fault) {
            Enum<?> operation = login.requests().get(request);
            if (operation instanceof TikTokOperation at) {
                stage.tiktok.faults().on(at).always(fault);
            } else {
                stage.instagram.faults().on((InstagramOperation) operation).always(fault);
            }
        }

        void recover() {
            stage.tiktok.faults().clear();
            stage.instagram.faults().clear();
        }

        long calls() {
            Enum<?>[] operations = login.equals(Login.TIKTOK) ? TikTokOperation.values() : InstagramOperation.values();
            return Arrays.stream(operations)
                    .mapToLong(it -> login.equals(Login.TIKTOK)
                            ? stage.tiktok.ledger().count(it)
                            : stage.instagram.ledger().count(it))
                    .sum();
        }

        void quiet() {
            for (int i = 0; i < 20; i++) {
                if (stage.linkspan.worker().runDue() == 0) {
                    return;
                }
            }
            throw new AssertionError("work stays due at an unchanged clock");
        }

        void hour() {
            minutes(60);
        }

        void minutes(int minutes) {
            for (int passed = 0; passed < minutes; passed += 5) {
                quiet();
                stage.clock.advance(STEP);
            }
        }

        Connection connection() {
            return stage.linkspan.connections().find(LoginStage.OWNER, id()).orElseThrow();
        }

        boolean isReady() {
            Connection now = connection();
            return now.status().kind() == Kind.AUTHORIZED
                    && attention().isEmpty()
                    && now.health().entrySet().stream()
                            .filter(entry -> entry.getKey() != io.linkspan.connection.Capability.PROFILE_LINK)
                            .allMatch(entry -> entry.getValue().kind() == CapabilityHealth.Kind.READY);
        }

        List<Attention.Reason> attention() {
            return stage.linkspan.connections().needingAttention(LoginStage.OWNER.tenant(), "", 10).items().stream()
                    .flatMap(item -> item.reasons().stream())
                    .toList();
        }

        boolean isBlockedBy(CauseClass... causes) {
            return connection().health().values().stream()
                    .filter(CapabilityHealth.Blocked.class::isInstance)
                    .map(CapabilityHealth.Blocked.class::cast)
                    .anyMatch(block -> List.of(causes).contains(block.cause()));
        }

        /** The stated time until it is healed. */
        Duration heals() {
            if (isBlockedBy(CauseClass.PERMISSION)) {
                return Duration.ofDays(1);
            }
            return isBlockedBy(CauseClass.values()) ? Duration.ofHours(1) : Duration.ofMinutes(15);
        }

        Duration healed(Duration most) {
            Duration passed = Duration.ZERO;
            Duration step = most.compareTo(Duration.ofHours(2)) > 0 ? Duration.ofMinutes(30) : STEP;
            quiet();
            while (!isReady() && passed.compareTo(most) <= 0) {
                stage.clock.advance(step);
                passed = passed.plus(step);
                quiet();
            }
            return passed;
        }

        @Override
        public void close() {
            stage.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyAnswer_toEveryRequestOfALook() {
        return Login.ALL.stream()
                .flatMap(login -> login.requests().keySet().stream()
                        .sorted()
                        .flatMap(request -> answers(login, request).stream()
                                .map(answer -> dynamicTest(
                                        login + " " + request + " " + answer.code() + ": " + answer.kind(),
                                        () -> assertFollows(login, request, answer)))));
    }

    private static void assertFollows(Login login, String request, Answer answer) {
        try (Desk desk = new Desk(login)) {
            assertTrue(desk.isReady(), "before: " + desk.connection().health());
            desk.faulty(
                    request,
                    Fault.errorBefore(login.equals(Login.TIKTOK) ? 401 : 400, answer.code(), answer.message()));
            long start = desk.calls();
            desk.check();
            long look = desk.calls() - start;

            boolean someone = desk.attention().stream()
                    .anyMatch(reason -> !reason.who().name().equals("LINKSPAN"));
            // a probe may also find posting blocked by what is no trouble of the account
            assertEquals(
                    answer.needsSomebody() || desk.isBlockedBy(CauseClass.CONTENT),
                    someone,
                    () -> "attention at the first sight: " + desk.attention());
            Duration heals = desk.heals();
            for (int hour = 0; hour < 3; hour++) {
                long before = desk.calls();
                desk.hour();
                long calls = desk.calls() - before;
                assertTrue(calls <= 12, "calls in hour " + hour + ": " + calls + ", in the first look " + look);
            }
            assertTrue(!desk.isReady(), "ready although refused");
            desk.recover();
            if (answer.isOver()) {
                desk.hour();
                assertTrue(!desk.isReady(), "only a new consent helps");
                return;
            }
            Duration passed = desk.healed(heals);
            assertTrue(
                    desk.isReady(),
                    () -> "not healed: " + desk.connection().status()
                            + desk.connection().health());
            assertTrue(passed.compareTo(heals) <= 0, "healed after " + passed);
        }
    }

    @TestFactory
    Stream<DynamicTest> noAnswer_toEveryRequestOfALook() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        faults.put("503", Fault.answerBefore(503, "text/html", "<h1>busy</h1>"));
        faults.put("429", Fault.answerBefore(429, "text/html", "<h1>slow down</h1>"));
        faults.put("dropped", Fault.dropBefore());
        faults.put("half an answer", Fault.cutJson());
        return Login.ALL.stream()
                .flatMap(login -> login.requests().keySet().stream()
                        .sorted()
                        .flatMap(request -> faults.keySet().stream()
                                .map(fault -> dynamicTest(login + " " + request + " " + fault, () -> {
                                    try (Desk desk = new Desk(login)) {
                                        desk.faulty(request, faults.get(fault));
                                        desk.check();
                                        assertEquals(List.of(), desk.attention());
                                        for (int hour = 0; hour < 3; hour++) {
                                            long before = desk.calls();
                                            desk.hour();
                                            long calls = desk.calls() - before;
                                            assertTrue(calls <= 12, "calls in hour " + hour + ": " + calls);
                                            assertTrue(calls > 0, "never asked");
                                        }
                                        desk.recover();
                                        Duration passed = desk.healed(Duration.ofMinutes(15));
                                        assertTrue(
                                                desk.isReady(),
                                                () -> "not healed: "
                                                        + desk.connection().health());
                                        assertTrue(
                                                passed.compareTo(Duration.ofMinutes(15)) <= 0,
                                                "healed after " + passed);
                                    }
                                }))));
    }

    /** A consent whose account cannot be read yet is kept, and the connect ends by itself. */
    @TestFactory
    Stream<DynamicTest> everyPassingAnswer_whileTheAccountIsReadAtAConnect() {
        Map<String, Fault> tiktok = new LinkedHashMap<>();
        tiktok.put("limit", Fault.errorBefore(429, "rate_limit_exceeded", "slow down"));
        tiktok.put("503", Fault.answerBefore(503, "text/html", "<h1>busy</h1>"));
        tiktok.put("dropped", Fault.dropBefore());
        Map<String, Fault> graph = new LinkedHashMap<>(tiktok);
        graph.put("limit", Fault.errorBefore(400, "4", "slow down"));
        graph.put("checkpoint", Fault.errorBefore(400, "190/459", "You cannot access the app till you log in"));
        return Login.ALL.stream()
                .flatMap(login -> (login.equals(Login.TIKTOK) ? tiktok : graph)
                        .entrySet().stream()
                                .map(fault -> dynamicTest(login + " " + fault.getKey(), () -> {
                                    try (Desk desk = new Desk(login, false)) {
                                        desk.faultyAtConnect(fault.getValue());
                                        ConnectOutcome outcome = desk.signIn();
                                        assertEquals(ConnectOutcome.Reason.UNCLEAR, LoginStage.reason(outcome));
                                        long before = desk.calls();
                                        desk.minutes(50); // a platform's first token lives an hour
                                        long calls = desk.calls() - before;
                                        assertTrue(calls > 0 && calls <= 12, "calls: " + calls);
                                        desk.recover();
                                        desk.minutes(25);
                                        assertEquals(1, desk.connections(), () -> String.valueOf(desk.stage.events));
                                    }
                                })));
    }
}
