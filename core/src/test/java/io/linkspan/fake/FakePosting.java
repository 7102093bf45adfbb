package io.linkspan.fake;

import io.linkspan.connection.Capability;
import io.linkspan.preflight.Destination;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.PublishedPost;
import io.linkspan.spi.Quota;
import io.linkspan.spi.QuotaBlock;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TargetFacts;
import io.linkspan.spi.TextLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One way to publish at {@link FakePlatform}. Fields are set before processes are made. */
public final class FakePosting implements PublishAdapter {
    /** Where a commit leads. */
    public enum Way {
        /** A container that is committed by its id, and is a post at once. */
        CONTAINER,
        /** A container that the platform works on for a while. */
        SLOW,
        /** A container that goes to the inbox of the person. */
        DRAFT,
        /** The platform pulls from an address; only the answer to the commit names what came of it. */
        PULL
    }

    private final PublishAdapter inner;
    private final Way way;
    /** What is counted. */
    public List<Quota> quotas = List.of();
    /** What stands in the way. */
    public List<Problem> problems = List.of();
    /** What the platform tells about the account. */
    public TargetFacts facts = TargetFacts.NONE;
    /** How long a caption may be. */
    public TextLimit limit = TextLimit.NONE;
    /** What preflight checks for. */
    public Destination destination = Destination.INSTAGRAM_REEL;
    /** How long a handle may be committed; null for ever. */
    public @Nullable Duration usable;
    /** What a refusal with a code that begins with {@code limit} stops. */
    public Quota.Scope blocks = Quota.Scope.CONNECTION;
    /** The step that the platform counts, after which a limit stops nothing. */
    public Quota.@Nullable Step counts;
    /** How often an upload breaks off. */
    public int interruptions;
    /** Whether a container that ended by its time says nothing about the post. */
    public boolean spares;
    /** Whether a container that was not posted says that it lacks bytes. */
    public boolean incomplete;

    /**
     * Over the way of the adapter.
     *
     * @param inner commits containers
     * @param way where a commit leads
     */
    public FakePosting(PublishAdapter inner, Way way) {
        this.inner = inner;
        this.way = way;
    }

    @Override
    public Capability capability(PublishContent content) {
        return inner.capability(content);
    }

    @Override
    public Destination destination(PublishContent content, MediaPart part) {
        return destination;
    }

    @Override
    public boolean pulls(PublishContent content, MediaPart part) {
        return way == Way.PULL;
    }

    @Override
    public List<Problem> problems(PublishContent content) {
        return problems;
    }

    @Override
    public TextLimit captionLimit(PublishContent content) {
        return limit;
    }

    @Override
    public List<Quota> quotas(PublishContent content) {
        return quotas;
    }

    @Override
    public Optional<QuotaBlock> blocked(PlatformError error) {
        return error.code().startsWith("limit")
                ? Optional.of(
                        new QuotaBlock("fake." + error.code(), blocks, Duration.ofHours(1), "the platform is full"))
                : Optional.empty();
    }

    @Override
    public boolean stops(String limit, PublishContent content, Quota.Step step) {
        return counts == null || step == counts;
    }

    @Override
    public boolean interrupted(PlatformError error) {
        return spares && error.code().equals("EXPIRED");
    }

    @Override
    public Flow<TargetFacts> look(Secret accessToken, AccountIdentity account, PublishContent content) {
        return FakeAdapter.ask("look", CallClass.READ, "me", text -> Outcome.done(facts));
    }

    @Override
    public Flow<PrepareStep> prepare(PublishAttempt attempt) {
        Handle handle = attempt.handle();
        if (handle != null && interruptions > 0) {
            interruptions--;
            return Flow.of(new PrepareStep.Interrupted(
                    handle.with("left", String.valueOf(interruptions)), FakeAdapter.error("upload", "bad")));
        }
        if (way != Way.PULL) {
            return changed(inner.prepare(attempt), step -> withEnd(step, attempt.now()));
        }
        return Flow.of(new PrepareStep.Ready(new Handle("attempt-" + attempt.id(), Map.of(), null)));
    }

    private static Flow<PrepareStep> changed(Flow<PrepareStep> flow, UnaryOperator<PrepareStep> change) {
        return flow instanceof Flow.Call<PrepareStep> step
                ? new Flow.Call<>(step.call(), result -> changed(step.next().apply(result), change))
                : Flow.finished(((Flow.Finished<PrepareStep>) flow).outcome().map(change));
    }

    private PrepareStep withEnd(PrepareStep step, Instant now) {
        Duration life = usable;
        if (life == null || !(step instanceof PrepareStep.Advanced made)) {
            return step;
        }
        Handle handle = made.handle();
        return new PrepareStep.Advanced(new Handle(handle.id(), handle.facts(), handle.secret(), now.plus(life)));
    }

    @Override
    public Flow<CommitResult> commit(PublishAttempt attempt) {
        String id = attempt.requireHandle().id();
        return switch (way) {
            case CONTAINER -> inner.commit(attempt);
            case SLOW -> FakeAdapter.ask("slow", CallClass.COMMIT, id, text -> accepted(null));
            case DRAFT -> FakeAdapter.ask("draft", CallClass.COMMIT, id, text -> accepted(null));
            case PULL -> {
                String path = attempt.item().requirePullUri().getPath();
                yield FakeAdapter.ask(
                        "init",
                        CallClass.COMMIT,
                        path.substring(1),
                        text -> accepted(new Handle(text, Map.of(), null)));
            }
        };
    }

    private static Outcome<CommitResult> accepted(@Nullable Handle handle) {
        return Outcome.done(new CommitResult.Accepted(handle));
    }

    @Override
    public Flow<HandleStatus> status(PublishAttempt attempt) {
        Handle handle = attempt.requireHandle();
        if (nameless(handle)) {
            return Flow.of(new HandleStatus.Nameless());
        }
        return FakeAdapter.ask("status", CallClass.READ, handle.id(), text -> Outcome.done(judged(handle, text)));
    }

    private static boolean nameless(Handle handle) {
        return handle.id().startsWith("attempt-");
    }

    @Override
    public Optional<Handle> named(Handle handle, String name) {
        return nameless(handle) ? Optional.of(new Handle(name, Map.of(), null)) : Optional.empty();
    }

    private HandleStatus judged(Handle handle, String text) {
        return switch (text) {
            case "PUBLISHED" -> new HandleStatus.Published("", text);
            case "EXPIRED" -> new HandleStatus.Dead(FakeAdapter.error("status", text));
            case "WORKING" -> new HandleStatus.Processing(text);
            case "INBOX" -> new HandleStatus.Delivered("Open the inbox.", text);
            default -> incomplete ? new HandleStatus.Incomplete(handle, text) : new HandleStatus.NotPublished(text);
        };
    }

    @Override
    public Flow<PublishedPost> locate(PublishAttempt attempt, String postId) {
        return inner.locate(attempt, postId);
    }

    @Override
    public Optional<Flow<Cancelling>> cancel(PublishAttempt attempt) {
        return way == Way.SLOW
                ? Optional.of(FakeAdapter.ask(
                        "cancel",
                        CallClass.PREPARE,
                        attempt.requireHandle().id(),
                        text -> Outcome.done(new Cancelling())))
                : Optional.empty();
    }
}
