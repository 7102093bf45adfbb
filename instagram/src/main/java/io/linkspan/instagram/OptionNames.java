package io.linkspan.instagram;

/** Names of the options, as the vendor spells its parameters. */
final class OptionNames {
    static final String MEDIA_TYPE = "media_type";
    static final String CAPTION = "caption";
    static final String ALT_TEXT = "alt_text";
    static final String USER_TAGS = "user_tags";
    static final String COLLABORATORS = "collaborators";
    static final String LOCATION_ID = "location_id";
    static final String SHARE_TO_FEED = "share_to_feed";
    static final String THUMB_OFFSET = "thumb_offset";
    static final String AUDIO_NAME = "audio_name";
    static final String AUDIO_CONFIGURATION = "audio_configuration";
    static final String TRIAL_PARAMS = "trial_params";
    static final String IS_AI_GENERATED = "is_ai_generated";
    static final String IS_PAID_PARTNERSHIP = "is_paid_partnership";
    static final String SPONSORS = "branded_content_sponsor_ids";
    static final String POLL = "poll_attachment";
    static final String OPEN_ENDED_POLL = "is_poll_duration_extended";
    static final String COMMENT_PROMPT = "is_comment_prompt_used";
    static final String PRODUCT_TAGS = "product_tags";

    private OptionNames() {}
}
