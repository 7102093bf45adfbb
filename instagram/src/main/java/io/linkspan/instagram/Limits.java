package io.linkspan.instagram;

import io.linkspan.spi.HttpResult;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.Quota;
import io.linkspan.spi.QuotaBlock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Limits on publishing and on calls: what is counted beforehand, and what answers say about them.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/content-publishing">Content Publishing, limits</a>
 *     (page of 2026-06-30, read 2026-11-21)
 */
final class Limits {
    static final String CONTAINERS = "instagram.containers_per_day";
    static final String POSTS = "instagram.posts_per_day";
    static final String ACCOUNT = "instagram.account_restricted";
    static final String APP_CALLS = "instagram.app_calls";
    static final String ACCOUNT_CALLS = "instagram.account_calls";

    /** Same page: containers of one account in 24 hours; what is answered beyond is not published. */
    private static final int MOST_CONTAINERS = 400;

    private static final Duration DAY = Duration.ofHours(24);

    /** No answer tells when a place gets free, so it is asked again every hour. */
    private static final Duration POSTS_PAUSE = Duration.ofHours(1);

    /** The account's owner has to act first; so often a waiting post shows whether that has happened. */
    private static final Duration ACCOUNT_PAUSE = Duration.ofHours(1);

    /** Taken for spam, or blocked for a while: each try may prolong it. */
    private static final Duration SPAM_PAUSE = Duration.ofHours(6);

    /** Refusals of every post: a permission is missing, the person lacks a role on the Page, or Meta has blocked the app. */
    private static final Pattern PERMISSION = Pattern.compile("10(/.*)?|200|190/492");

    /** The windows slide over an hour or a day, and asking prolongs the block. */
    private static final Duration CALLS_PAUSE = Duration.ofMinutes(15);

    private static final Duration LEAST = Duration.ofMinutes(1);

    /** Counts of business uses; 80002 is Instagram, 80001 Pages. The others belong to other products, and waiting is right there too. */
    private static final Pattern BUSINESS_USE = Pattern.compile("800(0\\d|1[0-4])");

    /** How subcodes of publishing begin. */
    private static final String PUBLISHING = "/2207";

    private Limits() {}

    /** A carousel makes a container for each item and one more. */
    static List<Quota> counted(PublishContent content) {
        int items = content.items().size();
        int cost = content.kind() == PublishContent.Kind.CAROUSEL ? items + 1 : 1;
        return List.of(new Quota(
                CONTAINERS,
                Quota.Scope.CONNECTION,
                Math.max(MOST_CONTAINERS, cost),
                DAY,
                cost,
                Quota.Step.PREPARE,
                Quota.Counting.EACH));
    }

    /** What a refusal says about a limit. An answer to a commit that may have had an effect is no refusal and not asked for. */
    static Optional<QuotaBlock> blocked(PlatformError error) {
        String code = error.code();
        if (code.endsWith("/2207042")) {
            return Optional.of(posts(error.retryAfter(), error.message()));
        }
        if (code.endsWith("/2207050")) {
            return account(error, ACCOUNT_PAUSE);
        }
        if (code.endsWith("/2207051")) {
            return account(error, SPAM_PAUSE);
        }
        if (code.contains(PUBLISHING)) { // it says more than its code
            return Optional.empty();
        }
        String bare = code.replaceFirst("/.*", "");
        return switch (bare) {
            case "9009" -> account(error, ACCOUNT_PAUSE);
            case "368" -> account(error, SPAM_PAUSE);
            case "4", "341" ->
                calls(APP_CALLS, Quota.Scope.APP, "this app, for all accounts that are connected with it", error);
            case "17" -> calls("instagram.user_calls", Quota.Scope.CONNECTION, "the person of this account", error);
            case "32", "80001" -> calls("instagram.page_calls", Quota.Scope.CONNECTION, "the account's Page", error);
            case "613" -> calls("instagram.calls", Quota.Scope.CONNECTION, "this account", error);
            default ->
                BUSINESS_USE.matcher(bare).matches()
                        ? calls(ACCOUNT_CALLS, Quota.Scope.CONNECTION, "this account", error)
                        : Optional.empty();
        };
    }

    private static Optional<QuotaBlock> account(PlatformError error, Duration usual) {
        return Optional.of(new QuotaBlock(
                ACCOUNT,
                Quota.Scope.CONNECTION,
                pause(error.retryAfter(), usual),
                "Instagram restricts this account; its owner has to open the Instagram app and follow the"
                        + " instructions there: " + error.message()));
    }

    /** Whether a refusal is about the account or its permissions, whatever is posted. */
    static boolean restricts(PlatformError error) {
        return switch (error.meaning().causeClass()) {
            case ACCOUNT -> blocked(error).isPresent();
            case PERMISSION, CONFIGURATION -> PERMISSION.matcher(error.code()).matches();
            case AUTHORIZATION, CONTENT, QUOTA, TRANSIENT, UNKNOWN -> false;
        };
    }

    private static Optional<QuotaBlock> calls(String name, Quota.Scope scope, String whom, PlatformError error) {
        return Optional.of(new QuotaBlock(
                name,
                scope,
                pause(error.retryAfter(), CALLS_PAUSE),
                "Instagram takes no more calls for " + whom + " for a while: " + error.message()));
    }

    /** The publishing limit of the account is used up. */
    static QuotaBlock posts(@Nullable Duration asked, String said) {
        return new QuotaBlock(
                POSTS,
                Quota.Scope.CONNECTION,
                pause(asked, POSTS_PAUSE),
                "Instagram lets this account publish no more for now, counted over all apps and 24 hours: " + said);
    }

    /** What the headers of a success say. */
    static Optional<QuotaBlock> announced(HttpResult result) {
        if (!(result instanceof HttpResult.Answered answer)) {
            return Optional.empty();
        }
        Optional<Duration> account = Usage.untilAccess(answer);
        if (account.isPresent()) {
            return Optional.of(new QuotaBlock(
                    ACCOUNT_CALLS,
                    Quota.Scope.CONNECTION,
                    account.get(),
                    "Instagram says that it takes no more calls for this account for "
                            + account.get().toMinutes() + " min (X-Business-Use-Case-Usage)"));
        }
        return Usage.appUsedUp(answer)
                ? Optional.of(new QuotaBlock(
                        APP_CALLS,
                        Quota.Scope.APP,
                        CALLS_PAUSE,
                        "Instagram says that this app, for all accounts that are connected with it, has used its"
                                + " calls of this hour (X-App-Usage)"))
                : Optional.empty();
    }

    private static Duration pause(@Nullable Duration asked, Duration usual) {
        Duration pause = asked == null ? usual : asked;
        return pause.compareTo(LEAST) < 0 ? LEAST : pause;
    }
}
