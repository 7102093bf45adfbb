package io.linkspan.instagram;

import io.linkspan.spi.MediaPart;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What Instagram refuses about text, items and options, found before anything is queued.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media">IG User
 *     Media, parameters</a> (copy of 2026-03-01, read 2026-11-21)
 */
final class ContentRules {
    /** Field {@code caption}, same page. Characters of which kind is not said: counted in code points, the milder way. */
    static final int MAX_CAPTION = 2200;

    private static final int MAX_HASHTAGS = 30;
    private static final int MAX_MENTIONS = 20;

    /** Announced in December 2025 as a limit of the app, which grows; the page still says 30. */
    private static final int FEW_HASHTAGS = 5;

    private static final int LEAST_ITEMS = 2;
    private static final int MOST_ITEMS = 10;

    private static final Pattern HASHTAG = Pattern.compile("#[\\p{L}\\p{N}_]");
    private static final Pattern MENTION = Pattern.compile("(?<![\\p{L}\\p{N}_.])@[A-Za-z0-9_.]");

    private final Login login;

    ContentRules(Login login) {
        this.login = login;
    }

    List<Problem> problems(PublishContent content) {
        List<Problem> found = new ArrayList<>();
        Slot slot = Slot.of(content);
        mediaType(content, slot, found::add);
        text(content, found::add);
        items(content, found::add);
        cover(content, slot, found::add);
        options(slot, "", options(content), found::add);
        combinations(slot, content.caption(), options(content), found::add);
        if (slot == Slot.CAROUSEL) {
            for (int i = 0; i < content.items().size(); i++) {
                MediaPart item = content.items().get(i);
                options(Slot.of(content, item), "item " + (i + 1) + ": ", item.options(), found::add);
            }
        }
        return List.copyOf(found);
    }

    /** The options of a post; the options of its only item are options of the post. */
    static Map<String, String> options(PublishContent content) {
        Map<String, String> options = Forms.of();
        options.putAll(content.options());
        if (content.kind() != PublishContent.Kind.CAROUSEL) {
            options.putAll(content.item().options());
        }
        options.remove(OptionNames.MEDIA_TYPE);
        return options;
    }

    private static void mediaType(PublishContent content, Slot slot, Consumer<Problem> found) {
        Optional<String> said = content.option(OptionNames.MEDIA_TYPE);
        if (said.isPresent() && !said.get().equals(slot.mediaType())) {
            found.accept(Problem.blocks(
                    "instagram.media_type",
                    "media_type " + said.get() + " does not fit a post with "
                            + content.kind().name().toLowerCase(Locale.ROOT)
                            + " content; leave it out, or use STORIES for one image or one video"));
        }
    }

    /** The pages count characters and do not say of which kind: over the limit by one way of counting is worth a warning. */
    static void counted(String id, String name, String text, int most, Consumer<Problem> found) {
        int points = text.codePointCount(0, text.length());
        if (points <= most && text.length() > most) {
            found.accept(Problem.warns(
                    "instagram." + id,
                    name + " has " + points + " characters, but " + text.length()
                            + " UTF-16 units; Instagram does not say which of" + " them it limits to " + most
                            + ", and nothing is posted if it refuses the text"));
        }
    }

    private static void text(PublishContent content, Consumer<Problem> found) {
        counted("caption_units", "caption", content.caption(), MAX_CAPTION, found);
        long hashtags = count(HASHTAG, content.caption());
        long mentions = count(MENTION, content.caption());
        if (hashtags > MAX_HASHTAGS) {
            found.accept(Problem.waivable(
                    "instagram.hashtags",
                    "caption must have at most " + MAX_HASHTAGS + " hashtags, had " + hashtags + "; leave some out"));
        } else if (hashtags > FEW_HASHTAGS) {
            found.accept(Problem.warns(
                    "instagram.few_hashtags",
                    "caption has " + hashtags + " hashtags; the Instagram app has begun to allow only " + FEW_HASHTAGS
                            + ", and may do so for posts of apps"));
        }
        if (mentions > MAX_MENTIONS) {
            found.accept(Problem.waivable(
                    "instagram.mentions",
                    "caption must have at most " + MAX_MENTIONS + " @ mentions, had " + mentions + "; leave some out"));
        }
    }

    private static void items(PublishContent content, Consumer<Problem> found) {
        List<MediaPart> items = content.items();
        if (content.kind() == PublishContent.Kind.CAROUSEL
                && (items.size() < LEAST_ITEMS || items.size() > MOST_ITEMS)) {
            found.accept(Problem.blocks(
                    "instagram.items",
                    "a carousel must have " + LEAST_ITEMS + " to " + MOST_ITEMS + " items, had " + items.size()));
        }
        for (MediaPart item : items) {
            String family = item.type() == MediaPart.Type.VIDEO ? "video/" : "image/";
            if (!item.contentType().toLowerCase(Locale.ROOT).startsWith(family)) {
                found.accept(Problem.blocks(
                        "instagram.content_type",
                        "content type must start with " + family + " for this item, was " + item.contentType()));
            }
        }
    }

    private static void cover(PublishContent content, Slot slot, Consumer<Problem> found) {
        if (content.cover().isEmpty()) {
            return;
        }
        if (slot != Slot.REEL) {
            found.accept(Problem.blocks(
                    "instagram.cover",
                    "a cover image is taken for reels only, not for " + slot.words() + "; leave it out"));
        } else if (options(content).containsKey(OptionNames.THUMB_OFFSET)) {
            found.accept(Problem.warns(
                    "instagram.cover", "the cover image wins over thumb_offset, which has no effect then"));
        }
    }

    private void options(Slot slot, String where, Map<String, String> options, Consumer<Problem> found) {
        List<String> unknown = new ArrayList<>();
        options.forEach((name, value) -> Parameter.named(name)
                .ifPresentOrElse(parameter -> option(slot, parameter, where, value, found), () -> unknown.add(name)));
        if (!unknown.isEmpty()) {
            found.accept(Problem.blocks(
                    "instagram.options",
                    where + "option " + Texts.listed(unknown) + " is not known for " + slot.words() + "; known are "
                            + Parameter.namesFor(slot, login)));
        }
    }

    private void option(Slot slot, Parameter parameter, String where, String value, Consumer<Problem> found) {
        String name = parameter.wire();
        if (!parameter.fits(slot)) {
            found.accept(Problem.blocks(
                    "instagram." + name,
                    where + name + " is not taken for " + slot.words() + ", only for " + parameter.places()
                            + "; leave it out"));
        } else if (!parameter.fits(login)) {
            found.accept(Problem.blocks(
                    "instagram." + name,
                    where + name + " needs Facebook Login; this account is connected with Instagram Login;"
                            + " leave it out, or connect the account with Facebook Login"));
        } else {
            parameter
                    .check()
                    .judge(
                            slot,
                            name,
                            value,
                            problem ->
                                    found.accept(new Problem(problem.id(), where + problem.text(), problem.weight())));
        }
    }

    private void combinations(Slot slot, String caption, Map<String, String> options, Consumer<Problem> found) {
        if (login == Login.INSTAGRAM && !slot.isStory() && options.containsKey(OptionNames.COLLABORATORS)) {
            found.accept(Problem.warns(
                    "instagram.collaborators",
                    "the pages of Instagram do not agree whether collaborators work with Instagram Login;"
                            + " nothing is posted if they are refused"));
        }
        boolean trial = options.containsKey(OptionNames.TRIAL_PARAMS);
        for (String beside : List.of(OptionNames.COLLABORATORS, OptionNames.SHARE_TO_FEED)) {
            if (trial && options.containsKey(beside)) {
                found.accept(Problem.warns(
                        "instagram.trial_params", "trial reels are usually sent without " + beside + "; leave it out"));
            }
        }
        boolean prompt = "true".equals(options.get(OptionNames.COMMENT_PROMPT));
        if (!slot.isStory() && (options.containsKey(OptionNames.POLL) || prompt) && caption.isBlank()) {
            found.accept(Problem.blocks(
                    "instagram.caption",
                    "a poll or a comment prompt stands in the caption, so the caption must not be empty; write one, or leave "
                            + (prompt ? OptionNames.COMMENT_PROMPT : OptionNames.POLL) + " out"));
        }
        if (options.containsKey(OptionNames.POLL) && prompt) {
            found.accept(Problem.blocks(
                    "instagram.poll_attachment",
                    "poll_attachment and is_comment_prompt_used exclude each other; choose one"));
        }
        if (options.containsKey(OptionNames.SPONSORS) && "false".equals(options.get(OptionNames.IS_PAID_PARTNERSHIP))) {
            found.accept(Problem.blocks(
                    "instagram.is_paid_partnership",
                    "branded_content_sponsor_ids make a post a paid partnership; leave is_paid_partnership out or say"
                            + " true"));
        }
        boolean label =
                options.containsKey(OptionNames.SPONSORS) || options.containsKey(OptionNames.IS_PAID_PARTNERSHIP);
        if (login == Login.FACEBOOK && slot.isStory() && label) {
            found.accept(Problem.warns(
                    "instagram.is_paid_partnership",
                    "Instagram does not say whether stories take the label of a paid partnership;"
                            + " nothing is posted if it is refused"));
        }
    }

    private static long count(Pattern pattern, String text) {
        return pattern.matcher(text).results().count();
    }
}
