package io.linkspan.instagram;

import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What Instagram refuses about text and options, found before anything is queued.
 *
 * @see <a href="https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media">IG User
 *     Media, parameters</a> (copy of 2026-03-01, read 2026-11-21)
 */
final class ContentRules {
    /** Field {@code caption}, same page. Characters of which kind is not said: counted in code points, the milder way. */
    private static final int MAX_CAPTION = 2200;

    private static final int MAX_HASHTAGS = 30;
    private static final int MAX_MENTIONS = 20;
    /** Field {@code alt_text}, same page. */
    private static final int MAX_ALT_TEXT = 1000;

    private static final Pattern HASHTAG = Pattern.compile("#[\\p{L}\\p{N}_]");
    private static final Pattern MENTION = Pattern.compile("(?<![\\p{L}\\p{N}_.])@[A-Za-z0-9_.]");

    private ContentRules() {}

    static List<Problem> problems(PublishContent content) {
        return texts(content).stream()
                .map(text -> Problem.blocks("instagram.post", text))
                .toList();
    }

    private static List<String> texts(PublishContent content) {
        List<String> problems = new ArrayList<>();
        atMost(problems, "caption", "characters", content.caption().codePoints().count(), MAX_CAPTION);
        atMost(problems, "caption", "hashtags", count(HASHTAG, content.caption()), MAX_HASHTAGS);
        atMost(problems, "caption", "@ mentions", count(MENTION, content.caption()), MAX_MENTIONS);
        String family = content.kind() == PublishContent.Kind.VIDEO ? "video/" : "image/";
        if (!content.item().contentType().toLowerCase(Locale.ROOT).startsWith(family)) {
            problems.add("Instagram content type must start with " + family + " for this kind of post, was "
                    + content.item().contentType() + "; give the media type of the file");
        }
        options(problems, content);
        return List.copyOf(problems);
    }

    private static void options(List<String> problems, PublishContent content) {
        List<String> known = OptionNames.of(content.kind());
        for (Map.Entry<String, String> option : content.options().entrySet()) {
            String name = option.getKey();
            String value = option.getValue();
            if (!known.contains(name)) {
                problems.add("Instagram option " + name + " is not one for " + content.kind() + " posts; known are "
                        + String.join(", ", known));
            } else if (name.equals(OptionNames.THUMB_OFFSET)) {
                offset(problems, value);
            } else if (name.equals(OptionNames.ALT_TEXT)) {
                atMost(problems, name, "characters", value.codePoints().count(), MAX_ALT_TEXT);
            } else if (name.equals(OptionNames.AUDIO_NAME)) {
                if (value.isBlank()) {
                    problems.add("Instagram option audio_name must not be blank; leave it out to keep the name");
                }
            } else if (!value.equals("true") && !value.equals("false")) {
                problems.add("Instagram option " + name + " must be true or false, was " + value);
            }
        }
    }

    private static void offset(List<String> problems, String value) {
        if (!value.matches("\\d{1,9}")) {
            problems.add(
                    "Instagram option thumb_offset must be whole milliseconds from 0 to before the end of the video,"
                            + " was " + value);
        }
    }

    private static void atMost(List<String> problems, String what, String unit, long had, int limit) {
        if (had > limit) {
            problems.add(String.format(
                    Locale.ROOT, "Instagram %s must have at most %d %s, had %d; shorten it", what, limit, unit, had));
        }
    }

    private static long count(Pattern pattern, String text) {
        return pattern.matcher(text).results().count();
    }
}
