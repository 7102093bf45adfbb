package io.linkspan.preflight.internal.read;

import org.jspecify.annotations.Nullable;

/**
 * One pass over all sample tables of a video track at once, each table read once from front to back. Steps over runs of
 * samples that lie in one chunk, between key frames, with one duration and one composition offset.
 */
final class SampleWalk {
    private static final long UNLIMITED = Long.MAX_VALUE;

    private final Source source;
    private final Track track;
    private final KeyFrames keyFrames = new KeyFrames();
    private Timing timing = Timing.NONE;
    private long bytes;
    /** Plain numbers, as a track has many samples. */
    private long lastShown = Long.MIN_VALUE;

    private long shownUntil = Long.MIN_VALUE;
    private boolean outside;

    SampleWalk(Source source, Track track) {
        this.source = source;
        this.track = track;
    }

    KeyFrames keyFrames() {
        return keyFrames;
    }

    Timing timing() {
        return timing;
    }

    long bytes() {
        return bytes;
    }

    /** When samples are shown, or null if there are none. */
    @Nullable
    Shown shown() {
        return shownUntil == Long.MIN_VALUE ? null : new Shown(lastShown, shownUntil);
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
        Timing.Counter counter = new Timing.Counter();
        Runs deltas = new Runs(table(need(track.timeToSample, "stts"), 8), counter);
        Runs offsets = new Runs(track.compositionOffsets == null ? null : table(track.compositionOffsets, 8), null);
        Chunks chunks = new Chunks(table(need(track.sampleToChunk, "stsc"), 12), need(track.chunkOffsets, "stco"));
        Cursor sync = track.syncSamples == null ? null : table(track.syncSamples, 4);
        long nextSync = sync == null ? 1 : nextSync(sync, 0);
        long first = 0;
        long time = 0;
        long steps = 0;
        for (long number = 1; number <= sizes.count(); ) {
            if ((++steps & 0xFFF) == 0) {
                source.checkTime(0);
            }
            deltas.load();
            offsets.load();
            chunks.load();
            long shown = Saturating.add(time, offsets.value);
            first = number == 1 ? shown : first;
            if (number == nextSync) {
                keyFrames.key(shown, chunks.position, sizes.peek());
                nextSync = sync == null ? number + 1 : nextSync(sync, number);
            } else if (keyFrames.isLeading(shown)) {
                keyFrames.leading(chunks.position, sizes.peek());
            }
            long count = Math.min(sizes.count() + 1, nextSync) - number;
            count = Math.min(Math.min(count, chunks.left), Math.min(deltas.left, offsets.left));
            long sum = sizes.sum(count);
            outside |= chunks.position < 0 || chunks.position > source.size() - sum;
            bytes = Saturating.add(bytes, sum);
            time = Saturating.add(time, Saturating.multiply(count, deltas.value));
            long until = Saturating.add(time, offsets.value);
            shownUntil = Math.max(shownUntil, until);
            lastShown = Math.max(lastShown, Saturating.add(until, -deltas.value));
            chunks.advance(count, sum);
            deltas.left -= deltas.left == UNLIMITED ? 0 : count;
            offsets.left -= offsets.left == UNLIMITED ? 0 : count;
            number += count;
        }
        // a frame is held until the next one is decoded, which may be longer than it is shown
        long declared = Saturating.add(track.duration, first);
        shownUntil = declared > lastShown && declared < shownUntil ? declared : shownUntil;
        keyFrames.end(shownUntil);
        deltas.drain();
        timing = counter.timing();
        sizes.release();
        deltas.release();
        offsets.release();
        chunks.release();
        if (sync != null) {
            sync.release();
        }
    }

    private static Box need(@Nullable Box box, String name) {
        if (box == null) {
            throw ReadStop.broken("there is no " + name, 0);
        }
        return box;
    }

    private Cursor table(Box box, int entrySize) {
        long entries = box.entries(source, 4, 8, entrySize);
        return new Cursor(source, box.payload() + 8, box.payload() + 8 + entries * entrySize);
    }

    private static long nextSync(Cursor in, long after) {
        if (!in.has(4)) {
            return UNLIMITED;
        }
        long next = in.u32();
        if (next <= after) {
            throw ReadStop.broken("key frame numbers do not rise", 0);
        }
        return next;
    }

    /** Pairs of count and value; 0 for ever after the end. */
    private static final class Runs {
        private final @Nullable Cursor in;
        private final Timing.@Nullable Counter counter;
        private long left;
        private long value;

        Runs(@Nullable Cursor in, Timing.@Nullable Counter counter) {
            this.in = in;
            this.counter = counter;
        }

        void load() {
            while (left == 0) {
                if (in == null || !in.has(8)) {
                    left = UNLIMITED;
                    value = 0;
                    return;
                }
                left = in.u32();
                // durations are unsigned, composition offsets in practice signed in both versions
                value = counter == null ? in.s32() : in.u32();
                if (counter != null) {
                    counter.add(left, value);
                }
            }
        }

        /** Counts what no sample used. */
        void drain() {
            while (in != null && counter != null && in.has(8)) {
                counter.add(in.u32(), in.u32());
            }
        }

        void release() {
            if (in != null) {
                in.release();
            }
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

        Chunks(Cursor runs, Box stco) {
            this.runs = runs;
            wide = stco.type() == FourCc.code("co64");
            offsets = table(stco, wide ? 8 : 4);
            readRun();
        }

        void load() {
            if (left > 0) {
                return;
            }
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

        void advance(long count, long size) {
            left -= count;
            position = Saturating.add(position, size);
        }

        void release() {
            runs.release();
            offsets.release();
        }

        private void readRun() {
            if (!runs.has(12)) {
                nextRun = UNLIMITED;
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
