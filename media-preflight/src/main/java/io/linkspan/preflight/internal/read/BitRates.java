package io.linkspan.preflight.internal.read;

import org.jspecify.annotations.Nullable;

/** Average bit rate of one track: its sample sizes over its media duration, else what the header declares. */
final class BitRates {
    private BitRates() {}

    static @Nullable Long of(Source source, Track track, TrackSamples samples) {
        long bytes = samples.bytes();
        long ticks = samples.timing().ticks();
        // sizes that add up to more than the file are not believed
        if (bytes > 0 && bytes <= source.size() && ticks > 0 && track.timescale > 0) {
            return Math.round(8.0 * bytes * track.timescale / ticks);
        }
        return track.declaredBitRate > 0 ? track.declaredBitRate : null;
    }
}
