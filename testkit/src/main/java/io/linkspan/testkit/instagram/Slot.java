package io.linkspan.testkit.instagram;

import java.util.Map;

/** What a container is to become, and which parameters that takes. */
enum Slot {
    IMAGE(0, "IMAGE"),
    REEL(1, "REELS"),
    STORY_IMAGE(2, "STORY_IMAGE"),
    STORY_VIDEO(3, "STORY_VIDEO"),
    CHILD_IMAGE(4, "IMAGE"),
    CHILD_VIDEO(5, "VIDEO"),
    PARENT(6, "CAROUSEL");

    /** One letter for each slot: {@code +} allowed, {@code F} with Facebook Login only, {@code -} not allowed. */
    private static final Map<String, String> MATRIX = Map.ofEntries(
            Map.entry("image_url", "+-+-+--"),
            Map.entry("video_url", "-+-+-+-"),
            Map.entry("upload_type", "-+-+-+-"),
            Map.entry("is_carousel_item", "----++-"),
            Map.entry("children", "------+"),
            Map.entry("caption", "++----+"),
            Map.entry("alt_text", "+---+--"),
            Map.entry("user_tags", "++++++-"),
            Map.entry("collaborators", "++----+"),
            Map.entry("location_id", "FF----F"),
            Map.entry("share_to_feed", "-+----+"),
            Map.entry("cover_url", "-+-----"),
            Map.entry("thumb_offset", "-+---+-"),
            Map.entry("audio_name", "-+-----"),
            Map.entry("audio_configuration", "-F-----"),
            Map.entry("trial_params", "-+-----"),
            Map.entry("is_ai_generated", "++++--+"),
            Map.entry("is_paid_partnership", "FFFF--F"),
            Map.entry("branded_content_sponsor_ids", "FFFF--F"),
            Map.entry("poll_attachment", "FF----F"),
            Map.entry("is_poll_duration_extended", "FF----F"),
            Map.entry("is_comment_prompt_used", "FF----F"),
            Map.entry("product_tags", "FF--F-F"));

    /** Whether a parameter may be there. */
    enum Leave {
        YES,
        FACEBOOK_ONLY,
        NO,
        UNKNOWN
    }

    private final int column;
    private final String kind;

    Slot(int column, String kind) {
        this.column = column;
        this.kind = kind;
    }

    /** The kind of container, as the ledger calls it. */
    String kind() {
        return kind;
    }

    boolean child() {
        return this == CHILD_IMAGE || this == CHILD_VIDEO;
    }

    boolean image() {
        return this == IMAGE || this == STORY_IMAGE || this == CHILD_IMAGE;
    }

    boolean story() {
        return this == STORY_IMAGE || this == STORY_VIDEO;
    }

    Leave leave(String parameter) {
        String row = MATRIX.get(parameter);
        if (row == null) {
            return Leave.UNKNOWN;
        }
        return switch (row.charAt(column)) {
            case '+' -> Leave.YES;
            case 'F' -> Leave.FACEBOOK_ONLY;
            default -> Leave.NO;
        };
    }
}
