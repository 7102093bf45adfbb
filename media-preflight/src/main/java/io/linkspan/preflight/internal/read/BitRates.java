package io.linkspan.preflight.internal.read;

import org.jspecify.annotations.Nullable;

/** Average bit rate of one track: its sample sizes over its media duration, else what the header declares. */
final class BitRates {
    private BitRates() {}

    static @Nullable Long of(Source source, Movie movie, Track track, Timing timing) {
        long bytes = track.sampleSizes == null ? 0 : SampleSizes.total(source, track.sampleSizes);
        long ticks = timing.ticks();
        Fragments.Totals totals = movie.fragments.of(track.id);
        if (movie.fragments.seen && totals != null) {
            bytes = Saturating.add(bytes, totals.bytes);
            ticks = Saturating.add(ticks, totals.duration);
        }
        // sizes that add up to more than the file are not believed
        if (bytes > 0 && bytes <= source.size() && ticks > 0 && track.timescale > 0) {
            return Math.round(8.0 * bytes * track.timescale / ticks);
        }
        return track.declaredBitRate > 0 ? track.declaredBitRate : null;
    }
}
