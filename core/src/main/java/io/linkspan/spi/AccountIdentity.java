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
     * @return the handle with {@code @}, else the display name, else the id
     */
    public String shown() {
        return shown(handle, displayName, id);
    }

    /**
     * The first name that is known.
     *
     * @param handle the handle without {@code @}, may be empty
     * @param displayName the display name, may be empty
     * @param id the platform's id
     * @return the handle with {@code @}, else the display name, else the id
     */
    public static String shown(String handle, String displayName, String id) {
        if (!handle.isEmpty()) {
            return "@" + handle;
        }
        return displayName.isBlank() ? id : displayName;
    }

    /**
     * With another handle.
     *
     * @param next the handle without {@code @}
     * @return a copy
     */
    public AccountIdentity withHandle(String next) {
        return new AccountIdentity(id, aliases, next, displayName, attributes);
    }
}
