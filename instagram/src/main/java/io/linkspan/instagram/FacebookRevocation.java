package io.linkspan.instagram;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenPair;
import java.util.Optional;

/**
 * Ends all that one person granted to the app, for every Page: {@code DELETE /me/permissions} with the person's token. The
 * answer is documented as a bare {@code true}; an object with {@code success} is common too.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/reference/user/permissions">User permissions</a> (copy of
 *     2026, read 2026-11-21)
 */
final class FacebookRevocation implements RevocationAdapter {
    private final InstagramApp app;
    private final Answers answers;

    FacebookRevocation(InstagramApp app, Answers answers) {
        this.app = app;
        this.answers = answers;
    }

    @Override
    public Optional<Flow<Revoked>> revoke(TokenPair tokens) {
        Secret person = tokens.refresh() == null ? tokens.access() : tokens.refresh();
        HttpCall call = HttpCall.of(
                        Operations.REVOKE,
                        CallClass.REVOKE,
                        "DELETE",
                        InstagramEndpoints.at(app.endpoints().graph(), app.versioned("/me/permissions")))
                .bearer(person);
        return Optional.of(Flow.call(call, this::read));
    }

    private Outcome<Revoked> read(HttpResult result) {
        boolean bareTrue = result instanceof HttpResult.Answered answer
                && answer.status() == 200
                && answer.text().strip().equals("true");
        return bareTrue
                ? Outcome.done(new Revoked())
                : answers.read(
                        Operations.REVOKE,
                        result,
                        root -> root.path("success").asBoolean(false) ? Optional.of(new Revoked()) : Optional.empty());
    }

    @Override
    public boolean needsLiveToken() {
        return false;
    }

    @Override
    public String removeAppGuidance() {
        return "On Facebook: Settings & privacy > Settings > Business integrations (in some versions under Security and"
                + " login) > select the app > Remove. It ends the app's access to every Page and Instagram account at once.";
    }

    @Override
    public String removeProfileLinkGuidance() {
        return "In the Instagram app open your profile and choose Edit profile. Remove the address from the links there,"
                + " and from the bio if it is written there too, and say when it is done.";
    }
}
