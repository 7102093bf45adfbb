package io.linkspan.instagram;

import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Handle;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.QuotaBlock;
import io.linkspan.spi.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way to a finished container, one step at a time: for a single post its container, for a carousel the containers of all
 * items and then its own. Each step follows from what the handle keeps, so that a crash repeats one step at most.
 */
final class Preparation {
    /** How long before the end of a container it is not used any more. */
    static final Duration MARGIN = Duration.ofMinutes(30);

    /** Containers in one place of a carousel: the first and two more. */
    private static final int MOST_TRIES = 3;

    private static final Duration RETRY = Duration.ofSeconds(30);

    /** Id of the finding. */
    static final String COPYRIGHT_MATCH = "instagram.copyright_match";

    /** Fact of a handle: where the copyright check found something. */
    private static final String COPYRIGHT = "copyright";

    /** Id of the note that the check was refused. */
    static final String COPYRIGHT_UNCHECKED = "instagram.copyright_unchecked";

    /** Fact of a handle: where the copyright check was refused. */
    private static final String UNCHECKED = "unchecked";

    private final InstagramErrors errors;
    private final PublishOptions options;
    private final Containers containers;
    private final Uploads uploads;
    private final PublishingLimit limit;
    private final MediaListing media;
    private final ContainerForm forms;

    Preparation(InstagramApp app, Answers answers, InstagramErrors errors, PublishOptions options) {
        this.errors = errors;
        this.options = options;
        this.containers = new Containers(app, answers, errors);
        this.uploads = new Uploads(app, answers, errors);
        this.limit = new PublishingLimit(app, answers);
        this.media = new MediaListing(app, answers);
        this.forms = new ContainerForm(options);
    }

    /** One attempt at one moment. */
    private record At(PublishAttempt attempt, @Nullable Handle handle, Places places, int place) {
        Instant now() {
            return attempt.now();
        }

        Progress progress() {
            return places.progress(place);
        }

        /** The handle after a step; the address of an upload stays as long as it is needed. */
        Handle with(Progress progress) {
            Secret upload = progress.stage() == Progress.Stage.UPLOAD && handle != null ? handle.secret() : null;
            return with(progress, upload);
        }

        Handle with(Progress progress, @Nullable Secret upload) {
            Instant end = now().plus(Containers.LIFE).minus(MARGIN);
            Instant before = handle == null ? null : handle.usableUntil();
            // the oldest container ends first, and what becomes of a carousel whose items ended is not documented
            Instant usable = before != null && before.isBefore(end) ? before : end;
            return places.with(place, progress).handle(handle, upload, usable);
        }

        String words() {
            return places.words(place, attempt.content());
        }
    }

    Flow<PrepareStep> next(PublishAttempt attempt) {
        Handle handle = attempt.handle();
        if (handle == null) {
            At at = new At(attempt, null, Places.none(attempt.content()), 0);
            return limit.before(attempt.accessToken(), attempt.account()).then(block -> begin(at, block));
        }
        boolean over =
                handle.usable().filter(end -> !attempt.now().isBefore(end)).isPresent();
        if (over) {
            String words = "older than 24 hours, less a margin of " + MARGIN.toMinutes() + " min";
            return Flow.of(new PrepareStep.Dead(handle, errors.ofContainer("EXPIRED", words)));
        }
        Places places = Places.of(attempt.content(), handle, attempt.now());
        At at = new At(attempt, handle, places, places.at());
        return switch (places.next()) {
            case MAKE -> make(at);
            case BRING_ON -> bringOn(at, handle);
            case READY -> ready(attempt, handle);
        };
    }

    private Flow<PrepareStep> begin(At at, Optional<QuotaBlock> block) {
        return block.isPresent() ? Flow.of(new PrepareStep.Postponed(block.get())) : make(at);
    }

    private Flow<PrepareStep> make(At at) {
        PublishAttempt attempt = at.attempt();
        Map<String, String> form = at.places().isCarousel(at.place())
                ? ContainerForm.ofCarousel(attempt.content(), at.places().items())
                : forms.of(attempt, at.place());
        return named(at, containers.create(attempt, form)).then(made -> {
            URI upload = made.upload();
            Progress progress = Progress.begun(
                    made.id(), upload != null, at.now(), at.places().tries(at.place()));
            Secret address = upload == null ? null : Secret.of(upload.toString());
            return Flow.of(new PrepareStep.Advanced(at.with(progress, address)));
        });
    }

    private Flow<PrepareStep> bringOn(At at, Handle handle) {
        Progress progress = at.progress();
        Flow<Stepped> flow = progress.stage() == Progress.Stage.UPLOAD
                ? uploads.send(at.attempt(), at.place(), progress, handle.secret())
                : containers.poll(at.attempt(), progress, patience(at));
        return named(at, flow).then(stepped -> brought(at, handle, stepped));
    }

    /** Pictures have no sound, and a carousel is checked item by item. */
    private Containers.Patience patience(At at) {
        boolean video = !at.places().isCarousel(at.place())
                && at.attempt().media().get(at.place()).part().type() == MediaPart.Type.VIDEO;
        return new Containers.Patience(options.deadline(bytes(at)), video ? options.copyrightWait() : null);
    }

    private static long bytes(At at) {
        PublishAttempt attempt = at.attempt();
        return at.places().isCarousel(at.place())
                ? attempt.content().items().stream()
                        .mapToLong(item -> item.size())
                        .sum()
                : attempt.media().get(at.place()).part().size();
    }

    private Flow<PrepareStep> brought(At at, Handle handle, Stepped stepped) {
        if (stepped instanceof Stepped.Failed failed) {
            return Flow.of(failed(at, handle, named(at, failed.error())));
        }
        if (stepped instanceof Stepped.Busy busy) {
            return Flow.of(new PrepareStep.Waiting(at.with(busy.progress()), busy.pause(), at.words() + busy.detail()));
        }
        if (stepped instanceof Stepped.Landed landed) {
            return at.places().isItem(at.place())
                    ? Flow.finished(new Outcome.Unclear<>(at.words() + "an item is shown as published by itself", null))
                    : Flow.of(new PrepareStep.Landed(at.with(landed.progress()), landed.detail()));
        }
        if (stepped instanceof Stepped.On on) {
            return Flow.of(new PrepareStep.Advanced(at.with(on.progress())));
        }
        Stepped.Finished finished = (Stepped.Finished) stepped;
        Handle kept = at.with(finished.progress().in(Progress.Stage.FINISHED, at.now()));
        Handle next = switch (finished.copyright()) {
            case MATCH -> noted(kept, COPYRIGHT, at.words());
            case REFUSED -> noted(kept, UNCHECKED, at.words());
            case UNKNOWN, CHECKING, CLEAR -> kept;
        };
        return at.places().isItem(at.place()) ? Flow.of(new PrepareStep.Advanced(next)) : ready(at.attempt(), next);
    }

    /** All items or nothing; but what may succeed is tried in its place again, so that the finished ones are of use. */
    private static PrepareStep failed(At at, Handle handle, PlatformError error) {
        boolean alone = !at.places().isItem(at.place()) && !at.places().isCarousel(at.place());
        if (alone || !error.meaning().retryable()) {
            return new PrepareStep.Dead(handle, error);
        }
        if (InstagramErrors.interrupted(
                error)) { // the others are of use, and an outage does not use up the tries of this place
            return new PrepareStep.Interrupted(at.with(at.progress().in(Progress.Stage.REPLACE, at.now())), error);
        }
        Progress failed = at.progress().failed(at.now());
        if (failed.tries() >= MOST_TRIES) {
            return new PrepareStep.Dead(handle, forGood(error));
        }
        return new PrepareStep.Waiting(at.with(failed), RETRY.multipliedBy(failed.tries()), error.message());
    }

    private static PlatformError forGood(PlatformError error) {
        ErrorMeaning meaning = error.meaning();
        return new PlatformError(
                error.operation(),
                error.httpStatus(),
                error.code(),
                error.message() + " (" + MOST_TRIES + " containers failed)",
                error.traceId(),
                new ErrorMeaning(
                        meaning.causeClass(),
                        meaning.cause(),
                        meaning.actor(),
                        meaning.remedy(),
                        meaning.tokenEffect(),
                        false),
                error.definite(),
                error.retryAfter());
    }

    private Flow<PrepareStep> ready(PublishAttempt attempt, Handle handle) {
        List<Problem> findings = Stream.concat(
                        handle.fact(COPYRIGHT).map(Preparation::copyright).stream(),
                        handle.fact(UNCHECKED).map(Preparation::unchecked).stream())
                .toList();
        return media.remember(attempt, handle).then(known -> Flow.of(new PrepareStep.Ready(known, findings)));
    }

    private static Handle noted(Handle handle, String fact, String words) {
        String where = words.isEmpty() ? "the video" : words.substring(0, words.lastIndexOf(':'));
        return handle.with(
                fact, handle.fact(fact).map(before -> before + ", " + where).orElse(where));
    }

    private static Problem copyright(String where) {
        return Problem.waivable(
                COPYRIGHT_MATCH,
                "Instagram found sound or pictures of someone else in " + where
                        + "; published, it may be muted or blocked later, everywhere or in some countries");
    }

    private static Problem unchecked(String where) {
        return Problem.warns(
                COPYRIGHT_UNCHECKED,
                "Instagram does not offer its copyright check for this account now, so " + where
                        + " was not checked for sound or pictures of someone else");
    }

    /** Errors of an item of a carousel say which one it is. */
    private static <T> Flow<T> named(At at, Flow<T> flow) {
        if (at.words().isEmpty()) {
            return flow;
        }
        if (flow instanceof Flow.Call<T> call) {
            return new Flow.Call<>(call.call(), result -> named(at, call.next().apply(result)));
        }
        Outcome<T> outcome = ((Flow.Finished<T>) flow).outcome();
        if (outcome instanceof Outcome.Refused<T> refused) {
            return Flow.finished(new Outcome.Refused<>(named(at, refused.error())));
        }
        if (outcome instanceof Outcome.Unclear<T> unclear) {
            PlatformError error = unclear.error();
            return Flow.finished(
                    new Outcome.Unclear<>(at.words() + unclear.why(), error == null ? null : named(at, error)));
        }
        return flow;
    }

    private static PlatformError named(At at, PlatformError error) {
        return new PlatformError(
                error.operation(),
                error.httpStatus(),
                error.code(),
                at.words() + error.message(),
                error.traceId(),
                error.meaning(),
                error.definite(),
                error.retryAfter());
    }
}
