/** The TikTok adapter: login, accounts, revocation, publishing of videos, photos and drafts, and webhooks. */
module io.linkspan.tiktok {
    requires transitive io.linkspan.core;
    requires io.linkspan.json;
    requires static org.jspecify;

    exports io.linkspan.tiktok;

    // core reads the error catalogue that lies beside the classes
    opens io.linkspan.tiktok to
            io.linkspan.core;
}
