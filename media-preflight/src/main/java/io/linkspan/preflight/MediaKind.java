package io.linkspan.preflight;

/** What a file is, judged by its first bytes and never by its name. */
public enum MediaKind {
    /** A movie container. */
    VIDEO,
    /** A still or animated image. */
    IMAGE,
    /** Neither was recognised. */
    UNRECOGNIZED
}
