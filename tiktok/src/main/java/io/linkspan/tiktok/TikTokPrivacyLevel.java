package io.linkspan.tiktok;

/**
 * Who sees a post. The person picks one of the levels that TikTok offers for the account at that moment; there is no
 * default, TikTok's guidelines forbid one. The names are TikTok's.
 *
 * @see <a href="https://developers.tiktok.com/docs/en/content-posting-api-reference-direct-post">Direct Post, field
 *     privacy_level</a> (read 2026-11-20)
 */
public enum TikTokPrivacyLevel {
    /** Everyone; offered to public accounts. */
    PUBLIC_TO_EVERYONE,
    /** Friends: followers the creator follows back. */
    MUTUAL_FOLLOW_FRIENDS,
    /** Followers; offered to private accounts. */
    FOLLOWER_OF_CREATOR,
    /** The creator only; the one level an app may use before its audit. Not for branded content. */
    SELF_ONLY
}
