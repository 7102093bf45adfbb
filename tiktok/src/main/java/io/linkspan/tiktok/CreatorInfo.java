package io.linkspan.tiktok;

import io.linkspan.json.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What TikTok says a creator may do right now.
 *
 * @param username the handle, or empty
 * @param nickname the display name, or empty
 * @param avatarUrl the picture, for two hours, or empty
 * @param privacyLevels the privacy levels this creator may choose from, as TikTok spells them
 * @param commentDisabled the creator lets nobody comment
 * @param duetDisabled the creator lets nobody make duets
 * @param stitchDisabled the creator lets nobody make stitches
 * @param maxSeconds longest video, when told
 */
record CreatorInfo(
        String username,
        String nickname,
        String avatarUrl,
        List<String> privacyLevels,
        boolean commentDisabled,
        boolean duetDisabled,
        boolean stitchDisabled,
        OptionalLong maxSeconds) {
    static final String USERNAME = "creator_username";
    static final String NICKNAME = "creator_nickname";
    static final String AVATAR_URL = "creator_avatar_url";
    static final String PRIVACY_LEVELS = "privacy_level_options";
    static final String COMMENT_DISABLED = "comment_disabled";
    static final String DUET_DISABLED = "duet_disabled";
    static final String STITCH_DISABLED = "stitch_disabled";
    static final String MAX_SECONDS = "max_video_post_duration_sec";

    CreatorInfo {
        privacyLevels = List.copyOf(privacyLevels);
    }

    static Optional<CreatorInfo> read(JsonNode data) {
        if (!data.path(PRIVACY_LEVELS).isArray()) {
            return Optional.empty();
        }
        List<String> levels = new ArrayList<>();
        data.path(PRIVACY_LEVELS).forEach(level -> levels.add(Json.scalar(level)));
        return Optional.of(new CreatorInfo(
                Json.text(data, USERNAME),
                Json.text(data, NICKNAME),
                Json.text(data, AVATAR_URL),
                levels,
                isTrue(data, COMMENT_DISABLED),
                isTrue(data, DUET_DISABLED),
                isTrue(data, STITCH_DISABLED),
                Json.number(data, MAX_SECONDS)));
    }

    /** By TikTok's own names, as they are kept with the finding; read back by {@link TikTokComposer}. */
    Map<String, String> attributes() {
        Map<String, String> told = new TreeMap<>();
        told.put(USERNAME, username);
        told.put(NICKNAME, nickname);
        told.put(AVATAR_URL, avatarUrl);
        told.put(PRIVACY_LEVELS, String.join(",", privacyLevels));
        told.put(COMMENT_DISABLED, String.valueOf(commentDisabled));
        told.put(DUET_DISABLED, String.valueOf(duetDisabled));
        told.put(STITCH_DISABLED, String.valueOf(stitchDisabled));
        maxSeconds.ifPresent(seconds -> told.put(MAX_SECONDS, String.valueOf(seconds)));
        return told;
    }

    /** A public account offers the public level, a private one does not. */
    boolean publicAccount() {
        return privacyLevels.contains(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE.name());
    }

    String describe() {
        StringBuilder text = new StringBuilder("TikTok takes posts of ");
        text.append(username.isEmpty() ? "this creator" : "@" + username);
        text.append(" now; privacy levels ").append(String.join(", ", privacyLevels));
        maxSeconds.ifPresent(
                seconds -> text.append("; videos up to ").append(seconds).append(" s"));
        append(text, commentDisabled, "comments");
        append(text, duetDisabled, "duets");
        append(text, stitchDisabled, "stitches");
        return text.append('.').toString();
    }

    private static void append(StringBuilder text, boolean disabled, String what) {
        if (disabled) {
            text.append("; ").append(what).append(" are off");
        }
    }

    private static boolean isTrue(JsonNode data, String field) {
        JsonNode value = data.path(field);
        return value.isBoolean() && value.booleanValue();
    }
}
