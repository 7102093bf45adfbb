package io.linkspan.tiktok;

import java.util.Map;
import java.util.Optional;

/**
 * What has to be shown for the disclosures of a post.
 *
 * <p>Source: {@code developers.tiktok.com/docs/en/content-sharing-guidelines}, read 2026-11-20.
 */
final class Disclosures {
    private Disclosures() {}

    /** The label TikTok will put on the post. */
    static Optional<String> label(Map<String, String> options) {
        if (PostRules.isOn(options, TikTokVideoOptions.BRANDED_CONTENT)) {
            return Optional.of("Paid partnership");
        }
        return PostRules.isOn(options, TikTokVideoOptions.OWN_BRAND)
                ? Optional.of("Promotional content")
                : Optional.empty();
    }

    /** The sentence before the publish button. */
    static String declaration(Map<String, String> options) {
        return PostRules.isOn(options, TikTokVideoOptions.BRANDED_CONTENT)
                ? "By posting, you agree to TikTok's Branded Content Policy and Music Usage Confirmation"
                : "By posting, you agree to TikTok's Music Usage Confirmation";
    }
}
