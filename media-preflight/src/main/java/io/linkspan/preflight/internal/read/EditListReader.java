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

    /** Reads the list; the frame is one sample's duration in the track's timescale. */
    static EditListReader read(Source source, Track track, long movieTimescale, Timing timing) {
        Box table = track.editList;
        if (table == null) {
            return new EditListReader(EditLists.NONE, -1, 0);
        }
        boolean wide = source.u8(table.need(8).payload()) == 1;
        int size = wide ? 20 : 12;
        long entries = table.entries(source, 4, 8, size);
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
                worst = worse(worst, segment == 0 ? EditLists.TRIVIAL : EditLists.OFFSET);
                continue;
            }
            edits++;
            boolean odd = edits > 1 || rate != 0x10000 || start < 0;
            worst = worse(
                    worst, odd ? EditLists.COMPLEX : single(source, track, movieTimescale, timing, segment, start));
        }
        in.release();
        // a segment of 0 means "to the end" in fragmented files
        return new EditListReader(worst, edits == 0 || total == 0 ? -1 : total, delay);
    }

    private static EditLists single(
            Source source, Track track, long movieTimescale, Timing timing, long segment, long start) {
        if (track.timescale == 0 || movieTimescale == 0 || timing.ticks() == 0) {
            if (segment == 0) {
                return EditLists.TRIVIAL;
            }
            throw ReadStop.broken("an edit list over media of unknown length", 0);
        }
        double scale = track.timescale;
        double begin = start / scale;
        double offset = firstCompositionOffset(source, track) / scale;
        double media = timing.ticks() / scale + Math.max(0, offset);
        double frame = (double) timing.ticks() / Math.max(1, timing.samples()) / scale;
        double slack = Math.max(frame, 2.0 / movieTimescale) * 1.01;
        double playing = segment == 0 ? media - begin : (double) segment / movieTimescale;
        if (begin >= media || begin + playing > media + slack) {
            return EditLists.COMPLEX;
        }
        boolean priming = begin <= Math.max(offset, PRIMING_SECONDS);
        return priming && begin + playing + slack >= media ? EditLists.TRIVIAL : EditLists.TRIM;
    }

    private static long firstCompositionOffset(Source source, Track track) {
        Box table = track.compositionOffsets;
        return table == null || table.length() < 16 ? 0 : source.s32(table.payload() + 12);
    }

    static EditLists worse(EditLists a, EditLists b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
