package io.linkspan.spi;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a consent page is asked for.
 *
 * @param state the one-time state
 * @param scopes scope names
 * @param verifier the PKCE verifier, or null when the profile has none
 * @param freshLogin whether the person should sign in again, so that another account can be chosen
 */
public record AuthorizationRequest(
        String state, Set<String> scopes, @Nullable Secret verifier, boolean freshLogin) {
    /**
     * Copies the scopes in order.
     *
     * @param state the one-time state
     * @param scopes scope names
     * @param verifier the PKCE verifier, or null when the profile has none
     * @param freshLogin whether the person should sign in again, so that another account can be chosen
     */
    public AuthorizationRequest {
        Objects.requireNonNull(state, "state");
        scopes = java.util.Collections.unmodifiableSet(new TreeSet<>(scopes));
    }

    @Override
    public String toString() {
        return "AuthorizationRequest" + scopes;
    }
}
