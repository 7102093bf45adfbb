package io.linkspan.testkit.tiktok;

import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import io.linkspan.testkit.internal.Vendor;
import java.net.URI;
import java.util.function.Supplier;

/** Which path means what. */
final class TikTokVendor implements Vendor<TikTokOperation> {

    private final TikTokWorld world;
    private final AuthorizeHandler authorize;
    private final OauthHandler oauth;
    private final ProfileHandler profile;
    private final InitHandler init;
    private final UploadHandler upload;
    private final StatusHandler status;
    private final VideosHandler videos;

    TikTokVendor(TikTokWorld world, Supplier<URI> base) {
        this.world = world;
        this.authorize = new AuthorizeHandler(world);
        this.oauth = new OauthHandler(world);
        this.profile = new ProfileHandler(world);
        this.init = new InitHandler(world, base);
        this.upload = new UploadHandler(world);
        this.status = new StatusHandler(world);
        this.videos = new VideosHandler(world);
    }

    @Override
    public Endpoint<TikTokOperation> route(SimRequest request) {
        return switch (request.method() + " " + request.path()) {
            case "GET /v2/auth/authorize/" -> new Endpoint<>(TikTokOperation.AUTHORIZE, authorize::show);
            case "POST /v2/auth/authorize/" -> new Endpoint<>(TikTokOperation.CONSENT, authorize::answer);
            case "POST /v2/oauth/token/" -> new Endpoint<>(OauthHandler.operation(request), oauth::token);
            case "POST /v2/oauth/revoke/" -> new Endpoint<>(TikTokOperation.REVOKE, oauth::revoke);
            case "GET /v2/user/info/" -> new Endpoint<>(TikTokOperation.USER_INFO, profile::userInfo);
            case "POST /v2/post/publish/creator_info/query/" ->
                new Endpoint<>(TikTokOperation.CREATOR_INFO, profile::creatorInfo);
            case "POST /v2/post/publish/video/init/" -> new Endpoint<>(TikTokOperation.VIDEO_INIT, init::video);
            case "POST /v2/post/publish/inbox/video/init/" -> new Endpoint<>(TikTokOperation.INBOX_INIT, init::inbox);
            case "POST /v2/post/publish/content/init/" -> new Endpoint<>(TikTokOperation.PHOTO_INIT, init::photo);
            case "PUT /video/" -> new Endpoint<>(TikTokOperation.UPLOAD, upload::put);
            case "POST /v2/post/publish/status/fetch/" -> new Endpoint<>(TikTokOperation.STATUS, status::fetch);
            case "POST /v2/post/publish/cancel/" -> new Endpoint<>(TikTokOperation.CANCEL, status::cancel);
            case "POST /v2/video/list/" -> new Endpoint<>(TikTokOperation.VIDEO_LIST, videos::list);
            case "POST /v2/video/query/" -> new Endpoint<>(TikTokOperation.VIDEO_QUERY, videos::query);
            default -> new Endpoint<>(TikTokOperation.UNKNOWN, unused -> SimReply.empty(404, "no such endpoint"));
        };
    }

    @Override
    public SimReply error(TikTokOperation operation, int code, String error, String message) {
        return switch (operation) {
            case TOKEN_EXCHANGE, TOKEN_REFRESH, CLIENT_TOKEN, REVOKE ->
                world.replies.oauthError(code, error.isEmpty() ? "server_error" : error, message);
            case UPLOAD -> SimReply.empty(code, error);
            case AUTHORIZE, CONSENT -> SimReply.html(code, message, error);
            case USER_INFO,
                    CREATOR_INFO,
                    VIDEO_INIT,
                    INBOX_INIT,
                    PHOTO_INIT,
                    STATUS,
                    CANCEL,
                    VIDEO_LIST,
                    VIDEO_QUERY,
                    UNKNOWN -> world.replies.error(code, error.isEmpty() ? "internal_error" : error, message);
        };
    }
}
