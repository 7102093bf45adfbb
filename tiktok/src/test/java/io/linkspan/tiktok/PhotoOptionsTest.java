package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PhotoOptionsTest {
    private static final TikTokPhotoOptions PUBLIC =
            TikTokPhotoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE).build();

    @Test
    void toMap_ofDefaults_allowsNothingAndDisclosesNothing() {
        assertEquals(
                Map.of(
                        "privacy_level", "PUBLIC_TO_EVERYONE",
                        "allow_comment", "false",
                        "auto_add_music", "false",
                        "brand_organic_toggle", "false",
                        "brand_content_toggle", "false",
                        "is_aigc", "false"),
                PUBLIC.toMap());
        assertFalse(PUBLIC.isDraft());
    }

    @Test
    void draft_carriesTitleAndCoverOnly() {
        TikTokPhotoOptions draft = TikTokPhotoOptions.draft().withTitle("Two").withCover(1);
        assertEquals(Map.of("post_mode", "MEDIA_UPLOAD", "title", "Two", "photo_cover_index", "1"), draft.toMap());
        assertTrue(draft.isDraft());
    }

    @Test
    void withTitle_tooLong_isRefused() {
        assertEquals("x".repeat(90), PUBLIC.withTitle("x".repeat(90)).toMap().get("title"));
        String message = assertThrows(IllegalArgumentException.class, () -> PUBLIC.withTitle("x".repeat(91)))
                .getMessage();
        assertEquals("title must have at most 90 UTF-16 units, had 91", message);
    }

    @Test
    void withCover_outOfRange_isRefused() {
        assertEquals("34", PUBLIC.withCover(34).toMap().get("photo_cover_index"));
        assertThrows(IllegalArgumentException.class, () -> PUBLIC.withCover(35));
        assertThrows(IllegalArgumentException.class, () -> PUBLIC.withCover(-1));
    }

    @Test
    void build_ofPrivateBrandedContent_isRefused() {
        TikTokPhotoOptions.Builder builder =
                TikTokPhotoOptions.builder(TikTokPrivacyLevel.SELF_ONLY).brandedContent(true);
        assertEquals(
                PostRules.BRANDED_IS_PRIVATE,
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    @Test
    void disclosure_tellsLabelAndDeclaration() {
        TikTokPhotoOptions branded = TikTokPhotoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
                .brandedContent(true)
                .build();
        assertEquals(Optional.of("Paid partnership"), branded.label());
        assertTrue(branded.declaration().contains("Branded Content Policy"));
        assertEquals(Optional.empty(), PUBLIC.label());
        assertEquals("By posting, you agree to TikTok's Music Usage Confirmation", PUBLIC.declaration());
    }
}
