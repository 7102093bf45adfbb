package io.linkspan.instagram;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a video, sent whole in one request to the address that came with its container. Instagram publishes no way to
 * learn how many bytes of a broken upload arrived, so such a container is given up and another one is made.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/content-publishing">Content Publishing, resumable
 *     uploads</a> (page of 2026-06-30, read 2026-11-21)
 */
final class Uploads {
    static final String INTERRUPTED = "upload_interrupted";

    private final InstagramApp app;
    private final Answers answers;
    private final InstagramErrors errors;

    Uploads(InstagramApp app, Answers answers, InstagramErrors errors) {
        this.app = app;
        this.answers = answers;
        this.errors = errors;
    }

    Flow<Stepped> send(PublishAttempt attempt, int item, Progress progress, @Nullable Secret address) {
        if (address == null) {
            return Flow.of(interrupted("its upload address is not known any more"));
        }
        URI uri = URI.create(address.reveal());
        if (!app.endpoints().takesUploads(uri)) {
            // a token must not go where anybody could have sent it
            return Flow.finished(new Outcome.Unclear<>(
                    "the upload address is at " + uri.getHost() + ", which is no host of Facebook; nothing was sent",
                    null));
        }
        PublishAttempt.Media media = attempt.media().get(item);
        long size = media.part().size();
        LongConsumer told = item == 0 ? attempt.progress() : sent -> {};
        HttpCall call = HttpCall.of(Operations.UPLOAD, CallClass.PREPARE, "POST", uri)
                .header("Authorization", "OAuth " + attempt.accessToken().reveal())
                .header("offset", "0")
                .header("file_size", String.valueOf(size))
                .body(new HttpBody.Slice(media.source(), 0, size, "application/octet-stream", told));
        return Flow.call(call, result -> received(attempt, progress, result));
    }

    private Outcome<Stepped> received(PublishAttempt attempt, Progress progress, HttpResult result) {
        Outcome<Stepped> read = answers.read(
                Operations.UPLOAD,
                result,
                root -> Optional.of(root)
                        .filter(answer -> answer.path("success").asBoolean(false))
                        .map(answer -> new Stepped.On(progress.in(Progress.Stage.BUSY, attempt.now()))));
        if (read instanceof Outcome.Done<Stepped> || read instanceof Outcome.NotSent<Stepped>) {
            return read;
        }
        Optional<PlatformError> error = read.refusal();
        if (error.filter(it -> it.meaning().causeClass() == CauseClass.AUTHORIZATION
                        || Limits.blocked(it).isPresent())
                .isPresent()) {
            return new Outcome.Refused<>(error.get());
        }
        return Outcome.done(error.filter(PlatformError::definite)
                .<Stepped>map(Stepped.Failed::new)
                .orElseGet(() -> interrupted(read.describe())));
    }

    private Stepped interrupted(String why) {
        return new Stepped.Failed(errors.ofStep(Operations.UPLOAD, INTERRUPTED, why));
    }
}
