package io.linkspan.tiktok;

import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.ProfileAdapter;
import io.linkspan.spi.ProfileAddress;
import io.linkspan.spi.ProfileFields;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bio can be read; the Instagram icon and the links beside it are in no field of any API.
 *
 * <p>Sources: {@code developers.tiktok.com/docs/en/tiktok-api-v2-get-user-info} (fields by scope), read 2026-11-20; TikTok help
 * centre, "Linking another social media account" (menu path, older copy).
 */
final class TikTokProfiles implements ProfileAdapter {
    private static final ProfileAddress ADDRESS = new ProfileAddress(
            "TikTok", List.of("tiktok", "tik tok", "tt"), List.of("tiktok.com"), "@", "https://www.tiktok.com/@", "");

    @Override
    public ProfileAddress address() {
        return ADDRESS;
    }

    @Override
    public ProfileFields fields(AccountIdentity account, Set<String> scopes) {
        if (!scopes.contains(Scopes.PROFILE)) {
            return ProfileFields.none("the scope " + Scopes.PROFILE
                    + " was not granted, which reads handle and bio; only an app with TikTok's Display API can ask for it"
                    + " (displayApi(true) of the builder): then connect again for PROFILE or BOTH and allow it");
        }
        String bio = account.attributes().getOrDefault(TikTokAccounts.BIO, "");
        return new ProfileFields(
                Map.of(TikTokAccounts.BIO, bio),
                "TikTok shows apps the bio only; an icon or link beside it has to be seen by a person");
    }

    @Override
    public List<String> showSteps(String shown, String address) {
        return List.of(
                "In the TikTok app open Profile > Edit profile. Where the app offers Add " + shown
                        + " to your profile (newer versions may show it under Links or Social), choose it and sign in"
                        + " there: that is the icon.",
                "Where it does not, open Bio under Edit profile, paste " + address + " and save.");
    }
}
