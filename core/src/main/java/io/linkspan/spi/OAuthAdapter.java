package io.linkspan.spi;

import io.linkspan.connection.Capability;
import java.net.URI;
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
     * How tokens are kept alive.
     *
     * @return the model
     */
    RenewalModel renewal();
}
