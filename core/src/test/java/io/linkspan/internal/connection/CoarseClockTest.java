package io.linkspan.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CoarseClockTest {
    @Test
    void clockOfAHost_isAskedEachTime() {
        AtomicLong time = new AtomicLong(1);
        CoarseClock clock = new CoarseClock(time::get, false);
        clock.start();
        assertEquals(1, clock.millis());

        time.set(2);

        assertEquals(2, clock.millis());
    }

    @Test
    void clockOfTheSystem_isAskedByAThread_untilItIsClosed() throws InterruptedException {
        AtomicLong asked = new AtomicLong();
        CountDownLatch often = new CountDownLatch(3);
        CoarseClock clock = new CoarseClock(
                () -> {
                    often.countDown();
                    return asked.incrementAndGet();
                },
                true);
        assertEquals(1, clock.millis(), "before it is started");
        clock.start();
        assertTrue(often.await(30, TimeUnit.SECONDS), "a thread goes on asking");

        clock.close();

        long after = asked.get();
        assertEquals(after + 1, clock.millis());
        assertEquals(after + 2, clock.millis());
    }
}
