package io.linkspan.instagram;

import io.linkspan.connection.Capability;
import io.linkspan.spi.AccountAdapter;
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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whose token it is, and whether the account can publish now.
 *
 * <p>{@code /me} knows two ids: {@code user_id} is the professional account and identifies it here and in webhooks;
 * {@code id} is the person as this app sees them and may stand in the deauthorize callback, so it is an alias.
 *
 * @see <a href="https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/get-started">
 *     Get started, fields of /me</a> and <a
 *     href="https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit">
 *     Content Publishing Limit</a> (copies of 2026 with v25.0, read 2026-11-21)
 */
final class InstagramAccounts implements AccountAdapter {
    private static final String ACCOUNT_TYPE = "account_type";
    private static final List<Capability> PUBLISHING = List.of(Capability.PUBLISH_VIDEO, Capability.PUBLISH_PHOTO);
    private static final Set<CauseClass> ABOUT_THE_CAPABILITY =
            EnumSet.of(CauseClass.PERMISSION, CauseClass.ACCOUNT, CauseClass.CONFIGURATION);

    private static final ErrorMeaning NOT_PROFESSIONAL = new ErrorMeaning(
            CauseClass.ACCOUNT,
            "the account is personal, and Instagram lets apps publish to professional accounts only",
            Actor.PERSON,
            "Switch the account to Business or Creator in the settings of the Instagram app, then connect again.",
            TokenEffect.NONE,
            false);
    private static final ErrorMeaning QUOTA_USED_UP = new ErrorMeaning(
            CauseClass.QUOTA,
            "the account has used up its posts for 24 hours, over all apps",
            Actor.PLATFORM,
            "Wait until earlier posts are more than 24 hours old, then publish again.",
            TokenEffect.NONE,
            true);
    private static final ErrorMeaning NO_PROFILE_LINK = new ErrorMeaning(
            CauseClass.PERMISSION,
            "Instagram Login shows apps neither the bio nor the links of a profile",
            Actor.PERSON,
            "Look at the profile in the Instagram app and say whether the link is there.",
            TokenEffect.NONE,
            false);

    private final InstagramApp app;
    private final Answers answers;

    InstagramAccounts(InstagramApp app, Answers answers) {
        this.app = app;
        this.answers = answers;
    }

    @Override
    public Flow<AccountIdentity> identify(Secret accessToken, Set<String> scopes) {
        String fields = scopes.contains(InstagramOAuth.BASIC) ? "user_id,id,username,name,account_type" : "user_id,id";
        return Flow.call(
                app.read(Operations.ME, "/me", Map.of("fields", fields), accessToken),
                result -> answers.read(Operations.ME, result, InstagramAccounts::identity));
    }

    private static Optional<AccountIdentity> identity(JsonNode root) {
        JsonNode me = Fields.unwrapped(root);
        Optional<String> scoped = Fields.id(me, "id");
        return Fields.id(me, "user_id").map(id -> {
            Map<String, String> attributes = new TreeMap<>();
            scoped.ifPresent(other -> attributes.put("app_scoped_id", other));
            String type = Fields.text(me, ACCOUNT_TYPE).toUpperCase(Locale.ROOT);
            if (!type.isEmpty()) {
                attributes.put(ACCOUNT_TYPE, type);
            }
            return new AccountIdentity(
                    id,
                    scoped.filter(other -> !other.equals(id)).map(Set::of).orElse(Set.of()),
                    Fields.text(me, "username"),
                    Fields.text(me, "name"),
                    attributes);
        });
    }

    @Override
    public Flow<List<CapabilityFinding>> probe(Secret accessToken, AccountIdentity account, Set<String> scopes) {
        if ("PERSONAL".equalsIgnoreCase(account.attributes().get(ACCOUNT_TYPE))) {
            return Flow.of(findings(Operations.ME, "PERSONAL", "account_type is PERSONAL", NOT_PROFESSIONAL));
        }
        if (!scopes.contains(InstagramOAuth.CONTENT_PUBLISH)) {
            return Flow.of(List.of(profileLink()));
        }
        return new Flow.Call<>(
                app.read(
                        Operations.PUBLISHING_LIMIT,
                        "/" + account.id() + "/content_publishing_limit",
                        Map.of("fields", "quota_usage,config"),
                        accessToken),
                result -> Flow.finished(
                        blocked(answers.read(Operations.PUBLISHING_LIMIT, result, InstagramAccounts::quota))));
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

    private static List<CapabilityFinding> findings(
            String source, String code, String detail, @Nullable ErrorMeaning blockedBy) {
        List<CapabilityFinding> findings = new ArrayList<>();
        for (Capability capability : PUBLISHING) {
            findings.add(new CapabilityFinding(capability, source, code, detail, blockedBy));
        }
        findings.add(profileLink());
        return List.copyOf(findings);
    }

    private static CapabilityFinding profileLink() {
        return new CapabilityFinding(
                Capability.PROFILE_LINK,
                Operations.ME,
                "not_offered",
                "no field of /me holds bio or links",
                NO_PROFILE_LINK);
    }
}
