package io.linkspan.testkit.instagram;

/** What a call of a Graph version gets that has ended or is not open to the app; Meta documents one, and only for ended versions. */
public enum ClosedVersion {
    /** Code 2635, and nothing is done. */
    REFUSED,
    /** The oldest version that is open to the app answers, and the header {@code facebook-api-version} names it. */
    FORWARDED
}
