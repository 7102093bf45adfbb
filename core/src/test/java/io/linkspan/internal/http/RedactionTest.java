package io.linkspan.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.linkspan.connection.Capability;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.CapabilityFinding;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenEffect;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a request carried as a secret is in no text of its outcome, wherever a platform echoes it. */
class RedactionTest {
    private static final String TOKEN = "sekret~token!of-words";
    private static final ErrorMeaning MEANING =
            new ErrorMeaning(CauseClass.UNKNOWN, "cause", Actor.PLATFORM, "remedy", TokenEffect.NONE, false);

    private static PlatformError error(String text) {
        return new PlatformError("fake.op", 400, text, text, text, MEANING, true);
    }

    static Stream<Arguments> echoes() {
        HttpCall get = HttpCall.of("fake.op", CallClass.READ, "GET", URI.create("https://x/y"));
        List<HttpCall> calls = List.of(
                get.bearer(Secret.of(TOKEN)),
                HttpCall.of("fake.op", CallClass.SPEND, "GET", URI.create("https://x/y?access_token=" + TOKEN)),
                get.body(new HttpBody.Form(Map.of("client_secret", TOKEN, "grant_type", "refresh_token"))),
                get.body(new HttpBody.Form(Map.of("image_url", "https://h/" + TOKEN))),
                get.body(new HttpBody.Json("{\"video_url\":\"https://h/" + TOKEN + "\"}")));
        String whole = "bad " + TOKEN;
        String part = "bad " + TOKEN.substring(0, 15);
        return calls.stream()
                .flatMap(call -> Stream.of(whole, part)
                        .flatMap(text -> Stream.<Outcome<?>>of(
                                        new Outcome.Refused<>(error(text)),
                                        new Outcome.Unclear<>(text, error(text)),
                                        Outcome.done(new HandleStatus.Dead(error(text))),
                                        Outcome.done(new HandleStatus.Processing(text)),
                                        Outcome.done(
                                                new PrepareStep.Dead(new Handle("id", Map.of(), null), error(text))),
                                        Outcome.done(List.of(new CapabilityFinding(
                                                Capability.READ_PROFILE, "source", text, text, null))))
                                .map(outcome -> Arguments.of(call, outcome))));
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void secretOfTheCall_isInNoText(HttpCall call, Outcome<?> outcome) {
        Outcome<?> kept = carried(call, outcome);
        assertFalse(kept.toString().contains("sekret"), kept::toString);
    }

    @org.junit.jupiter.api.Test
    void wordsOfTheProtocol_stay() {
        HttpCall call = HttpCall.of("fake.op", CallClass.SPEND, "POST", URI.create("https://x/y"))
                .body(new HttpBody.Form(Map.of("grant_type", "refresh_token", "refresh_token", TOKEN)));
        Outcome<?> outcome = new Outcome.Refused<>(error("invalid_refresh_token"));
        assertEquals(outcome, carried(call, outcome));
    }

    private static Outcome<?> carried(HttpCall call, Outcome<?> outcome) {
        Caller caller = new Caller(any -> new HttpResult.Answered(400, Map.of(), new byte[0]), Duration.ZERO);
        return caller.run(Flow.call(call, result -> wide(outcome)));
    }

    @SuppressWarnings("unchecked") // only shown
    private static Outcome<Object> wide(Outcome<?> outcome) {
        return (Outcome<Object>) outcome;
    }
}
