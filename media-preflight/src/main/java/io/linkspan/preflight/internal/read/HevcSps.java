package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Scan;
import org.jspecify.annotations.Nullable;

/** Reads an HEVC sequence parameter set (ITU-T H.265 7.3.2.2) with its usability information. */
final class HevcSps {
    private HevcSps() {}

    /** Reads the set, its two NAL header bytes included. */
    static Picture read(byte[] nal, int length) {
        Bits in = Bits.unescaped(nal, length);
        in.skip(16 + 4);
        int subLayers = (int) in.bits(3);
        in.skip(1);
        in.skip(3);
        int profile = (int) in.bits(5);
        in.skip(32);
        boolean progressive = in.flag();
        boolean interlaced = in.flag();
        in.skip(2 + 44);
        int level = (int) in.bits(8);
        skipSubLayers(in, subLayers);
        in.ue(15);
        int chroma = in.ue(3);
        boolean separatePlanes = chroma == 3 && in.flag();
        long width = in.ue();
        long height = in.ue();
        if (in.flag()) {
            int planes = separatePlanes ? 0 : chroma;
            width -= (in.ue() + in.ue()) * Picture.subWidth(planes);
            height -= (in.ue() + in.ue()) * Picture.subHeight(planes);
        }
        int depth = 8 + in.ue(8);
        Usability usability = usability(in, subLayers);
        return new Picture(
                profileName(profile),
                level / 30.0,
                Picture.chroma(chroma),
                depth,
                usability.fields ? Scan.INTERLACED : scan(progressive, interlaced),
                width,
                height,
                usability.aspect,
                usability.colour);
    }

    private record Usability(double aspect, @Nullable Colour colour, boolean fields) {
        static final Usability NONE = new Usability(1, null, false);
    }

    /** Everything between the bit depth and the usability information is only stepped over. */
    private static Usability usability(Bits in, int subLayers) {
        try {
            in.ue(8);
            int orderBits = in.ue(12) + 4;
            for (int i = in.flag() ? 0 : subLayers; i <= subLayers; i++) {
                in.ue();
                in.ue();
                in.ue();
            }
            for (int i = 0; i < 6; i++) {
                in.ue();
            }
            boolean scaled = in.flag();
            if (scaled && in.flag()) {
                skipScalingLists(in);
            }
            in.skip(2);
            if (in.flag()) {
                in.skip(8);
                in.ue();
                in.ue();
                in.skip(1);
            }
            skipReferenceSets(in);
            if (in.flag()) {
                int pictures = in.ue(32);
                for (int i = 0; i < pictures; i++) {
                    in.skip(orderBits + 1);
                }
            }
            in.skip(2);
            if (!in.flag()) {
                return Usability.NONE;
            }
            double aspect = SampleAspect.read(in);
            if (in.flag()) {
                in.skip(1);
            }
            Colour colour = Colour.signal(in);
            if (in.flag()) {
                in.ue();
                in.ue();
            }
            in.skip(1);
            return new Usability(aspect, colour, in.flag());
        } catch (ReadStop e) {
            // a set with an extension unknown here still tells its size
            return Usability.NONE;
        }
    }

    private static void skipScalingLists(Bits in) {
        for (int size = 0; size < 4; size++) {
            int step = size == 3 ? 3 : 1;
            for (int matrix = 0; matrix < 6; matrix += step) {
                if (!in.flag()) {
                    in.ue();
                    continue;
                }
                if (size > 1) {
                    in.se();
                }
                for (int i = 0; i < Math.min(64, 1 << (4 + (size << 1))); i++) {
                    in.se();
                }
            }
        }
    }

    /** ITU-T H.265 7.3.7; only the number of pictures of each set matters, as the next set may build on it. */
    private static void skipReferenceSets(Bits in) {
        int sets = in.ue(64);
        int pictures = 0;
        for (int set = 0; set < sets; set++) {
            if (set > 0 && in.flag()) {
                in.skip(1);
                in.ue();
                int kept = 0;
                for (int i = 0; i <= pictures; i++) {
                    boolean used = in.flag();
                    if (used || in.flag()) {
                        kept++;
                    }
                }
                pictures = kept;
            } else {
                pictures = in.ue(16) + in.ue(16);
                for (int i = 0; i < pictures; i++) {
                    in.ue();
                    in.skip(1);
                }
            }
        }
    }

    private static void skipSubLayers(Bits in, int subLayers) {
        int present = 0;
        for (int i = 0; i < 8 && subLayers > 0; i++) {
            int flags = (int) in.bits(2);
            if (i < subLayers) {
                present = present << 2 | flags;
            }
        }
        for (int i = subLayers - 1; i >= 0; i--) {
            int flags = present >>> (2 * i) & 3;
            in.skip(((flags & 2) != 0 ? 88 : 0) + ((flags & 1) != 0 ? 8 : 0));
        }
    }

    private static @Nullable Scan scan(boolean progressive, boolean interlaced) {
        if (progressive == interlaced) {
            return progressive ? Scan.POSSIBLY_INTERLACED : null;
        }
        return progressive ? Scan.PROGRESSIVE : Scan.INTERLACED;
    }

    private static String profileName(int profile) {
        return switch (profile) {
            case 1 -> "Main";
            case 2 -> "Main 10";
            case 3 -> "Main Still Picture";
            case 4 -> "Rext";
            default -> "profile " + profile;
        };
    }
}
