package io.linkspan.instagram;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the values of parameters may say.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media">IG User
 *     Media, parameters</a> (copy of 2026-03-01, read 2026-11-21)
 */
final class Checks {
    static final String HANDLE = "[A-Za-z0-9_.]{1,30}";
    static final String NUMBER = "\\d{1,32}";
    static final int MAX_ALT_TEXT = 1000;

    private static final int MAX_COLLABORATORS = 3;
    private static final int MAX_TAGS = 20;
    private static final int MAX_PRODUCTS = 5;
    private static final int MAX_SPONSORS = 2;
    private static final int LEAST_CHOICES = 2;
    private static final int MOST_CHOICES = 4;

    private Checks() {}

    /** Judges one value. */
    @FunctionalInterface
    interface Check {
        void judge(Slot slot, String name, String value, Consumer<Problem> found);
    }

    private static Problem blocks(String name, String text) {
        return Problem.blocks("instagram." + name, name + " " + text);
    }

    private static Problem waivable(String name, String text) {
        return Problem.waivable("instagram." + name, name + " " + text);
    }

    static void truth(Slot slot, String name, String value, Consumer<Problem> found) {
        if (!value.equals("true") && !value.equals("false")) {
            found.accept(blocks(name, "must be true or false, was " + value));
        }
    }

    static void altText(Slot slot, String name, String value, Consumer<Problem> found) {
        int length = value.codePointCount(0, value.length());
        if (length > MAX_ALT_TEXT) {
            found.accept(waivable(
                    name, "must have at most " + MAX_ALT_TEXT + " characters, had " + length + "; shorten it"));
        }
        ContentRules.counted(name + "_units", name, value, MAX_ALT_TEXT, found);
    }

    static void offset(Slot slot, String name, String value, Consumer<Problem> found) {
        if (!value.matches("\\d{1,9}")) {
            found.accept(
                    blocks(name, "must be whole milliseconds from 0 to before the end of the video, was " + value));
        }
    }

    static void audioName(Slot slot, String name, String value, Consumer<Problem> found) {
        if (value.isBlank()) {
            found.accept(blocks(name, "must not be blank; leave it out to keep the name"));
        }
    }

    static void location(Slot slot, String name, String value, Consumer<Problem> found) {
        if (!value.matches(NUMBER)) {
            found.accept(blocks(name, "must be the number of a Page with a place, was " + value));
        }
    }

    static void collaborators(Slot slot, String name, String value, Consumer<Problem> found) {
        JsonNode list = Fields.json(value);
        if (!list.isArray() || list.isEmpty()) {
            found.accept(blocks(name, "must be a JSON array of user names"));
            return;
        }
        list.forEach(handle -> handle(name, handle, found));
        if (list.size() > MAX_COLLABORATORS) {
            found.accept(waivable(
                    name,
                    "may name at most " + MAX_COLLABORATORS + " accounts on creation, had " + list.size()
                            + "; leave some out"));
        }
    }

    private static void handle(String name, JsonNode handle, Consumer<Problem> found) {
        String text = handle.asString("");
        if (!text.matches(HANDLE)) {
            found.accept(blocks(name, "must name accounts by user name without @, was " + text));
        }
    }

    static void userTags(Slot slot, String name, String value, Consumer<Problem> found) {
        JsonNode list = Fields.json(value);
        if (!list.isArray() || list.isEmpty()) {
            found.accept(blocks(name, "must be a JSON array of objects with a username"));
            return;
        }
        for (JsonNode tag : list) {
            handle(name, tag.path("username"), found);
            position(slot, name, tag, found);
        }
        tooMany(name, "people", list.size(), MAX_TAGS, found);
        if (slot == Slot.CHILD_VIDEO) {
            found.accept(waivable(
                    name,
                    "on " + slot.words()
                            + " is reported as taken and as refused; leave it out, or waive this, then a refusal"
                            + " comes before anything is posted"));
        }
    }

    static void products(Slot slot, String name, String value, Consumer<Problem> found) {
        JsonNode list = Fields.json(value);
        if (!list.isArray() || list.isEmpty()) {
            found.accept(blocks(name, "must be a JSON array of objects with a product_id"));
            return;
        }
        for (JsonNode tag : list) {
            if (!Fields.textOrNumber(tag, "product_id").matches(NUMBER)) {
                found.accept(blocks(name, "must name products by their number"));
            }
            if (slot != Slot.CAROUSEL) {
                position(slot, name, tag, found);
            }
        }
        tooMany(name, "products", list.size(), MAX_PRODUCTS, found);
    }

    private static void tooMany(String name, String of, int had, int most, Consumer<Problem> found) {
        if (had > most) {
            found.accept(waivable(
                    name, String.format(Locale.ROOT, "may tag at most %d %s, had %d; leave some out", most, of, had)));
        }
    }

    /** Images need a position, reels and videos of a carousel take none, and stories may have one. */
    private static void position(Slot slot, String name, JsonNode tag, Consumer<Problem> found) {
        boolean placed = tag.has("x") || tag.has("y");
        if (slot == Slot.REEL || slot == Slot.CHILD_VIDEO) {
            if (placed) {
                found.accept(blocks(name, "must have no x and y on " + slot.words() + "; leave them out"));
            }
        } else if ((placed || !slot.isStory()) && !(fraction(tag.path("x")) && fraction(tag.path("y")))) {
            found.accept(blocks(name, "must have x and y from 0.0 (top left) to 1.0 on " + slot.words()));
        }
    }

    private static boolean fraction(JsonNode number) {
        return number.isNumber() && number.doubleValue() >= 0 && number.doubleValue() <= 1;
    }

    static void audio(Slot slot, String name, String value, Consumer<Problem> found) {
        JsonNode audio = Fields.json(value);
        boolean named = !Fields.textOrNumber(audio, "audio_id").isBlank();
        if (!named || !volume(audio.path("audio_volume")) || !volume(audio.path("video_volume"))) {
            found.accept(blocks(
                    name, "must be a JSON object with audio_id, and with audio_volume and video_volume from 0 to 100"));
        }
    }

    private static boolean volume(JsonNode volume) {
        return volume.isMissingNode()
                || (volume.isIntegralNumber() && volume.intValue() >= 0 && volume.intValue() <= 100);
    }

    static void trial(Slot slot, String name, String value, Consumer<Problem> found) {
        String strategy = Fields.text(Fields.json(value), "graduation_strategy");
        if (!strategy.equals("MANUAL") && !strategy.equals("SS_PERFORMANCE")) {
            found.accept(blocks(
                    name, "must be a JSON object with graduation_strategy MANUAL or SS_PERFORMANCE, was " + value));
        }
    }

    static void sponsors(Slot slot, String name, String value, Consumer<Problem> found) {
        JsonNode list = Fields.json(value);
        if (!list.isArray() || list.isEmpty()) {
            found.accept(blocks(name, "must be a JSON array of account numbers"));
            return;
        }
        for (JsonNode id : list) {
            if (!(id.isIntegralNumber() || id.asString("").matches(NUMBER))) {
                found.accept(blocks(name, "must hold numbers of Instagram accounts, not names"));
            }
        }
        if (list.size() > MAX_SPONSORS) {
            found.accept(waivable(
                    name, "may name at most " + MAX_SPONSORS + " sponsors, had " + list.size() + "; leave some out"));
        }
    }

    /** A poll has 2 to 4 options. The names inside are not published, so the options are taken to be the only array there is. */
    static void poll(Slot slot, String name, String value, Consumer<Problem> found) {
        JsonNode poll = Fields.json(value);
        if (!poll.isObject()) {
            found.accept(blocks(name, "must be a JSON object"));
            return;
        }
        List<Integer> arrays = poll.propertyStream()
                .map(Map.Entry::getValue)
                .filter(JsonNode::isArray)
                .map(JsonNode::size)
                .toList();
        if (arrays.size() == 1 && (arrays.get(0) < LEAST_CHOICES || arrays.get(0) > MOST_CHOICES)) {
            found.accept(waivable(
                    name,
                    "must offer " + LEAST_CHOICES + " to " + MOST_CHOICES + " options, had " + arrays.get(0)
                            + "; add some or leave some out"));
        }
    }
}
