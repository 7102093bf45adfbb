package io.linkspan.preflight;

/** The worst kind of edit list on the main tracks; the order is from harmless to harmful. */
public enum EditLists {
    /** No edit list. */
    NONE,
    /**
     * One edit that only hides encoder priming or the B-frame delay, as plain ffmpeg output has, perhaps after a wait of at
     * most 25 ms.
     */
    TRIVIAL,
    /** One edit that leaves out part of the media, or plays on in silence after the sound has ended. */
    TRIM,
    /** A leading empty edit of more than 25 ms: the track starts late. */
    OFFSET,
    /** Several edits, a changed rate, or an edit that runs past its pictures. */
    COMPLEX
}
