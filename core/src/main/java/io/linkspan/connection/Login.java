package io.linkspan.connection;

import io.linkspan.spi.Texts;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the person signs in, and so where the authorization code arrives. Immutable. */
public final class Login {
    /** The ways. */
    public enum Kind {
        /** In a browser that comes back to the host's web address. */
        WEB,
        /** In the system browser, which comes back to a loopback address that a desktop program listens on. */
        DESKTOP,
        /** In the platform's own SDK inside a mobile app, which hands code and verifier to the host. */
        MOBILE
    }

    private static final Login WEB = new Login(Kind.WEB, null);
    private static final Login MOBILE = new Login(Kind.MOBILE, null);

    private final Kind kind;
    private final @Nullable URI redirectUri;

    private Login(Kind kind, @Nullable URI redirectUri) {
        this.kind = kind;
        this.redirectUri = redirectUri;
    }

    /**
     * In a browser that comes back to the registered web address.
     *
     * @return the login
     */
    public static Login web() {
        return WEB;
    }

    /**
     * In the system browser, for a desktop program.
     *
     * @param redirectUri the loopback address on which the program listens for this connect, such as
     *     {@code http://127.0.0.1:53211/callback/}; must fit the registered one
     * @return the login
     */
    public static Login desktop(URI redirectUri) {
        Texts.line(
                "redirectUri",
                Objects.requireNonNull(redirectUri, "redirectUri").toString(),
                Texts.MOST_ADDRESS);
        return new Login(Kind.DESKTOP, redirectUri);
    }

    /**
     * In the platform's SDK inside a mobile app.
     *
     * @return the login
     */
    public static Login mobile() {
        return MOBILE;
    }

    /**
     * Which way.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Where the code arrives, when this connect says so itself.
     *
     * @return the address; empty when the adapter's configuration has it
     */
    public Optional<URI> redirectUri() {
        return Optional.ofNullable(redirectUri);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Login that && kind == that.kind && Objects.equals(redirectUri, that.redirectUri);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, redirectUri);
    }

    @Override
    public String toString() {
        return redirectUri == null ? kind.name() : kind + " at " + redirectUri;
    }
}
