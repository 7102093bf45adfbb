package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.HttpResult;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.Quota;
import io.linkspan.spi.QuotaBlock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishLimitsTest {
    private static final PublishContent PHOTOS = Fixtures.photos(
            TikTokPhotoOptions.builder(TikTokPrivacyLevel.SELF_ONLY).build(), 2);
    private static final PublishLimits LIMITS = new PublishLimits(null);

    @Test
    void quotas_countTheInitWhereItIsSent() {
        assertEquals(List.of(inits(Quota.Step.PREPARE)), LIMITS.quotas(Fixtures.video()));
        assertEquals(
                List.of(inits(Quota.Step.COMMIT)),
                LIMITS.quotas(Fixtures.video(Fixtures.selfOnly().pulled())));
        assertEquals(List.of(inits(Quota.Step.COMMIT)), LIMITS.quotas(PHOTOS));
    }

    @Test
    void stops_aPostOnlyForItsOwnLimits() {
        PublishContent draft = Fixtures.video(TikTokVideoOptions.draft());

        assertTrue(LIMITS.stops(PublishLimits.POSTS, Fixtures.video()));
        assertFalse(LIMITS.stops(PublishLimits.POSTS, draft));
        assertFalse(LIMITS.stops(PublishLimits.ACTIVE_USERS, draft));
        assertTrue(LIMITS.stops(PublishLimits.PENDING, draft));
        assertFalse(LIMITS.stops(PublishLimits.PENDING, PHOTOS));
        assertTrue(LIMITS.stops(PublishLimits.INIT, draft));
    }

    @Test
    void quotas_ofDrafts_countPendingShares() {
        assertEquals(
                List.of(inits(Quota.Step.PREPARE), pending(Quota.Step.PREPARE)),
                LIMITS.quotas(Fixtures.video(TikTokVideoOptions.draft())));
        assertEquals(
                List.of(inits(Quota.Step.COMMIT), pending(Quota.Step.COMMIT)),
                LIMITS.quotas(Fixtures.photos(TikTokPhotoOptions.draft(), 1)));
    }

    @Test
    void quotas_withActiveUserCap_countPeopleOfDirectPosts() {
        PublishLimits limits = new PublishLimits(5);
        Quota people = new Quota(
                "tiktok.active_users",
                Quota.Scope.APP,
                5,
                Duration.ofHours(24),
                1,
                Quota.Step.COMMIT,
                Quota.Counting.FIRST_OF_CONNECTION);
        assertEquals(List.of(inits(Quota.Step.COMMIT), people), limits.quotas(PHOTOS));
        assertEquals(
                2, limits.quotas(Fixtures.video(TikTokVideoOptions.draft())).size());
    }

    @ParameterizedTest
    @CsvSource({
        "spam_risk_too_many_posts, tiktok.posts_per_day, CONNECTION, PT24H, which all apps share",
        "spam_risk_too_many_pending_share, tiktok.pending_shares, CONNECTION, PT1H, the person has to post or drop some",
        "reached_active_user_cap, tiktok.active_users, CONNECTION, PT1H, drafts are not affected",
        "spam_risk_user_banned_from_posting, tiktok.account_restricted, CONNECTION, PT1H, settle the restriction",
        "rate_limit_exceeded, tiktok.init_per_minute, CONNECTION, PT1M, it goes on by itself"
    })
    void blocked_tellsWhomAndHowLong(String code, String name, Quota.Scope scope, Duration pause, String words) {
        for (String operation : List.of("tiktok.video_init", "tiktok.inbox_init", "tiktok.photo_init")) {
            QuotaBlock block = LIMITS.blocked(error(operation, code)).orElseThrow();
            assertEquals(name, block.name());
            assertEquals(scope, block.scope());
            assertEquals(pause, block.pause());
            assertTrue(block.reason().startsWith("TikTok answered " + code), block.reason());
            assertTrue(block.reason().contains(words), block.reason());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"privacy_level_option_mismatch", "app_version_check_failed", "internal_error"})
    void blocked_ofOtherRefusals_isEmpty(String code) {
        assertEquals(Optional.empty(), LIMITS.blocked(error("tiktok.video_init", code)));
    }

    @ParameterizedTest
    @CsvSource({
        "spam_risk_user_banned_from_posting, true",
        "scope_not_authorized, true",
        "scope_permission_missed, true",
        "unaudited_client_can_only_post_to_private_accounts, true",
        "app_version_check_failed, false",
        "spam_risk, false",
        "spam_risk_too_many_posts, false",
        "internal_error, false"
    })
    void restricts_isAboutTheAccount_andNotAboutOnePost(String code, boolean restricts) {
        assertEquals(restricts, LIMITS.restricts(error("tiktok.video_init", code)));
    }

    @Test
    void blocked_ofOtherEndpoints_isALimitOfTheirOwn() {
        assertEquals(
                "tiktok.creator_info_per_minute",
                LIMITS.blocked(error("tiktok.creator_info", "rate_limit_exceeded"))
                        .orElseThrow()
                        .name());
    }

    @ParameterizedTest
    @CsvSource({"300, PT5M", "5, PT1M", "999999999, PT24H", "-1, PT1M", "'Wed, 21 Oct 2026 07:28:00 GMT', PT1M"})
    void blocked_honoursRetryAfterButNoLessThanAMinute(String header, Duration pause) {
        HttpResult answer = new HttpResult.Answered(
                429,
                Map.of("Retry-After", List.of(header)),
                "{\"error\":{\"code\":\"rate_limit_exceeded\"}}".getBytes(StandardCharsets.UTF_8));
        PlatformError error =
                Script.refused(new Answers().data(Operations.PHOTO_INIT, answer, data -> Optional.of("never")));
        assertEquals(pause, LIMITS.blocked(error).orElseThrow().pause());
    }

    private static PlatformError error(String operation, String code) {
        return new Answers().known(operation, 403, code, "", null);
    }

    private static Quota inits(Quota.Step step) {
        return new Quota(
                "tiktok.init_per_minute",
                Quota.Scope.CONNECTION,
                6,
                Duration.ofMinutes(1),
                1,
                step,
                Quota.Counting.REQUESTS);
    }

    private static Quota pending(Quota.Step step) {
        return Quota.each("tiktok.pending_shares", Quota.Scope.CONNECTION, 5, Duration.ofHours(24), step);
    }
}
