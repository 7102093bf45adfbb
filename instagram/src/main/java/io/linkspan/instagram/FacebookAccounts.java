package io.linkspan.instagram;

import io.linkspan.connection.Capability;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.AccountAdapter;
import io.linkspan.spi.AccountChoice;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CapabilityFinding;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenEffect;
import io.linkspan.spi.TokenPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The professional account linked to a Page. With a Page token {@code /me} is the Page.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-facebook-login/get-started">Get
 *     started with Facebook Login</a> and <a
 *     href="https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user">IG User</a> (copies
 *     of 2026, read 2026-11-21)
 */
final class FacebookAccounts implements AccountAdapter {
    static final String NO_ACCOUNT = "no_professional_account";
    private static final String ACCOUNT_FIELDS = "id,username,name,biography,website";
    static final ErrorMeaning NO_PROFESSIONAL_ACCOUNT = new ErrorMeaning(
            CauseClass.ACCOUNT,
            "no professional Instagram account is linked to the Page",
            Actor.PERSON,
            "Switch the Instagram account to Business or Creator in the settings of the Instagram app, link it to the Page"
                    + " in the Page's settings (Linked accounts), then connect again.",
            TokenEffect.NONE,
            false);

    private final InstagramApp app;
    private final Answers answers;
    private final PublishingLimit limit;
    private final FacebookPages pages;

    FacebookAccounts(InstagramApp app, Answers answers) {
        this.app = app;
        this.answers = answers;
        this.limit = new PublishingLimit(app, answers);
        this.pages = new FacebookPages(app, answers, this::account);
    }

    @Override
    public Flow<AccountIdentity> identify(Secret accessToken, Set<String> scopes) {
        return new Flow.Call<>(
                app.read(Operations.ME, "/me", Map.of("fields", "id,name,instagram_business_account"), accessToken),
                result -> linked(result, accessToken));
    }

    private Flow<AccountIdentity> linked(HttpResult result, Secret pageToken) {
        Outcome<FacebookPage> read = answers.read(Operations.ME, result, FacebookPage::read);
        return Flow.finished(read)
                .then(page -> page.accountId().isEmpty()
                        ? Flow.finished(new Outcome.Refused<>(new PlatformError(
                                Operations.ME,
                                200,
                                NO_ACCOUNT,
                                "the Page has no instagram_business_account",
                                null,
                                NO_PROFESSIONAL_ACCOUNT,
                                true)))
                        : account(page, pageToken));
    }

    /** The account linked to a Page, read with the Page's token. */
    private Flow<AccountIdentity> account(FacebookPage page, Secret pageToken) {
        return Flow.call(
                app.read(Operations.ACCOUNT, "/" + page.accountId(), Map.of("fields", ACCOUNT_FIELDS), pageToken),
                result -> answers.read(Operations.ACCOUNT, result, root -> identity(root, page)));
    }

    private static Optional<AccountIdentity> identity(JsonNode root, FacebookPage page) {
        return Fields.id(root, "id").filter(page.accountId()::equals).map(id -> {
            Map<String, String> attributes = new TreeMap<>();
            attributes.put("page_id", page.id());
            attributes.put("page_name", page.name());
            for (String name : List.of("biography", "website")) {
                if (!Fields.text(root, name).isEmpty()) {
                    attributes.put(name, Fields.text(root, name));
                }
            }
            return new AccountIdentity(
                    id, Set.of(), Fields.text(root, "username"), Fields.text(root, "name"), attributes);
        });
    }

    @Override
    public Flow<List<CapabilityFinding>> probe(Secret accessToken, AccountIdentity account, Set<String> scopes) {
        return scopes.isEmpty() || scopes.contains(FacebookOAuth.CONTENT_PUBLISH)
                ? limit.probe(accessToken, account)
                : Flow.of(List.of()); // the scopes tell it already
    }

    @Override
    public boolean offersChoice() {
        return true;
    }

    @Override
    public Flow<AccountChoice> choices(TokenPair tokens, Set<String> scopes, Set<Capability> wanted) {
        return pages.choices(tokens.access(), wanted);
    }
}
