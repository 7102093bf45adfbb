package io.linkspan.tiktok;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.Secret;
import java.util.List;
import java.util.Optional;

/**
 * The three inits: 6 a minute and token. By bytes, an init whose answer is lost cannot post, because only that answer holds
 * the upload address; so it is safe to send again. By pull, the init is what posts, and a lost answer leaves doubt.
 */
final class PublishInit {
    private final TikTokEndpoints endpoints;
    private final Answers answers;
    private final long chunkSize;

    PublishInit(TikTokEndpoints endpoints, Answers answers, long chunkSize) {
        this.endpoints = endpoints;
        this.answers = answers;
        this.chunkSize = chunkSize;
    }

    /** Asks where the bytes go. */
    Flow<Handle> forBytes(PublishAttempt attempt) {
        ChunkPlan plan = ChunkPlan.of(attempt.item().part().size(), chunkSize);
        HttpCall call = call(attempt, CallClass.PREPARE, PostBody.bytes(attempt.content(), plan));
        return Flow.call(call, result -> readUpload(attempt, plan, result));
    }

    /** Tells where the files lie; TikTok starts at once. */
    Flow<CommitResult> byPull(PublishAttempt attempt) {
        List<String> addresses = attempt.media().stream()
                .map(file -> file.requirePullUri().toString())
                .toList();
        HttpCall call = call(attempt, CallClass.COMMIT, PostBody.pulled(attempt.content(), addresses));
        return Flow.call(
                call,
                result -> Answers.onlyRefusedBy4xx(answers.data(
                        call.operation(),
                        result,
                        data -> publishId(data)
                                .map(id -> (CommitResult) new CommitResult.Accepted(PullHandle.named(id))))));
    }

    private HttpCall call(PublishAttempt attempt, CallClass callClass, ObjectNode body) {
        PostMode mode = PostMode.of(attempt.content());
        return HttpCall.of(mode.operation(), callClass, "POST", endpoints.apiPath(mode.path()))
                .bearer(attempt.accessToken())
                .body(new HttpBody.Json(Json.write(body)));
    }

    private Outcome<Handle> readUpload(PublishAttempt attempt, ChunkPlan plan, HttpResult result) {
        String operation = PostMode.of(attempt.content()).operation();
        Outcome<Handle> outcome = answers.data(operation, result, data -> upload(attempt, plan, data));
        if (outcome instanceof Outcome.Done<Handle> done
                && UploadHandle.of(done.value()).url(endpoints).isEmpty()) {
            return new Outcome.Unclear<>("the upload address is not at a host of TikTok; nothing was sent to it", null);
        }
        return outcome;
    }

    private static Optional<Handle> upload(PublishAttempt attempt, ChunkPlan plan, JsonNode data) {
        String uploadUrl = Json.text(data, "upload_url");
        return uploadUrl.isBlank()
                ? Optional.empty()
                : publishId(data)
                        .map(id -> UploadHandle.create(id, Secret.of(uploadUrl), plan, attempt.now())
                                .handle());
    }

    private static Optional<String> publishId(JsonNode data) {
        return Optional.of(Json.text(data, "publish_id")).filter(id -> !id.isBlank());
    }
}
