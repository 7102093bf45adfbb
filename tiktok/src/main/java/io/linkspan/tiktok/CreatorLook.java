package io.linkspan.tiktok;

import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.QuotaBlock;
import io.linkspan.spi.QuotaLeft;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TargetFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What creator info says about a post before it is queued. TikTok tells nothing of the kind for drafts. */
final class CreatorLook {
    private static final String UNAUDITED = "unaudited_client_can_only_post_to_private_accounts";
    /** Refusals that concern posting, not the question; TikTok would refuse the post as well. */
    private static final Set<String> REFUSALS = Set.of(
            "spam_risk_user_banned_from_posting",
            "spam_risk",
            "scope_not_authorized",
            "scope_permission_missed",
            UNAUDITED);

    private final CreatorInfoQuery creatorInfo;
    private final PublishLimits limits;
    private final boolean audited;

    CreatorLook(CreatorInfoQuery creatorInfo, PublishLimits limits, boolean audited) {
        this.creatorInfo = creatorInfo;
        this.limits = limits;
        this.audited = audited;
    }

    Flow<TargetFacts> ask(Secret accessToken, PublishContent content) {
        return PostMode.of(content).direct()
                ? Flow.call(creatorInfo.call(accessToken), result -> read(content, result))
                : Flow.of(TargetFacts.NONE);
    }

    private Outcome<TargetFacts> read(PublishContent content, HttpResult result) {
        Outcome<CreatorInfo> outcome = creatorInfo.read(result);
        if (outcome instanceof Outcome.Refused<CreatorInfo> refused) {
            PlatformError error = refused.error();
            if (REFUSALS.contains(error.code())) {
                Problem problem = Problem.waivable("tiktok." + error.code(), error.describe());
                return Outcome.done(new TargetFacts(null, List.of(), List.of(problem), Map.of()));
            }
            Optional<QuotaBlock> limit =
                    limits.blocked(error).filter(block -> !error.code().equals("rate_limit_exceeded"));
            if (limit.isPresent()) {
                return Outcome.done(usedUp(limit.get()));
            }
        }
        return outcome.map(info -> facts(content, info));
    }

    /** A limit only delays a post, so it stands in nobody's way. */
    private static TargetFacts usedUp(QuotaBlock limit) {
        QuotaLeft left = new QuotaLeft(limit.name(), null, null, null, limit.reason() + ", told by TikTok");
        return new TargetFacts(
                null,
                List.of(left),
                List.of(Problem.warns(limit.name(), limit.reason() + "; the post waits")),
                Map.of());
    }

    private TargetFacts facts(PublishContent content, CreatorInfo info) {
        boolean photos = PostMode.of(content).photos();
        Duration longest = photos || info.maxSeconds().isEmpty()
                ? null
                : Duration.ofSeconds(Math.max(info.maxSeconds().getAsLong(), 0));
        return new TargetFacts(longest, List.of(), problems(content, info, photos), info.attributes());
    }

    private List<Problem> problems(PublishContent content, CreatorInfo info, boolean photos) {
        List<Problem> problems = new ArrayList<>();
        String level = content.option(TikTokVideoOptions.PRIVACY_LEVEL).orElse("");
        if (!level.isEmpty() && !info.privacyLevels().contains(level)) {
            problems.add(Problem.waivable(
                    "tiktok.privacy_level",
                    "TikTok offers this creator " + String.join(", ", info.privacyLevels()) + " now, the post wants "
                            + level + "; let the person choose again"));
        }
        off(problems, content, TikTokVideoOptions.ALLOW_COMMENT, info.commentDisabled(), "comments");
        if (!photos) {
            off(problems, content, TikTokVideoOptions.ALLOW_DUET, info.duetDisabled(), "duets");
            off(problems, content, TikTokVideoOptions.ALLOW_STITCH, info.stitchDisabled(), "stitches");
        }
        boolean refused = info.publicAccount() || !level.equals(TikTokPrivacyLevel.SELF_ONLY.name());
        if (!audited && refused) {
            problems.add(Problem.waivable(
                    "tiktok." + UNAUDITED,
                    "the app is set up as not audited: until TikTok's Content Posting audit passes, the account must be"
                            + " private when posting" + (info.publicAccount() ? " and is public now" : "")
                            + ", and the post must be SELF_ONLY; set audited(true) once the audit passed"));
        }
        return problems;
    }

    private static void off(
            List<Problem> problems, PublishContent content, String option, boolean disabled, String what) {
        if (disabled && PostRules.isOn(content.options(), option)) {
            problems.add(Problem.warns(
                    "tiktok." + option,
                    "the creator's own settings forbid " + what + ", so they stay off on this post"));
        }
    }
}
