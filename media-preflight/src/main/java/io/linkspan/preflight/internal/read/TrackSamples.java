package io.linkspan.preflight.internal.read;

import org.jspecify.annotations.Nullable;

/**
 * What the samples of one track add up to, from its tables or its fragments.
 *
 * @param shown when they are shown, or null if that was not read
 * @param bytes their sizes together, 0 if not known
 * @param keyFrames where the key frames are, or null if that was not read
 * @param problem why the key frames are not known, empty if they are
 * @param outside whether a sample lies past the end of the file
 */
record TrackSamples(
        Timing timing,
        @Nullable Shown shown,
        long bytes,
        @Nullable KeyFrames keyFrames,
        String problem,
        boolean outside) {
    /** Reads each table once; with pictures, all tables of the track together. */
    static TrackSamples read(Source source, Movie movie, Track track, boolean pictures) {
        Fragments.Totals totals = movie.fragments.of(track.id);
        if (totals == null || totals.timing.samples() == 0) {
            return tables(source, track, pictures);
        }
        TrackSamples later = new TrackSamples(
                totals.timing.timing(), totals.shown(), totals.bytes, totals.keyFrames, "", totals.outside);
        TrackSamples first = tables(source, track, pictures);
        // some writers keep the samples of the first fragment in the movie header
        return first.timing.samples() == 0 ? later : first.with(later);
    }

    private TrackSamples with(TrackSamples later) {
        long shortest = Math.min(
                timing.shortest() == 0 ? Long.MAX_VALUE : timing.shortest(),
                later.timing.shortest() == 0 ? Long.MAX_VALUE : later.timing.shortest());
        return new TrackSamples(
                new Timing(
                        Saturating.add(timing.samples(), later.timing.samples()),
                        Saturating.add(timing.ticks(), later.timing.ticks()),
                        shortest == Long.MAX_VALUE ? 0 : shortest,
                        timing.usual() == 0 ? later.timing.usual() : timing.usual(),
                        timing.variable() || later.timing.variable()),
                later.shown == null ? shown : later.shown.later(timing.ticks()),
                Saturating.add(bytes, later.bytes),
                keyFrames == null || later.keyFrames == null
                        ? later.keyFrames
                        : keyFrames.with(later.keyFrames, timing.ticks()),
                "",
                outside || later.outside);
    }

    private static TrackSamples tables(Source source, Track track, boolean pictures) {
        if (!pictures) {
            return new TrackSamples(timing(source, track), null, bytes(source, track), null, "", false);
        }
        SampleWalk walk = new SampleWalk(source, track);
        try {
            walk.run();
            return new TrackSamples(
                    walk.timing(), walk.shown(), walk.bytes(), walk.keyFrames(), "", walk.reachesOutside());
        } catch (ReadStop e) {
            if (e.isLimit()) {
                throw e;
            }
            // one table is broken; what the others say still counts
            return new TrackSamples(
                    timing(source, track), null, bytes(source, track), null, e.reason(), walk.reachesOutside());
        }
    }

    private static Timing timing(Source source, Track track) {
        return track.timeToSample == null ? Timing.NONE : Timing.read(source, track.timeToSample);
    }

    private static long bytes(Source source, Track track) {
        try {
            return track.sampleSizes == null ? 0 : SampleSizes.total(source, track.sampleSizes);
        } catch (ReadStop e) {
            if (e.isLimit()) {
                throw e;
            }
            return 0;
        }
    }
}
