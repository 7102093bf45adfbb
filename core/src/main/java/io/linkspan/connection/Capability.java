package io.linkspan.connection;

/** One thing a connection may be able to do. Identity and capability are separate. */
public enum Capability {
    /** Read the account's identity: id, handle, display name. */
    READ_PROFILE,
    /**
     * Read the bio and links shown on the profile. TikTok: only for an app with the Display API, which is reported as closed to new apps; see
     * {@code TikTok.Builder.displayApi}. Instagram: with Facebook Login only.
     */
    PROFILE_LINK,
    /** Publish a video to the profile. */
    PUBLISH_VIDEO,
    /** Publish a photo or image to the profile. */
    PUBLISH_PHOTO,
    /** Put a draft into the person's inbox, to be finished in the platform's app. */
    DELIVER_DRAFT
}
