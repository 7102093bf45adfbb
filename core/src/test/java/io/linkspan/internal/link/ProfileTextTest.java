package io.linkspan.internal.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.ProfileAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as naming an account in a bio, and what only looks like it. */
class ProfileTextTest {
    private static final ProfileAddress INSTAGRAM = new ProfileAddress(
            "Instagram",
            List.of("instagram", "insta", "ig"),
            List.of("instagram.com"),
            "",
            "https://www.instagram.com/",
            "/");
    private static final ProfileAddress TIKTOK = new ProfileAddress(
            "TikTok", List.of("tiktok", "tt"), List.of("tiktok.com"), "@", "https://www.tiktok.com/@", "");

    private static boolean found(ProfileAddress form, String handle, String text) {
        return new ProfileText(form, handle).find(Map.of("bio", text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.instagram.com/quay.studio/",
                "http://instagram.com/quay.studio",
                "HTTPS://WWW.INSTAGRAM.COM/Quay.Studio",
                "m.instagram.com/quay.studio?igsh=x&utm=y",
                "instagram.com/quay.studio#top",
                "instagram.com:443/quay.studio/reels/",
                "Find me: instagram.com/quay.studio.",
                "(instagram.com/quay.studio)",
                "boats\ninstagram.com/quay.studio\nmore boats",
                "\ud83d\udc49instagram.com/quay.studio",
                "\ud83d\udc49\ufe0finstagram.com/quay.studio",
                "\uff49\uff4e\uff53\uff54\uff41\uff47\uff52\uff41\uff4d.com/quay.studio",
                "IG: @quay.studio",
                "ig @Quay.Studio",
                "Instagram\n@quay.studio",
                "insta \u2192 quay.studio",
                "IG/TT: me, ig: quay.studio",
                "other ig: someone, mine ig: quay.studio"
            })
    void namedAccount_isFound(String bio) {
        assertTrue(found(INSTAGRAM, "@Quay.Studio", bio), bio);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "boats",
                "@quay.studio",
                "quay.studio",
                "instagram.com/quay.studio.fake",
                "instagram.com/quay.studio_",
                "instagram.com/quay.studi\u043e",
                "instagram.com/quay.studio-2",
                "instagram.com/@quay.studio",
                "instagram.com/p/quay.studio",
                "https://instagram.com@evil.example/quay.studio",
                "https://instagram.com:80@evil.example/quay.studio",
                "https://instagram.com.evil.example/quay.studio",
                "https://evil.example/instagram.com/quay.studio",
                "https://evil.example/?u=instagram.com/quay.studio",
                "https://evil.example#instagram.com/quay.studio",
                "https://evil.example\\instagram.com/quay.studio",
                "https://evil.example/a,instagram.com/quay.studio",
                "notinstagram.com/quay.studio",
                "not-instagram.com/quay.studio",
                "my.instagram.com/quay.studio",
                "\u6211\u7684instagram.com/quay.studio",
                "\u0456nstagram.com/quay.studio",
                "xn--nstagram-8eg.com/quay.studio",
                "https://tiktok.com/@quay.studio",
                "big: @quay.studio",
                "IG: @quay.studio.fake",
                "IG: @someone, TikTok: @quay.studio"
            })
    void lookAlike_isNotFound(String bio) {
        assertTrue(!found(INSTAGRAM, "quay.studio", bio), bio);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.tiktok.com/@quay.studio",
                "tiktok.com/%40quay.studio?lang=en",
                "m.tiktok.com/@QUAY.STUDIO/video/1",
                "TikTok @quay.studio"
            })
    void tiktokAddress_isFound(String text) {
        assertTrue(found(TIKTOK, "quay.studio", text), text);
    }

    @Test
    void tiktokAddress_withoutTheSign_isAnotherPage() {
        assertTrue(!found(TIKTOK, "quay.studio", "tiktok.com/quay.studio"));
    }

    @Test
    void found_saysWhereAndHow() {
        Optional<ProfileText.Match> match = new ProfileText(INSTAGRAM, "quay")
                .find(Map.of("biography", "boats", "website", "https://instagram.com/quay"));

        assertEquals(Optional.of(new ProfileText.Match("website", "the address of @quay")), match);
    }

    @Test
    void hostileLength_isCutAndEndsSoon() {
        String much = "ig ".repeat(200_000) + "IG: @quay.studio";
        assertTrue(!found(INSTAGRAM, "quay.studio", much));
        assertTrue(!found(INSTAGRAM, "quay.studio", "instagram.com/".repeat(100_000)));
        assertTrue(!found(INSTAGRAM, "quay.studio", "\u0301".repeat(100_000)));
    }

    @Test
    void addressOfAHandle_isSafeToPaste() {
        assertEquals(
                "https://www.instagram.com/quay.studio/",
                INSTAGRAM.of("@Quay.Studio").toString());
        assertEquals(
                "https://www.tiktok.com/@quay.studio", TIKTOK.of("quay.studio").toString());
        for (String bad : List.of("", "a/b", "a b", "a?b", "\u0430", "a".repeat(65))) {
            org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class, () -> INSTAGRAM.of(bad), bad);
        }
    }
}
