package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Gop;
import io.linkspan.preflight.internal.read.SampleWalk.Place;

/** Decides whether groups of pictures are closed, from timing and from the kinds of the key frames. */
final class GopProbe {
    private static final int MOST_UNITS = 64;

    private final Source source;
    private final Track track;

    GopProbe(Source source, Track track) {
        this.source = source;
        this.track = track;
    }

    /** The answer, or a stop that says why there is none. */
    Gop judge(SampleWalk walk) {
        if (track.partialSyncSamples != null) {
            return Gop.OPEN;
        }
        if (walk.hasLeading() && !track.isHevc()) {
            return Gop.OPEN;
        }
        if (track.nalLength == 0) {
            throw ReadStop.broken("the length of a NAL unit's size is not known", 0);
        }
        if (walk.keyFrames().isEmpty()) {
            throw ReadStop.broken("there is no key frame", 0);
        }
        source.readAhead(64);
        boolean randomAccess = false;
        for (Place place : walk.keyFrames()) {
            int type = firstSlice(place);
            if (track.isHevc()) {
                if (type < 16 || type > 21) {
                    return Gop.OPEN;
                }
                // 21 is a clean random access picture and 16 to 18 a broken link: open only with skipped leading ones
                randomAccess |= type == 21 || type <= 18;
            } else if (type != 5) {
                return Gop.OPEN;
            }
        }
        if (randomAccess) {
            for (Place place : walk.leading()) {
                int type = firstSlice(place);
                if (type == 8 || type == 9) {
                    return Gop.OPEN;
                }
            }
        }
        return Gop.CLOSED;
    }

    /** The type of the first NAL unit that carries picture data. */
    private int firstSlice(Place place) {
        long end = Saturating.add(place.offset(), place.size());
        if (place.offset() < 0 || end > source.size()) {
            throw ReadStop.broken(
                    "a key frame lies outside the file", Math.min(source.size(), Math.max(0, place.offset())));
        }
        long at = place.offset();
        for (int i = 0; i < MOST_UNITS && at + track.nalLength < end; i++) {
            long length = 0;
            for (int b = 0; b < track.nalLength; b++) {
                length = length << 8 | source.u8(at + b);
            }
            at += track.nalLength;
            if (length > 0) {
                int header = source.u8(at);
                int type = track.isHevc() ? header >>> 1 & 63 : header & 31;
                if (track.isHevc() ? type < 32 : type >= 1 && type <= 5) {
                    return type;
                }
            }
            at += length;
        }
        throw ReadStop.broken("a key frame holds no picture", place.offset());
    }
}
