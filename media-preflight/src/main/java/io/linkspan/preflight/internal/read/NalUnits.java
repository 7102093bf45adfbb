package io.linkspan.preflight.internal.read;

/** The NAL units of one sample, each with its length before it. */
final class NalUnits {
    private static final int MOST_UNITS = 64;

    private final Source source;
    private final Track track;
    private final boolean hevc;
    private final long end;
    private long next;
    private long start;
    private long length;
    private int units;
    private boolean cut;
    private boolean filled;

    NalUnits(Source source, Track track, KeyFrames.Place place) {
        this.source = source;
        this.track = track;
        this.hevc = track.isHevc();
        this.next = place.offset();
        this.end = Saturating.add(place.offset(), place.size());
        if (place.offset() < 0 || end > source.size()) {
            throw ReadStop.broken(
                    "a key frame lies outside the file", Math.min(source.size(), Math.max(0, place.offset())));
        }
    }

    /** Goes to the next unit that is not empty. */
    boolean next() {
        while (units++ < MOST_UNITS && next + track.nalLength < end) {
            length = 0;
            for (int b = 0; b < track.nalLength; b++) {
                length = length << 8 | source.u8(next + b);
            }
            start = next + track.nalLength;
            next = start + length;
            cut = length > end - start;
            length = Math.min(length, end - start);
            if (length > 0) {
                filled = true;
                return true;
            }
        }
        return false;
    }

    int type() {
        int header = source.u8(start);
        return hevc ? header >>> 1 & 63 : header & 31;
    }

    /** Whether the unit carries picture data. */
    boolean isPicture() {
        int type = type();
        return hevc ? type < 32 : type >= 1 && type <= 5;
    }

    /** Whether the unit claims more bytes than its sample has. */
    boolean isCut() {
        return cut;
    }

    /** Whether units that were not read may follow; of a sample that starts with empty ones only, none is expected. */
    boolean isAtLimit() {
        return filled && units > MOST_UNITS;
    }

    long start() {
        return start;
    }

    /** Bytes of the unit that lie in its sample. */
    long length() {
        return length;
    }
}
