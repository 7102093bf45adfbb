package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Scan;
import org.jspecify.annotations.Nullable;

/** Reads an HEVC sequence parameter set (ITU-T H.265 7.3.2.2) as far as the bit depth. */
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
        return new Picture(
                profileName(profile),
                level / 30.0,
                Picture.chroma(chroma),
                depth,
                scan(progressive, interlaced),
                width,
                height,
                1);
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
