package io.linkspan.preflight.internal.read;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Totals over the fragments ({@code moof}) of an ISO file, per track. */
final class Fragments {
    /** What one track's fragments add up to. */
    static final class Totals {
        final long id;
        final Timing.Counter timing = new Timing.Counter();
        final KeyFrames keyFrames = new KeyFrames();
        long defaultDuration;
        long defaultSize;
        int defaultFlags;
        long bytes;
        /** Plain numbers, as a track has many samples. */
        private long lastShown = Long.MIN_VALUE;

        private long shownUntil = Long.MIN_VALUE;
        /** Whether a sample lies past the end of the file. */
        boolean outside;

        Totals(long id) {
            this.id = id;
        }

        /** When samples are shown, or null if there are none. */
        @Nullable
        Shown shown() {
            return shownUntil == Long.MIN_VALUE ? null : new Shown(lastShown, shownUntil);
        }

        private void add(long count, long duration, long offset) {
            timing.add(count, duration);
            long until = Saturating.add(timing.ticks(), offset);
            shownUntil = Math.max(shownUntil, until);
            lastShown = Math.max(lastShown, Saturating.add(until, -duration));
        }
    }

    /** What the header of one track fragment sets for its runs. */
    private static final class Header {
        Totals track = new Totals(0);
        long base;
        long duration;
        long size;
        int flags;
    }

    private static final int NOT_SYNC = 0x10000;
    private static final int SMALL = 128;
    /** Samples alike that are looked at one by one, in all runs together. */
    private static final long MOST_ALIKE = 2_000_000;

    /** As many as tracks are described, so a search is short. */
    private final List<Totals> totals = new ArrayList<>();
    /** Filled anew for each track fragment, of which there may be thousands. */
    private final Header current = new Header();

    private long alike;
    private long next;
    private @Nullable Cursor table;
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
            track.defaultFlags = source.s32(box.payload() + 20);
        }
    }

    /** What the fragments of a track add up to; null if the movie is not fragmented or the track has no fragment. */
    @Nullable
    Totals of(long trackId) {
        return seen ? find(trackId) : null;
    }

    private @Nullable Totals totals(long trackId, int most) {
        Totals track = find(trackId);
        if (track == null && totals.size() < most) {
            track = new Totals(trackId);
            totals.add(track);
        }
        return track;
    }

    private @Nullable Totals find(long trackId) {
        for (int i = 0; i < totals.size(); i++) {
            if (totals.get(i).id == trackId) {
                return totals.get(i);
            }
        }
        return null;
    }

    /** One {@code traf}: its header comes first, then any number of runs. */
    void trackFragment(Source source, Boxes children, long moof) {
        @Nullable Header header = null;
        long position = moof;
        for (Box box = children.next(); box != null; box = children.next()) {
            if (box.type() == FourCc.code("tfhd")) {
                header = header(source, box, moof);
                if (header == null) {
                    return;
                }
                position = header.base;
            } else if (box.type() == FourCc.code("trun") && header != null) {
                position = run(source, box, header, position);
            }
        }
        if (header != null) {
            Totals track = header.track;
            track.keyFrames.end(track.shownUntil);
        }
    }

    private @Nullable Header header(Source source, Box box, long moof) {
        int flags = source.u24(box.need(8).payload() + 1);
        Totals track = totals(source.u32(box.payload() + 4), source.budget().tracks());
        if (track == null) {
            return null;
        }
        box.need(8 + ((flags & 1) != 0 ? 8 : 0) + 4 * Integer.bitCount(flags & 0x3A));
        long at = box.payload() + 8;
        long base = (flags & 1) != 0 ? source.s64(at) : moof;
        at += ((flags & 1) != 0 ? 8 : 0) + ((flags & 2) != 0 ? 4 : 0);
        long duration = (flags & 8) != 0 ? source.u32(at) : track.defaultDuration;
        at += (flags & 8) != 0 ? 4 : 0;
        long size = (flags & 0x10) != 0 ? source.u32(at) : track.defaultSize;
        at += (flags & 0x10) != 0 ? 4 : 0;
        int sample = (flags & 0x20) != 0 ? source.s32(at) : track.defaultFlags;
        current.track = track;
        current.base = base;
        current.duration = duration;
        current.size = size;
        current.flags = sample;
        return current;
    }

    /** One {@code trun}; answers where the data of the next one lies if it does not say. */
    private long run(Source source, Box box, Header header, long follows) {
        int flags = source.u24(box.need(8).payload() + 1);
        int entry = 4 * Integer.bitCount(flags & 0xF00);
        int first = 8 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 4 : 0);
        long at = box.need(first).payload() + 8;
        long position = (flags & 1) != 0 ? Saturating.add(header.base, source.s32(at)) : follows;
        at += (flags & 1) != 0 ? 4 : 0;
        int firstFlags = (flags & 4) != 0 ? source.s32(at) : header.flags;
        long count = source.u32(box.payload() + 4);
        Totals track = header.track;
        if (entry == 0) {
            return uniform(source, header, count, position, firstFlags);
        }
        count = Math.min(count, (box.length() - first) / entry);
        next = box.payload() + first;
        table = count * entry > SMALL ? new Cursor(source, next, next + count * entry) : null;
        for (long i = 0; i < count; i++) {
            long duration = (flags & 0x100) != 0 ? word(source) & 0xFFFFFFFFL : header.duration;
            long size = (flags & 0x200) != 0 ? word(source) & 0xFFFFFFFFL : header.size;
            int own = (flags & 0x400) != 0 ? word(source) : header.flags;
            int offset = (flags & 0x800) != 0 ? word(source) : 0;
            int effective = i == 0 && (flags & 4) != 0 ? firstFlags : own;
            sample(track, effective, offset, position, size);
            track.add(1, duration, offset);
            track.bytes = Saturating.add(track.bytes, size);
            position = Saturating.add(position, size);
        }
        track.outside |= position > source.size();
        if (table != null) {
            table.release();
        }
        return position;
    }

    /** The next word of a run; short runs, of which there may be thousands, do without a buffer of their own. */
    private int word(Source source) {
        if (table != null) {
            return table.s32();
        }
        next += 4;
        return source.s32(next - 4);
    }

    /** A run of samples that are all alike but perhaps for the first one's flags. */
    private long uniform(Source source, Header header, long count, long start, int firstFlags) {
        Totals track = header.track;
        long position = start;
        if ((header.flags & NOT_SYNC) == 0
                && count > 1
                && count <= source.budget().boxes()
                && alike + count <= MOST_ALIKE) {
            alike += count;
            for (long i = 0; i < count; i++) {
                sample(track, i == 0 ? firstFlags : header.flags, 0, position, header.size);
                track.add(1, header.duration, 0);
                position = Saturating.add(position, header.size);
            }
        } else if (count > 0) {
            sample(track, firstFlags, 0, position, header.size);
            track.add(count, header.duration, 0);
            position = Saturating.add(position, Saturating.multiply(count, header.size));
        }
        track.bytes = Saturating.add(track.bytes, Saturating.multiply(count, header.size));
        track.outside |= position > source.size();
        return position;
    }

    private static void sample(Totals track, int flags, int offset, long position, long size) {
        long shown = Saturating.add(track.timing.ticks(), offset);
        if ((flags & NOT_SYNC) == 0) {
            track.keyFrames.key(shown, position, size);
        } else if (track.keyFrames.isLeading(shown)) {
            track.keyFrames.leading(position, size);
        }
    }
}
