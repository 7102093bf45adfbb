package io.linkspan.examples;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Real time plus a shift, so that thirty days pass in a moment. */
final class ShiftedClock implements InstantSource {
    private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return InstantSource.system().instant().plus(shift.get());
    }

    void advance(Duration by) {
        shift.updateAndGet(by::plus);
    }
}
