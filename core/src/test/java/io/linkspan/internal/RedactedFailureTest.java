package io.linkspan.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Linkspan;
import io.linkspan.connection.ConnectionId;
import io.linkspan.fake.FakeWorld;
import io.linkspan.internal.http.Caller;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpTransport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What foreign code throws is logged with its place, and without addresses and tokens. */
class RedactedFailureTest {
    private static final String CANARY = "canary-3f9c1e77ab20d4";

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no answer from https://open.upload.test/video?upload_token=" + CANARY,
                "GET https://graph.test/refresh?access_token=" + CANARY + "&grant=x failed",
                "header Authorization: Bearer " + CANARY,
                "s3://bucket/" + CANARY,
                "{\"refresh_token\":\"" + CANARY + "\"}"
            })
    void message_losesAddressesAndTokens_alsoInCauses(String message) {
        IllegalStateException cause = new IllegalStateException(message);
        RuntimeException failure = new RuntimeException("wrapped: " + message, new RuntimeException(cause));

        String printed = printed(RedactedFailure.of(failure));

        assertFalse(printed.contains(CANARY), printed);
        assertTrue(printed.contains("java.lang.IllegalStateException"), printed);
        assertTrue(printed.contains("RedactedFailureTest.message_loses"), printed);
    }

    @Test
    void message_keepsItsWords() {
        NullPointerException failure =
                new NullPointerException("Cannot invoke \"String.length()\" because \"title\" is null, line 12");
        RedactedFailure shown = RedactedFailure.of(failure);

        assertEquals(
                "java.lang.NullPointerException: Cannot invoke \"String.length()\" because \"title\" is null, line 12",
                shown.toString());
        assertArrayEquals(failure.getStackTrace(), shown.getStackTrace());
    }

    @Test
    void causesThatGoInACircle_end() {
        RuntimeException first = new RuntimeException("first");
        first.initCause(new RuntimeException("second", first));

        assertTrue(printed(RedactedFailure.of(first)).contains("second"));
    }

    private static String logged(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A short secret, too, when the request carried it. */
    @Test
    void transportThatThrows_isLoggedWithoutWhatTheRequestCarried() {
        HttpCall call = HttpCall.of("fake.token", CallClass.CODE, "POST", URI.create("https://fake.test/token"))
                .body(new HttpBody.Form(Map.of("code", "ab12cd")));
        Caller caller = new Caller(
                (HttpTransport) sent -> {
                    throw new IllegalStateException("cannot send code=ab12cd to " + sent.uri() + "?token=" + CANARY);
                },
                Duration.ZERO);

        String log = logged(() -> caller.once(call));

        assertTrue(log.contains("the transport failed operation=fake.token"), log);
        assertFalse(log.contains("ab12cd") || log.contains(CANARY), log);
    }

    /** Host's code that fails in the worker. */
    @Test
    void workThatFails_isLoggedWithoutAddress() {
        FakeWorld world = new FakeWorld();
        ConnectionId id = world.connect(world.process());
        world.advance(Duration.ofHours(3));
        Linkspan failing = world.process(
                builder -> builder.random(new java.util.Random() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public double nextDouble() {
                        throw new IllegalStateException("at https://hooks.test/?token=" + CANARY);
                    }
                }),
                world.platform());

        String log = logged(() -> failing.worker().runDue());

        assertTrue(log.contains(id.value()) && log.contains("failed unexpectedly"), log);
        assertFalse(log.contains(CANARY), log);
    }
}
