package io.linkspan.preflight.internal.read;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Totals over the fragments ({@code moof}) of an ISO file, per track. */
final class Fragments {
    /** What one track's fragments add up to. */
    static final class Totals {
        long defaultDuration;
        long defaultSize;
        long samples;
        long duration;
        long bytes;
        long shortest = Long.MAX_VALUE;
    }

    private final Map<Long, Totals> totals = new HashMap<>();
    boolean seen;
    /** Movie duration of {@code mehd} in the movie's timescale, or 0. */
    long declaredDuration;

    /** Defaults of one track from {@code trex}. */
    void trackDefaults(Source source, Box box) {
        box.need(24);
        Totals track = totals(source.u32(box.payload() + 4), source.budget().tracks());
        if (track != null) {
            track.defaultDuration = source.u32(box.payload() + 12);
            track.defaultSize = source.u32(box.payload() + 16);
        }
    }

    @Nullable
    Totals of(long trackId) {
        return totals.get(trackId);
    }

    private @Nullable Totals totals(long trackId, int most) {
        Totals track = totals.get(trackId);
        if (track == null && totals.size() < most) {
            track = new Totals();
            totals.put(trackId, track);
        }
        return track;
    }

    /** One {@code traf}: its header comes first, then any number of runs. */
    void trackFragment(Source source, Boxes children) {
        @Nullable Totals track = null;
        long duration = 0;
        long size = 0;
        for (Box box = children.next(); box != null; box = children.next()) {
            long at = box.payload();
            if (box.type() == FourCc.code("tfhd")) {
                int flags = source.u24(box.need(8).payload() + 1);
                track = totals(source.u32(at + 4), source.budget().tracks());
                if (track == null) {
                    return;
                }
                at += 8 + ((flags & 1) != 0 ? 8 : 0) + ((flags & 2) != 0 ? 4 : 0);
                duration = (flags & 8) != 0 ? source.u32(at) : track.defaultDuration;
                at += (flags & 8) != 0 ? 4 : 0;
                size = (flags & 0x10) != 0 ? source.u32(at) : track.defaultSize;
            } else if (box.type() == FourCc.code("trun") && track != null) {
                run(source, box, track, duration, size);
            }
        }
    }

    private static void run(Source source, Box box, Totals track, long defaultDuration, long defaultSize) {
        int flags = source.u24(box.need(8).payload() + 1);
        boolean durations = (flags & 0x100) != 0;
        boolean sizes = (flags & 0x200) != 0;
        int entry = 4 * Integer.bitCount(flags & 0xF00);
        int first = 8 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 4 : 0);
        long count = source.u32(box.payload() + 4);
        if (entry > 0) {
            count = Math.min(count, Math.max(0, box.length() - first) / entry);
        }
        track.samples = Saturating.add(track.samples, count);
        if (!durations) {
            track.duration = Saturating.add(track.duration, Saturating.multiply(count, defaultDuration));
            shortest(track, count > 0 ? defaultDuration : 0);
        }
        if (!sizes) {
            track.bytes = Saturating.add(track.bytes, Saturating.multiply(count, defaultSize));
        }
        if (!durations && !sizes) {
            return;
        }
        Cursor in = new Cursor(source, box.payload() + first, box.end());
        for (long i = 0; i < count; i++) {
            if (durations) {
                long duration = in.u32();
                track.duration = Saturating.add(track.duration, duration);
                shortest(track, duration);
            }
            if (sizes) {
                track.bytes = Saturating.add(track.bytes, in.u32());
            }
            for (int rest = entry - (durations ? 4 : 0) - (sizes ? 4 : 0); rest > 0; rest -= 4) {
                in.u32();
            }
        }
    }

    private static void shortest(Totals track, long duration) {
        if (duration > 0) {
            track.shortest = Math.min(track.shortest, duration);
        }
    }
}
