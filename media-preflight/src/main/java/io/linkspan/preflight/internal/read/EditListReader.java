package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.EditLists;

/**
 * What one track's edit list does.
 *
 * @param kind its class
 * @param ticks how long the track plays, in the movie's timescale; negative if the list does not say
 * @param delay how long the track waits before it starts, in the movie's timescale
 */
record EditListReader(EditLists kind, long ticks, long delay) {
    /** Longest start that still counts as encoder priming. */
    private static final double PRIMING_SECONDS = 0.1;
    /** Longest wait that nobody hears or sees, about one audio frame. */
    private static final double UNNOTICED_SECONDS = 0.025;

    /** Reads the list of a track, of which the samples are known as far as they could be read. */
    static EditListReader read(Source source, Movie movie, Track track, TrackSamples samples) {
        long movieTimescale = movie.timescale;
        Box table = track.editList;
        if (table == null) {
            return new EditListReader(EditLists.NONE, -1, 0);
        }
        boolean wide = source.u8(table.need(8).payload()) == 1;
        int size = wide ? 20 : 12;
        long entries = table.entries(source, 4, 8, size);
        boolean shows = !movie.fragments.seen && shows(source, table, wide, entries);
        Cursor in = new Cursor(source, table.payload() + 8, table.payload() + 8 + entries * size);
        EditLists worst = EditLists.NONE;
        long total = 0;
        long edits = 0;
        long delay = 0;
        for (long i = 0; i < entries; i++) {
            long segment = wide ? Math.max(0, in.s64()) : in.u32();
            long start = wide ? in.s64() : in.s32();
            int rate = in.s32();
            total = Saturating.add(total, segment);
            if (start == -1) {
                delay = edits == 0 ? total : delay;
                boolean unnoticed = (edits == 0 ? delay : segment) <= UNNOTICED_SECONDS * movieTimescale;
                worst = worse(worst, unnoticed ? EditLists.TRIVIAL : EditLists.OFFSET);
                continue;
            }
            if (segment == 0 && shows) {
                continue;
            }
            edits++;
            boolean odd = edits > 1 || rate != 0x10000 || start < 0;
            worst = worse(
                    worst, odd ? EditLists.COMPLEX : single(source, track, movieTimescale, samples, segment, start));
        }
        in.release();
        // a segment of 0 means "to the end" in fragmented files
        return new EditListReader(worst, edits == 0 || total == 0 ? -1 : total, delay);
    }

    /** Whether an edit shows media for a stated time: those without a time then show nothing, and else all there is. */
    private static boolean shows(Source source, Box table, boolean wide, long entries) {
        int size = wide ? 20 : 12;
        Cursor in = new Cursor(source, table.payload() + 8, table.payload() + 8 + entries * size);
        boolean shows = false;
        for (long i = 0; i < entries && !shows; i++) {
            long segment = wide ? in.s64() : in.u32();
            shows = (wide ? in.s64() : in.s32()) != -1 && segment > 0;
            in.s32();
        }
        in.release();
        return shows;
    }

    private static EditLists single(
            Source source, Track track, long movieTimescale, TrackSamples samples, long segment, long start) {
        Timing timing = samples.timing();
        if (track.timescale == 0 || movieTimescale == 0 || timing.ticks() == 0) {
            if (segment == 0) {
                return EditLists.TRIVIAL;
            }
            throw ReadStop.broken("an edit list over media of unknown length", 0);
        }
        double scale = track.timescale;
        double offset = Math.max(0, firstCompositionOffset(source, track)) / scale;
        // without a walk over the samples, as if the first one's offset were that of all
        double end = samples.shown() == null
                ? timing.ticks() / scale + offset
                : samples.shown().end() / scale;
        double last = samples.shown() == null
                ? end - timing.usual() / scale
                : samples.shown().last() / scale;
        double latest = Math.max(end, track.duration / scale + offset);
        // segments are rounded to the movie's ticks, and the last frame may be longer or shorter than it says
        double slack = Math.max(timing.usual() / scale, 2.0 / movieTimescale) * 1.01;
        double begin = start / scale;
        double stop = segment == 0 ? end : begin + (double) segment / movieTimescale;
        boolean past = stop > latest + slack;
        if (begin >= latest || (past && !track.isAudio())) {
            return EditLists.COMPLEX;
        }
        boolean whole = begin <= Math.max(offset, PRIMING_SECONDS) && (stop + slack >= end || stop > last);
        // sound that ends before its edit leaves silence, as a cut does
        return whole && !past ? EditLists.TRIVIAL : EditLists.TRIM;
    }

    private static long firstCompositionOffset(Source source, Track track) {
        Box table = track.compositionOffsets;
        return table == null || table.length() < 16 ? 0 : source.s32(table.payload() + 12);
    }

    static EditLists worse(EditLists a, EditLists b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
