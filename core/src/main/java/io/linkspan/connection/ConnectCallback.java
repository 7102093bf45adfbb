package io.linkspan.connection;

import io.linkspan.Owner;
import io.linkspan.Platform;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A callback as the host received it, whatever it lacks: a broken one ends in {@link ConnectOutcome.Refused}, never in an exception.
 * Immutable: each method returns a changed copy. Shows nothing of its content.
 */
public final class ConnectCallback {
    private final String rawQuery;
    private final String browserSecret;
    private final @Nullable Platform platform;
    private final @Nullable Owner owner;

    private ConnectCallback(String rawQuery, String browserSecret, @Nullable Platform platform, @Nullable Owner owner) {
        this.rawQuery = rawQuery;
        this.browserSecret = browserSecret;
        this.platform = platform;
        this.owner = owner;
    }

    /**
     * A callback.
     *
     * @param rawQuery the query exactly as received; null when there was none. A leading {@code ?}, the address before it and a
     *     fragment after it are left out
     * @param browserSecret the value given to {@link ConnectRequest#boundTo}, from this browser's session; null when the session
     *     has ended or has none
     * @return the callback
     */
    public static ConnectCallback of(@Nullable String rawQuery, @Nullable String browserSecret) {
        return new ConnectCallback(
                rawQuery == null ? "" : rawQuery, browserSecret == null ? "" : browserSecret, null, null);
    }

    /**
     * Says which platform the redirect address it arrived at belongs to, so that the answer of one platform cannot be taken
     * for another's. Give each platform a path of its own.
     *
     * @param arrived the platform
     * @return a copy
     */
    public ConnectCallback at(Platform arrived) {
        return new ConnectCallback(rawQuery, browserSecret, Objects.requireNonNull(arrived, "arrived"), owner);
    }

    /**
     * Says who is signed in at the host when it arrives, so that a connect of somebody else is not finished here.
     *
     * @param signedIn the owner
     * @return a copy
     */
    public ConnectCallback by(Owner signedIn) {
        return new ConnectCallback(rawQuery, browserSecret, platform, Objects.requireNonNull(signedIn, "signedIn"));
    }

    /**
     * The query as received.
     *
     * @return the query; empty when there was none
     */
    public String rawQuery() {
        return rawQuery;
    }

    /**
     * The browser's secret.
     *
     * @return the secret; empty when there was none
     */
    public String browserSecret() {
        return browserSecret;
    }

    /**
     * The platform of the redirect address.
     *
     * @return the platform, if said
     */
    public Optional<Platform> platform() {
        return Optional.ofNullable(platform);
    }

    /**
     * Who is signed in.
     *
     * @return the owner, if said
     */
    public Optional<Owner> owner() {
        return Optional.ofNullable(owner);
    }

    @Override
    public String toString() {
        return "ConnectCallback[redacted]";
    }
}
