package io.linkspan.tiktok;

/** Stable names of the operations, as in the error catalogue, logs and evidence. */
final class Operations {
    static final String TOKEN = "tiktok.token";
    static final String REFRESH = "tiktok.refresh";
    static final String REVOKE = "tiktok.revoke";
    static final String USER_INFO = "tiktok.user_info";
    static final String CREATOR_INFO = "tiktok.creator_info";
    static final String VIDEO_INIT = "tiktok.video_init";
    static final String INBOX_INIT = "tiktok.inbox_init";
    static final String PHOTO_INIT = "tiktok.photo_init";
    static final String UPLOAD_CHUNK = "tiktok.upload_chunk";
    static final String STATUS = "tiktok.status";
    static final String CANCEL = "tiktok.cancel";
    /** Our own check of a media address; nothing is sent. */
    static final String URL_OWNERSHIP = "tiktok.url_ownership";

    private Operations() {}
}
