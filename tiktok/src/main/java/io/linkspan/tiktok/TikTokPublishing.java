package io.linkspan.tiktok;

import io.linkspan.connection.Capability;
import io.linkspan.preflight.Destination;
import io.linkspan.spi.AccountIdentity;
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
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything TikTok lets an app publish. By bytes: init, chunks, and the chunk with the last byte as the commit. By pull: a
 * handle of our own, and the init as the commit.
 *
 * <p>Creator info is read before each direct post, because it must follow what the creator may do now, and because TikTok
 * counts privacy levels that no longer fit against the app.
 */
final class TikTokPublishing implements PublishAdapter {
    private final CreatorInfoQuery creatorInfo;
    private final PublishInit init;
    private final ChunkUpload upload;
    private final StatusQuery status;
    private final CancelCall cancel;
    private final CreatorLook look;
    private final UrlOwnership ownership;
    private final PublishLimits limits;
    private final Answers answers;
    private final long chunkSize;

    TikTokPublishing(TikTokConfig config, Answers answers, CreatorInfoQuery creatorInfo) {
        TikTokEndpoints endpoints = config.endpoints();
        this.creatorInfo = creatorInfo;
        this.answers = answers;
        this.chunkSize = config.chunkSize();
        this.init = new PublishInit(endpoints, answers, chunkSize);
        this.status = new StatusQuery(endpoints, answers);
        this.upload = new ChunkUpload(endpoints, answers, status);
        this.cancel = new CancelCall(endpoints, answers);
        this.ownership = new UrlOwnership(config, answers);
        this.limits = new PublishLimits(config.activeUsers());
        this.look = new CreatorLook(creatorInfo, limits, config.audited());
    }

    @Override
    public Capability capability(PublishContent content) {
        PostMode mode = PostMode.of(content);
        if (!mode.direct()) {
            return Capability.DELIVER_DRAFT;
        }
        return mode.photos() ? Capability.PUBLISH_PHOTO : Capability.PUBLISH_VIDEO;
    }

    @Override
    public Destination destination(PublishContent content, MediaPart part) {
        return part.type() == MediaPart.Type.VIDEO ? Destination.TIKTOK_VIDEO : Destination.TIKTOK_PHOTO;
    }

    @Override
    public boolean pulls(PublishContent content, MediaPart part) {
        return PostMode.of(content).pulled();
    }

    @Override
    public boolean takesCover(PublishContent content) {
        return false;
    }

    @Override
    public List<Problem> problems(PublishContent content) {
        return PostRules.problems(Objects.requireNonNull(content, "content"), chunkSize);
    }

    @Override
    public TextLimit captionLimit(PublishContent content) {
        return switch (PostMode.of(content)) {
            case VIDEO, PULLED_VIDEO -> new TextLimit("title", PostRules.MAX_VIDEO_TITLE, TextLimit.Unit.UTF16);
            case DRAFT_VIDEO, PULLED_DRAFT_VIDEO -> new TextLimit("caption", 0, TextLimit.Unit.UTF16);
            case PHOTOS, DRAFT_PHOTOS -> new TextLimit("description", PostRules.MAX_DESCRIPTION, TextLimit.Unit.UTF16);
        };
    }

    @Override
    public Map<String, String> sends(PublishContent content) {
        long size = content.item().size();
        return PostBody.shown(content, ChunkPlan.fits(size, chunkSize) ? ChunkPlan.of(size, chunkSize) : null);
    }

    @Override
    public List<Quota> quotas(PublishContent content) {
        return limits.quotas(content);
    }

    @Override
    public boolean stops(String limit, PublishContent content) {
        return limits.stops(limit, content);
    }

    /** A video by bytes is counted with its init; nothing stops its last chunk. */
    @Override
    public boolean stops(String limit, PublishContent content, Quota.Step step) {
        boolean counted = step == Quota.Step.COMMIT && !PostMode.of(content).pulled();
        return !counted && stops(limit, content);
    }

    @Override
    public boolean interrupted(PlatformError error) {
        return ChunkUpload.ENDED.contains(error.code());
    }

    @Override
    public Optional<QuotaBlock> blocked(PlatformError error) {
        return limits.blocked(error);
    }

    @Override
    public boolean restricts(PlatformError error) {
        return limits.restricts(error);
    }

    @Override
    public Flow<TargetFacts> look(Secret accessToken, AccountIdentity account, PublishContent content) {
        Objects.requireNonNull(account, "account");
        return look.ask(accessToken, content);
    }

    @Override
    public Flow<PrepareStep> prepare(PublishAttempt attempt) {
        PostMode mode = PostMode.of(attempt.content());
        Handle handle = attempt.handle();
        if (handle != null) {
            return PullHandle.isPull(handle) ? Flow.of(new PrepareStep.Ready(handle)) : upload.next(attempt);
        }
        if (mode.pulled()) {
            return ownership
                    .<PrepareStep>refusal(attempt)
                    .map(Flow::finished)
                    .orElseGet(() -> allowed(attempt, mode)
                            .then(yes -> Flow.of(new PrepareStep.Ready(PullHandle.unnamed(attempt)))));
        }
        return allowed(attempt, mode)
                .then(yes -> init.forBytes(attempt))
                .then(made -> Flow.of(ChunkUpload.step(UploadHandle.of(made))));
    }

    /** Whether the creator may post this now; drafts are never asked about. */
    private Flow<Boolean> allowed(PublishAttempt attempt, PostMode mode) {
        if (!mode.direct()) {
            return Flow.of(true);
        }
        return creatorInfo.ask(attempt.accessToken()).then(info -> {
            String level = attempt.content().options().getOrDefault(TikTokVideoOptions.PRIVACY_LEVEL, "");
            return info.privacyLevels().contains(level)
                    ? Flow.of(true)
                    : Flow.finished(new Outcome.Refused<>(mismatch(info, level)));
        });
    }

    @Override
    public Flow<CommitResult> commit(PublishAttempt attempt) {
        return PullHandle.isPull(attempt.requireHandle()) ? init.byPull(attempt) : upload.last(attempt);
    }

    @Override
    public Flow<HandleStatus> status(PublishAttempt attempt) {
        Handle handle = attempt.requireHandle();
        if (PullHandle.isPull(handle) && !PullHandle.isNamed(handle)) {
            return Flow.of(new HandleStatus.Nameless());
        }
        return status.ask(attempt.accessToken(), handle.id()).then(answer -> Flow.of(status.judge(answer, attempt)));
    }

    @Override
    public Optional<Handle> named(Handle nameless, String name) {
        return PullHandle.isPull(nameless) && !PullHandle.isNamed(nameless)
                ? Optional.of(PullHandle.named(name))
                : Optional.empty();
    }

    @Override
    public Optional<Flow<Cancelling>> cancel(PublishAttempt attempt) {
        return cancel.of(attempt);
    }

    @Override
    public Flow<PublishedPost> locate(PublishAttempt attempt, String postId) {
        Objects.requireNonNull(postId, "postId");
        if (!postId.isEmpty()) {
            return withLink(attempt, postId);
        }
        return status.ask(attempt.accessToken(), attempt.requireHandle().id())
                .then(answer -> withLink(attempt, answer.postId()));
    }

    /** TikTok tells no address; this form is the public convention. */
    private Flow<PublishedPost> withLink(PublishAttempt attempt, String postId) {
        String handle = attempt.account().handle();
        String kind = PostMode.of(attempt.content()).photos() ? "/photo/" : "/video/";
        if (postId.isEmpty() || !handle.isEmpty()) {
            return Flow.of(new PublishedPost(postId, permalink(handle, kind, postId)));
        }
        return new Flow.Call<>(creatorInfo.call(attempt.accessToken()), result -> {
            Outcome<CreatorInfo> info = creatorInfo.read(result);
            String username = info instanceof Outcome.Done<CreatorInfo> done
                    ? done.value().username()
                    : "";
            return Flow.of(new PublishedPost(postId, permalink(username, kind, postId)));
        });
    }

    private static @Nullable URI permalink(String username, String kind, String postId) {
        boolean usable = username.matches("[A-Za-z0-9._]{1,64}") && postId.matches("[0-9]{1,20}");
        return usable ? URI.create("https://www.tiktok.com/@" + username + kind + postId) : null;
    }

    private PlatformError mismatch(CreatorInfo info, String level) {
        return answers.known(
                Operations.CREATOR_INFO,
                200,
                "privacy_level_option_mismatch",
                "the post wants " + level + ", TikTok offers " + String.join(", ", info.privacyLevels()),
                null);
    }
}
