package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Scan;

/** Reads the decoder configuration records that MP4 keeps in boxes and Matroska in its codec private data. */
final class ParameterSets {
    private static final int LONGEST_SPS = 4096;
    private static final int AVC_SPS = 7;
    private static final int AVC_PPS = 8;
    private static final int HEVC_SPS = 33;
    private static final int HEVC_PPS = 34;

    private ParameterSets() {}

    /** ISO 14496-15 5.3.3.1, {@code avcC}. */
    static void avc(Source source, Box box, Track track) {
        long at = box.need(7).payload();
        version(source.u8(at), box);
        track.nalLength = (source.u8(at + 4) & 3) + 1;
        int sets = source.u8(at + 5) & 31;
        at += 6;
        for (int i = 0; i < sets; i++) {
            int length = sliced(source, box, at);
            if (track.picture == null) {
                track.picture = sps(source, at + 2, length, false);
            }
            at += 2 + source.u16(at);
        }
        int more = at < box.end() ? source.u8(at++) : 0;
        for (int i = 0; i < more; i++) {
            track.pictureSets |= sliced(source, box, at) > 0 && (source.u8(at + 2) & 31) == AVC_PPS;
            at += 2 + source.u16(at);
        }
    }

    /** ISO 14496-15 8.3.3.1, {@code hvcC}. */
    static void hevc(Source source, Box box, Track track) {
        long at = box.need(23).payload();
        track.nalLength = (source.u8(at + 21) & 3) + 1;
        int arrays = source.u8(at + 22);
        if (arrays == 0) {
            // drafts of the format had version 0, but always with sets
            version(source.u8(at), box);
        }
        at += 23;
        // arrays and sets are counted in 8 and 16 bits; a valid file has a handful
        int most = 256;
        for (int array = 0; array < arrays; array++) {
            if (at + 3 > box.end()) {
                throw ReadStop.broken(arrays + " arrays of parameter sets do not fit into " + box.path(), at);
            }
            int type = source.u8(at) & 63;
            int count = source.u16(at + 1);
            at += 3;
            for (int i = 0; i < count; i++) {
                if (most-- == 0) {
                    throw ReadStop.broken("more than 256 parameter sets", at);
                }
                int length = sliced(source, box, at);
                if (type == HEVC_SPS && track.picture == null) {
                    track.picture = sps(source, at + 2, length, true);
                }
                track.pictureSets |= type == HEVC_PPS && length > 1;
                at += 2 + source.u16(at);
            }
        }
    }

    private static void version(int version, Box box) {
        if (version != 1) {
            throw ReadStop.broken(box.path() + " has the unknown version " + version, box.start());
        }
    }

    /** {@code vpcC}, of VP8 as well as VP9. */
    static void vp9(Source source, Box box, Track track) {
        long at = box.need(12).payload();
        int bits = source.u8(at + 6);
        int profile = source.u8(at + 4);
        if (profile > 3 || (bits >>> 4 != 8 && bits >>> 4 != 10 && bits >>> 4 != 12)) {
            throw ReadStop.broken("profile " + profile + " with " + (bits >>> 4) + " bits does not exist", at);
        }
        int chroma = bits >>> 1 & 7;
        track.colour = new Colour(source.u8(at + 7), source.u8(at + 8), source.u8(at + 9), (bits & 1) != 0);
        track.picture = new Picture(
                VideoCodecs.name(track.format).equals("vp9") ? "Profile " + profile : "",
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
        // the marker bit and version 1
        version(source.u8(at) ^ 0x80, box);
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

    /** Takes what the header lacks from the NAL units of one sample. */
    static void inSample(Source source, Track track, KeyFrames.Place place) {
        boolean hevc = track.isHevc();
        NalUnits units = new NalUnits(source, track, place);
        while (units.next()) {
            if (track.picture == null && units.type() == (hevc ? HEVC_SPS : AVC_SPS)) {
                track.picture = sps(source, units.start(), (int) Math.min(LONGEST_SPS, units.length()), hevc);
            }
            track.pictureSets |= units.type() == (hevc ? HEVC_PPS : AVC_PPS);
        }
    }

    private static Picture sps(Source source, long at, int length, boolean hevc) {
        byte[] nal = new byte[length];
        source.read(at, nal, length);
        int type = length == 0 ? -1 : hevc ? nal[0] >>> 1 & 63 : nal[0] & 31;
        if (type != (hevc ? HEVC_SPS : AVC_SPS)) {
            throw ReadStop.broken("a sequence parameter set is of the kind " + type, at);
        }
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
