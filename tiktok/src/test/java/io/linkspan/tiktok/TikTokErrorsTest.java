package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.CauseClass;
import io.linkspan.spi.ErrorCatalogue;
import io.linkspan.spi.PlatformError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TikTokErrorsTest {
    private static final ErrorCatalogue CATALOGUE = new Answers().catalogue();
    private static final List<String> INITS = List.of("tiktok.video_init", "tiktok.inbox_init", "tiktok.photo_init");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access_denied",
                "invalid_client",
                "invalid_grant",
                "invalid_request",
                "invalid_scope",
                "unauthorized_client",
                "unsupported_grant_type",
                "unsupported_response_type",
                "server_error",
                "temporarily_unavailable"
            })
    void oauthCodes_areKnownForTokenAndRefresh(String code) {
        known("tiktok.token", code);
        known("tiktok.refresh", code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid_param",
                "invalid_params",
                "app_version_check_failed",
                "access_token_invalid",
                "scope_not_authorized",
                "spam_risk_too_many_posts",
                "spam_risk_user_banned_from_posting",
                "spam_risk_too_many_pending_share",
                "reached_active_user_cap",
                "unaudited_client_can_only_post_to_private_accounts",
                "url_ownership_unverified",
                "privacy_level_option_mismatch",
                "rate_limit_exceeded",
                "invalid_file_upload"
            })
    void initCodes_areKnownAndDefinite(String code) {
        for (String init : INITS) {
            assertTrue(known(init, code).definite(), init);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file_format_check_failed",
                "duration_check_failed",
                "frame_rate_check_failed",
                "picture_size_check_failed",
                "internal",
                "video_pull_failed",
                "photo_pull_failed",
                "publish_cancelled",
                "auth_removed",
                "spam_risk_too_many_posts",
                "spam_risk_user_banned_from_posting",
                "spam_risk_text",
                "spam_risk"
            })
    void failReasons_areKnownForStatus(String code) {
        known("tiktok.status", code);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_publish_id, false",
        "token_not_authorized_for_specified_publish_id, true",
        "access_token_invalid, true",
        "scope_not_authorized, true",
        "rate_limit_exceeded, true",
        "internal_error, false"
    })
    void statusCodes_areKnown(String code, boolean definite) {
        assertEquals(definite, known("tiktok.status", code).definite());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access_token_invalid",
                "scope_not_authorized",
                "invalid_publish_id",
                "token_not_authorized_for_specified_publish_id",
                "publish_not_cancellable",
                "url_ownership_unverified",
                "rate_limit_exceeded",
                "internal_error"
            })
    void cancelCodes_areKnown(String code) {
        known("tiktok.cancel", code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scope_permission_missed", "publish_not_cancellable", "internal_error"})
    void otherDataCodes_areKnown(String code) {
        known("tiktok.user_info", code);
    }

    @Test
    void transientCodes_areNeverDefinite() {
        for (String operation : List.of(
                "tiktok.token",
                "tiktok.refresh",
                "tiktok.video_init",
                "tiktok.inbox_init",
                "tiktok.photo_init",
                "tiktok.cancel",
                "tiktok.status")) {
            for (String code :
                    List.of("server_error", "temporarily_unavailable", "internal_error", "http_500", "new")) {
                assertFalse(CATALOGUE.error(operation, 200, code, "", null).definite(), operation + " " + code);
            }
        }
    }

    @Test
    void causesAndRemedies_areSentencesForPeople() {
        for (String code : CATALOGUE.codes()) {
            for (String operation :
                    List.of("tiktok.token", "tiktok.status", "tiktok.video_init", "tiktok.upload_chunk")) {
                String remedy =
                        CATALOGUE.error(operation, 0, code, "", null).meaning().remedy();
                assertTrue(remedy.endsWith(".") && Character.isUpperCase(remedy.charAt(0)), code + ": " + remedy);
            }
        }
    }

    @Test
    void redirectMismatch_tellsTheOperatorWhatToRegister() {
        PlatformError error = CATALOGUE.error(
                "tiktok.token",
                200,
                "invalid_request",
                "Redirect_uri is not matched with the uri when requesting code.",
                null);
        assertTrue(error.meaning().remedy().startsWith("Register exactly the configured redirectUri"));
    }

    private static PlatformError known(String operation, String code) {
        PlatformError error = CATALOGUE.error(operation, 400, code, "", null);
        assertNotEquals(CauseClass.UNKNOWN, error.meaning().causeClass(), operation + " " + code);
        return error;
    }
}
