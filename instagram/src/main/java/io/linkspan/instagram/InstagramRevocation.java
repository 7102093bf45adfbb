package io.linkspan.instagram;

import io.linkspan.spi.Flow;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.TokenPair;
import java.util.Optional;

/**
 * Instagram Login documents no call that ends a grant (pages of 2026, read 2026-11-21): only the person can, and the
 * deauthorize callback or a refused read is the evidence.
 */
final class InstagramRevocation implements RevocationAdapter {
    @Override
    public Optional<Flow<Revoked>> revoke(TokenPair tokens) {
        return Optional.empty();
    }

    @Override
    public boolean needsLiveToken() {
        return false;
    }

    @Override
    public String removeAppGuidance() {
        return "In the Instagram app open your profile, then the menu (three lines), Settings and activity, Website"
                + " permissions, Apps and websites, tab Active, choose the app, Remove, and confirm. On the web open"
                + " https://www.instagram.com/accounts/manage_access/ and remove it on the tab Active. In older versions of"
                + " the app it is Settings, Security, Apps and websites.";
    }

    @Override
    public String removeProfileLinkGuidance() {
        return "In the Instagram app open your profile and choose Edit profile. Remove the address from the links there,"
                + " and from the bio if it is written there too. Instagram shows apps neither links nor bio, so please say"
                + " when it is done.";
    }
}
