package io.linkspan.internal.event;

import io.linkspan.internal.RedactedFailure;
import io.linkspan.spi.Meter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A host's meter whose failures harm nobody. */
final class QuietMeter implements Meter {
    private static final Logger log = LoggerFactory.getLogger(QuietMeter.class);

    private final Meter inner;
    private final AtomicBoolean warned = new AtomicBoolean();

    QuietMeter(Meter inner) {
        this.inner = inner;
    }

    @Override
    public void count(String name, Map<String, String> tags) {
        quietly(name, () -> inner.count(name, tags));
    }

    @Override
    public void time(String name, Duration taken, Map<String, String> tags) {
        quietly(name, () -> inner.time(name, taken.isNegative() ? Duration.ZERO : taken, tags));
    }

    private void quietly(String name, Runnable call) {
        try {
            call.run();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (RuntimeException | Error e) { // also a class that the host's metrics library lacks
            if (warned.compareAndSet(false, true)) {
                log.warn("the meter failed and goes on failing in silence name={}", name, RedactedFailure.of(e));
            }
        }
    }
}
