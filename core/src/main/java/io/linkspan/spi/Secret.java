package io.linkspan.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A token, password, key or signed address. Its text appears nowhere but in {@link #reveal()}.
 *
 * <p>Not serializable; equality is compared in constant time. Immutable and thread-safe.
 */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a secret text.
     *
     * @param value the text; not blank, one line, without blanks around it, at most 65,536 characters
     * @return the secret
     * @throws IllegalArgumentException naming what is wrong and where, and never the text
     */
    public static Secret of(String value) {
        return new Secret(Texts.secret("a secret", value));
    }

    /**
     * Wraps a secret text read from the environment or a configuration file, naming it when it is missing.
     *
     * @param name what the host calls it, such as {@code TIKTOK_CLIENT_SECRET}
     * @param value the text, or null when it is not set
     * @return the secret
     * @throws IllegalArgumentException when the text is missing, blank, or not as {@link #of} takes it
     */
    public static Secret required(String name, @org.jspecify.annotations.Nullable String value) {
        Objects.requireNonNull(name, "name");
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    name + " is missing or blank; set it to the value shown in the" + " platform's developer portal");
        }
        return new Secret(Texts.secret(name, value));
    }

    /**
     * The text itself. Do not log, store or pass it on as a plain string.
     *
     * @return the text
     */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
