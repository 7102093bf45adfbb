package io.linkspan.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.json.core.JacksonException;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.TokenEffect;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every fault on a real socket, against every class of call, through the real transport and {@link Caller}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SocketFaultsTest {
    private static final Logger log = LoggerFactory.getLogger(SocketFaultsTest.class);
    private static final HttpLimits SLOW = limits(Duration.ofMillis(300));
    private static final HttpLimits QUICK = limits(Duration.ofSeconds(20));

    /** One second past the deadline is the promise; the rest is for a busy machine. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    /** The calls as adapters make them: Instagram spends a token with a GET, TikTok commits with the last chunk. */
    private enum Kind {
        READ(CallClass.READ, "GET"),
        PREPARE(CallClass.PREPARE, "PUT"),
        COMMIT(CallClass.COMMIT, "POST"),
        COMMIT_CHUNK(CallClass.COMMIT, "PUT"),
        SPEND(CallClass.SPEND, "GET"),
        SPEND_FORM(CallClass.SPEND, "POST");

        private final CallClass callClass;
        private final String method;

        Kind(CallClass callClass, String method) {
            this.callClass = callClass;
            this.method = method;
        }

        HttpCall at(URI uri) {
            HttpCall call = HttpCall.of("test", callClass, method, uri);
            return switch (this) {
                case READ, SPEND -> call;
                case PREPARE, COMMIT_CHUNK -> call.body(TestMedia.slice(200_000));
                case COMMIT -> call.body(new HttpBody.Json("{}"));
                case SPEND_FORM -> call.body(new HttpBody.Form(Map.of("refresh_token", "x")));
            };
        }
    }

    /** What was seen: the results of the sends, what was made of them, and the server's counts. */
    private record Seen(TreeSet<String> results, String outcome, int requests, int effects, Duration longest) {}

    private final Map<SocketFault, Map<Kind, Seen>> table = new ConcurrentHashMap<>();

    private static HttpLimits limits(Duration each) {
        return new HttpLimits(each, each, each, each);
    }

    static Stream<Arguments> cells() {
        return SocketFault.all().stream()
                .flatMap(fault -> Stream.of(Kind.values()).map(kind -> Arguments.of(fault.name(), kind)));
    }

    @BeforeAll
    void play() throws Exception {
        List<SocketFault> faults = SocketFault.all();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            for (var each : pool.invokeAll(faults.stream()
                    .flatMap(fault -> Stream.of(Kind.values()).map(kind -> cell(fault, kind)))
                    .toList())) {
                each.get();
            }
        } finally {
            pool.shutdown();
        }
        StringBuilder text = new StringBuilder(String.format("%-38s", "fault"));
        Stream.of(Kind.values()).forEach(kind -> text.append(String.format(" %-24s", kind)));
        for (SocketFault fault : faults) {
            text.append(String.format("%n%-38s", fault.name()));
            for (Kind kind : Kind.values()) {
                Seen seen = table.get(fault).get(kind);
                text.append(String.format(
                        " %-24s", String.join("+", seen.results()) + " " + seen.outcome() + " " + seen.requests()));
            }
        }
        log.info("result, outcome, requests at the server:\n{}", text);
        log.info(
                "longest send past a deadline of {} ms: {} ms",
                SLOW.call().toMillis(),
                faults.stream()
                        .filter(SocketFault::slow)
                        .flatMap(fault -> table.get(fault).values().stream())
                        .mapToLong(seen -> seen.longest().minus(SLOW.call()).toMillis())
                        .max()
                        .orElseThrow());
    }

    private Callable<Void> cell(SocketFault fault, Kind kind) {
        return () -> {
            Seen seen = play(fault, kind);
            table.computeIfAbsent(fault, key -> new ConcurrentHashMap<>()).put(kind, seen);
            return null;
        };
    }

    private static Seen play(SocketFault fault, Kind kind) throws Exception {
        try (FaultPlace place = FaultPlace.of(fault)) {
            TreeSet<String> results = new TreeSet<>();
            Duration[] longest = {Duration.ZERO};
            JdkTransport real = new JdkTransport(fault.slow() ? SLOW : QUICK);
            HttpTransport watched = call -> {
                long start = System.nanoTime();
                HttpResult result = real.exchange(call);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                longest[0] = longest[0].compareTo(took) > 0 ? longest[0] : took;
                results.add(result.getClass().getSimpleName());
                return result;
            };
            Outcome<String> outcome = new Caller(watched, Duration.ofMillis(1))
                    .run(Flow.call(kind.at(place.uri()), SocketFaultsTest::read));
            return new Seen(results, outcome.getClass().getSimpleName(), place.requests(), place.effects(), longest[0]);
        }
    }

    /** Reads an answer as adapters do: a refusal only by a code of a positive list in an answer that agrees. */
    private static Outcome<String> read(HttpResult result) {
        if (result instanceof HttpResult.NotSent notSent) {
            return new Outcome.NotSent<>(notSent.why());
        }
        if (!(result instanceof HttpResult.Answered answer)) {
            return new Outcome.Unclear<>("no answer", null);
        }
        JsonNode body;
        try {
            body = io.linkspan.internal.json.Json.read(answer.bytes());
        } catch (JacksonException e) {
            return new Outcome.Unclear<>("no readable answer", null);
        }
        int family = answer.status() / 100;
        String code = body.path("error").path("code").asString("");
        if ((family == 2 || family == 4) && SocketFault.DEFINITE.contains(code)) {
            ErrorMeaning meaning =
                    new ErrorMeaning(CauseClass.UNKNOWN, code, Actor.PLATFORM, "None.", TokenEffect.NONE, false);
            return new Outcome.Refused<>(new PlatformError("test", answer.status(), code, "", null, meaning, true));
        }
        JsonNode id = body.path("data").path("id");
        return family == 2 && id.isString()
                ? Outcome.done(id.stringValue())
                : new Outcome.Unclear<>("HTTP " + answer.status(), null);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void fault_isReadAsWhatItProves(String name, Kind kind) {
        SocketFault fault = named(name);
        Seen seen = table.get(fault).get(kind);

        if (name.equals(SocketFault.CLOSED_IN_HANDSHAKE) && kind.method.equals("GET")) {
            // the JDK goes on to a second try, which the gate refuses; what the first one proved is gone
            assertEquals(List.of("Lost"), List.copyOf(seen.results()));
            assertEquals("Unclear", seen.outcome());
            return;
        }
        assertEquals(fault.outcome(), seen.outcome());
        if (!name.startsWith("F8")) { // there, the later sends are answered
            assertEquals(List.of(fault.result()), List.copyOf(seen.results()));
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void fault_reachesTheServerAsOftenAsTheClassAllows(String name, Kind kind) {
        SocketFault fault = named(name);
        Seen seen = table.get(fault).get(kind);

        assertEquals(expectedRequests(fault, kind.callClass), seen.requests(), "requests at the server");
        if (name.endsWith(", effect") && kind.callClass != CallClass.READ && kind.callClass != CallClass.PREPARE) {
            assertEquals(1, seen.effects(), "effects at the server");
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void fault_endsByTheDeadline(String name, Kind kind) {
        SocketFault fault = named(name);
        HttpLimits limits = fault.slow() ? SLOW : QUICK;

        Duration longest = table.get(fault).get(kind).longest();

        assertTrue(
                longest.compareTo(limits.call().plus(SLACK)) <= 0,
                () -> String.format(Locale.ROOT, "took %s of %s", longest, limits.call()));
    }

    private static int expectedRequests(SocketFault fault, CallClass callClass) {
        if (fault.result().equals("NotSent")) {
            return 0;
        }
        return switch (callClass) {
            case READ -> fault.repeated() ? 4 : 1;
            case PREPARE -> fault.repeated() ? 3 : 1;
            default -> 1;
        };
    }

    private SocketFault named(String name) {
        return table.keySet().stream()
                .filter(fault -> fault.name().equals(name))
                .collect(Collectors.collectingAndThen(Collectors.toList(), found -> found.get(0)));
    }
}
