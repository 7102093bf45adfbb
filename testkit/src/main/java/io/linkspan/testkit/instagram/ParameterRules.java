package io.linkspan.testkit.instagram;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.testkit.internal.Forms;
import io.linkspan.testkit.internal.Json;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the parameters of a container may say. */
final class ParameterRules {

    private static final Set<String> ALWAYS = Set.of("access_token", "appsecret_proof", "media_type");
    private static final Set<String> BOOLEANS = Set.of(
            "is_carousel_item",
            "share_to_feed",
            "is_ai_generated",
            "is_paid_partnership",
            "is_poll_duration_extended",
            "is_comment_prompt_used");
    private static final Pattern HASHTAG = Pattern.compile("#[^\\s#]+");
    private static final Pattern MENTION = Pattern.compile("@[\\w.]+");

    private final InstagramWorld world;

    ParameterRules(InstagramWorld world) {
        this.world = world;
    }

    void check(Forms form, Slot slot, InstagramAccount account, boolean facebook) {
        form.singles().forEach((name, value) -> {
            if (!ALWAYS.contains(name)) {
                place(name, value, slot, facebook);
                value(name, value, slot, account);
            }
        });
        boolean prompt = form.text("is_comment_prompt_used").equals("true");
        if (form.first("poll_attachment") != null && prompt) {
            throw bad("poll_attachment", "excludes is_comment_prompt_used");
        }
        if ((form.first("poll_attachment") != null || prompt)
                && form.text("caption").isBlank()) {
            throw bad("caption", "must not be empty with a caption add-on");
        }
    }

    private void place(String name, String value, Slot slot, boolean facebook) {
        boolean off = name.equals("is_carousel_item") && value.equals("false");
        switch (slot.leave(name)) {
            case YES -> {}
            case FACEBOOK_ONLY -> {
                if (!facebook) {
                    throw bad(name, "is not allowed with Instagram Login");
                }
            }
            case NO -> {
                if (!off && !world.rules.strayParametersIgnored) {
                    throw bad(name, "is not allowed");
                }
            }
            case UNKNOWN -> {
                if (!world.rules.strayParametersIgnored) {
                    throw bad(name, "is not known");
                }
            }
        }
    }

    private RuntimeException bad(String name, String why) {
        return world.replies.parameter("param " + name + " " + why);
    }

    private void value(String name, String value, Slot slot, InstagramAccount account) {
        if (BOOLEANS.contains(name) && !value.equals("true") && !value.equals("false")) {
            throw bad(name, "must be a boolean");
        }
        switch (name) {
            case "caption" -> caption(value);
            case "alt_text" -> {
                if (value.length() > 1000) {
                    throw bad(name, "must have at most 1000 characters");
                }
            }
            case "user_tags" -> userTags(list(name, value), slot);
            case "collaborators" -> collaborators(list(name, value));
            case "location_id" -> location(value);
            case "thumb_offset" -> thumbOffset(value);
            case "audio_configuration" -> audio(object(name, value));
            case "trial_params" -> trial(object(name, value), account);
            case "branded_content_sponsor_ids" -> sponsors(list(name, value), account);
            case "poll_attachment" -> poll(object(name, value));
            case "product_tags" -> productTags(list(name, value), slot);
            case "upload_type" -> {
                if (!value.equals("resumable")) {
                    throw bad(name, "must be resumable");
                }
            }
            default -> {}
        }
    }

    private JsonNode list(String name, String value) {
        JsonNode list = Json.parse(value);
        if (list == null || !list.isArray()) {
            throw bad(name, "must be an array");
        }
        return list;
    }

    private JsonNode object(String name, String value) {
        JsonNode object = Json.parse(value);
        if (object == null || !object.isObject()) {
            throw bad(name, "must be an object");
        }
        return object;
    }

    private void caption(String caption) {
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

    private void userTags(JsonNode tags, Slot slot) {
        if (tags.size() > 20) {
            throw world.replies.refuse(100, 2207040, "Too many tags", "You can tag up to 20 people.");
        }
        for (JsonNode tag : tags) {
            boolean placed = tag.has("x") || tag.has("y");
            handle("user_tags", tag.path("username"));
            if ((slot == Slot.REEL || slot == Slot.CHILD_VIDEO) && placed) {
                throw bad("user_tags", "must not have x and y on videos");
            }
            boolean needed = slot == Slot.IMAGE || slot == Slot.CHILD_IMAGE;
            if ((needed || placed) && !(fraction(tag.path("x")) && fraction(tag.path("y")))) {
                throw bad("user_tags", "must have x and y from 0 to 1");
            }
        }
    }

    /** The names inside are not published; the options are the one array. */
    private void poll(JsonNode poll) {
        for (JsonNode field : poll) {
            if (field.isArray() && (field.size() < 2 || field.size() > 4)) {
                throw bad("poll_attachment", "must have 2 to 4 options");
            }
        }
    }

    private static boolean fraction(JsonNode number) {
        return number.isNumber() && number.doubleValue() >= 0 && number.doubleValue() <= 1;
    }

    private void collaborators(JsonNode names) {
        if (names.size() > 3) {
            throw bad("collaborators", "must have at most 3 names");
        }
        names.forEach(name -> handle("collaborators", name));
    }

    private void handle(String parameter, JsonNode name) {
        String handle = name.asString("");
        if (handle.isEmpty()) {
            throw bad(parameter, "must name users");
        }
        if (handle.startsWith("@") || world.rules.rejectedHandles.contains(handle)) {
            throw world.replies.refuse(100, 2207018, "Invalid user", "The user " + handle + " cannot be used.");
        }
    }

    private void location(String id) {
        Set<String> places = world.rules.places;
        if (!id.matches("\\d+") || (!places.isEmpty() && !places.contains(id))) {
            throw world.replies.refuse(100, -1, "INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID");
        }
    }

    private void thumbOffset(String value) {
        if (!value.matches("-?\\d{1,9}")) {
            throw bad("thumb_offset", "must be an integer");
        }
        long offset = Long.parseLong(value);
        if (offset < 0 || offset >= world.rules.videoDuration.toMillis()) {
            throw world.replies.refuse(
                    1,
                    2207057,
                    "Invalid thumbnail offset",
                    "Thumbnail offset must be >= 0 and less than the video's duration.");
        }
    }

    private void audio(JsonNode audio) {
        if (audio.path("audio_id").asString("").isEmpty()
                || !volume(audio.path("audio_volume"))
                || !volume(audio.path("video_volume"))) {
            throw bad("audio_configuration", "must have an audio_id and volumes from 0 to 100");
        }
    }

    private static boolean volume(JsonNode volume) {
        return volume.isMissingNode()
                || (volume.isNumber() && volume.doubleValue() >= 0 && volume.doubleValue() <= 100);
    }

    private void trial(JsonNode trial, InstagramAccount account) {
        String strategy = trial.path("graduation_strategy").asString("");
        if (!strategy.equals("MANUAL") && !strategy.equals("SS_PERFORMANCE")) {
            throw bad("trial_params", "must have a graduation_strategy of MANUAL or SS_PERFORMANCE");
        }
        if (!account.trialEligible()) {
            throw world.replies.refuse(100, 2207081, "Trial reels are not available", "The account is not eligible.");
        }
        if (account.trialsLeft() <= 0) {
            throw world.replies.refuse(100, 2207078, "Too many trial reels", "The quota of trial reels is used up.");
        }
    }

    private void sponsors(JsonNode ids, InstagramAccount account) {
        boolean self = false;
        for (JsonNode id : ids) {
            self |= id.asString("").equals(account.userId());
        }
        if (ids.size() > 2 || self) {
            throw world.replies.refuse(100, -1, "INSTAGRAM_PLATFORM_API__INVALID_PARAM");
        }
    }

    private void productTags(JsonNode tags, Slot slot) {
        if (tags.size() > 5) {
            throw bad("product_tags", "must have at most 5 products");
        }
        for (JsonNode tag : tags) {
            boolean placed = tag.has("x") || tag.has("y");
            if (slot == Slot.REEL && placed) {
                throw product(2207035, "Product tag positions should not be specified for video media");
            }
            if (slot.image() && !(tag.has("x") && tag.has("y"))) {
                throw product(2207036, "Product tag positions are required for photo media");
            }
            if (tag.path("product_id").asString("").isEmpty()) {
                throw product(2207037, "Some products are invalid");
            }
        }
    }

    private RuntimeException product(int subcode, String message) {
        return world.replies.refuse(100, subcode, message, message);
    }

    /** Which slot a request fills. */
    Slot slot(Forms form) {
        boolean item = form.text("is_carousel_item").equals("true");
        @Nullable String image = form.first("image_url");
        String type = form.text("media_type");
        switch (type) {
            case "", "IMAGE" -> {
                return item ? Slot.CHILD_IMAGE : Slot.IMAGE;
            }
            case "REELS" -> {
                if (item) {
                    throw world.replies.parameter("Reels cannot be carousel items");
                }
                return Slot.REEL;
            }
            case "STORIES" -> {
                return image == null ? Slot.STORY_VIDEO : Slot.STORY_IMAGE;
            }
            case "CAROUSEL" -> {
                return Slot.PARENT;
            }
            default -> {
                if (type.equals("VIDEO") && item) {
                    return Slot.CHILD_VIDEO;
                }
                throw world.replies.refuse(
                        100, 2207023, "Unknown media type", "The media type " + type + " is unknown.");
            }
        }
    }
}
