package io.linkspan.preflight;

/** How an image stores colours. */
public enum ColourModel {
    /** One component. */
    GREY,
    /** Red, green and blue. */
    RGB,
    /** Luma and two colour differences. */
    YCBCR,
    /** Indexes into a palette. */
    PALETTE,
    /** Four inks, also as YCCK. */
    CMYK
}
