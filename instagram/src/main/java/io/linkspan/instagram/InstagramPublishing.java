package io.linkspan.instagram;

import io.linkspan.connection.Capability;
import io.linkspan.preflight.Destination;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.PublishedPost;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Publishes one reel or one image: make a container that pulls the media, wait until it is finished, list what is there
 * already, publish the container, and then only read.
 */
final class InstagramPublishing implements PublishAdapter {
    private final Containers containers;
    private final MediaListing media;

    InstagramPublishing(InstagramApp app, Answers answers, InstagramErrors errors) {
        this.containers = new Containers(app, answers, errors);
        this.media = new MediaListing(app, answers);
    }

    @Override
    public Capability capability(PublishContent content) {
        return isVideo(content) ? Capability.PUBLISH_VIDEO : Capability.PUBLISH_PHOTO;
    }

    @Override
    public Destination destination(PublishContent content, MediaPart part) {
        return isVideo(content) ? Destination.INSTAGRAM_REEL : Destination.INSTAGRAM_FEED_IMAGE;
    }

    /** Uploads of bytes are documented for Facebook Login only, and a dry run with Instagram Login was refused. */
    @Override
    public boolean pulls(PublishContent content, MediaPart part) {
        return true;
    }

    @Override
    public List<Problem> problems(PublishContent content) {
        return ContentRules.problems(content);
    }

    @Override
    public Flow<PrepareStep> prepare(PublishAttempt attempt) {
        Handle handle = attempt.handle();
        return handle == null
                ? containers.create(attempt, form(attempt))
                : containers.poll(
                        attempt,
                        handle,
                        finished ->
                                media.remember(attempt, finished).then(ready -> Flow.of(new PrepareStep.Ready(ready))));
    }

    @Override
    public Flow<CommitResult> commit(PublishAttempt attempt) {
        return containers.publish(attempt, attempt.requireHandle());
    }

    @Override
    public Flow<HandleStatus> status(PublishAttempt attempt) {
        return containers.status(attempt, attempt.requireHandle());
    }

    @Override
    public Flow<PublishedPost> locate(PublishAttempt attempt, String postId) {
        return postId.isEmpty() ? media.find(attempt, attempt.requireHandle()) : media.permalink(attempt, postId);
    }

    private static Map<String, String> form(PublishAttempt attempt) {
        URI pull = attempt.item().requirePullUri();
        PublishContent content = attempt.content();
        // anything but US-ASCII makes the request fail
        String address = pull.toASCIIString();
        Map<String, String> form = isVideo(content)
                ? Forms.of("media_type", "REELS", "video_url", address)
                : Forms.of("image_url", address);
        if (!content.caption().isBlank()) {
            form.put("caption", content.caption());
        }
        if (isVideo(content)) {
            // the default is not documented, so it is always said
            form.put(OptionNames.SHARE_TO_FEED, "true");
        }
        OptionNames.of(content.kind()).forEach(name -> {
            String value = content.options().get(name);
            if (value != null) {
                form.put(name, value);
            }
        });
        return form;
    }

    private static boolean isVideo(PublishContent content) {
        return content.kind() == PublishContent.Kind.VIDEO;
    }
}
