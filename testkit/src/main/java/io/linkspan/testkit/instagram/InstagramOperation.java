package io.linkspan.testkit.instagram;

/** What can be asked of Instagram; faults are scripted and requests counted by these. */
public enum InstagramOperation {
    /** {@code GET /oauth/authorize}: the consent page. */
    AUTHORIZE,
    /** {@code POST /oauth/authorize}: the answer of the consent page. */
    CONSENT,
    /** {@code POST /oauth/access_token}: code to short-lived token. */
    TOKEN_EXCHANGE,
    /** {@code GET /access_token}: short-lived to long-lived token. */
    LONG_LIVED_EXCHANGE,
    /** {@code GET /refresh_access_token}: extends a long-lived token. */
    TOKEN_REFRESH,
    /** {@code GET /v{N}/me} and {@code GET /v{N}/{ig-id}}. */
    ME,
    /** {@code POST /v{N}/{ig-id}/media}. */
    CREATE_CONTAINER,
    /** {@code GET /v{N}/{container-id}}. */
    CONTAINER_STATUS,
    /** {@code POST /v{N}/{ig-id}/media_publish}. */
    MEDIA_PUBLISH,
    /** {@code GET /v{N}/{ig-id}/media} and {@code GET /v{N}/{ig-id}/stories}. */
    MEDIA_LIST,
    /** {@code GET /v{N}/{media-id}}. */
    MEDIA_READ,
    /** {@code GET /v{N}/{ig-id}/content_publishing_limit}. */
    PUBLISHING_LIMIT,
    /** {@code GET /v{N}/dialog/oauth}: the login dialog of Facebook Login. */
    DIALOG,
    /** {@code POST /v{N}/dialog/oauth}: the answer of the login dialog. */
    DIALOG_ANSWER,
    /** {@code GET /v{N}/oauth/access_token} with a code. */
    FACEBOOK_TOKEN,
    /** {@code GET /v{N}/oauth/access_token} with {@code fb_exchange_token}. */
    FACEBOOK_LONG_LIVED,
    /** {@code GET /v{N}/me/permissions}. */
    PERMISSIONS,
    /** {@code GET /v{N}/debug_token}. */
    DEBUG_TOKEN,
    /** {@code GET /v{N}/me/accounts}. */
    PAGES,
    /** {@code GET /v{N}/me} and {@code GET /v{N}/{id}} with a token of Facebook Login. */
    FACEBOOK_READ,
    /** {@code DELETE /v{N}/me/permissions}, which Instagram Login does not offer. */
    REVOKE,
    /** {@code POST /ig-api-upload/v{N}/{container-id}}: bytes of a container. */
    UPLOAD,
    /** Anything else. */
    UNKNOWN
}
