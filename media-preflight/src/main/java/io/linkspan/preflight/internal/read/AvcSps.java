package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Scan;
import org.jspecify.annotations.Nullable;

/** Reads an H.264 sequence parameter set (ITU-T H.264 7.3.2.1.1). */
final class AvcSps {
    private AvcSps() {}

    /** Reads the set, its one NAL header byte included. */
    static Picture read(byte[] nal, int length) {
        Bits in = Bits.unescaped(nal, length);
        in.skip(8);
        int profile = (int) in.bits(8);
        int constraints = (int) in.bits(8);
        int level = (int) in.bits(8);
        in.ue(31);
        if (!hasChroma(profile) && profile != 66 && profile != 77 && profile != 88) {
            throw ReadStop.broken("H.264 profile " + profile + " is not known", 0);
        }
        int chroma = 1;
        int depth = 8;
        boolean separatePlanes = false;
        if (hasChroma(profile)) {
            chroma = in.ue(3);
            separatePlanes = chroma == 3 && in.flag();
            depth = 8 + in.ue(6);
            in.ue(6);
            in.skip(1);
            if (in.flag()) {
                skipScalingLists(in, chroma == 3 ? 12 : 8);
            }
        }
        in.ue(12);
        skipOrderCount(in);
        in.ue(16);
        in.skip(1);
        long mbWidth = in.ue() + 1;
        long mapHeight = in.ue() + 1;
        boolean frames = in.flag();
        if (!frames) {
            in.skip(1);
        }
        in.skip(1);
        long width = mbWidth * 16;
        long height = mapHeight * 16 * (frames ? 1 : 2);
        if (in.flag()) {
            int planes = separatePlanes ? 0 : chroma;
            int unitX = Picture.subWidth(planes);
            int unitY = Picture.subHeight(planes) * (frames ? 1 : 2);
            width -= (in.ue() + in.ue()) * unitX;
            height -= (in.ue() + in.ue()) * unitY;
        }
        double aspect = 1;
        @Nullable Colour colour = null;
        try {
            if (in.flag()) {
                aspect = SampleAspect.read(in);
                if (in.flag()) {
                    in.skip(1);
                }
                colour = Colour.signal(in);
            }
        } catch (ReadStop e) {
            // some writers cut this part short; decoders show the picture all the same
        }
        return new Picture(
                profileName(profile, constraints),
                profile != 100 && level == 11 && (constraints & 0x10) != 0 ? 1 : level / 10.0,
                Picture.chroma(chroma),
                depth,
                frames ? Scan.PROGRESSIVE : Scan.POSSIBLY_INTERLACED,
                width,
                height,
                aspect,
                colour);
    }

    private static boolean hasChroma(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 134, 135, 138, 139, 144 -> true;
            default -> false;
        };
    }

    private static void skipScalingLists(Bits in, int lists) {
        for (int list = 0; list < lists; list++) {
            if (!in.flag()) {
                continue;
            }
            long last = 8;
            long next = 8;
            for (int i = 0; i < (list < 6 ? 16 : 64); i++) {
                if (next != 0) {
                    next = (last + in.se()) & 0xFF;
                }
                last = next == 0 ? last : next;
            }
        }
    }

    private static void skipOrderCount(Bits in) {
        int type = in.ue(2);
        if (type == 0) {
            in.ue(12);
        } else if (type == 1) {
            in.skip(1);
            in.se();
            in.se();
            int cycle = in.ue(255);
            for (int i = 0; i < cycle; i++) {
                in.se();
            }
        }
    }

    private static String profileName(int profile, int constraints) {
        return switch (profile) {
            case 66 -> (constraints & 0x40) != 0 ? "Constrained Baseline" : "Baseline";
            case 77 -> "Main";
            case 88 -> "Extended";
            case 100 -> "High";
            case 110 -> (constraints & 0x10) != 0 ? "High 10 Intra" : "High 10";
            case 122 -> (constraints & 0x10) != 0 ? "High 4:2:2 Intra" : "High 4:2:2";
            case 244 -> (constraints & 0x10) != 0 ? "High 4:4:4 Intra" : "High 4:4:4 Predictive";
            default -> "profile " + profile;
        };
    }
}
