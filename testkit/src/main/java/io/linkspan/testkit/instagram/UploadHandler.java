package io.linkspan.testkit.instagram;

import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.internal.Intake;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.MediaFetcher;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Bytes of containers: {@code POST /ig-api-upload/v{N}/{container-id}}, with its own envelope of errors. */
final class UploadHandler {

    private static final String GENERIC = "ProcessingFailedError";

    private final InstagramWorld world;

    UploadHandler(InstagramWorld world) {
        this.world = world;
    }

    static SimReply failure(int status, String type, boolean retriable, String message) {
        ObjectNode body = Json.object();
        body.putObject("debug_info")
                .put("retriable", retriable)
                .put("type", type)
                .put("message", message);
        return SimReply.json(status, body, type);
    }

    private static SimReply success() {
        return SimReply.json(200, Json.object().put("success", true).put("message", "Upload successful."), "ok");
    }

    SimReply upload(SimRequest request, String id) {
        InstagramGrants.Token token =
                world.grants.check(request.credentials("OAuth ")).token();
        if (token == null) {
            return failure(
                    400, GENERIC, false, "{\"success\":false,\"error\":{\"message\":\"unauthorized user request\"}}");
        }
        request.account(token.grant.account.handle());
        Container container = world.containers.find(id);
        Upload upload = container == null ? null : container.upload;
        if (container == null || upload == null || container.account != token.grant.account) {
            return failure(400, GENERIC, false, "Request processing failed");
        }
        if (!upload.path().equals(request.path())) {
            // seen with addresses that clients built themselves: success is said, and nothing arrives
            return success();
        }
        synchronized (upload) {
            String hosted = request.header("file_url");
            return hosted == null ? bytes(request, container, upload) : pulled(container, upload, hosted);
        }
    }

    private SimReply pulled(Container container, Upload upload, String url) {
        MediaFetcher.Fetched fetched = world.fetcher.fetch(url, true);
        if (fetched.outcome() != MediaFetcher.Outcome.OK) {
            return failure(400, GENERIC, true, "Request processing failed");
        }
        if (!upload.sized(fetched.bytes()) || upload.intake().bytes() > 0) {
            return failure(400, GENERIC, false, "Request processing failed");
        }
        container.fetch = CompletableFuture.completedFuture(fetched);
        return success();
    }

    private SimReply bytes(SimRequest request, Container container, Upload upload) {
        long offset = number(request.header("offset"));
        long size = number(request.header("file_size"));
        if (offset < 0 || size < 1 || !upload.sized(size)) {
            return failure(400, GENERIC, false, "Request processing failed");
        }
        if (offset != upload.intake().bytes() || container.fetch != null) {
            return failure(400, "OffsetInvalidError", false, "The offset is invalid");
        }
        long length = number(request.header("Content-Length"));
        if (offset + length != size && !(world.rules.uploadsInPieces && offset + length < size)) {
            return failure(400, "PartialRequestError", true, "The length does not match");
        }
        receive(request, upload);
        if (upload.complete()) {
            container.fetch = CompletableFuture.completedFuture(upload.intake().fetched());
        }
        return success();
    }

    /** What came before a break is kept, or lost, as the rules say. */
    private void receive(SimRequest request, Upload upload) {
        Intake before = upload.intake().copy();
        try (InputStream in = request.stream()) {
            upload.intake().take(in);
        } catch (IOException e) {
            if (!world.rules.brokenUploadsKept) {
                upload.intake(before);
            }
            throw new UncheckedIOException(e);
        }
    }

    private static long number(@Nullable String text) {
        return text == null || !text.matches("\\d{1,18}") ? -1 : Long.parseLong(text);
    }
}
