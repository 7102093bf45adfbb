package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Gop;
import io.linkspan.preflight.internal.read.KeyFrames.Place;
import java.util.List;

/** Decides whether groups of pictures are closed, from timing and from the kinds of the key frames. */
final class GopProbe {
    private final Source source;
    private final Track track;

    GopProbe(Source source, Track track) {
        this.source = source;
        this.track = track;
    }

    /** The answer, or a stop that says why there is none. */
    Gop judge(KeyFrames frames) {
        if (track.partialSyncSamples != null) {
            return Gop.OPEN;
        }
        if (frames.hasLeading() && !track.isHevc()) {
            return Gop.OPEN;
        }
        List<Place> probes = frames.probes(source.isRemote());
        if (track.nalLength == 0) {
            throw ReadStop.broken("the length of a NAL unit's size is not known", 0);
        }
        if (probes.isEmpty()) {
            throw ReadStop.broken("there is no key frame", 0);
        }
        source.readAhead(64);
        boolean hevc = track.isHevc();
        boolean randomAccess = false;
        for (Place place : probes) {
            int type = firstSlice(place);
            if (hevc) {
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
            for (Place place : frames.leading()) {
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
        NalUnits units = new NalUnits(source, track, place);
        while (units.next()) {
            if (units.isPicture()) {
                return units.type();
            }
        }
        throw ReadStop.broken("a key frame holds no picture", place.offset());
    }
}
