package io.linkspan.spi;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An account as the platform names it.
 *
 * @param id the id that identifies it for this app
 * @param aliases other ids the platform may use for it in messages
 * @param handle the handle without {@code @}; may change, may be empty when not granted
 * @param displayName the display name, may be empty
 * @param attributes what else was read, by the platform's own names
 */
public record AccountIdentity(
        String id, Set<String> aliases, String handle, String displayName, Map<String, String> attributes) {
    /**
     * Copies the collections.
     *
     * @param id the id that identifies it for this app
     * @param aliases other ids the platform may use for it in messages
     * @param handle the handle without {@code @}; may change, may be empty when not granted
     * @param displayName the display name, may be empty
     * @param attributes what else was read, by the platform's own names
     */
    public AccountIdentity {
        if (Objects.requireNonNull(id, "id").isBlank()) {
            throw new IllegalArgumentException("account id must not be blank");
        }
        id = Texts.cleaned(id, Texts.MOST_ID);
        aliases = aliases.stream()
                .map(alias -> Texts.cleaned(alias, Texts.MOST_ID))
                .collect(Collectors.toUnmodifiableSet());
        handle = Texts.cleaned(Objects.requireNonNull(handle, "handle"), Texts.MOST_ID);
        displayName = Texts.cleaned(Objects.requireNonNull(displayName, "displayName"), Texts.MOST_REASON);
        attributes = Texts.cleaned(attributes);
    }

    /**
     * The account for people.
     *
     * @return the handle with {@code @}, or the id when there is none
     */
    public String shown() {
        return handle.isEmpty() ? id : "@" + handle;
    }
}
