package io.linkspan.tiktok;

import io.linkspan.spi.Secret;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the builder checked. */
record TikTokConfig(
        String clientKey,
        Secret clientSecret,
        @Nullable Secret previousClientSecret,
        URI redirectUri,
        @Nullable String desktopRedirect,
        @Nullable URI mobileRedirect,
        TikTokEndpoints endpoints,
        boolean audited,
        boolean displayApi,
        boolean webPkce,
        long chunkSize,
        @Nullable Integer activeUsers,
        List<URI> verifiedPrefixes,
        List<String> verifiedDomains) {}
