package io.linkspan.testkit.tiktok;

/** What can be asked of TikTok; faults are scripted and requests counted by these. */
public enum TikTokOperation {
    /** {@code GET /v2/auth/authorize/}: the consent page. */
    AUTHORIZE,
    /** {@code POST /v2/auth/authorize/}: the answer of the consent page. */
    CONSENT,
    /** {@code POST /v2/oauth/token/} with {@code grant_type=authorization_code}. */
    TOKEN_EXCHANGE,
    /** {@code POST /v2/oauth/token/} with {@code grant_type=refresh_token}. */
    TOKEN_REFRESH,
    /** {@code POST /v2/oauth/token/} with any other grant type. */
    CLIENT_TOKEN,
    /** {@code POST /v2/oauth/revoke/}. */
    REVOKE,
    /** {@code GET /v2/user/info/}. */
    USER_INFO,
    /** {@code POST /v2/post/publish/creator_info/query/}. */
    CREATOR_INFO,
    /** {@code POST /v2/post/publish/video/init/}. */
    VIDEO_INIT,
    /** {@code POST /v2/post/publish/inbox/video/init/}. */
    INBOX_INIT,
    /** {@code POST /v2/post/publish/content/init/}. */
    PHOTO_INIT,
    /** {@code PUT /video/}: one chunk. */
    UPLOAD,
    /** {@code POST /v2/post/publish/status/fetch/}. */
    STATUS,
    /** {@code POST /v2/post/publish/cancel/}. */
    CANCEL,
    /** {@code POST /v2/video/list/}. */
    VIDEO_LIST,
    /** {@code POST /v2/video/query/}. */
    VIDEO_QUERY,
    /** Anything else. */
    UNKNOWN
}
