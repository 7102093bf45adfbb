package io.linkspan.tiktok;

import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What can be said about text and options of a video post without asking TikTok.
 *
 * <p>Sources: {@code developers.tiktok.com/doc/content-posting-api-reference-direct-post} (fields) and
 * {@code developers.tiktok.com/doc/content-sharing-guidelines} (choices), read 2026-11-20.
 */
final class VideoRules {
    static final String BRANDED_IS_PRIVATE =
            "Branded content visibility cannot be set to private: choose another privacy_level than SELF_ONLY, or switch"
                    + " the branded content disclosure off";
    /** UTF-16 code units, which is what {@link String#length()} counts. */
    static final int MAX_CAPTION = 2200;

    private static final Set<String> CONTENT_TYPES = Set.of("video/mp4", "video/quicktime", "video/webm");
    private static final List<String> FLAGS = List.of(
            TikTokVideoOptions.ALLOW_COMMENT,
            TikTokVideoOptions.ALLOW_DUET,
            TikTokVideoOptions.ALLOW_STITCH,
            TikTokVideoOptions.OWN_BRAND,
            TikTokVideoOptions.BRANDED_CONTENT,
            TikTokVideoOptions.AI_GENERATED);
    private static final String LEVELS =
            Arrays.stream(TikTokPrivacyLevel.values()).map(Enum::name).collect(Collectors.joining(", "));

    private VideoRules() {}

    static List<Problem> problems(PublishContent content) {
        return texts(content).stream()
                .map(text -> Problem.blocks("tiktok.post", text))
                .toList();
    }

    private static List<String> texts(PublishContent content) {
        List<String> problems = new ArrayList<>();
        if (content.kind() != PublishContent.Kind.VIDEO) {
            problems.add(
                    "TikTok target takes a video in this version; photos are not supported yet, post a video instead");
            return List.copyOf(problems);
        }
        if (!CONTENT_TYPES.contains(content.item().contentType())) {
            problems.add("TikTok takes video/mp4, video/quicktime or video/webm, the file is "
                    + content.item().contentType() + "; convert it to MP4");
        }
        int length = content.caption().length();
        if (length > MAX_CAPTION) {
            problems.add("TikTok caption must have at most " + MAX_CAPTION + " UTF-16 units, had " + length
                    + "; shorten it by " + (length - MAX_CAPTION));
        }
        options(content.options(), problems);
        return List.copyOf(problems);
    }

    private static void options(Map<String, String> options, List<String> problems) {
        String level = options.getOrDefault(TikTokVideoOptions.PRIVACY_LEVEL, "");
        if (level.isEmpty()) {
            problems.add(
                    "TikTok needs privacy_level, one of " + LEVELS + ", chosen by the person; use TikTokVideoOptions");
        } else if (!isLevel(level)) {
            problems.add("TikTok privacy_level must be one of " + LEVELS + ", was " + level);
        }
        for (String flag : FLAGS) {
            String value = options.getOrDefault(flag, "false");
            if (!value.equals("true") && !value.equals("false")) {
                problems.add("TikTok option " + flag + " must be true or false, was " + value);
            }
        }
        if (level.equals(TikTokPrivacyLevel.SELF_ONLY.name()) && isOn(options, TikTokVideoOptions.BRANDED_CONTENT)) {
            problems.add(BRANDED_IS_PRIVATE);
        }
        String cover = options.getOrDefault(TikTokVideoOptions.COVER_TIMESTAMP, "0");
        if (!cover.matches("[0-9]{1,10}") || Long.parseLong(cover) > Integer.MAX_VALUE) {
            problems.add("TikTok option " + TikTokVideoOptions.COVER_TIMESTAMP + " must be 0 to " + Integer.MAX_VALUE
                    + " milliseconds, was " + cover);
        }
        Set<String> unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(FLAGS);
        unknown.remove(TikTokVideoOptions.PRIVACY_LEVEL);
        unknown.remove(TikTokVideoOptions.COVER_TIMESTAMP);
        for (String name : unknown) {
            problems.add("TikTok option " + name + " is not known; use the ones TikTokVideoOptions makes");
        }
    }

    static boolean isOn(Map<String, String> options, String flag) {
        return Boolean.parseBoolean(options.getOrDefault(flag, "false"));
    }

    private static boolean isLevel(String text) {
        return Arrays.stream(TikTokPrivacyLevel.values())
                .anyMatch(level -> level.name().equals(text));
    }
}
