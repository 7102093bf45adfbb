package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.Scan;
import org.jspecify.annotations.Nullable;

/** What a sequence parameter set says about pictures. */
record Picture(
        String profile,
        double level,
        String chroma,
        int bitDepth,
        @Nullable Scan scan,
        long width,
        long height,
        double pixelAspect,
        @Nullable Colour colour) {
    static String chroma(int format) {
        return switch (format) {
            case 0 -> "4:0:0";
            case 1 -> "4:2:0";
            case 2 -> "4:2:2";
            default -> "4:4:4";
        };
    }

    static int subWidth(int chroma) {
        return chroma == 1 || chroma == 2 ? 2 : 1;
    }

    static int subHeight(int chroma) {
        return chroma == 1 ? 2 : 1;
    }
}
