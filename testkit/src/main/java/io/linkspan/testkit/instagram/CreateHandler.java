package io.linkspan.testkit.instagram;

import io.linkspan.testkit.internal.Forms;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.MediaFetcher;
import io.linkspan.testkit.internal.Refusal;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code POST /{ig-id}/media}. */
final class CreateHandler {

    private static final Set<String> NOT_DETAILS =
            Set.of("access_token", "caption", "video_url", "image_url", "cover_url", "children");
    private static final Pattern HASHTAG = Pattern.compile("#[^\\s#]+");
    private static final Pattern MENTION = Pattern.compile("@[\\w.]+");
    private static final long MAX_IMAGE = 8L << 20;
    private static final long MAX_VIDEO = 300L << 20;

    private final InstagramWorld world;

    CreateHandler(InstagramWorld world) {
        this.world = world;
    }

    SimReply create(SimRequest request, String id) {
        InstagramGrants.Token token = world.authorize(request);
        world.require(token, "instagram_business_basic");
        world.require(token, "instagram_business_content_publish");
        InstagramAccount account = token.grant.account;
        if (!InstagramWorld.names(account, id)) {
            throw world.replies.unreadable(id);
        }
        Forms form = InstagramWorld.parameters(request);
        String caption = form.text("caption");
        checkCaption(caption);
        if (form.text("thumb_offset").startsWith("-")) {
            throw world.replies.refuse(1, 2207057, "Invalid thumbnail offset", "Thumbnail offset must be >= 0.");
        }
        if (world.containers.createdToday(account) >= world.rules.containersPerDay) {
            throw world.replies.refuse(4, -1, "(#4) Application request limit reached");
        }
        boolean item = form.text("is_carousel_item").equals("true");
        String kind = kind(form, item);
        List<Container> children = kind.equals("CAROUSEL") ? children(form.text("children"), account) : List.of();
        CompletableFuture<MediaFetcher.Fetched> fetch = fetch(form, kind);
        Map<String, String> details = new TreeMap<>(form.singles());
        details.keySet().removeAll(NOT_DETAILS);
        Container container = world.containers.open(account, kind, caption, item, details, children, fetch);
        return world.replies.ok(Json.object().put("id", container.id));
    }

    private void checkCaption(String caption) {
        if (caption.length() > 2200
                || HASHTAG.matcher(caption).results().count() > 30
                || MENTION.matcher(caption).results().count() > 20) {
            throw world.replies.refuse(
                    36004,
                    2207010,
                    "The caption was too long",
                    "Captions have up to 2,200 characters, 30 hashtags and 20 @ tags.");
        }
    }

    private String kind(Forms form, boolean item) {
        boolean image = form.first("image_url") != null;
        return switch (form.text("media_type")) {
            case "", "IMAGE" -> "IMAGE";
            case "REELS" -> {
                if (item) {
                    throw world.replies.parameter("Reels cannot be carousel items");
                }
                yield "REELS";
            }
            case "STORIES" -> image ? "STORY_IMAGE" : "STORY_VIDEO";
            case "CAROUSEL" -> "CAROUSEL";
            case "VIDEO" -> {
                if (!item) {
                    throw unknownType("VIDEO");
                }
                yield "VIDEO";
            }
            default -> throw unknownType(form.text("media_type"));
        };
    }

    private Refusal unknownType(String type) {
        return world.replies.refuse(100, 2207023, "Unknown media type", "The media type " + type + " is unknown.");
    }

    private List<Container> children(String text, InstagramAccount account) {
        List<String> ids = new ArrayList<>();
        JsonNode array = text.startsWith("[") ? Json.parse(text) : null;
        if (array != null) {
            array.forEach(id -> ids.add(id.asString()));
        } else {
            ids.addAll(List.of(text.split(",", -1)));
        }
        if (ids.size() < 2 || ids.size() > 10) {
            throw world.replies.refuse(
                    100, 2207028, "Your post won't work as a carousel", "Carousels need 2 to 10 items.");
        }
        List<Container> children = new ArrayList<>();
        for (String id : ids) {
            Container child = world.containers.find(id);
            if (child == null || child.account != account || !child.item) {
                throw world.replies.refuse(24, 2207008, "The requested resource does not exist", "Unknown child.");
            }
            if (world.containers.status(child, false) != Containers.Status.FINISHED) {
                throw notReady();
            }
            children.add(child);
        }
        return children;
    }

    private Refusal notReady() {
        return world.replies.refuse(
                9007,
                2207027,
                "Media ID is not available",
                "The media is not ready for publishing, please wait for a moment");
    }

    private @Nullable CompletableFuture<MediaFetcher.Fetched> fetch(Forms form, String kind) {
        return switch (kind) {
            case "CAROUSEL" -> null;
            case "IMAGE", "STORY_IMAGE" -> image(url(form, "image_url"));
            default -> video(url(form, "video_url"));
        };
    }

    private String url(Forms form, String name) {
        String url = form.text(name);
        if (url.isEmpty()) {
            throw world.replies.parameter("The parameter " + name + " is required");
        }
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(url)) {
            throw notFetched(url);
        }
        return url;
    }

    private Refusal notFetched(String url) {
        return new Refusal(world.replies.graph(
                400,
                9004,
                2207052,
                "Only photo or video can be accepted as media type.",
                "The media could not be fetched from this URI: " + url));
    }

    private @Nullable CompletableFuture<MediaFetcher.Fetched> image(String url) {
        if (!world.rules.fetchMedia) {
            return null;
        }
        MediaFetcher.Fetched fetched = world.fetcher.fetch(url, false);
        if (fetched.outcome() != MediaFetcher.Outcome.OK) {
            throw notFetched(url);
        }
        if (fetched.bytes() > MAX_IMAGE) {
            throw world.replies.refuse(
                    36000, 2207004, "The image size is too large.", "The image is larger than 8 MiB.");
        }
        return CompletableFuture.completedFuture(fetched);
    }

    private @Nullable CompletableFuture<MediaFetcher.Fetched> video(String url) {
        if (!world.rules.fetchMedia) {
            return null;
        }
        return world.fetcher
                .fetchLater(url, true)
                .thenApply(fetched -> fetched.bytes() > MAX_VIDEO
                        ? MediaFetcher.Fetched.failed(MediaFetcher.Outcome.UNREACHABLE)
                        : fetched);
    }
}
