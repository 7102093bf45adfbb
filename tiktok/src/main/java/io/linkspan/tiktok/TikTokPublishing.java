package io.linkspan.tiktok;

import io.linkspan.connection.Capability;
import io.linkspan.preflight.Destination;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Flow;
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
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Direct posts of videos by bytes: creator info, init, chunks, and the chunk with the last byte as the commit.
 *
 * <p>Creator info is read right before each init, because a post must follow what the creator may do now, and because
 * TikTok counts privacy levels that no longer fit against the app.
 */
final class TikTokPublishing implements PublishAdapter {
    private final CreatorInfoQuery creatorInfo;
    private final VideoInit init;
    private final ChunkUpload upload;
    private final StatusQuery status;
    private final Answers answers;

    TikTokPublishing(TikTokEndpoints endpoints, Answers answers, CreatorInfoQuery creatorInfo) {
        this.creatorInfo = creatorInfo;
        this.answers = answers;
        this.init = new VideoInit(endpoints, answers);
        this.status = new StatusQuery(endpoints, answers);
        this.upload = new ChunkUpload(endpoints, answers, status);
    }

    @Override
    public Capability capability(PublishContent content) {
        return isVideo(content) ? Capability.PUBLISH_VIDEO : Capability.PUBLISH_PHOTO;
    }

    @Override
    public Destination destination(PublishContent content, MediaPart part) {
        return isVideo(content) ? Destination.TIKTOK_VIDEO : Destination.TIKTOK_PHOTO;
    }

    @Override
    public boolean pulls(PublishContent content, MediaPart part) {
        return !isVideo(content);
    }

    @Override
    public List<Problem> problems(PublishContent content) {
        return VideoRules.problems(Objects.requireNonNull(content, "content"));
    }

    @Override
    public Flow<PrepareStep> prepare(PublishAttempt attempt) {
        if (attempt.handle() != null) {
            return upload.next(attempt);
        }
        return creatorInfo.ask(attempt.accessToken()).then(info -> {
            String level = attempt.content().options().getOrDefault(TikTokVideoOptions.PRIVACY_LEVEL, "");
            if (!info.privacyLevels().contains(level)) {
                return Flow.finished(new Outcome.Refused<>(mismatch(info, level)));
            }
            return init.send(attempt).then(handle -> Flow.of(ChunkUpload.step(UploadHandle.of(handle))));
        });
    }

    @Override
    public Flow<CommitResult> commit(PublishAttempt attempt) {
        return upload.last(attempt);
    }

    @Override
    public Flow<HandleStatus> status(PublishAttempt attempt) {
        return status.ask(attempt.accessToken(), attempt.requireHandle().id())
                .then(answer -> Flow.of(status.judge(answer, attempt)));
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
        if (postId.isEmpty() || !handle.isEmpty()) {
            return Flow.of(new PublishedPost(postId, permalink(handle, postId)));
        }
        return new Flow.Call<>(creatorInfo.call(attempt.accessToken()), result -> {
            Outcome<CreatorInfo> info = creatorInfo.read(result);
            String username = info instanceof Outcome.Done<CreatorInfo> done
                    ? done.value().username()
                    : "";
            return Flow.of(new PublishedPost(postId, permalink(username, postId)));
        });
    }

    private static @Nullable URI permalink(String username, String postId) {
        boolean usable = username.matches("[A-Za-z0-9._]{1,64}") && postId.matches("[0-9]{1,20}");
        return usable ? URI.create("https://www.tiktok.com/@" + username + "/video/" + postId) : null;
    }

    private PlatformError mismatch(CreatorInfo info, String level) {
        return answers.known(
                Operations.CREATOR_INFO,
                200,
                "privacy_level_option_mismatch",
                "the post wants " + level + ", TikTok offers " + String.join(", ", info.privacyLevels()),
                null);
    }

    private static boolean isVideo(PublishContent content) {
        return content.kind() == PublishContent.Kind.VIDEO;
    }
}
