package io.linkspan.instagram;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.Texts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Containers: made, read, published. A container nobody publishes can never become a post, and ends after 24 hours.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/content-publishing">Content Publishing</a> (page of
 *     2026-06-30, read 2026-11-21)
 */
final class Containers {
    /** Same page: a container not published within 24 hours ends. */
    static final Duration LIFE = Duration.ofHours(24);

    private static final int MOST_ATTRIBUTES = 10;
    private static final int MOST_VALUE = 300;

    private final InstagramApp app;
    private final Answers answers;
    private final InstagramErrors errors;

    /** How long an account is not asked for a copyright check that was refused. */
    private static final Duration CHECK_REFUSED = Duration.ofDays(1);

    /** The guide describes the copyright check for Facebook Login only, the reference for both: by account, when it was refused. */
    private final Map<String, Instant> checkRefused = new ConcurrentHashMap<>();

    Containers(InstagramApp app, Answers answers, InstagramErrors errors) {
        this.app = app;
        this.answers = answers;
        this.errors = errors;
    }

    /** A new container, and where its bytes go if it gets them. */
    record Made(String id, @Nullable URI upload) {}

    /** Makes a container. Repeating makes an orphan, never a post. */
    Flow<Made> create(PublishAttempt attempt, Map<String, String> form) {
        boolean uploads = form.containsKey("upload_type");
        HttpCall call = app.post(
                        Operations.CONTAINER_CREATE,
                        CallClass.PREPARE,
                        "/" + attempt.account().id() + "/media",
                        attempt.accessToken())
                .body(new HttpBody.Form(form));
        return Flow.call(
                call,
                result -> answers.read(
                        Operations.CONTAINER_CREATE, result, root -> made(Fields.unwrapped(root), uploads)));
    }

    private static Optional<Made> made(JsonNode answer, boolean uploads) {
        URI upload = uploads ? Fields.address(answer, "uri") : null;
        return Fields.id(answer, "id").filter(id -> !uploads || upload != null).map(id -> new Made(id, upload));
    }

    /** Reads a container before the commit. An odd read is no verdict: it is read again, until the deadline. */
    Flow<Stepped> poll(PublishAttempt attempt, Progress progress, Patience patience) {
        Flow<ContainerState> read = patience.copyright() == null
                ? read(attempt, progress.id())
                : offersCheck(attempt)
                        ? readWithCopyright(attempt, progress.id())
                        : readUnchecked(attempt, progress.id());
        return read.then(state -> Flow.finished(polled(attempt, progress, patience, state)));
    }

    /**
     * How long a container is waited for.
     *
     * @param processing until it is finished
     * @param copyright until its copyright check is over; null where it has none
     */
    record Patience(Duration processing, @Nullable Duration copyright) {}

    private Outcome<Stepped> polled(
            PublishAttempt attempt, Progress progress, Patience patience, ContainerState state) {
        return switch (state.phase()) {
            case IN_PROGRESS, UNRECOGNIZED -> Outcome.done(inProgress(attempt, progress, patience.processing(), state));
            case FINISHED -> Outcome.done(finished(attempt, progress, patience.copyright(), state));
            case ERROR, EXPIRED -> Outcome.done(new Stepped.Failed(state.death(errors)));
            case PUBLISHED -> Outcome.done(new Stepped.Landed(progress, state.detail()));
        };
    }

    private static Stepped finished(
            PublishAttempt attempt, Progress progress, @Nullable Duration wait, ContainerState state) {
        boolean waits = wait != null
                && state.copyright() == ContainerState.Copyright.CHECKING
                && attempt.now().isBefore(progress.since().plus(wait));
        return waits
                ? new Stepped.Busy(
                        progress.polled(), progress.pause(attempt.now()), "finished; the copyright check is not over")
                : new Stepped.Finished(progress, state.copyright());
    }

    private Stepped inProgress(PublishAttempt attempt, Progress progress, Duration deadline, ContainerState state) {
        if (state.failsInWords()) {
            return progress.stage() == Progress.Stage.DOUBTED
                    ? new Stepped.Failed(state.death(errors))
                    : new Stepped.Busy(progress.doubted(), progress.pause(attempt.now()), state.detail());
        }
        boolean tooLong = !attempt.now().isBefore(progress.since().plus(deadline));
        return tooLong
                ? new Stepped.Failed(state.stuck(errors))
                : new Stepped.Busy(progress.polled(), progress.pause(attempt.now()), state.detail());
    }

    /** Publishes a container: the one request that makes the post. Only a media id proves it. */
    Flow<CommitResult> publish(PublishAttempt attempt, String container) {
        HttpCall call = app.post(
                        Operations.MEDIA_PUBLISH,
                        CallClass.COMMIT,
                        "/" + attempt.account().id() + "/media_publish",
                        attempt.accessToken())
                .body(new HttpBody.Form(Map.of("creation_id", container)));
        return Flow.call(
                call,
                result -> answers.read(Operations.MEDIA_PUBLISH, result, root -> published(Fields.unwrapped(root))));
    }

    /** With a caption add-on the answer also says whether it was attached, under a name and in a shape that are not known yet: all is kept. */
    private static Optional<CommitResult> published(JsonNode answer) {
        Map<String, String> attributes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : answer.properties()) {
            String value = field.getValue().isValueNode()
                    ? field.getValue().asString("")
                    : field.getValue().toString();
            if (!field.getKey().equals("id") && !value.isEmpty() && attributes.size() < MOST_ATTRIBUTES) {
                attributes.put(field.getKey(), Texts.cut(InstagramErrors.withoutSecrets(value), MOST_VALUE));
            }
        }
        return Fields.id(answer, "id").map(id -> new CommitResult.Published(id, attributes));
    }

    /** Reads a container after the commit. 100/33 comes and goes and is no evidence. */
    Flow<HandleStatus> status(PublishAttempt attempt, String container) {
        return read(attempt, container).then(state -> Flow.finished(verdict(state)));
    }

    private Outcome<HandleStatus> verdict(ContainerState state) {
        return switch (state.phase()) {
            case IN_PROGRESS ->
                state.failsInWords()
                        ? unclear(state, "contradicts itself")
                        : Outcome.done(new HandleStatus.Processing(state.detail()));
            case FINISHED -> // without its code it is one odd read, and no evidence that nothing was posted
                state.statusCode().isBlank()
                        ? unclear(state, "has no code")
                        : Outcome.done(new HandleStatus.NotPublished(state.detail()));
            case PUBLISHED -> Outcome.done(new HandleStatus.Published("", state.detail()));
            case ERROR, EXPIRED -> Outcome.done(new HandleStatus.Dead(state.death(errors)));
            case UNRECOGNIZED -> unclear(state, "is not known to this version");
        };
    }

    private Flow<ContainerState> read(PublishAttempt attempt, String container) {
        return Flow.call(
                statusCall(attempt, container, "status_code,status"),
                result -> answers.read(Operations.CONTAINER_STATUS, result, ContainerState::in));
    }

    /** The same read with one more field. Where that is refused, the plain read follows. */
    private Flow<ContainerState> readWithCopyright(PublishAttempt attempt, String container) {
        return new Flow.Call<>(statusCall(attempt, container, "status_code,status,copyright_check_status"), result -> {
            Outcome<ContainerState> read = answers.read(Operations.CONTAINER_STATUS, result, ContainerState::in);
            boolean notOffered = read.refusal()
                    .filter(error ->
                            error.code().equals("100") && error.meaning().causeClass() == CauseClass.CONFIGURATION)
                    .isPresent();
            if (!notOffered) {
                return Flow.finished(read);
            }
            checkRefused.put(attempt.account().id(), attempt.now());
            return readUnchecked(attempt, container);
        });
    }

    private Flow<ContainerState> readUnchecked(PublishAttempt attempt, String container) {
        return read(attempt, container).then(state -> Flow.of(state.unchecked()));
    }

    private boolean offersCheck(PublishAttempt attempt) {
        String account = attempt.account().id();
        Instant refused = checkRefused.get(account);
        if (refused != null && !attempt.now().isBefore(refused.plus(CHECK_REFUSED))) {
            checkRefused.remove(account, refused);
            return true;
        }
        return refused == null;
    }

    private HttpCall statusCall(PublishAttempt attempt, String container, String fields) {
        return app.read(Operations.CONTAINER_STATUS, "/" + container, Map.of("fields", fields), attempt.accessToken());
    }

    private static <T> Outcome<T> unclear(ContainerState state, String why) {
        return new Outcome.Unclear<>(
                "container status " + InstagramErrors.withoutSecrets(state.statusCode() + " " + state.status()) + " "
                        + why,
                null);
    }
}
