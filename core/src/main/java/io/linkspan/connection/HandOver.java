package io.linkspan.connection;

import io.linkspan.spi.Secret;
import java.util.Objects;

/**
 * What the platform's SDK gave a mobile app, handed to the host.
 *
 * @param ticket {@link HandOverTicket#ticket()}
 * @param code the authorization code, decoded once
 * @param codeVerifier the PKCE verifier that the SDK used
 * @param sessionSecret the value given to {@link ConnectRequest#boundTo}, from this app's session
 */
public record HandOver(Secret ticket, Secret code, Secret codeVerifier, Secret sessionSecret) {
    /**
     * Checks the arguments.
     *
     * @param ticket {@link HandOverTicket#ticket()}
     * @param code the authorization code, decoded once
     * @param codeVerifier the PKCE verifier that the SDK used
     * @param sessionSecret the value given to {@link ConnectRequest#boundTo}, from this app's session
     */
    public HandOver {
        Objects.requireNonNull(ticket, "ticket");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(codeVerifier, "codeVerifier");
        Objects.requireNonNull(sessionSecret, "sessionSecret");
    }
}
