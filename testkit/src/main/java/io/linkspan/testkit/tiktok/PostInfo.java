package io.linkspan.testkit.tiktok;

import io.linkspan.json.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What {@code post_info} may hold. */
final class PostInfo {

    static final Set<String> VIDEO = Set.of(
            "title",
            "privacy_level",
            "disable_duet",
            "disable_stitch",
            "disable_comment",
            "video_cover_timestamp_ms",
            "brand_content_toggle",
            "brand_organic_toggle",
            "is_aigc");
    static final Set<String> PHOTO = Set.of(
            "title",
            "description",
            "privacy_level",
            "disable_comment",
            "auto_add_music",
            "brand_content_toggle",
            "brand_organic_toggle");
    private static final List<String> PRIVACY =
            List.of("PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "FOLLOWER_OF_CREATOR", "SELF_ONLY");
    private static final Set<String> TEXTS = Set.of("title", "description", "privacy_level");

    private final TikTokWorld world;
    private final JsonNode info;

    PostInfo(TikTokWorld world, JsonNode info, Set<String> known) {
        this.world = world;
        this.info = info;
        for (Map.Entry<String, JsonNode> field : info.properties()) {
            check(field.getKey(), field.getValue(), known);
        }
    }

    private void check(String name, JsonNode value, Set<String> known) {
        boolean right;
        if (!known.contains(name)) {
            right = world.rules.unknownFieldsIgnored;
        } else if (TEXTS.contains(name)) {
            right = value.isString();
        } else if (name.equals("video_cover_timestamp_ms")) {
            right = value.isNumber();
        } else {
            right = value.isBoolean();
        }
        if (!right && !value.isNull()) {
            throw world.replies.invalid("The " + name + " is invalid");
        }
    }

    /** A text; the limit counts UTF-16 units. */
    String text(String field, int limit) {
        String text = info.path(field).asString("");
        if (text.length() > limit) {
            throw world.replies.invalid("The " + field + " is invalid");
        }
        return text;
    }

    String privacy() {
        String privacy = info.path("privacy_level").asString("");
        if (!PRIVACY.contains(privacy)) {
            throw world.replies.invalid("The privacy_level is invalid");
        }
        if (privacy.equals("SELF_ONLY")
                && info.path("brand_content_toggle").asBoolean(false)
                && world.rules.brandedPrivateRefused) {
            throw world.replies.invalid("Branded content visibility cannot be set to private.");
        }
        return privacy;
    }

    /** Everything but the texts, as it was sent. */
    Map<String, String> details() {
        Map<String, String> details = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : info.properties()) {
            String name = field.getKey();
            if (!name.equals("title")
                    && !name.equals("description")
                    && !field.getValue().isNull()) {
                details.put(name, field.getValue().asString());
            }
        }
        return details;
    }
}
