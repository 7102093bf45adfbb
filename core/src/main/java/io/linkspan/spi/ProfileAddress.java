package io.linkspan.spi;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How the profiles of a platform are addressed.
 *
 * @param title the platform's name for people, such as {@code Instagram}
 * @param names what people call it in a bio, in lower case, such as {@code instagram}, {@code insta}, {@code ig}
 * @param hosts its hosts without {@code www.} and {@code m.}, in lower case
 * @param prefix what stands before the handle in the path, such as {@code @}; may be empty
 * @param before the profile's address up to the handle
 * @param after the profile's address behind the handle; may be empty
 */
public record ProfileAddress(
        String title, List<String> names, List<String> hosts, String prefix, String before, String after) {
    /**
     * Copies the lists.
     *
     * @param title the platform's name for people
     * @param names what people call it in a bio
     * @param hosts its hosts
     * @param prefix what stands before the handle in the path
     * @param before the profile's address up to the handle
     * @param after the profile's address behind the handle
     */
    public ProfileAddress {
        Objects.requireNonNull(title, "title");
        names = List.copyOf(names);
        hosts = List.copyOf(hosts);
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    /**
     * The address of a profile.
     *
     * @param handle the handle, with or without {@code @}
     * @return the address
     * @throws IllegalArgumentException when the handle has other characters than letters, digits, dots and underscores
     */
    public URI of(String handle) {
        String plain = normal(handle);
        if (!plain.matches("[a-z0-9._]{1,64}")) {
            throw new IllegalArgumentException("a handle has 1 to 64 letters, digits, dots and underscores, was given "
                    + plain.length() + " characters");
        }
        return URI.create(before + plain + after);
    }

    /**
     * A handle as it is compared: without {@code @} and blanks around it, in lower case.
     *
     * @param handle the handle
     * @return its normal form
     */
    public static String normal(String handle) {
        String stripped = handle.strip();
        return (stripped.startsWith("@") ? stripped.substring(1) : stripped).toLowerCase(Locale.ROOT);
    }
}
