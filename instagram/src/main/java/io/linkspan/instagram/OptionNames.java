package io.linkspan.instagram;

import io.linkspan.spi.PublishContent;
import java.util.List;

/** Names of the options, as the vendor spells its parameters. */
final class OptionNames {
    static final String SHARE_TO_FEED = "share_to_feed";
    static final String THUMB_OFFSET = "thumb_offset";
    static final String IS_AI_GENERATED = "is_ai_generated";
    static final String AUDIO_NAME = "audio_name";
    static final String ALT_TEXT = "alt_text";

    private static final List<String> REEL = List.of(AUDIO_NAME, IS_AI_GENERATED, SHARE_TO_FEED, THUMB_OFFSET);
    private static final List<String> IMAGE = List.of(ALT_TEXT, IS_AI_GENERATED);

    private OptionNames() {}

    static List<String> of(PublishContent.Kind kind) {
        return kind == PublishContent.Kind.VIDEO ? REEL : IMAGE;
    }
}
