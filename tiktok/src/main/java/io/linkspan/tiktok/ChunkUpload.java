package io.linkspan.tiktok;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.PublishAttempt;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends the chunks, one after another, to the upload address, without a token. All but the last prepare; the one with the
 * last byte commits. Everything goes to one publish id, so a chunk sent twice cannot post twice.
 *
 * <p>Source: {@code developers.tiktok.com/docs/en/content-posting-api-media-transfer-guide}, read 2026-11-20.
 */
final class ChunkUpload {
    /** What an upload whose time is over says. */
    static final Set<String> ENDED = Set.of("upload_url_expired", "http_403", "http_404");

    /** With an hour for each upload, this makes 14 in a day; about 15 are allowed to an account. */
    private static final Duration NEXT_UPLOAD = Duration.ofMinutes(40);

    /** A chunk that is refused so often, one time after the other, is malformed. */
    private static final int MOST_REFUSALS = 8;

    private static final Pattern PROGRESS = Pattern.compile("bytes 0-([0-9]{1,18})/[0-9]{1,18}");

    private final TikTokEndpoints endpoints;
    private final Answers answers;
    private final StatusQuery status;

    ChunkUpload(TikTokEndpoints endpoints, Answers answers, StatusQuery status) {
        this.endpoints = endpoints;
        this.answers = answers;
        this.status = status;
    }

    /** The next chunk before the last, or at once how the attempt stands. */
    Flow<PrepareStep> next(PublishAttempt attempt) {
        UploadHandle upload = UploadHandle.of(attempt.requireHandle());
        if (attempt.committedAt() == null && upload.tooLate(attempt.now())) {
            return Flow.of(dead(upload, "upload_url_expired", "the upload cannot end within the hour"));
        }
        if (upload.readyToCommit()) {
            return Flow.of(step(upload));
        }
        URI url = upload.url(endpoints).orElse(null);
        if (url == null) {
            return attempt.committedAt() == null
                    ? Flow.of(dead(upload, "upload_url_expired", "the upload address is gone"))
                    : Flow.finished(new Outcome.Unclear<>("the upload address is gone", null));
        }
        return new Flow.Call<>(
                put(attempt, upload, upload.offset(), url, CallClass.PREPARE),
                result -> afterChunk(attempt, upload, result));
    }

    /** The chunk with the last byte. Whatever TikTok answers but a success, its status has to tell. */
    Flow<CommitResult> last(PublishAttempt attempt) {
        UploadHandle upload = UploadHandle.of(attempt.requireHandle());
        URI url = upload.url(endpoints).orElse(null);
        if (url == null) {
            return Flow.finished(new Outcome.Unclear<>("the upload address is gone; only the status can tell", null));
        }
        HttpCall call = put(attempt, upload, upload.plan().lastStart(), url, CallClass.COMMIT);
        return Flow.call(call, result -> {
            if (!(result instanceof HttpResult.Answered answer)) {
                return answers.unanswered(result);
            }
            return Answers.is2xx(answer) ? Outcome.done(new CommitResult.Accepted()) : unclear(answer);
        });
    }

    private static HttpCall put(PublishAttempt attempt, UploadHandle upload, long start, URI url, CallClass callClass) {
        long end = upload.plan().endOf(start);
        HttpBody body = new HttpBody.Slice(
                attempt.item().source(),
                start,
                end - start,
                attempt.item().part().contentType(),
                sent -> attempt.progress().accept(start + sent));
        return HttpCall.of(Operations.UPLOAD_CHUNK, callClass, "PUT", url)
                .header(
                        "Content-Range",
                        "bytes " + start + "-" + (end - 1) + "/" + upload.plan().size())
                .body(body);
    }

    private Flow<PrepareStep> afterChunk(PublishAttempt attempt, UploadHandle upload, HttpResult result) {
        if (!(result instanceof HttpResult.Answered answer)) {
            return Flow.finished(answers.unanswered(result));
        }
        if (Answers.is2xx(answer)) {
            // clients report 206, 201 and 200 for the same thing; our own offset decides
            return Flow.of(step(upload.at(upload.plan().endOf(upload.offset()))));
        }
        if (answer.status() == 416) {
            return resync(attempt, upload, answer);
        }
        PlatformError error = answers.bare(Operations.UPLOAD_CHUNK, answer);
        if (!error.definite() || attempt.committedAt() != null) {
            return Flow.finished(unclear(answer));
        }
        if (ENDED.contains(error.code())) {
            return Flow.of(new PrepareStep.Dead(upload.handle(), error.withRetryAfter(NEXT_UPLOAD)));
        }
        return upload.refusals() + 1 >= MOST_REFUSALS
                ? Flow.of(new PrepareStep.Dead(upload.handle(), error))
                : refusedOnce(attempt, upload, error);
    }

    /** One refusal is no verdict: the status may say why, and else the chunk is sent again. */
    private Flow<PrepareStep> refusedOnce(PublishAttempt attempt, UploadHandle upload, PlatformError error) {
        return status.ask(attempt.accessToken(), upload.handle().id())
                .then(now -> Flow.of(
                        now.status().equals(PublishStatus.FAILED)
                                ? new PrepareStep.Dead(upload.handle(), status.failure(now))
                                : new PrepareStep.Interrupted(upload.refused(), error)));
    }

    /** TikTok is elsewhere in the file, for example because a crash hid that it took a chunk: ask where. */
    private Flow<PrepareStep> resync(PublishAttempt attempt, UploadHandle upload, HttpResult.Answered answer) {
        OptionalLong told = answer.header("Content-Range").stream()
                .mapToLong(range -> received(range, upload.plan()))
                .filter(bytes -> bytes >= 0)
                .findFirst();
        if (told.isPresent() && told.getAsLong() != upload.offset()) {
            return Flow.of(step(upload.at(told.getAsLong())));
        }
        return status.ask(attempt.accessToken(), upload.handle().id()).then(now -> {
            if (now.status().equals(PublishStatus.FAILED)) {
                return Flow.of(new PrepareStep.Dead(upload.handle(), status.failure(now)));
            }
            OptionalLong bytes = now.uploadedBytes();
            long next = bytes.isPresent() ? upload.plan().resumeAt(bytes.getAsLong()) : upload.offset();
            return next == upload.offset()
                    ? Flow.finished(unclear(answer)) // the answers contradict each other; look again later
                    : Flow.of(step(upload.at(next)));
        });
    }

    /** The number in the answer may be a count or the index of the last byte; only one of them is a boundary. */
    private static long received(String range, ChunkPlan plan) {
        Matcher matcher = PROGRESS.matcher(range);
        if (!matcher.matches()) {
            return -1;
        }
        long number = Long.parseLong(matcher.group(1));
        if (plan.isBoundary(number)) {
            return number;
        }
        return plan.isBoundary(number + 1) ? number + 1 : -1;
    }

    /** Ready when only the chunk with the last byte is left. */
    static PrepareStep step(UploadHandle upload) {
        return upload.readyToCommit()
                ? new PrepareStep.Ready(upload.at(upload.plan().lastStart()).handle())
                : new PrepareStep.Advanced(upload.handle());
    }

    private PrepareStep dead(UploadHandle upload, String code, String message) {
        return new PrepareStep.Dead(upload.handle(), ended(answers, Operations.UPLOAD_CHUNK, code, message));
    }

    /** The hour of an upload is over. TikTok may count each init, so that the next one comes later. */
    static PlatformError ended(Answers answers, String operation, String code, String message) {
        return answers.known(operation, 0, code, message, null).withRetryAfter(NEXT_UPLOAD);
    }

    private <T> Outcome<T> unclear(HttpResult.Answered answer) {
        PlatformError error = answers.bare(Operations.UPLOAD_CHUNK, answer);
        return new Outcome.Unclear<>("the upload answered HTTP " + answer.status(), error);
    }
}
