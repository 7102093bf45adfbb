package io.linkspan.tiktok;

import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.Quota;
import io.linkspan.spi.QuotaBlock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * TikTok's limits on publishing: those we count, and those its refusals tell of.
 *
 * <p>Sources: {@code developers.tiktok.com/docs/en/tiktok-api-v2-rate-limit} and {@code …/content-sharing-guidelines}, read
 * 2026-11-30. Whether the three inits share one count is not documented; here they do.
 */
final class PublishLimits {
    static final String INIT = "tiktok.init_per_minute";
    static final String PENDING = "tiktok.pending_shares";
    static final String POSTS = "tiktok.posts_per_day";
    static final String ACTIVE_USERS = "tiktok.active_users";
    static final String ACCOUNT = "tiktok.account_restricted";

    /** Refusals of every post of an account, until its owner or the app's operator acts. */
    private static final Set<String> RESTRICTING = Set.of(
            "spam_risk_user_banned_from_posting",
            "scope_not_authorized",
            "scope_permission_missed",
            "unaudited_client_can_only_post_to_private_accounts");

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofHours(24);

    private final @Nullable Integer activeUsers;

    /** @param activeUsers how many people may post within 24 hours, or null when nobody counts */
    PublishLimits(@Nullable Integer activeUsers) {
        this.activeUsers = activeUsers;
    }

    List<Quota> quotas(PublishContent content) {
        PostMode mode = PostMode.of(content);
        Quota.Step step = mode.pulled() ? Quota.Step.COMMIT : Quota.Step.PREPARE; // wherever the init is sent
        List<Quota> quotas = new ArrayList<>();
        // the short window first: what is taken there comes back soon when a long one then makes the job wait
        quotas.add(new Quota(INIT, Quota.Scope.CONNECTION, 6, MINUTE, 1, step, Quota.Counting.REQUESTS));
        if (mode.direct() && activeUsers != null) {
            quotas.add(new Quota(
                    ACTIVE_USERS, Quota.Scope.APP, activeUsers, DAY, 1, step, Quota.Counting.FIRST_OF_CONNECTION));
        }
        if (!mode.direct()) {
            quotas.add(Quota.each(PENDING, Quota.Scope.CONNECTION, 5, DAY, step));
        }
        return List.copyOf(quotas);
    }

    /** The daily caps are about direct posts, the inbox about drafts, and the rest about everything. */
    boolean stops(String limit, PublishContent content) {
        boolean direct = PostMode.of(content).direct();
        return switch (limit) {
            case POSTS, ACTIVE_USERS -> direct;
            case PENDING -> !direct;
            default -> true;
        };
    }

    Optional<QuotaBlock> blocked(PlatformError error) {
        return switch (error.code()) {
            case "spam_risk_too_many_posts" ->
                block(
                        error,
                        POSTS,
                        Quota.Scope.CONNECTION,
                        DAY,
                        "this account reached its number of posts by apps in 24 hours, which all apps share");
            case "spam_risk_too_many_pending_share" ->
                block(
                        error,
                        PENDING,
                        Quota.Scope.CONNECTION,
                        HOUR,
                        "five drafts of 24 hours wait in the person's TikTok inbox; the person has to post or drop some");
            case "reached_active_user_cap" ->
                block(
                        error,
                        ACTIVE_USERS,
                        Quota.Scope.CONNECTION,
                        HOUR,
                        "the app reached its number of accounts that post directly within 24 hours; accounts that posted in that time"
                                + " and drafts are not affected; the operator has to pass TikTok's audit or ask for more, or"
                                + " wait until another account's 24 hours are over");
            case "spam_risk_user_banned_from_posting" ->
                block(
                        error,
                        ACCOUNT,
                        Quota.Scope.CONNECTION,
                        HOUR,
                        "TikTok has barred this account from posting; its owner has to open TikTok and settle the restriction"
                                + " shown under account status");
            case "rate_limit_exceeded" ->
                block(
                        error,
                        error.operation().endsWith("_init") ? INIT : error.operation() + "_per_minute",
                        Quota.Scope.CONNECTION,
                        MINUTE,
                        "too many requests for this account within a minute; it goes on by itself");
            default -> Optional.empty();
        };
    }

    boolean restricts(PlatformError error) {
        return RESTRICTING.contains(error.code());
    }

    private static Optional<QuotaBlock> block(
            PlatformError error, String name, Quota.Scope scope, Duration least, String why) {
        Duration asked = error.retryAfter();
        Duration pause = asked == null || asked.compareTo(least) < 0 ? least : asked;
        return Optional.of(new QuotaBlock(name, scope, pause, "TikTok answered " + error.code() + ": " + why));
    }
}
