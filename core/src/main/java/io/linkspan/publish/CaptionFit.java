package io.linkspan.publish;

/**
 * What happens to a caption that is too long for a platform. A caption is never cut without this having been asked for, and
 * {@link Preview} shows the result.
 */
public enum CaptionFit {
    /** The post is refused, with how much too long the caption is. The default. */
    REFUSE,
    /** The text ends after the last whole word that leaves room for an ellipsis. */
    CUT_AT_WORD,
    /** Hashtags at the end are left out, from the last, until it fits; refused when that is not enough. */
    DROP_LAST_HASHTAGS
}
