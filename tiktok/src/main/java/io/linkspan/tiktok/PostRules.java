package io.linkspan.tiktok;

import io.linkspan.spi.MediaPart;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can be said about a post without asking TikTok. What the request has no field for blocks; a file that TikTok is
 * expected to refuse may be waived.
 *
 * <p>Sources: {@code developers.tiktok.com/docs/en/content-posting-api-reference-direct-post}, {@code …-upload-video},
 * {@code …-photo-post} (fields) and {@code developers.tiktok.com/docs/en/content-sharing-guidelines} (choices), read 2026-11-30.
 */
final class PostRules {
    static final String BRANDED_IS_PRIVATE =
            "Branded content visibility cannot be set to private: choose another privacy_level than SELF_ONLY, or switch"
                    + " the branded content disclosure off";
    /** UTF-16 code units, as the two below; what {@link String#length()} counts. */
    static final int MAX_VIDEO_TITLE = 2200;

    static final int MAX_PHOTO_TITLE = 90;
    static final int MAX_DESCRIPTION = 4000;
    static final int MAX_PHOTOS = 35;

    private static final Set<String> VIDEO_TYPES = Set.of("video/mp4", "video/quicktime", "video/webm");
    private static final Set<String> PHOTO_TYPES = Set.of("image/jpeg", "image/webp");
    private static final Set<String> FLAGS = Set.of(
            TikTokVideoOptions.ALLOW_COMMENT,
            TikTokVideoOptions.ALLOW_DUET,
            TikTokVideoOptions.ALLOW_STITCH,
            TikTokVideoOptions.OWN_BRAND,
            TikTokVideoOptions.BRANDED_CONTENT,
            TikTokVideoOptions.AI_GENERATED,
            TikTokPhotoOptions.AUTO_ADD_MUSIC);
    private static final String LEVELS =
            Arrays.stream(TikTokPrivacyLevel.values()).map(Enum::name).collect(Collectors.joining(", "));

    private final PublishContent content;
    private final PostMode mode;
    private final long chunkSize;
    private final List<Problem> problems = new ArrayList<>();

    private PostRules(PublishContent content, long chunkSize) {
        this.content = content;
        this.mode = PostMode.of(content);
        this.chunkSize = chunkSize;
    }

    static List<Problem> problems(PublishContent content, long chunkSize) {
        PostRules rules = new PostRules(content, chunkSize);
        rules.way();
        if (mediaOf(content).isEmpty()) {
            rules.files();
        } else {
            rules.problems.addAll(mediaOf(content));
        }
        rules.texts();
        rules.names();
        rules.values();
        return List.copyOf(rules.problems);
    }

    private void way() {
        oneOf(PostMode.POST_MODE, PostMode.DIRECT_POST, PostMode.MEDIA_UPLOAD);
        if (mode.photos()) {
            content.option(PostMode.SOURCE)
                    .filter(source -> !source.equals(PostMode.PULL_FROM_URL))
                    .ifPresent(source -> blocks(
                            PostMode.SOURCE,
                            "TikTok takes photos only by " + PostMode.PULL_FROM_URL + ", source was " + source
                                    + "; leave the option out and give Linkspan a MediaHost"));
        } else {
            oneOf(PostMode.SOURCE, PostMode.FILE_UPLOAD, PostMode.PULL_FROM_URL);
        }
    }

    private static List<Problem> mediaOf(PublishContent content) {
        List<MediaPart> items = content.items();
        long videos = items.stream()
                .filter(item -> item.type() == MediaPart.Type.VIDEO)
                .count();
        boolean fits = content.kind() == PublishContent.Kind.VIDEO ? videos == items.size() : videos == 0;
        return fits
                ? List.of()
                : List.of(Problem.blocks(
                        "tiktok.media",
                        "TikTok takes one video or 1 to " + MAX_PHOTOS
                                + " photos, never both in one post; the post has " + videos + " videos among "
                                + items.size() + " items, split it into several posts"));
    }

    private void files() {
        List<MediaPart> items = content.items();
        if (mode.photos() && items.size() > MAX_PHOTOS) {
            blocks("photo_images", "TikTok takes at most " + MAX_PHOTOS + " photos, had " + items.size());
        }
        if (!mode.photos() && items.size() > 1) {
            blocks("media", "TikTok takes one video, had " + items.size());
        }
        if (mode == PostMode.VIDEO || mode == PostMode.DRAFT_VIDEO) {
            long size = content.item().size();
            if (!ChunkPlan.fits(size, chunkSize)) {
                blocks(
                        "video_size",
                        "a video of " + size + " bytes needs more than " + ChunkPlan.MAX_CHUNKS + " chunks of "
                                + chunkSize + " bytes; TikTok takes videos up to 4 GB");
            }
        }
        Set<String> types = mode.photos() ? PHOTO_TYPES : VIDEO_TYPES;
        items.stream()
                .map(MediaPart::contentType)
                .filter(type -> !types.contains(type))
                .distinct()
                .forEach(type -> problems.add(Problem.waivable(
                        "tiktok.content_type",
                        mode.photos()
                                ? "TikTok takes image/jpeg or image/webp, a photo is " + type + "; convert it to JPEG"
                                : "TikTok takes video/mp4, video/quicktime or video/webm, the file is " + type
                                        + "; convert it to MP4")));
        if (content.cover().isPresent()) {
            blocks(
                    "cover",
                    mode.photos()
                            ? "TikTok takes no cover image; choose one of the photos with TikTokPhotoOptions"
                            : "TikTok takes no cover image; choose a frame with coverTimestamp of TikTokVideoOptions");
        }
        List<String> ofItems = content.parts().stream()
                .flatMap(part -> part.options().keySet().stream())
                .distinct()
                .toList();
        if (!ofItems.isEmpty()) {
            blocks(
                    "item_option",
                    "TikTok takes no options of single files, had " + Texts.listed(ofItems) + "; leave them out");
        }
    }

    private void texts() {
        String caption = content.caption();
        if (!mode.direct() && !mode.photos() && !caption.isEmpty()) {
            blocks(
                    "caption",
                    "TikTok takes no caption with a draft video, the person writes it in the app; give TikTok an empty"
                            + " caption of its own");
        }
        content.option(TikTokPhotoOptions.TITLE).filter(title -> mode.photos()).ifPresent(title -> {
            if (title.length() > MAX_PHOTO_TITLE) {
                blocks(
                        TikTokPhotoOptions.TITLE,
                        "TikTok title of photos must have at most " + MAX_PHOTO_TITLE + " UTF-16 units, had "
                                + title.length() + "; shorten it by " + (title.length() - MAX_PHOTO_TITLE));
            } else if (!title.isEmpty() && title.equals(caption)) {
                warns(
                        TikTokPhotoOptions.TITLE,
                        "title and caption are the same and would show twice on the post; leave one out");
            }
        });
    }

    private void names() {
        Set<String> known = PostMode.allFields();
        List<String> unknown = new ArrayList<>();
        for (String name : content.options().keySet()) {
            if (name.equals(PostMode.POST_MODE)
                    || name.equals(PostMode.SOURCE)
                    || mode.fields().contains(name)) {
                continue;
            }
            if (known.contains(name)) {
                blocks(
                        name,
                        "TikTok takes no " + name + " with " + mode.inWords()
                                + (mode.direct() ? "" : ", the person chooses it in the app") + "; leave it out");
            } else {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            blocks(
                    "option",
                    "TikTok option " + Texts.listed(unknown)
                            + " is not known; use the ones TikTokVideoOptions or TikTokPhotoOptions makes");
        }
    }

    private void values() {
        Map<String, String> options = content.options();
        String level = options.getOrDefault(TikTokVideoOptions.PRIVACY_LEVEL, "");
        if (mode.direct() && !isLevel(level)) {
            blocks(
                    TikTokVideoOptions.PRIVACY_LEVEL,
                    level.isEmpty()
                            ? "TikTok needs privacy_level, one of " + LEVELS + ", chosen by the person; use "
                                    + (mode.photos() ? "TikTokPhotoOptions" : "TikTokVideoOptions")
                            : "TikTok privacy_level must be one of " + LEVELS + ", was " + level);
        }
        for (String name : mode.fields()) {
            String value = options.get(name);
            if (value == null) {
                continue;
            }
            if (FLAGS.contains(name) && !value.equals("true") && !value.equals("false")) {
                blocks(name, "TikTok option " + name + " must be true or false, was " + value);
            }
            number(name, value);
        }
        if (mode.direct()
                && level.equals(TikTokPrivacyLevel.SELF_ONLY.name())
                && isOn(options, TikTokVideoOptions.BRANDED_CONTENT)) {
            blocks(TikTokVideoOptions.BRANDED_CONTENT, BRANDED_IS_PRIVATE);
        }
        if (mode.photos() && isOn(options, TikTokVideoOptions.AI_GENERATED)) {
            warns(
                    TikTokVideoOptions.AI_GENERATED,
                    mode.direct()
                            ? "TikTok takes is_aigc for photos since August 2026 and few apps send it yet; check that the post shows"
                                    + " the label"
                            : "TikTok does not say whether a draft of photos keeps is_aigc; ask the person to set the label in the"
                                    + " app");
        }
    }

    private void number(String name, String value) {
        boolean index = name.equals(TikTokPhotoOptions.COVER_INDEX);
        if (!index && !name.equals(TikTokVideoOptions.COVER_TIMESTAMP)) {
            return;
        }
        int last = index ? content.items().size() - 1 : Integer.MAX_VALUE;
        OptionalInt number = int32(value);
        if (number.isEmpty()) {
            blocks(name, "TikTok option " + name + " must be 0 to " + last + ", was " + value);
        } else if (number.getAsInt() > last) { // TikTok does not say what it does then
            problems.add(Problem.waivable(
                    "tiktok." + name,
                    "TikTok option " + name + " must be 0 to " + last + " to name one of the photos, was " + value));
        }
    }

    private void oneOf(String option, String first, String second) {
        content.option(option)
                .filter(value -> !value.equals(first) && !value.equals(second))
                .ifPresent(value ->
                        blocks(option, "TikTok " + option + " must be " + first + " or " + second + ", was " + value));
    }

    private void blocks(String name, String text) {
        problems.add(Problem.blocks("tiktok." + name, text));
    }

    private void warns(String name, String text) {
        problems.add(Problem.warns("tiktok." + name, text));
    }

    static boolean isOn(Map<String, String> options, String flag) {
        return Boolean.parseBoolean(options.getOrDefault(flag, "false"));
    }

    /** A whole number from 0 that fits TikTok's int32. */
    static OptionalInt int32(String text) {
        if (!text.matches("[0-9]{1,10}")) {
            return OptionalInt.empty();
        }
        long number = Long.parseLong(text);
        return number <= Integer.MAX_VALUE ? OptionalInt.of((int) number) : OptionalInt.empty();
    }

    private static boolean isLevel(String text) {
        return Arrays.stream(TikTokPrivacyLevel.values())
                .anyMatch(level -> level.name().equals(text));
    }
}
