package io.linkspan.tiktok;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * What TikTok says a creator may do right now.
 *
 * @param username the handle, or empty
 * @param nickname the display name, or empty
 * @param privacyLevels the privacy levels this creator may choose from, as TikTok spells them
 * @param commentDisabled the creator lets nobody comment
 * @param duetDisabled the creator lets nobody make duets
 * @param stitchDisabled the creator lets nobody make stitches
 * @param maxSeconds longest video, when told
 */
record CreatorInfo(
        String username,
        String nickname,
        List<String> privacyLevels,
        boolean commentDisabled,
        boolean duetDisabled,
        boolean stitchDisabled,
        OptionalLong maxSeconds) {
    CreatorInfo {
        privacyLevels = List.copyOf(privacyLevels);
    }

    static Optional<CreatorInfo> read(JsonNode data) {
        if (!data.path("privacy_level_options").isArray()) {
            return Optional.empty();
        }
        List<String> levels = new ArrayList<>();
        data.path("privacy_level_options").forEach(level -> levels.add(Json.scalar(level)));
        return Optional.of(new CreatorInfo(
                Json.text(data, "creator_username"),
                Json.text(data, "creator_nickname"),
                levels,
                isTrue(data, "comment_disabled"),
                isTrue(data, "duet_disabled"),
                isTrue(data, "stitch_disabled"),
                Json.number(data, "max_video_post_duration_sec")));
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
