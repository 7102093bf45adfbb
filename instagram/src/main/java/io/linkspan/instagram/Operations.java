package io.linkspan.instagram;

/** Stable names of the calls; they appear in logs, errors, evidence and the error catalogue. */
final class Operations {
    static final String TOKEN = "instagram.token";
    static final String LONG_LIVED_TOKEN = "instagram.long_lived_token";
    static final String REFRESH = "instagram.refresh";
    static final String FACEBOOK_TOKEN = "instagram.facebook_token";
    static final String FACEBOOK_LONG_LIVED_TOKEN = "instagram.facebook_long_lived_token";
    static final String PERMISSIONS = "instagram.permissions";
    static final String TOKEN_INSPECTION = "instagram.token_inspection";
    static final String PAGES = "instagram.pages";
    static final String PAGE = "instagram.page";
    static final String ACCOUNT = "instagram.account";
    static final String REVOKE = "instagram.revoke";
    static final String ME = "instagram.me";
    static final String PUBLISHING_LIMIT = "instagram.publishing_limit";
    static final String CONTAINER_CREATE = "instagram.container_create";
    static final String CONTAINER_STATUS = "instagram.container_status";
    static final String UPLOAD = "instagram.upload";
    static final String MEDIA_PUBLISH = "instagram.media_publish";
    static final String MEDIA_LIST = "instagram.media_list";
    static final String STORY_LIST = "instagram.story_list";
    static final String MEDIA = "instagram.media";

    private Operations() {}
}
