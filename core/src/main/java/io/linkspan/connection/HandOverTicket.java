package io.linkspan.connection;

import io.linkspan.spi.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a mobile app needs to sign a person in with the platform's SDK.
 *
 * @param connectId names this connect in events and in {@link Connections#connectHistory}
 * @param ticket one-time secret that comes back in the {@link HandOver}
 * @param appId the app's id at the platform, such as TikTok's client key
 * @param scopes scopes to ask for, as the platform spells them
 * @param redirectUri redirect address to give the SDK
 * @param validUntil until when the hand-over is accepted
 */
public record HandOverTicket(
        String connectId, Secret ticket, String appId, Set<String> scopes, URI redirectUri, Instant validUntil) {
    /**
     * Copies the scopes in order.
     *
     * @param connectId names this connect in events and in {@link Connections#connectHistory}
     * @param ticket one-time secret that comes back in the {@link HandOver}
     * @param appId the app's id at the platform, such as TikTok's client key
     * @param scopes scopes to ask for, as the platform spells them
     * @param redirectUri redirect address to give the SDK
     * @param validUntil until when the hand-over is accepted
     */
    public HandOverTicket {
        Objects.requireNonNull(connectId, "connectId");
        Objects.requireNonNull(ticket, "ticket");
        Objects.requireNonNull(appId, "appId");
        scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
        Objects.requireNonNull(redirectUri, "redirectUri");
        Objects.requireNonNull(validUntil, "validUntil");
    }
}
