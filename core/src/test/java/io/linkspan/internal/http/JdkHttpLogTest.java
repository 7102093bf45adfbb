package io.linkspan.internal.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Secret;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's own HTTP client logs nothing that holds a secret, whatever level the host logs at. */
class JdkHttpLogTest {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger DEBUG = Logger.getLogger("jdk.internal.httpclient.debug");

    private final Level before = ROOT.getLevel();
    private final List<Handler> handlers = List.of(ROOT.getHandlers());
    private final Level named = DEBUG.getLevel();
    private final Set<String> leaks = new ConcurrentSkipListSet<>();

    @AfterEach
    void restore() {
        ROOT.setLevel(before);
        List.of(ROOT.getHandlers()).forEach(ROOT::removeHandler);
        handlers.forEach(ROOT::addHandler);
        DEBUG.setLevel(named);
    }

    private void logEverything() {
        List.of(ROOT.getHandlers()).forEach(ROOT::removeHandler);
        ROOT.setLevel(Level.ALL);
        ROOT.addHandler(new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLoggerName().startsWith("jdk.")
                        && new SimpleFormatter().format(line).contains("sekret")) {
                    leaks.add(line.getLoggerName());
                }
            }

            @Override
            public void flush() {
                // nothing is kept
            }

            @Override
            public void close() {
                // nothing is open
            }
        });
    }

    @Test
    void addressesAndHeaders_areLoggedAtNoLevel() throws IOException {
        try (RawServer server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            logEverything();
            JdkTransport transport = new JdkTransport(HttpLimits.DEFAULT);
            for (CallClass kind : CallClass.values()) {
                HttpResult result =
                        transport.exchange(HttpCall.of("fake.op", kind, "GET", URI.create(server.uri() + "?t=sekret-1"))
                                .bearer(Secret.of("sekret-2")));
                assertInstanceOf(HttpResult.Answered.class, result);
            }
        }
        assertEquals(Set.of(), leaks);
    }

    @Test
    void loggerSwitchedOnByName_isRefused() {
        DEBUG.setLevel(Level.FINE);
        String message =
                String.valueOf(assertThrows(IllegalStateException.class, () -> new JdkTransport(HttpLimits.DEFAULT))
                        .getMessage());
        assertTrue(message.contains("jdk.internal.httpclient.debug"), message);
        assertTrue(message.contains("set its level to INFO"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "requests", "errors,headers", "frames:control", "content"})
    void propertyThatLogsThem_isRefused(String value) {
        System.setProperty("jdk.httpclient.HttpClient.log", value);
        try {
            assertThrows(IllegalStateException.class, () -> new JdkTransport(HttpLimits.DEFAULT));
        } finally {
            System.clearProperty("jdk.httpclient.HttpClient.log");
        }
    }

    @Test
    void propertyThatLogsNoContent_isTaken() {
        System.setProperty("jdk.httpclient.HttpClient.log", "errors,ssl");
        try {
            assertDoesNotThrow(() -> new JdkTransport(HttpLimits.DEFAULT));
        } finally {
            System.clearProperty("jdk.httpclient.HttpClient.log");
        }
    }
}
