package io.linkspan.tiktok;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * {@code status/fetch}: 30 a minute and token. Right after init it may deny knowing the publish id; that is never evidence.
 *
 * <p>Source: {@code developers.tiktok.com/docs/en/content-posting-api-reference-get-video-status}, read 2026-11-20.
 */
final class StatusQuery {
    /** TikTok's count of bytes may trail its answer to the upload by a moment. */
    private static final Duration BYTES_SETTLE = Duration.ofSeconds(10);

    /** The notification is not among the drafts of the profile, where people look first. */
    private static final String INSTRUCTION =
            "Open the notification in the inbox of the TikTok app, edit the draft and post"
                    + " it there; it is not among the drafts of the profile."
                    + " TikTok is reported to discard a draft that is not finished within 24 hours; its pages do not say so.";

    private final TikTokEndpoints endpoints;
    private final Answers answers;

    StatusQuery(TikTokEndpoints endpoints, Answers answers) {
        this.endpoints = endpoints;
        this.answers = answers;
    }

    Flow<PublishStatus> ask(Secret accessToken, String publishId) {
        HttpCall call = HttpCall.of(
                        Operations.STATUS, CallClass.READ, "POST", endpoints.apiPath("/v2/post/publish/status/fetch/"))
                .bearer(accessToken)
                .body(new HttpBody.Json(Json.write(Json.newObject().put("publish_id", publishId))));
        return Flow.call(call, result -> answers.data(Operations.STATUS, result, PublishStatus::read));
    }

    /** What the status says about the handle at this moment. */
    HandleStatus judge(PublishStatus status, PublishAttempt attempt) {
        return switch (status.status()) {
            case PublishStatus.FAILED -> new HandleStatus.Dead(failure(status));
            case PublishStatus.PUBLISH_COMPLETE -> new HandleStatus.Published(status.postId(), status.status());
            case PublishStatus.SEND_TO_USER_INBOX -> new HandleStatus.Delivered(INSTRUCTION, status.status());
            case PublishStatus.PROCESSING_UPLOAD -> uploading(status, attempt);
            // a download, and what this version does not know: TikTok works on it
            default -> new HandleStatus.Processing(pulling(status));
        };
    }

    private HandleStatus uploading(PublishStatus status, PublishAttempt attempt) {
        if (PullHandle.isPull(attempt.requireHandle())) {
            return new HandleStatus.Processing(pulling(status)); // a pulled file may pass through here
        }
        UploadHandle upload = UploadHandle.of(attempt.requireHandle());
        if (status.uploadedBytes().isEmpty()) {
            String detail = status.status() + ", bytes not told";
            return over(upload, attempt)
                    ? new HandleStatus.NotPublished(detail + " after the hour")
                    : new HandleStatus.Processing(detail);
        }
        return status.uploadedBytes().getAsLong() < upload.plan().size()
                ? missing(status, upload, attempt)
                : new HandleStatus.Processing(status.status());
    }

    private static String pulling(PublishStatus status) {
        OptionalLong bytes = status.downloadedBytes();
        return bytes.isPresent() ? status.status() + ", " + bytes.getAsLong() + " bytes pulled" : status.status();
    }

    /** A failed publish is a successful status call, so the status itself proves it. */
    PlatformError failure(PublishStatus status) {
        String reason = status.failReason().isEmpty() ? "FAILED" : status.failReason();
        return answers.known(Operations.STATUS, 0, reason, "status FAILED", null);
    }

    /** Nothing can arrive through the upload address any more: by the clock, and by what this process has seen of its age. */
    private static boolean over(UploadHandle upload, PublishAttempt attempt) {
        return upload.urlOlderThan(UploadHandle.URL_SURELY_OVER, attempt.now())
                && attempt.known().compareTo(UploadHandle.URL_SURELY_OVER) >= 0;
    }

    private HandleStatus missing(PublishStatus status, UploadHandle upload, PublishAttempt attempt) {
        Instant now = attempt.now();
        Instant committedAt = attempt.committedAt();
        long bytes = Math.max(status.uploadedBytes().orElse(0), 0);
        String detail = status.status() + ", " + bytes + " of " + upload.plan().size() + " bytes";
        if (over(upload, attempt)) {
            return new HandleStatus.Dead(
                    ChunkUpload.ended(answers, Operations.STATUS, "upload_url_expired", detail + " after the hour"));
        }
        if (committedAt == null || upload.urlOlderThan(UploadHandle.URL_LIFE, now)) {
            return new HandleStatus.NotPublished(detail);
        }
        if (Duration.between(committedAt, now).compareTo(BYTES_SETTLE) < 0) {
            return new HandleStatus.Processing(detail);
        }
        return new HandleStatus.Incomplete(
                upload.at(upload.plan().resumeAt(bytes)).handle(), detail);
    }
}
