package io.linkspan.testkit.instagram;

import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import io.linkspan.testkit.internal.Vendor;
import java.net.URI;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which path means what. */
final class InstagramVendor implements Vendor<InstagramOperation> {

    private static final Pattern VERSION = Pattern.compile("/v\\d+\\.\\d+(?=/)");
    private static final Pattern UPLOAD = Pattern.compile("/ig-api-upload/(?:v\\d+\\.\\d+/)?(\\d+)");
    private static final Pattern NODE = Pattern.compile("/(me|\\d+)(?:/(\\w+))?");

    private final InstagramWorld world;
    private final AuthorizeHandler authorize;
    private final TokenHandler tokens;
    private final AccountHandler accounts;
    private final CreateHandler create;
    private final PublishHandler publish;
    private final MediaHandler media;
    private final FacebookDialog dialog;
    private final FacebookHandler facebook;
    private final UploadHandler upload;

    InstagramVendor(InstagramWorld world, Supplier<URI> base) {
        this.world = world;
        this.authorize = new AuthorizeHandler(world);
        this.tokens = new TokenHandler(world);
        this.accounts = new AccountHandler(world);
        this.create = new CreateHandler(world, base);
        this.upload = new UploadHandler(world);
        this.publish = new PublishHandler(world);
        this.media = new MediaHandler(world);
        this.dialog = new FacebookDialog(world);
        this.facebook = new FacebookHandler(world);
    }

    @Override
    public Endpoint<InstagramOperation> route(SimRequest request) {
        Endpoint<InstagramOperation> endpoint = find(request);
        return new Endpoint<>(endpoint.operation(), asked -> world.withUsage(asked, answer(endpoint, asked)));
    }

    /** Pages for people and bytes of uploads are no calls of the Graph API, and neither is the first exchange of Instagram Login. */
    private SimReply answer(Endpoint<InstagramOperation> endpoint, SimRequest request) {
        return switch (endpoint.operation()) {
            case AUTHORIZE, CONSENT, DIALOG, DIALOG_ANSWER, TOKEN_EXCHANGE, UPLOAD -> endpoint.answer(request);
            default ->
                world.versions.answer(request, () -> {
                    world.legacy(request);
                    return endpoint.answer(request);
                });
        };
    }

    private Endpoint<InstagramOperation> find(SimRequest request) {
        Matcher container = UPLOAD.matcher(request.path());
        if (request.method().equals("POST") && container.matches()) {
            return new Endpoint<>(InstagramOperation.UPLOAD, asked -> upload.upload(asked, container.group(1)));
        }
        return switch (request.method() + " " + request.path()) {
            case "GET /oauth/authorize" -> new Endpoint<>(InstagramOperation.AUTHORIZE, authorize::show);
            case "POST /oauth/authorize" -> new Endpoint<>(InstagramOperation.CONSENT, authorize::answer);
            case "POST /oauth/access_token" -> new Endpoint<>(InstagramOperation.TOKEN_EXCHANGE, tokens::exchange);
            case "GET /access_token" -> new Endpoint<>(InstagramOperation.LONG_LIVED_EXCHANGE, tokens::longLived);
            case "GET /refresh_access_token" -> new Endpoint<>(InstagramOperation.TOKEN_REFRESH, tokens::refresh);
            default -> facebookLogin(request);
        };
    }

    private Endpoint<InstagramOperation> facebookLogin(SimRequest request) {
        boolean extension = request.query().text("grant_type").equals("fb_exchange_token");
        return switch (request.method() + " " + VERSION.matcher(request.path()).replaceFirst("")) {
            case "GET /dialog/oauth" -> new Endpoint<>(InstagramOperation.DIALOG, dialog::show);
            case "POST /dialog/oauth" -> new Endpoint<>(InstagramOperation.DIALOG_ANSWER, dialog::answer);
            case "GET /oauth/access_token" ->
                new Endpoint<>(
                        extension ? InstagramOperation.FACEBOOK_LONG_LIVED : InstagramOperation.FACEBOOK_TOKEN,
                        asked -> facebook.token(asked, extension));
            case "GET /debug_token" -> new Endpoint<>(InstagramOperation.DEBUG_TOKEN, facebook::debug);
            case "GET /me/accounts" -> new Endpoint<>(InstagramOperation.PAGES, facebook::pages);
            case "GET /me/permissions" -> new Endpoint<>(InstagramOperation.PERMISSIONS, facebook::permissions);
            case "DELETE /me/permissions" ->
                facebook.owns(request) ? new Endpoint<>(InstagramOperation.REVOKE, facebook::revoke) : graph(request);
            default -> graph(request);
        };
    }

    private Endpoint<InstagramOperation> graph(SimRequest request) {
        Matcher node = NODE.matcher(VERSION.matcher(request.path()).replaceFirst(""));
        if (!node.matches()) {
            return unknown();
        }
        String id = node.group(1);
        String edge = node.group(2);
        return switch (request.method() + " " + (edge == null ? "" : edge)) {
            case "GET " ->
                facebook.owns(request) && world.containers.find(id) == null && world.containers.findMedia(id) == null
                        ? new Endpoint<>(InstagramOperation.FACEBOOK_READ, asked -> facebook.read(asked, id))
                        : object(id);
            case "POST media" -> new Endpoint<>(InstagramOperation.CREATE_CONTAINER, asked -> create.create(asked, id));
            case "POST media_publish" ->
                new Endpoint<>(InstagramOperation.MEDIA_PUBLISH, asked -> publish.publish(asked, id));
            case "GET media" -> new Endpoint<>(InstagramOperation.MEDIA_LIST, asked -> media.list(asked, id, false));
            case "GET stories" -> new Endpoint<>(InstagramOperation.MEDIA_LIST, asked -> media.list(asked, id, true));
            case "GET content_publishing_limit" ->
                new Endpoint<>(InstagramOperation.PUBLISHING_LIMIT, asked -> accounts.limit(asked, id));
            case "DELETE permissions" -> new Endpoint<>(InstagramOperation.REVOKE, tokens::revoke);
            default -> unknown();
        };
    }

    private Endpoint<InstagramOperation> object(String id) {
        if (world.containers.find(id) != null) {
            return new Endpoint<>(InstagramOperation.CONTAINER_STATUS, asked -> publish.status(asked, id));
        }
        if (world.containers.findMedia(id) != null) {
            return new Endpoint<>(InstagramOperation.MEDIA_READ, asked -> media.read(asked, id));
        }
        return new Endpoint<>(InstagramOperation.ME, asked -> accounts.me(asked, id));
    }

    private Endpoint<InstagramOperation> unknown() {
        return new Endpoint<>(
                InstagramOperation.UNKNOWN,
                unused -> world.replies.graph(
                        400, 100, -1, "Unsupported request. Please read the Graph API documentation.", ""));
    }

    @Override
    public SimReply error(InstagramOperation operation, int status, String code, String message) {
        if (operation == InstagramOperation.TOKEN_EXCHANGE) {
            return world.replies.exchangeError(status, message);
        }
        if (operation == InstagramOperation.UPLOAD) {
            String text = message.isEmpty() ? "Request processing failed" : message;
            return UploadHandler.failure(status, code.isEmpty() ? "ProcessingFailedError" : code, status >= 500, text);
        }
        if (code.isEmpty()) {
            return world.replies.graph(
                    status, 2, -1, "An unexpected error has occurred. Please retry your request later.", "");
        }
        int slash = code.indexOf('/');
        int number = Integer.parseInt(slash < 0 ? code : code.substring(0, slash));
        int subcode = slash < 0 ? -1 : Integer.parseInt(code.substring(slash + 1));
        return world.replies.graph(status, number, subcode, message, "");
    }
}
