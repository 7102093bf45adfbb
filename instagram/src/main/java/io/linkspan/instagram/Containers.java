package io.linkspan.instagram;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.PublishAttempt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Containers: made, read, published. A container nobody publishes can never become a post, and ends after 24 hours.
 *
 * @see <a href="https://developers.facebook.com/docs/instagram-platform/content-publishing">Content Publishing</a> (page of
 *     2026-06-30, read 2026-11-21)
 */
final class Containers {
    /** Fact of a handle: how often the container was seen in progress. */
    static final String POLLS = "polls";

    /** The page asks for one read a minute; images take 3 to 10 s and short reels half a minute, so the first come sooner. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));

    private static final Duration LEAST_THROTTLED = Duration.ofMinutes(1);

    private final InstagramApp app;
    private final Answers answers;
    private final InstagramErrors errors;

    Containers(InstagramApp app, Answers answers, InstagramErrors errors) {
        this.app = app;
        this.answers = answers;
        this.errors = errors;
    }

    /** Makes a container. Repeating makes an orphan, never a post. */
    Flow<PrepareStep> create(PublishAttempt attempt, Map<String, String> form) {
        HttpCall call = app.post(
                        Operations.CONTAINER_CREATE,
                        CallClass.PREPARE,
                        "/" + attempt.account().id() + "/media",
                        attempt.accessToken())
                .body(new HttpBody.Form(form));
        return Flow.call(
                call,
                result -> answers.read(
                        Operations.CONTAINER_CREATE,
                        result,
                        root -> Fields.id(Fields.unwrapped(root), "id")
                                .map(id -> new PrepareStep.Advanced(new Handle(id, Map.of(POLLS, "0"), null)))));
    }

    /** Reads a container before the commit; {@code ready} follows once it can be published. */
    Flow<PrepareStep> poll(PublishAttempt attempt, Handle handle, Function<Handle, Flow<PrepareStep>> ready) {
        return new Flow.Call<>(read(attempt, handle), result -> polled(handle, result, ready));
    }

    private Flow<PrepareStep> polled(Handle handle, HttpResult result, Function<Handle, Flow<PrepareStep>> ready) {
        Outcome<ContainerState> read = answers.read(Operations.CONTAINER_STATUS, result, ContainerState::in);
        if (Answers.errorOf(read)
                .filter(error -> error.meaning().causeClass() == CauseClass.QUOTA)
                .isPresent()) {
            Duration pause = Usage.untilAccess(result).orElse(LEAST_THROTTLED);
            return Flow.of(new PrepareStep.Waiting(
                    handle, pause.compareTo(LEAST_THROTTLED) < 0 ? LEAST_THROTTLED : pause, read.describe()));
        }
        return Flow.finished(read).then(state -> afterPoll(handle, state, ready));
    }

    private Flow<PrepareStep> afterPoll(
            Handle handle, ContainerState state, Function<Handle, Flow<PrepareStep>> ready) {
        return switch (state.phase()) {
            case IN_PROGRESS -> Flow.of(waiting(handle, state));
            case FINISHED -> ready.apply(handle);
            case ERROR, EXPIRED -> Flow.of(new PrepareStep.Dead(handle, state.death(errors)));
            // not ready: a second commit might post again
            case PUBLISHED -> Flow.finished(new Outcome.Unclear<>("the container is published already", null));
            case UNRECOGNIZED -> Flow.finished(unrecognized(state));
        };
    }

    private static PrepareStep waiting(Handle handle, ContainerState state) {
        int polls = polls(handle);
        return new PrepareStep.Waiting(
                handle.with(POLLS, String.valueOf(polls + 1)),
                PAUSES.get(Math.min(polls, PAUSES.size() - 1)),
                state.detail());
    }

    private static int polls(Handle handle) {
        String polls = handle.facts().getOrDefault(POLLS, "0");
        return polls.matches("\\d{1,6}") ? Integer.parseInt(polls) : 0;
    }

    /** Publishes a container: the one request that makes the post. Only a media id proves it. */
    Flow<CommitResult> publish(PublishAttempt attempt, Handle handle) {
        HttpCall call = app.post(
                        Operations.MEDIA_PUBLISH,
                        CallClass.COMMIT,
                        "/" + attempt.account().id() + "/media_publish",
                        attempt.accessToken())
                .body(new HttpBody.Form(Map.of("creation_id", handle.id())));
        return Flow.call(
                call,
                result -> answers.read(
                        Operations.MEDIA_PUBLISH,
                        result,
                        root -> Fields.id(Fields.unwrapped(root), "id").map(CommitResult.Published::new)));
    }

    /** Reads a container after the commit. 100/33 comes and goes and is no evidence. */
    Flow<HandleStatus> status(PublishAttempt attempt, Handle handle) {
        return Flow.<ContainerState>call(
                        read(attempt, handle),
                        result -> answers.read(Operations.CONTAINER_STATUS, result, ContainerState::in))
                .then(state -> Flow.finished(verdict(state)));
    }

    private Outcome<HandleStatus> verdict(ContainerState state) {
        return switch (state.phase()) {
            case IN_PROGRESS -> Outcome.done(new HandleStatus.Processing(state.detail()));
            case FINISHED -> Outcome.done(new HandleStatus.NotPublished(state.detail()));
            case PUBLISHED -> Outcome.done(new HandleStatus.Published("", state.detail()));
            case ERROR, EXPIRED -> Outcome.done(new HandleStatus.Dead(state.death(errors)));
            case UNRECOGNIZED -> unrecognized(state);
        };
    }

    private HttpCall read(PublishAttempt attempt, Handle handle) {
        return app.read(
                Operations.CONTAINER_STATUS,
                "/" + handle.id(),
                Map.of("fields", "status_code,status"),
                attempt.accessToken());
    }

    private static <T> Outcome<T> unrecognized(ContainerState state) {
        return new Outcome.Unclear<>(
                "container status " + InstagramErrors.withoutSecrets(state.statusCode() + " " + state.status())
                        + " is not known to this version",
                null);
    }
}
