package io.linkspan.preflight;

/** Whether every group of pictures can be decoded on its own. */
public enum Gop {
    /** No sign of a picture that needs the group before it: timing and the probed key frames agree. */
    CLOSED,
    /** At least one group needs the one before it, proven by timing or by the key frames. */
    OPEN
}
