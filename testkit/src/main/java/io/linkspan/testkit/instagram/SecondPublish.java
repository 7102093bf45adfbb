package io.linkspan.testkit.instagram;

/** What a further {@code media_publish} of a published container does; nobody knows what Instagram does. */
public enum SecondPublish {
    /** Posts again, with a new media id: the nastiest answer and the default. */
    DUPLICATE,
    /** Answers with the media id of the first time. */
    SAME_ID,
    /** Answers with an error. */
    ERROR
}
