package io.linkspan.preflight;

/** How much a {@link Finding} weighs; the order is from worst to mildest. */
public enum Severity {
    /** The platform is expected to refuse the media. */
    ERROR,
    /** The platform may refuse or alter the media, or something could not be checked. */
    WARNING,
    /** The platform takes the media; another choice would serve it better. */
    ADVICE
}
