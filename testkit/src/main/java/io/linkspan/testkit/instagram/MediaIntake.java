package io.linkspan.testkit.instagram;

import io.linkspan.testkit.internal.MediaFetcher;
import io.linkspan.testkit.internal.MediaFetcher.Fetched;
import io.linkspan.testkit.internal.MediaLook;
import io.linkspan.testkit.internal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes media from URLs and looks at it. Images are judged at once, videos later; bytes that look like nothing pass. */
final class MediaIntake {

    private static final long MAX_IMAGE = 8L << 20;
    private static final long MAX_REEL = 300L << 20;
    private static final long MAX_STORY = 100L << 20;

    private final InstagramWorld world;

    MediaIntake(InstagramWorld world) {
        this.world = world;
    }

    /** An image of a post, story or child. */
    @Nullable
    CompletableFuture<Fetched> image(String url, boolean story) {
        Fetched fetched = picture(url);
        if (fetched == null) {
            return null;
        }
        MediaLook look = fetched.look();
        boolean narrow = look.width() * 5L < look.height() * 4L;
        boolean wide = look.width() * 100L > look.height() * 191L;
        if (!story && look.width() > 0 && (narrow || wide)) {
            throw world.replies.refuse(
                    36003,
                    2207009,
                    "The aspect ratio is not supported.",
                    "The image's aspect ratio must be between 4:5 and 1.91:1.");
        }
        return CompletableFuture.completedFuture(fetched);
    }

    /** An image of at most 8 MiB that is no other format than JPEG; null when nothing is fetched. */
    @Nullable
    Fetched picture(String url) {
        ascii(url);
        if (!world.rules.fetchMedia) {
            return null;
        }
        Fetched fetched = world.fetcher.fetch(url, false);
        MediaLook.Format format = fetched.look().format();
        if (fetched.outcome() != MediaFetcher.Outcome.OK || format == MediaLook.Format.HTML) {
            throw notFetched(url);
        }
        if (fetched.bytes() > MAX_IMAGE) {
            throw world.replies.refuse(
                    36000, 2207004, "The image size is too large.", "The image is larger than 8 MiB.");
        }
        boolean odd = format != MediaLook.Format.JPEG && format != MediaLook.Format.UNKNOWN;
        boolean tolerated = world.rules.otherImagesPass && format.picture();
        if (odd && !tolerated) {
            throw world.replies.refuse(
                    36001, 2207005, "The image format is not supported.", "Only JPEG images are supported.");
        }
        return fetched;
    }

    @Nullable
    CompletableFuture<Fetched> video(String url) {
        ascii(url);
        return world.rules.fetchMedia ? world.fetcher.fetchLater(url, true) : null;
    }

    /** Why a container with this video fails, as a subcode; 0 when it does not. */
    static int verdict(String kind, Fetched fetched) {
        if (fetched.outcome() != MediaFetcher.Outcome.OK) {
            return fetched.outcome() == MediaFetcher.Outcome.NO_RANGE ? 2207077 : 2207052;
        }
        if (kind.equals("IMAGE") || kind.equals("STORY_IMAGE")) {
            return 0;
        }
        MediaLook.Format format = fetched.look().format();
        if (format.picture() || format == MediaLook.Format.HTML || format == MediaLook.Format.WEBM) {
            return 2207026;
        }
        return fetched.bytes() > (kind.equals("STORY_VIDEO") ? MAX_STORY : MAX_REEL) ? 2207082 : 0;
    }

    private void ascii(String url) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(url)) {
            throw notFetched(url);
        }
    }

    private Refusal notFetched(String url) {
        return new Refusal(world.replies.graph(
                400,
                9004,
                2207052,
                "Only photo or video can be accepted as media type.",
                "The media could not be fetched from this URI: " + url));
    }
}
