package io.linkspan.preflight;

/** How much contrast the colour tags of a video promise. */
public enum DynamicRange {
    /** Standard dynamic range. */
    SDR,
    /** High dynamic range with the hybrid log-gamma curve (ARIB STD-B67). */
    HLG,
    /** High dynamic range with the perceptual quantizer curve (SMPTE ST 2084), as in HDR10. */
    PQ,
    /** Dolby Vision, whatever its base layer. */
    DOLBY_VISION
}
