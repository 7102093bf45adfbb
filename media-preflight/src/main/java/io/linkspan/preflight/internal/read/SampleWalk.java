package io.linkspan.preflight.internal.read;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over all sample tables of a video track at once. Finds leading pictures (shown before the key frame they
 * follow) and where in the file the key frames to probe lie.
 */
final class SampleWalk {
    /** Key frames looked at, spread evenly; enough to have proven right on the files this was measured with. */
    private static final int PROBES = 26;

    /** Where one sample lies. */
    record Place(long offset, long size) {}

    private final Source source;
    private final Track track;
    private final List<Place> keyFrames = new ArrayList<>();
    private final List<Place> leading = new ArrayList<>();
    private boolean leadingSeen;
    private boolean outside;

    SampleWalk(Source source, Track track) {
        this.source = source;
        this.track = track;
    }

    List<Place> keyFrames() {
        return List.copyOf(keyFrames);
    }

    /** The first leading picture of some groups. */
    List<Place> leading() {
        return List.copyOf(leading);
    }

    boolean hasLeading() {
        return leadingSeen;
    }

    /** Whether a sample lies past the end of the file. */
    boolean reachesOutside() {
        return outside;
    }

    void run() {
        SampleSizes sizes = new SampleSizes(source, need(track.sampleSizes, "stsz"));
        if (sizes.isConstant() && sizes.count() > 1 << 20) {
            throw ReadStop.broken("video with " + sizes.count() + " samples of one size", 0);
        }
        Box stts = need(track.timeToSample, "stts");
        Runs deltas = new Runs(table(stts, 8, 8));
        Runs offsets = new Runs(track.compositionOffsets == null ? null : table(track.compositionOffsets, 8, 8));
        Chunks chunks = new Chunks(need(track.sampleToChunk, "stsc"), need(track.chunkOffsets, "stco"));
        Cursor sync = track.syncSamples == null ? null : table(track.syncSamples, 8, 4);
        long syncs = track.syncSamples == null ? sizes.count() : track.syncSamples.entries(source, 4, 8, 4);
        long nextSync = sync == null ? 1 : nextSync(sync, 0);
        long seen = 0;
        long probes = 0;
        long time = 0;
        long keyTime = Long.MIN_VALUE;
        boolean groupHasLeading = false;
        for (long number = 1; number <= sizes.count(); number++) {
            if ((number & 0xFFF) == 0) {
                source.checkTime(0);
            }
            long size = sizes.next();
            long offset = chunks.next(size);
            long shown = Saturating.add(time, offsets.next());
            time = Saturating.add(time, deltas.next() & 0xFFFFFFFFL);
            outside |= offset < 0 || offset > source.size() - size;
            if (number == nextSync) {
                if (seen == probes * Math.max(1, syncs - 1) / (PROBES - 1)) {
                    keyFrames.add(new Place(offset, size));
                    while (seen >= probes * Math.max(1, syncs - 1) / (PROBES - 1)) {
                        probes++;
                    }
                }
                seen++;
                keyTime = shown;
                groupHasLeading = false;
                nextSync = sync == null ? number + 1 : nextSync(sync, number);
            } else if (shown < keyTime && !groupHasLeading) {
                groupHasLeading = true;
                leadingSeen = true;
                if (leading.size() < PROBES) {
                    leading.add(new Place(offset, size));
                }
            }
        }
    }

    private static Box need(@Nullable Box box, String name) {
        if (box == null) {
            throw ReadStop.broken("there is no " + name, 0);
        }
        return box;
    }

    private Cursor table(Box box, int firstAt, int entrySize) {
        long entries = box.entries(source, firstAt - 4, firstAt, entrySize);
        return new Cursor(source, box.payload() + firstAt, box.payload() + firstAt + entries * entrySize);
    }

    private static long nextSync(Cursor in, long after) {
        if (!in.has(4)) {
            return Long.MAX_VALUE;
        }
        long next = in.u32();
        if (next <= after) {
            throw ReadStop.broken("key frame numbers do not rise", 0);
        }
        return next;
    }

    /** Pairs of count and value, one value per sample; 0 after the end. */
    private static final class Runs {
        private final @Nullable Cursor in;
        private long left;
        private long value;

        Runs(@Nullable Cursor in) {
            this.in = in;
        }

        long next() {
            while (left == 0 && in != null && in.has(8)) {
                left = in.u32();
                value = in.s32();
            }
            if (left == 0) {
                return 0;
            }
            left--;
            return value;
        }
    }

    /** File offsets, from the sample-to-chunk runs and the chunk offsets. */
    private final class Chunks {
        private final Cursor runs;
        private final Cursor offsets;
        private final boolean wide;
        private long chunk;
        private long nextRun;
        private long nextSamples;
        private long samples;
        private long left;
        private long position;

        Chunks(Box stsc, Box stco) {
            runs = table(stsc, 8, 12);
            wide = stco.type() == FourCc.code("co64");
            offsets = table(stco, 8, wide ? 8 : 4);
            readRun();
        }

        long next(long size) {
            if (left == 0) {
                chunk++;
                if (chunk == nextRun) {
                    samples = nextSamples;
                    readRun();
                }
                if (samples == 0) {
                    throw ReadStop.broken("a chunk without samples", 0);
                }
                left = samples;
                position = wide ? offsets.s64() : offsets.u32();
            }
            left--;
            long at = position;
            position = Saturating.add(position, size);
            return at;
        }

        private void readRun() {
            if (!runs.has(12)) {
                nextRun = Long.MAX_VALUE;
                return;
            }
            long first = runs.u32();
            if (first <= chunk) {
                throw ReadStop.broken("chunk numbers do not rise", 0);
            }
            nextRun = first;
            nextSamples = runs.u32();
            runs.u32();
        }
    }
}
