package io.linkspan.tiktok;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.PublishAdapter.Cancelling;
import io.linkspan.spi.PublishAttempt;
import java.util.Optional;

/**
 * {@code cancel}: stops a download that goes on, best effort. An upload by bytes has no such call; its address ends by itself.
 *
 * <p>Source: {@code developers.tiktok.com/docs/en/content-posting-api-reference-get-video-status}, read 2026-11-20.
 */
final class CancelCall {
    private final TikTokEndpoints endpoints;
    private final Answers answers;

    CancelCall(TikTokEndpoints endpoints, Answers answers) {
        this.endpoints = endpoints;
        this.answers = answers;
    }

    Optional<Flow<Cancelling>> of(PublishAttempt attempt) {
        Handle handle = attempt.requireHandle();
        if (!PullHandle.isPull(handle) || !PullHandle.isNamed(handle)) {
            return Optional.empty();
        }
        HttpCall call = HttpCall.of(
                        Operations.CANCEL, CallClass.PREPARE, "POST", endpoints.apiPath("/v2/post/publish/cancel/"))
                .bearer(attempt.accessToken())
                .body(new HttpBody.Json(Json.write(Json.newObject().put("publish_id", handle.id()))));
        return Optional.of(Flow.call(
                call, result -> answers.data(Operations.CANCEL, result, data -> Optional.of(new Cancelling()))));
    }
}
