package io.linkspan.internal.wire;

/** What is known of a token pair beside its phase. */
public enum TokenFact {
    /** The platform refused the access token; only a new pair ends this. */
    ACCESS_REFUSED,
    /** A renewal may have spent the refresh token, and its answer is lost. */
    MAY_BE_SPENT,
    /** Renewals fail since a while, and the history says so. */
    RENEWAL_PENDING,
    /** The history says that the consent ends soon. */
    CONSENT_END_NEAR,
    /** The history says that the consent has ended. */
    CONSENT_ENDED
}
