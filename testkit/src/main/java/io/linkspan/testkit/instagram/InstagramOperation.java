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
    /** {@code DELETE /v{N}/me/permissions}, which this flavour does not offer. */
    REVOKE,
    /** Anything else. */
    UNKNOWN
}
