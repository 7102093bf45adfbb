package io.linkspan.testkit.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The application as registered with a platform. */
public final class AppRegistration {

    private final String id;
    private final String secret;
    private final List<String> redirectUris;

    /**
     * Registers an application.
     *
     * @param id client key or app id
     * @param secret client secret or app secret
     * @param redirectUris where callbacks may go
     */
    public AppRegistration(String id, String secret, List<String> redirectUris) {
        this.id = id;
        this.secret = secret;
        this.redirectUris = new CopyOnWriteArrayList<>(redirectUris);
    }

    /** {@return client key or app id} */
    public String id() {
        return id;
    }

    /** {@return client secret or app secret} */
    public String secret() {
        return secret;
    }

    /**
     * Registers one more redirect URI.
     *
     * @param redirectUri where callbacks may go
     */
    public void add(String redirectUri) {
        redirectUris.add(redirectUri);
    }

    /**
     * Compares a redirect URI character for character; {@code :*} in a registered one stands for any port.
     *
     * @param redirectUri the URI asked for
     * @return whether it is registered
     */
    public boolean registered(String redirectUri) {
        return redirectUris.stream().anyMatch(known -> matches(known, redirectUri));
    }

    private static boolean matches(String known, String asked) {
        int star = known.indexOf(":*");
        if (star < 0) {
            return known.equals(asked);
        }
        String before = known.substring(0, star + 1);
        String after = known.substring(star + 2);
        return asked.startsWith(before)
                && asked.endsWith(after)
                && asked.length() > before.length() + after.length()
                && asked.substring(before.length(), asked.length() - after.length())
                        .chars()
                        .allMatch(c -> c >= '0' && c <= '9');
    }
}
