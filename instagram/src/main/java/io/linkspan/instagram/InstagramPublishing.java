package io.linkspan.instagram;

import io.linkspan.connection.Capability;
import io.linkspan.preflight.Destination;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.MediaPart;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes reels, images, carousels and stories: make the containers, wait until they are finished, list what is there
 * already, publish the one container, and then only read.
 */
final class InstagramPublishing implements PublishAdapter {
    private final ContentRules rules;
    private final ContainerForm forms;
    private final Preparation preparation;
    private final Containers containers;
    private final PublishingLimit limit;
    private final MediaListing media;

    InstagramPublishing(InstagramApp app, Answers answers, InstagramErrors errors, PublishOptions options) {
        this.rules = new ContentRules(options.login());
        this.forms = new ContainerForm(options);
        this.preparation = new Preparation(app, answers, errors, options);
        this.containers = new Containers(app, answers, errors);
        this.limit = new PublishingLimit(app, answers);
        this.media = new MediaListing(app, answers);
    }

    /** One permission covers all kinds, so a carousel is judged by its first item. */
    @Override
    public Capability capability(PublishContent content) {
        return content.item().type() == MediaPart.Type.VIDEO ? Capability.PUBLISH_VIDEO : Capability.PUBLISH_PHOTO;
    }

    @Override
    public Destination destination(PublishContent content, MediaPart part) {
        return part.role() == MediaPart.Role.COVER
                ? Destination.INSTAGRAM_REEL_COVER
                : Slot.of(content, part).destination();
    }

    /** Bytes are taken for videos only, and documented for Facebook Login only: a dry run with Instagram Login was refused. */
    @Override
    public boolean pulls(PublishContent content, MediaPart part) {
        return part.role() == MediaPart.Role.COVER || !forms.uploads(Slot.of(content, part));
    }

    @Override
    public boolean takesCover(PublishContent content) {
        return Slot.of(content) == Slot.REEL;
    }

    @Override
    public List<Problem> problems(PublishContent content) {
        return rules.problems(content);
    }

    @Override
    public TextLimit captionLimit(PublishContent content) {
        int most = Slot.of(content).isStory() ? 0 : ContentRules.MAX_CAPTION;
        return new TextLimit(OptionNames.CAPTION, most, TextLimit.Unit.CODE_POINTS);
    }

    @Override
    public Map<String, String> sends(PublishContent content) {
        return forms.shown(content);
    }

    @Override
    public List<Quota> quotas(PublishContent content) {
        return Limits.counted(content);
    }

    @Override
    public Optional<QuotaBlock> blocked(PlatformError error) {
        return Limits.blocked(error);
    }

    @Override
    public boolean interrupted(PlatformError error) {
        return InstagramErrors.interrupted(error);
    }

    @Override
    public boolean restricts(PlatformError error) {
        return Limits.restricts(error);
    }

    @Override
    public Flow<TargetFacts> look(Secret accessToken, AccountIdentity account, PublishContent content) {
        return limit.look(accessToken, account);
    }

    @Override
    public Flow<PrepareStep> prepare(PublishAttempt attempt) {
        return preparation.next(attempt);
    }

    @Override
    public Flow<CommitResult> commit(PublishAttempt attempt) {
        return containers.publish(attempt, attempt.requireHandle().id());
    }

    @Override
    public Flow<HandleStatus> status(PublishAttempt attempt) {
        return containers.status(attempt, attempt.requireHandle().id());
    }

    @Override
    public Flow<PublishedPost> locate(PublishAttempt attempt, String postId) {
        return postId.isEmpty() ? media.find(attempt, attempt.requireHandle()) : media.permalink(attempt, postId);
    }
}
