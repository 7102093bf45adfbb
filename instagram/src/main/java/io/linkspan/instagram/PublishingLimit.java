package io.linkspan.instagram;

import io.linkspan.connection.Capability;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CapabilityFinding;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.Problem;
import io.linkspan.spi.QuotaBlock;
import io.linkspan.spi.QuotaLeft;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TargetFacts;
import io.linkspan.spi.TokenEffect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether an account can publish now, by {@code content_publishing_limit}; the same under both logins. */
final class PublishingLimit {
    private static final List<Capability> PUBLISHING = List.of(Capability.PUBLISH_VIDEO, Capability.PUBLISH_PHOTO);
    /** A permission or a setting of the app stands in the way, and not the account. */
    private static final String REFUSED = "instagram.refused";

    private static final Set<CauseClass> ABOUT_THE_CAPABILITY =
            EnumSet.of(CauseClass.PERMISSION, CauseClass.ACCOUNT, CauseClass.CONFIGURATION);

    private static final ErrorMeaning QUOTA_USED_UP = new ErrorMeaning(
            CauseClass.QUOTA,
            "the account has used up its posts for 24 hours, over all apps",
            Actor.PLATFORM,
            "Wait until earlier posts are more than 24 hours old.",
            TokenEffect.NONE,
            true);

    private final InstagramApp app;
    private final Answers answers;

    PublishingLimit(InstagramApp app, Answers answers) {
        this.app = app;
        this.answers = answers;
    }

    /** What Instagram says about the limit. Usage lags by minutes. */
    record Use(long used, @Nullable Long total) {
        /** The pages contradict each other on the limit (25, 50, 100), so it is read from the answer. */
        static Optional<Use> in(JsonNode root) {
            JsonNode answer = Fields.unwrapped(root);
            Long total = Fields.number(answer.path("config"), "quota_total").orElse(null);
            return Fields.number(answer, "quota_usage").map(used -> new Use(used, total));
        }

        boolean usedUp() {
            return total != null && used >= total;
        }

        String detail() {
            return used + " of " + (total == null ? "an unknown number of" : total)
                    + " posts in 24 hours used; Instagram updates the count some minutes late";
        }
    }

    Flow<List<CapabilityFinding>> probe(Secret accessToken, AccountIdentity account) {
        return new Flow.Call<>(
                read(accessToken, account),
                result -> Flow.finished(blocked(use(result).map(PublishingLimit::findings))));
    }

    private HttpCall read(Secret accessToken, AccountIdentity account) {
        return app.read(
                Operations.PUBLISHING_LIMIT,
                "/" + account.id() + "/content_publishing_limit",
                Map.of("fields", "quota_usage,config"),
                accessToken);
    }

    private Outcome<Use> use(HttpResult result) {
        return answers.read(Operations.PUBLISHING_LIMIT, result, Use::in);
    }

    /**
     * What stands in the way of a new container. An answer that tells nothing about token or limits is no reason to wait:
     * the container may be made all the same, and posts nothing.
     */
    Flow<Optional<QuotaBlock>> before(Secret accessToken, AccountIdentity account) {
        return Flow.call(read(accessToken, account), result -> {
            Outcome<Use> read = use(result);
            if (read instanceof Outcome.Done<Use> done) {
                return Outcome.done(
                        done.value().usedUp()
                                ? Optional.of(Limits.posts(null, done.value().detail()))
                                : Limits.announced(result));
            }
            boolean telling = read.refusal()
                    .filter(error -> error.meaning().tokenEffect() != TokenEffect.NONE
                            || Limits.blocked(error).isPresent())
                    .isPresent();
            return telling ? read.map(use -> Optional.<QuotaBlock>empty()) : Outcome.done(Optional.empty());
        });
    }

    /** What the platform says about the account right now. */
    Flow<TargetFacts> look(Secret accessToken, AccountIdentity account) {
        return Flow.call(read(accessToken, account), result -> {
            Outcome<Use> read = use(result);
            if (read instanceof Outcome.Refused<Use> refused && aboutTheCapability(refused.error())) {
                boolean restricted = refused.error().meaning().causeClass() == CauseClass.ACCOUNT;
                Problem problem = Problem.waivable(
                        restricted ? Limits.ACCOUNT : REFUSED,
                        "Instagram refuses: " + refused.error().describe());
                return Outcome.done(new TargetFacts(null, List.of(), List.of(problem), shown(account)));
            }
            return read.map(use -> facts(use, account, Limits.announced(result), Usage.date(result)));
        });
    }

    private static TargetFacts facts(
            Use use, AccountIdentity account, Optional<QuotaBlock> announced, @Nullable Instant date) {
        List<Problem> problems = new ArrayList<>();
        Instant freeAt = null;
        if (use.usedUp()) {
            QuotaBlock block = Limits.posts(null, use.detail());
            freeAt = date == null ? null : date.plus(block.pause());
            problems.add(Problem.warns(Limits.POSTS, block.reason() + "; the job waits and asks again"));
        }
        announced.ifPresent(block -> problems.add(Problem.warns(block.name(), block.reason())));
        List<QuotaLeft> left = List.of(new QuotaLeft(Limits.POSTS, use.used(), use.total(), freeAt, use.detail()));
        return new TargetFacts(null, left, problems, shown(account));
    }

    private static Map<String, String> shown(AccountIdentity account) {
        return Map.of("username", account.handle());
    }

    /** A refusal that concerns the capability is what was looked for; one that concerns the token is not. */
    private static Outcome<List<CapabilityFinding>> blocked(Outcome<List<CapabilityFinding>> read) {
        if (!(read instanceof Outcome.Refused<List<CapabilityFinding>> refused)
                || !aboutTheCapability(refused.error())) {
            return read;
        }
        PlatformError error = refused.error();
        return Outcome.done(findings(Operations.PUBLISHING_LIMIT, error.code(), error.message(), error.meaning()));
    }

    private static boolean aboutTheCapability(PlatformError error) {
        ErrorMeaning meaning = error.meaning();
        return meaning.tokenEffect() == TokenEffect.NONE && ABOUT_THE_CAPABILITY.contains(meaning.causeClass());
    }

    private static List<CapabilityFinding> findings(Use use) {
        return use.usedUp()
                ? findings(Operations.PUBLISHING_LIMIT, "quota_used_up", use.detail(), QUOTA_USED_UP)
                : findings(Operations.PUBLISHING_LIMIT, "ok", use.detail(), null);
    }

    /** One finding for each way to publish. */
    static List<CapabilityFinding> findings(
            String source, String code, String detail, @Nullable ErrorMeaning blockedBy) {
        return PUBLISHING.stream()
                .map(capability -> new CapabilityFinding(capability, source, code, detail, blockedBy))
                .toList();
    }
}
