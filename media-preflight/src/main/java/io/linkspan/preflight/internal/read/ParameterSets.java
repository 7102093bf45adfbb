package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Scan;
import org.jspecify.annotations.Nullable;

/** Reads the decoder configuration records that MP4 keeps in boxes and Matroska in its codec private data. */
final class ParameterSets {
    private static final int LONGEST_SPS = 4096;
    private static final int AVC_SPS = 7;
    private static final int HEVC_SPS = 33;

    private ParameterSets() {}

    /** ISO 14496-15 5.3.3.1, {@code avcC}. */
    static void avc(Source source, Box box, Track track) {
        long at = box.need(7).payload();
        track.nalLength = (source.u8(at + 4) & 3) + 1;
        int sets = source.u8(at + 5) & 31;
        track.picture = sets == 0 ? null : sps(source, at + 8, sliced(source, box, at + 6), false);
    }

    /** ISO 14496-15 8.3.3.1, {@code hvcC}. */
    static void hevc(Source source, Box box, Track track) {
        track.nalLength = (source.u8(box.need(23).payload() + 21) & 3) + 1;
        track.picture = hevcPicture(source, box);
    }

    private static @Nullable Picture hevcPicture(Source source, Box box) {
        long at = box.payload() + 23;
        int arrays = source.u8(box.payload() + 22);
        // arrays and sets are counted in 8 and 16 bits; a valid file has a handful
        int most = 256;
        for (int array = 0; array < arrays && at + 3 <= box.end(); array++) {
            int type = source.u8(at) & 63;
            int count = source.u16(at + 1);
            at += 3;
            for (int i = 0; i < count && at + 2 <= box.end() && most-- > 0; i++) {
                int length = sliced(source, box, at);
                if (type == HEVC_SPS) {
                    return sps(source, at + 2, length, true);
                }
                at += 2 + source.u16(at);
            }
        }
        return null;
    }

    /** {@code vpcC}, of VP8 as well as VP9. */
    static void vp9(Source source, Box box, Track track) {
        long at = box.need(12).payload();
        int bits = source.u8(at + 6);
        int chroma = bits >>> 1 & 7;
        track.colour = new Colour(source.u8(at + 7), source.u8(at + 8), source.u8(at + 9), (bits & 1) != 0);
        track.picture = new Picture(
                VideoCodecs.name(track.format).equals("vp9") ? "Profile " + source.u8(at + 4) : "",
                source.u8(at + 5) / 10.0,
                chroma <= 1 ? "4:2:0" : chroma == 2 ? "4:2:2" : "4:4:4",
                bits >>> 4,
                Scan.PROGRESSIVE,
                track.width,
                track.height,
                1,
                null);
    }

    /** The AV1 codec configuration record. */
    static void av1(Source source, Box box, Track track) {
        long at = box.need(4).payload();
        int level = source.u8(at + 1) & 31;
        int bits = source.u8(at + 2);
        boolean high = (bits & 0x40) != 0;
        boolean mono = (bits & 0x10) != 0;
        boolean halfWidth = (bits & 0x08) != 0;
        boolean halfHeight = (bits & 0x04) != 0;
        int profile = source.u8(at + 1) >>> 5;
        track.picture = new Picture(
                profile == 0 ? "Main" : profile == 1 ? "High" : "Professional",
                2 + level / 4 + level % 4 / 10.0,
                mono ? "4:0:0" : halfHeight ? "4:2:0" : halfWidth ? "4:2:2" : "4:4:4",
                high ? ((bits & 0x20) != 0 ? 12 : 10) : 8,
                Scan.PROGRESSIVE,
                track.width,
                track.height,
                1,
                null);
    }

    /** The parameter set among the NAL units of one sample, where the header has none; null if there is none. */
    static @Nullable Picture inSample(Source source, Track track, KeyFrames.Place place) {
        boolean hevc = track.isHevc();
        NalUnits units = new NalUnits(source, track, place);
        while (units.next()) {
            if (units.type() == (hevc ? HEVC_SPS : AVC_SPS)) {
                return sps(source, units.start(), (int) Math.min(LONGEST_SPS, units.length()), hevc);
            }
        }
        return null;
    }

    private static Picture sps(Source source, long at, int length, boolean hevc) {
        byte[] nal = new byte[length];
        source.read(at, nal, length);
        return hevc ? HevcSps.read(nal, length) : AvcSps.read(nal, length);
    }

    /** Bytes of a length-prefixed set that lie in its box. */
    private static int sliced(Source source, Box box, long at) {
        int length = source.u16(at);
        if (length > box.end() - at - 2) {
            throw ReadStop.broken("a parameter set runs past " + box.path(), at);
        }
        return Math.min(length, LONGEST_SPS);
    }
}
