package io.linkspan.connection;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.internal.explain.PlainWords;
import io.linkspan.link.Intent;
import io.linkspan.spi.AccountIdentity;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One platform account that an owner authorised, as it stood when it was read. Holds no tokens.
 *
 * @param id its id
 * @param owner whose
 * @param platform the platform
 * @param accountId the platform's id of the account
 * @param handle the handle without {@code @}; may be empty
 * @param displayName the display name; may be empty
 * @param intent what it was connected for
 * @param scopes granted scopes
 * @param status where it stands
 * @param health what is known per capability that the intent needs
 * @param connectedAt when the person last consented
 * @param checkedAt when the platform was last asked, or null when never
 * @param consentEndsAt when the consent ends unless the person renews it, or null when not known
 * @param nextRenewalAt about when the tokens are renewed next, or null when they are not
 */
public record Connection(
        ConnectionId id,
        Owner owner,
        Platform platform,
        String accountId,
        String handle,
        String displayName,
        Intent intent,
        Set<String> scopes,
        ConnectionStatus status,
        Map<Capability, CapabilityHealth> health,
        Instant connectedAt,
        @Nullable Instant checkedAt,
        @Nullable Instant consentEndsAt,
        @Nullable Instant nextRenewalAt) {
    /**
     * Copies the collections.
     *
     * @param id its id
     * @param owner whose
     * @param platform the platform
     * @param accountId the platform's id of the account
     * @param handle the handle without {@code @}; may be empty
     * @param displayName the display name; may be empty
     * @param intent what it was connected for
     * @param scopes granted scopes
     * @param status where it stands
     * @param health what is known per capability that the intent needs
     * @param connectedAt when the person last consented
     * @param checkedAt when the platform was last asked, or null when never
     * @param consentEndsAt when the consent ends unless the person renews it, or null when not known
     * @param nextRenewalAt about when the tokens are renewed next, or null when they are not
     */
    public Connection {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(handle, "handle");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(intent, "intent");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(connectedAt, "connectedAt");
        scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
        Map<Capability, CapabilityHealth> copy = new EnumMap<>(Capability.class);
        copy.putAll(health);
        health = Collections.unmodifiableMap(copy);
    }

    /**
     * When the consent ends unless the person renews it.
     *
     * @return the moment, if known
     */
    public Optional<Instant> consentEnds() {
        return Optional.ofNullable(consentEndsAt);
    }

    /**
     * When the tokens are renewed next, before spreading: the worker takes up to a tenth of what is left of the access token
     * then off or on. A moment that is long past says that no worker runs.
     *
     * @return the moment; empty when they are not renewed, because they have no end or only a new consent helps
     */
    public Optional<Instant> nextRenewal() {
        return Optional.ofNullable(nextRenewalAt);
    }

    /**
     * The account for people.
     *
     * @return the handle with {@code @}, else the display name, else the id
     */
    public String shown() {
        return AccountIdentity.shown(handle, displayName, accountId);
    }

    /**
     * A support-ready account: status, then each capability with its evidence.
     *
     * @return the text
     */
    public String explain() {
        StringBuilder text = new StringBuilder()
                .append(platform)
                .append(' ')
                .append(shown())
                .append(": ")
                .append(status.describe());
        health.forEach((capability, state) -> text.append(System.lineSeparator())
                .append("  ")
                .append(capability)
                .append(": ")
                .append(state.describe()));
        if (consentEndsAt != null) {
            text.append(System.lineSeparator()).append("  consent ends ").append(PlainWords.time(consentEndsAt));
        }
        if (nextRenewalAt != null) {
            text.append(System.lineSeparator()).append("  next renewal about ").append(PlainWords.time(nextRenewalAt));
        }
        return text.toString();
    }
}
