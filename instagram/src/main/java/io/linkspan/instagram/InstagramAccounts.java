package io.linkspan.instagram;

import io.linkspan.connection.Capability;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.AccountAdapter;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CapabilityFinding;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.EligibilityFinding;
import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whose token it is, and whether the account can publish now.
 *
 * <p>{@code /me} knows two ids: {@code user_id} is the professional account and identifies it here and in webhooks;
 * {@code id} is the person as this app sees them and may stand in the deauthorize callback, so it is an alias.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/get-started">
 *     Get started, fields of /me</a> and <a
 *     href="https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit">
 *     Content Publishing Limit</a> (copies of 2026 with v25.0, read 2026-11-21)
 */
final class InstagramAccounts implements AccountAdapter {
    private static final String ACCOUNT_TYPE = "account_type";

    private static final ErrorMeaning NOT_PROFESSIONAL = new ErrorMeaning(
            CauseClass.ACCOUNT,
            "the account is personal, and Instagram lets apps publish to professional accounts only",
            Actor.PERSON,
            "Switch the account to Business or Creator in the settings of the Instagram app, then connect again.",
            TokenEffect.NONE,
            false);
    private static final ErrorMeaning NO_PROFILE_LINK = new ErrorMeaning(
            CauseClass.PERMISSION,
            "Instagram Login shows apps neither the bio nor the links of a profile",
            Actor.PERSON,
            "Look at the profile in the Instagram app and say whether the link is there.",
            TokenEffect.NONE,
            false);

    private final InstagramApp app;
    private final Answers answers;
    private final PublishingLimit limit;

    InstagramAccounts(InstagramApp app, Answers answers) {
        this.app = app;
        this.answers = answers;
        this.limit = new PublishingLimit(app, answers);
    }

    @Override
    public Flow<AccountIdentity> identify(Secret accessToken, Set<String> scopes) {
        String fields = scopes.isEmpty() || scopes.contains(InstagramOAuth.BASIC)
                ? "user_id,id,username,name,account_type"
                : "user_id,id";
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
        if (isPersonal(account)) {
            return Flow.of(withProfileLink(
                    PublishingLimit.findings(Operations.ME, "PERSONAL", "account_type is PERSONAL", NOT_PROFESSIONAL)));
        }
        if (!scopes.isEmpty() && !scopes.contains(InstagramOAuth.CONTENT_PUBLISH)) {
            return Flow.of(List.of(profileLink()));
        }
        return limit.probe(accessToken, account).then(findings -> Flow.of(withProfileLink(findings)));
    }

    @Override
    public Optional<EligibilityFinding> eligibility(AccountIdentity account, Set<Capability> wanted) {
        return isPersonal(account)
                ? Optional.of(new EligibilityFinding(
                        "not_professional",
                        Operations.ME,
                        account.shown() + " is a personal account (account_type PERSONAL)",
                        NOT_PROFESSIONAL.remedy()))
                : Optional.empty();
    }

    private static boolean isPersonal(AccountIdentity account) {
        return "PERSONAL".equalsIgnoreCase(account.attributes().get(ACCOUNT_TYPE));
    }

    private static List<CapabilityFinding> withProfileLink(List<CapabilityFinding> publishing) {
        List<CapabilityFinding> findings = new ArrayList<>(publishing);
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
