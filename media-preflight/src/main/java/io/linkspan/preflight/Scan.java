package io.linkspan.preflight;

/** How pictures are scanned. */
public enum Scan {
    /** Whole frames, certain. */
    PROGRESSIVE,
    /** The stream permits fields; some encoders say so for progressive pictures too. */
    POSSIBLY_INTERLACED,
    /** Fields, certain. */
    INTERLACED
}
