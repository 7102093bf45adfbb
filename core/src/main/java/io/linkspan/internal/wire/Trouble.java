package io.linkspan.internal.wire;

/** What keeps the tries of a job before its commit from getting anywhere. */
public enum Trouble {
    /** The host's media cannot be read or are not shown as they should be. */
    MEDIA,
    /** The platform was asked and did not do it. */
    PLATFORM
}
