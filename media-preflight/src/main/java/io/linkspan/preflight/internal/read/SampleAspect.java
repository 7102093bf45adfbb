package io.linkspan.preflight.internal.read;

/** The pixel aspect of a parameter set's usability information, as H.264 and HEVC both write it. */
final class SampleAspect {
    // ITU-T H.264 table E-1, width and height by aspect_ratio_idc
    private static final int[][] ASPECTS = {
        {1, 1}, {1, 1}, {12, 11}, {10, 11}, {16, 11}, {40, 33}, {24, 11}, {20, 11}, {32, 11}, {80, 33}, {18, 11},
        {15, 11}, {64, 33}, {160, 99}, {4, 3}, {3, 2}, {2, 1}
    };

    private SampleAspect() {}

    /** Width by height of one pixel; 1 if it is not given or makes no sense. */
    static double read(Bits in) {
        if (!in.flag()) {
            return 1;
        }
        int idc = (int) in.bits(8);
        if (idc == 255) {
            long w = in.bits(16);
            long h = in.bits(16);
            return w == 0 || h == 0 ? 1 : (double) w / h;
        }
        return idc < ASPECTS.length ? (double) ASPECTS[idc][0] / ASPECTS[idc][1] : 1;
    }
}
