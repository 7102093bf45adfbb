package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.internal.read.KeyFrames.Place;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a key frame holds a picture of its track's codec. Headers may be right and the media not there, as after
 * a copy into reserved space that broke off.
 */
final class KeyPicture {
    private static final int MOST_UNITS = 64;
    private static final int BLANK = 64;
    private static final int SMALLEST_BLANK = 8;

    private KeyPicture() {}

    /**
     * Why no decoder can start with a key frame, or null if one can or if that is not known. Takes the picture's description
     * from the frame if the headers have none.
     */
    static @Nullable String problem(Source source, Track track, Place frame) {
        if (track.encrypted || frame.offset() < 0 || frame.size() > source.size() - frame.offset()) {
            return null;
        }
        return switch (VideoCodecs.name(track.format)) {
            case "h264", "hevc" -> nal(source, track, frame);
            case "vp8", "vp9" -> vpx(source, track, frame);
            case "av1" -> av1(source, frame.offset(), frame.offset() + frame.size());
            case "mpeg4", "prores", "mjpeg", "png", "h263" -> blank(source, frame);
            default -> null;
        };
    }

    private static @Nullable String nal(Source source, Track track, Place frame) {
        if (track.nalLength == 0 || startsWithCode(source, frame)) {
            return null;
        }
        NalUnits units = new NalUnits(source, track, frame);
        while (units.next()) {
            if (units.isCut()) {
                return "a unit of a key frame runs past its end";
            }
            if (units.isPicture()) {
                return null;
            }
        }
        return units.isAtLimit() ? null : "a key frame holds no picture";
    }

    /** Some decoders take start codes where lengths belong. */
    private static boolean startsWithCode(Source source, Place frame) {
        return frame.size() >= 4 && (source.u24(frame.offset()) == 1 || source.u32(frame.offset()) == 1);
    }

    private static @Nullable String vpx(Source source, Track track, Place frame) {
        try {
            Picture picture = VpxFrame.read(source, track.format, frame.offset(), frame.size());
            track.picture = track.picture == null ? picture : track.picture;
            return null;
        } catch (ReadStop e) {
            if (e.isLimit() || e.offset() > 0) {
                throw e;
            }
            return e.reason();
        }
    }

    /** AV1 specification 5.3: units with a header, and most with a size. */
    private static @Nullable String av1(Source source, long start, long end) {
        long at = start;
        for (int units = 0; at < end; units++) {
            if (units == MOST_UNITS) {
                return null;
            }
            int header = source.u8(at);
            if ((header & 0x80) != 0) {
                return "a unit of an AV1 key frame has no header";
            }
            int type = header >>> 3 & 15;
            at += (header & 4) != 0 ? 2 : 1;
            long size = end - at;
            if ((header & 2) != 0) {
                size = 0;
                int shift = 0;
                for (boolean more = true; more && shift < 56 && at < end; shift += 7) {
                    int next = source.u8(at++);
                    size |= (long) (next & 0x7F) << shift;
                    more = (next & 0x80) != 0;
                }
            }
            if (size > end - at) {
                return "a unit of an AV1 key frame runs past its end";
            }
            // a frame, or its header before its tiles
            if (type == 6 || type == 3) {
                return null;
            }
            at += size;
        }
        return "a key frame holds no picture";
    }

    /** Frames of these codecs start with codes or sizes, so never with nothing but zeros or ones. */
    private static @Nullable String blank(Source source, Place frame) {
        byte[] start = new byte[(int) Math.min(BLANK, frame.size())];
        source.read(frame.offset(), start, start.length);
        boolean blank = start.length >= SMALLEST_BLANK && (start[0] == 0 || start[0] == -1);
        for (byte next : start) {
            blank &= next == start[0];
        }
        return blank ? "a key frame holds no picture" : null;
    }
}
