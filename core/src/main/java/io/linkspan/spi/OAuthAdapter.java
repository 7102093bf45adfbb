package io.linkspan.spi;

import io.linkspan.connection.Capability;
import io.linkspan.connection.Login;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Consent, code exchange and renewal at one platform. */
public interface OAuthAdapter {
    /**
     * The one redirect address registered at the platform.
     *
     * @return the address, sent byte for byte
     */
    URI redirectUri();

    /**
     * The least scopes for what is wanted.
     *
     * @param wanted the capabilities
     * @return scope names as the platform spells them
     */
    Set<String> scopes(Set<Capability> wanted);

    /**
     * What the granted scopes allow.
     *
     * @param scopes scope names as granted
     * @return the capabilities
     */
    Set<Capability> granted(Set<String> scopes);

    /**
     * The address of the consent page.
     *
     * @param request state, scopes and wishes
     * @return the address
     */
    URI authorizationUri(AuthorizationRequest request);

    /**
     * Whether the profile uses PKCE, so that a verifier is made and kept.
     *
     * @return true when {@link AuthorizationRequest#verifier()} is wanted
     */
    boolean usesPkce();

    /**
     * Spends an authorization code. The first call has class {@link CallClass#CODE}.
     *
     * @param code the code, decoded once
     * @param verifier the PKCE verifier, or null when the profile has none
     * @return the conversation
     */
    Flow<Grant> exchange(String code, @Nullable Secret verifier);

    /**
     * Renews the tokens. The spending call has class {@link CallClass#SPEND}.
     *
     * @param tokens the tokens to renew
     * @return the conversation
     */
    Flow<Grant> renew(TokenPair tokens);

    /**
     * Goes on from an answer that was stored before a crash.
     *
     * @param operation {@link HttpCall#operation()} of the call that was answered
     * @param answer the stored answer
     * @return the rest of the conversation
     */
    Flow<Grant> resume(String operation, HttpResult.Answered answer);

    /**
     * The tokens in a response that is followed by further calls, so that they can be revoked when one of those is refused.
     *
     * @param operation {@link HttpCall#operation()} of the call that was answered
     * @param answer the stored answer
     * @return the tokens; empty by default, for exchanges of one call
     */
    default Optional<Grant> issued(String operation, HttpResult.Answered answer) {
        return Optional.empty();
    }

    /**
     * How tokens are kept alive.
     *
     * @return the model
     */
    RenewalModel renewal();

    /**
     * The issuer that the callback names as {@code iss} (RFC 9207). With one, a callback without it or with another one is
     * refused; without one, a callback that names any is refused.
     *
     * @return the issuer, compared character for character; empty by default
     */
    default Optional<String> issuer() {
        return Optional.empty();
    }

    /**
     * What an error in the callback means, other than {@code access_denied}.
     *
     * @param code the error as it came
     * @param description the description as it came; may be empty
     * @return the error with its meaning; empty by default
     */
    default Optional<PlatformError> callbackError(String code, String description) {
        return Optional.empty();
    }

    /**
     * The same platform through another way of signing in.
     *
     * @param login the way
     * @return what speaks for it; by default there is only {@link Login.Kind#WEB}
     * @throws IllegalArgumentException when the platform or its configuration does not have it, saying what to do
     */
    default OAuthAdapter via(Login login) {
        if (login.kind() != Login.Kind.WEB) {
            throw new IllegalArgumentException("this platform has no " + login.kind() + " login; use Login.web()");
        }
        return this;
    }
}
