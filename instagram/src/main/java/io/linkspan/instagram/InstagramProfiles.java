package io.linkspan.instagram;

import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.ProfileAdapter;
import io.linkspan.spi.ProfileAddress;
import io.linkspan.spi.ProfileFields;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Bio and website can be read with Facebook Login only; the fields of {@code /me} under Instagram Login hold neither.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user">IG User,
 *     fields biography and website</a> and <a
 *     href="https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/get-started">Get
 *     started, fields of /me</a> (copies of 2026 with v25.0, read 2026-11-21)
 */
final class InstagramProfiles implements ProfileAdapter {
    /** The scope of Facebook Login that reads the account with bio and website. */
    private static final String FACEBOOK_LOGIN_BASIC = "instagram_basic";

    private static final ProfileAddress ADDRESS = new ProfileAddress(
            "Instagram",
            List.of("instagram", "insta", "ig"),
            List.of("instagram.com"),
            "",
            "https://www.instagram.com/",
            "/");

    @Override
    public ProfileAddress address() {
        return ADDRESS;
    }

    @Override
    public ProfileFields fields(AccountIdentity account, Set<String> scopes) {
        if (!scopes.contains(FACEBOOK_LOGIN_BASIC)) {
            return ProfileFields.none(
                    "Instagram Login shows apps neither bio nor links; a person has to look at the profile");
        }
        Map<String, String> readable = new TreeMap<>();
        for (String field : List.of("biography", "website")) {
            readable.put(field, account.attributes().getOrDefault(field, ""));
        }
        return new ProfileFields(readable, "Instagram shows apps bio and website only, not further links");
    }

    @Override
    public List<String> showSteps(String shown, String address) {
        return List.of("In the Instagram app open your profile > Edit profile > Links, add " + address
                + " with the title " + shown + ", and save. It may be pasted into the bio as well.");
    }
}
