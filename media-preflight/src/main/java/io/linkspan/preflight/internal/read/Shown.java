package io.linkspan.preflight.internal.read;

/**
 * When the samples of a track are shown, in its timescale, before any edit.
 *
 * @param last the time at which the last one is shown
 * @param end the time until which one is shown
 */
record Shown(long last, long end) {
    Shown later(long ticks) {
        return new Shown(Saturating.add(last, ticks), Saturating.add(end, ticks));
    }
}
