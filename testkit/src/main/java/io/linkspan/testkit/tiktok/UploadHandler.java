package io.linkspan.testkit.tiktok;

import io.linkspan.testkit.internal.Intake;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chunks, {@code PUT /video/?upload_id=…&upload_token=…}. */
final class UploadHandler {

    private static final Set<String> TYPES = Set.of("video/mp4", "video/quicktime", "video/webm");
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    private final TikTokWorld world;

    UploadHandler(TikTokWorld world) {
        this.world = world;
    }

    SimReply put(SimRequest request) {
        TikTokPublish publish = world.publishes.findUpload(request.query().text("upload_id"));
        if (publish == null
                || publish.plan.pulls()
                || !publish.uploadToken.equals(request.query().text("upload_token"))) {
            return SimReply.empty(404, "no upload task");
        }
        request.account(publish.plan.account().handle());
        publish.uploading.lock();
        try {
            return put(request, publish);
        } finally {
            publish.uploading.unlock();
        }
    }

    private SimReply put(SimRequest request, TikTokPublish publish) {
        boolean undead = world.rules.deadHandlesMayPost;
        if (publish.state == TikTokPublish.State.FAILED && !undead) {
            return SimReply.empty(404, "publish failed");
        }
        if (!undead
                && !publish.bytesComplete
                && !world.clock.instant().isBefore(publish.created.plus(world.rules.uploadLife))) {
            return SimReply.empty(403, "upload URL expired");
        }
        String length = request.header("Content-Length");
        String rangeText = request.header("Content-Range");
        Matcher range = RANGE.matcher(rangeText == null ? "" : rangeText);
        if (!range.matches()
                || length == null
                || !TYPES.contains(request.contentType())
                || request.header("Authorization") != null) {
            return SimReply.empty(400, "bad headers");
        }
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        if (Long.parseLong(range.group(3)) != publish.plan.size() || !length.equals(Long.toString(last - first + 1))) {
            return SimReply.empty(400, "lengths do not match");
        }
        if (publish.bytesComplete && last == publish.plan.size() - 1 && world.rules.resentChunksPostAgain) {
            world.publishes.postAgain(publish);
            return progress(publish, 201, "posted again");
        }
        if (last < publish.received && world.rules.acceptResentChunk) {
            return progress(publish, publish.bytesComplete ? 201 : 206, "sent again");
        }
        if (publish.bytesComplete || first != publish.received || last - first + 1 != publish.chunkLength(first)) {
            return progress(publish, 416, "range does not match");
        }
        return store(request, publish, last + 1);
    }

    private SimReply store(SimRequest request, TikTokPublish publish, long end) {
        Intake intake = publish.intake.copy();
        long read;
        try (InputStream stream = request.stream()) {
            read = intake.take(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (read != end - publish.received) {
            return SimReply.empty(400, "body too short");
        }
        publish.intake = intake;
        world.publishes.stored(publish, end);
        return progress(publish, publish.bytesComplete ? 201 : 206, "ok");
    }

    private SimReply progress(TikTokPublish publish, int status, String outcome) {
        long shown = world.rules.progressAsIndex ? publish.received - 1 : publish.received;
        return SimReply.empty(status, outcome)
                .with("Content-Range", "bytes 0-" + Math.max(shown, 0) + "/" + publish.plan.size());
    }
}
