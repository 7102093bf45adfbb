package io.linkspan.instagram;

import io.linkspan.connection.Capability;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CapabilityFinding;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenEffect;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether an account can publish now, by {@code content_publishing_limit}; the same under both logins. */
final class PublishingLimit {
    private static final List<Capability> PUBLISHING = List.of(Capability.PUBLISH_VIDEO, Capability.PUBLISH_PHOTO);
    private static final Set<CauseClass> ABOUT_THE_CAPABILITY =
            EnumSet.of(CauseClass.PERMISSION, CauseClass.ACCOUNT, CauseClass.CONFIGURATION);

    private static final ErrorMeaning QUOTA_USED_UP = new ErrorMeaning(
            CauseClass.QUOTA,
            "the account has used up its posts for 24 hours, over all apps",
            Actor.PLATFORM,
            "Wait until earlier posts are more than 24 hours old, then publish again.",
            TokenEffect.NONE,
            true);

    private final InstagramApp app;
    private final Answers answers;

    PublishingLimit(InstagramApp app, Answers answers) {
        this.app = app;
        this.answers = answers;
    }

    Flow<List<CapabilityFinding>> probe(Secret accessToken, AccountIdentity account) {
        return new Flow.Call<>(
                app.read(
                        Operations.PUBLISHING_LIMIT,
                        "/" + account.id() + "/content_publishing_limit",
                        Map.of("fields", "quota_usage,config"),
                        accessToken),
                result -> Flow.finished(
                        blocked(answers.read(Operations.PUBLISHING_LIMIT, result, PublishingLimit::quota))));
    }

    /** A refusal that concerns the capability is what was looked for; one that concerns the token is not. */
    private static Outcome<List<CapabilityFinding>> blocked(Outcome<List<CapabilityFinding>> read) {
        if (!(read instanceof Outcome.Refused<List<CapabilityFinding>>)) {
            return read;
        }
        PlatformError error = ((Outcome.Refused<List<CapabilityFinding>>) read).error();
        ErrorMeaning meaning = error.meaning();
        boolean aboutIt =
                meaning.tokenEffect() == TokenEffect.NONE && ABOUT_THE_CAPABILITY.contains(meaning.causeClass());
        return aboutIt
                ? Outcome.done(findings(Operations.PUBLISHING_LIMIT, error.code(), error.message(), meaning))
                : read;
    }

    /** The pages contradict each other on the limit (25, 50, 100), so it is read from the answer. Usage lags by minutes. */
    private static Optional<List<CapabilityFinding>> quota(JsonNode root) {
        JsonNode answer = Fields.unwrapped(root);
        Optional<Long> used = Fields.number(answer, "quota_usage");
        Optional<Long> total = Fields.number(answer.path("config"), "quota_total");
        if (used.isEmpty()) {
            return Optional.empty();
        }
        String detail = used.get() + " of " + total.map(String::valueOf).orElse("an unknown number of")
                + " posts in 24 hours used, as Instagram counts some minutes late";
        return total.isPresent() && used.get() >= total.get()
                ? Optional.of(findings(Operations.PUBLISHING_LIMIT, "quota_used_up", detail, QUOTA_USED_UP))
                : Optional.of(findings(Operations.PUBLISHING_LIMIT, "ok", detail, null));
    }

    /** One finding for each way to publish. */
    static List<CapabilityFinding> findings(
            String source, String code, String detail, @Nullable ErrorMeaning blockedBy) {
        return PUBLISHING.stream()
                .map(capability -> new CapabilityFinding(capability, source, code, detail, blockedBy))
                .toList();
    }
}
