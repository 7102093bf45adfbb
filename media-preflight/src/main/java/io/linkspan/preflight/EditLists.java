package io.linkspan.preflight;

/** The worst kind of edit list on the main tracks; the order is from harmless to harmful. */
public enum EditLists {
    /** No edit list. */
    NONE,
    /** One edit that only hides encoder priming or the B-frame delay, as plain ffmpeg output has. */
    TRIVIAL,
    /** One edit that leaves out part of the media. */
    TRIM,
    /** A leading empty edit: the track starts late. */
    OFFSET,
    /** Several edits, a changed rate, or an edit that runs past its media. */
    COMPLEX
}
