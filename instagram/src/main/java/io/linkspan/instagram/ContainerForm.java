package io.linkspan.instagram;

import io.linkspan.spi.MediaPart;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The form that makes a container, for each kind of it.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media">IG User
 *     Media, creating</a> (copy of 2026-03-01, read 2026-11-21)
 */
final class ContainerForm {
    private final boolean uploadsVideos;

    ContainerForm(PublishOptions options) {
        this.uploadsVideos = options.uploadsVideos();
    }

    /** Whether the bytes of an item are sent to Instagram. */
    boolean uploads(Slot slot) {
        return uploadsVideos && slot.isVideo();
    }

    /** The container of the post, or of one item of a carousel. */
    Map<String, String> of(PublishAttempt attempt, int item) {
        PublishAttempt.Media media = attempt.media().get(item);
        Slot slot = Slot.of(attempt.content(), media.part());
        String address = uploads(slot) ? "" : ascii(media.requirePullUri());
        String cover = attempt.cover()
                .map(PublishAttempt.Media::requirePullUri)
                .map(ContainerForm::ascii)
                .orElse("");
        return fields(attempt.content(), media.part(), address, cover);
    }

    /** The container of a carousel, once all its items are finished. */
    static Map<String, String> ofCarousel(PublishContent content, List<String> children) {
        Map<String, String> form =
                Forms.of("media_type", Slot.CAROUSEL.mediaType(), "children", String.join(",", children));
        caption(form, content);
        form.putAll(ContentRules.options(content));
        return form;
    }

    /** The fields for people: no addresses. */
    Map<String, String> shown(PublishContent content) {
        if (content.kind() != PublishContent.Kind.CAROUSEL) {
            String cover = content.cover().isPresent() ? "pulled from the media host" : "";
            return shown(fields(content, content.item(), "pulled from the media host", cover));
        }
        Map<String, String> shown = new LinkedHashMap<>();
        for (int i = 0; i < content.items().size(); i++) {
            String prefix = "children[" + i + "].";
            shown(fields(content, content.items().get(i), "pulled from the media host", ""))
                    .forEach((name, value) -> shown.put(prefix + name, value));
        }
        shown.putAll(ofCarousel(content, List.of(content.items().size() + " items, in order")));
        return shown;
    }

    private static Map<String, String> shown(Map<String, String> form) {
        if (form.containsKey("upload_type")) {
            form.put("upload_type", "resumable: the bytes are sent to Instagram");
        }
        return form;
    }

    private Map<String, String> fields(PublishContent content, MediaPart part, String address, String cover) {
        Slot slot = Slot.of(content, part);
        Map<String, String> form = Forms.of();
        if (!slot.mediaType().isEmpty()) {
            form.put("media_type", slot.mediaType());
        }
        if (uploads(slot)) {
            form.put("upload_type", "resumable");
        } else {
            form.put(slot.isVideo() ? "video_url" : "image_url", address);
        }
        if (slot.isChild()) {
            form.put("is_carousel_item", "true");
            form.putAll(part.options());
            return form;
        }
        if (!slot.isStory()) {
            caption(form, content);
        }
        Map<String, String> options = ContentRules.options(content);
        if (slot == Slot.REEL && !options.containsKey(OptionNames.TRIAL_PARAMS)) {
            // the default is not documented, so it is always said
            form.put(OptionNames.SHARE_TO_FEED, "true");
        }
        if (!cover.isEmpty()) {
            form.put("cover_url", cover);
        }
        form.putAll(options);
        return form;
    }

    private static void caption(Map<String, String> form, PublishContent content) {
        if (!content.caption().isBlank()) {
            form.put(OptionNames.CAPTION, content.caption());
        }
    }

    /** Anything but US-ASCII makes the request fail. */
    private static String ascii(URI address) {
        return address.toASCIIString();
    }
}
