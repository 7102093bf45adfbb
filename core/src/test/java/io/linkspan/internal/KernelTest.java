package io.linkspan.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.linkspan.InMemoryStores;
import io.linkspan.LocalKeys;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectionId;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.event.LinkspanListener;
import io.linkspan.fake.FakeWorld;
import io.linkspan.internal.crypto.Vault;
import io.linkspan.internal.event.Herald;
import io.linkspan.internal.event.Observer;
import io.linkspan.internal.http.Caller;
import io.linkspan.spi.Meter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KernelTest {
    private static Kernel kernel(InstantSource clock, LongSupplier ticker, LinkspanListener... listeners) {
        InMemoryStores stores = InMemoryStores.create();
        return new Kernel(
                stores.tokens(),
                stores.jobs(),
                new Vault(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32]))),
                new Caller(call -> null, Duration.ofMillis(1)),
                Map.of(),
                null,
                null,
                new Observer(Herald.of(List.of(listeners), Runnable::run), Meter.NONE),
                clock,
                ticker,
                new Random(1),
                Settings.defaults("node"));
    }

    private static Kernel kernel(InstantSource clock, LinkspanListener... listeners) {
        return kernel(clock, System::nanoTime, listeners);
    }

    /** Setting the system's clock must not make anything older; a clock that the host sets, as tests do, is the time. */
    @Test
    void steadyStopwatch_countsAClockOfTheHost_andNotTheOneOfTheSystem() {
        long[] seconds = {0};
        Stopwatch ofTheHost = kernel(() -> Instant.ofEpochSecond(seconds[0])).steadyStopwatch();
        Stopwatch ofTheSystem = kernel(InstantSource.system(), () -> 0).steadyStopwatch();
        seconds[0] = 3_600;
        Instant start = Instant.now();
        while (!Instant.now().isAfter(start)) {
            Thread.onSpinWait();
        }
        assertTrue(ofTheHost.reached(Duration.ofHours(1)));
        assertEquals(Duration.ZERO, ofTheSystem.elapsed());
    }

    @Test
    void newId_beginsWithTheTime() {
        String first = kernel(() -> Instant.ofEpochMilli(0x0123456789AL)).newId();
        String next = kernel(() -> Instant.ofEpochMilli(0x0123456789BL)).newId();

        assertTrue(first.matches("00123456789a[0-9a-f]{20}"), first);
        assertTrue(next.startsWith("00123456789b"), next);
    }

    @Test
    void newId_ofOneMoment_isNeverTheSame() {
        Kernel kernel = kernel(InstantSource.fixed(Instant.EPOCH));

        assertEquals(
                1_000, Stream.generate(kernel::newId).limit(1_000).distinct().count());
    }

    @Test
    void tell_withAListenerThatThrows_tellsTheOthers() {
        LinkspanListener throwing = mock();
        LinkspanListener next = mock();
        doThrow(new IllegalStateException("listener")).when(throwing).on(any());
        Kernel kernel = kernel(InstantSource.system(), throwing, next);
        LinkspanEvent event = new LinkspanEvent.ConnectionChanged(
                FakeWorld.OWNER,
                Instant.EPOCH,
                new ConnectionId("0".repeat(32)),
                Platform.of("fake"),
                "@a",
                1,
                "person",
                "connected",
                "");

        kernel.tell(event);

        verify(next).on(event);
    }
}
