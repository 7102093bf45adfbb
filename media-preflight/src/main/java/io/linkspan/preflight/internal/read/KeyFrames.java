package io.linkspan.preflight.internal.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Watches a track's samples go by in decoding order: key frames to probe, leading pictures, the longest group. */
final class KeyFrames {
    /** Key frames looked at, spread evenly; enough to have proven right on the files this was measured with. */
    private static final int PROBES = 12;
    /** Each one is a request. */
    private static final int REMOTE_PROBES = 8;

    /** Times kept for a picture of the track; more would not be told apart. */
    private static final int TIMES = 100;

    /** Where one sample lies. */
    record Place(long offset, long size) {}

    private final List<Place> kept = new ArrayList<>();
    private final List<Place> leading = new ArrayList<>();

    private long[] times = new long[2 * TIMES];
    private int timed;

    private long lastOffset;
    private long lastSize;
    private long seen;
    /** Strides are powers of two. */
    private long stride = 1;

    private long timeStride = 1;
    private long keyTime = Long.MIN_VALUE;
    private long longest;
    private boolean groupHasLeading;
    private boolean leadingSeen;

    /** A key frame, with the time at which it is shown. */
    void key(long shown, long offset, long size) {
        lastOffset = offset;
        lastSize = size;
        if ((seen & (stride - 1)) == 0) {
            kept.add(new Place(offset, size));
            if (kept.size() > 2 * PROBES) {
                thin(kept);
                stride *= 2;
            }
        }
        if ((seen & (timeStride - 1)) == 0) {
            if (timed == times.length) {
                thinTimes();
                timeStride *= 2;
            }
            if ((seen & (timeStride - 1)) == 0) {
                times[timed++] = shown;
            }
        }
        end(shown);
        seen++;
        keyTime = shown;
        groupHasLeading = false;
    }

    /** Keeps every second one, the first among them. */
    private static void thin(List<Place> all) {
        for (int i = 1; 2 * i < all.size(); i++) {
            all.set(i, all.get(2 * i));
        }
        all.subList((all.size() + 1) / 2, all.size()).clear();
    }

    private void thinTimes() {
        for (int i = 1; 2 * i < timed; i++) {
            times[i] = times[2 * i];
        }
        timed = (timed + 1) / 2;
    }

    /** Whether a sample shown then would be the first leading picture of its group. */
    boolean isLeading(long shown) {
        return shown < keyTime && !groupHasLeading;
    }

    /** The first leading picture of a group: shown before the key frame that it follows. */
    void leading(long offset, long size) {
        groupHasLeading = true;
        leadingSeen = true;
        if (leading.size() < PROBES) {
            leading.add(new Place(offset, size));
        }
    }

    /** The time at which the next key frame is, or would be, shown. */
    void end(long shown) {
        if (seen > 0 && shown > keyTime) {
            longest = Math.max(longest, Saturating.add(shown, -keyTime));
        }
    }

    /** Adds what was seen in a later part of the same track, of which the times begin so much later. */
    KeyFrames with(KeyFrames later, long ticks) {
        kept.addAll(later.kept);
        times = Arrays.copyOf(times, timed + later.timed);
        for (int i = 0; i < later.timed; i++) {
            times[timed++] = Saturating.add(later.times[i], ticks);
        }
        leading.addAll(later.leading);
        lastOffset = later.seen > 0 ? later.lastOffset : lastOffset;
        lastSize = later.seen > 0 ? later.lastSize : lastSize;
        seen += later.seen;
        longest = Math.max(longest, later.longest);
        leadingSeen |= later.leadingSeen;
        return this;
    }

    /** When some key frames are shown after the first one, spread evenly. */
    List<Duration> shown(double millisecondsOfTick) {
        long[] sorted = Arrays.copyOf(times, timed);
        Arrays.sort(sorted);
        List<Duration> shown = new ArrayList<>(timed);
        long last = -1;
        for (long time : sorted) {
            long millis = Math.round(Saturating.add(time, -sorted[0]) * millisecondsOfTick);
            if (millis != last) {
                shown.add(Duration.ofMillis(millis));
            }
            last = millis;
        }
        return shown;
    }

    /** Ticks of the longest group of pictures, 0 if there is none. */
    long longest() {
        return longest;
    }

    /** The first key frame that is not empty, or null if there is none. */
    @Nullable
    Place first() {
        return kept.stream().filter(frame -> frame.size() > 0).findFirst().orElse(null);
    }

    /** The last key frame. */
    Place last() {
        return new Place(lastOffset, lastSize);
    }

    /** Some key frames, spread evenly, the first and the last among them. */
    List<Place> probes(boolean remote) {
        List<Place> all = new ArrayList<>(kept);
        if (seen > 0) {
            Place last = new Place(lastOffset, lastSize);
            if (!last.equals(all.get(all.size() - 1))) {
                all.add(last);
            }
        }
        int most = remote ? REMOTE_PROBES : PROBES;
        if (all.size() <= most) {
            return all;
        }
        List<Place> chosen = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            chosen.add(all.get(i * (all.size() - 1) / (most - 1)));
        }
        return chosen;
    }

    /** The first leading picture of some groups. */
    List<Place> leading() {
        return List.copyOf(leading);
    }

    boolean hasLeading() {
        return leadingSeen;
    }
}
