package io.linkspan;

import io.linkspan.spi.PlatformError;
import org.jspecify.annotations.Nullable;

/** A platform refused a call, with the platform's own answer as fields. */
public final class PlatformException extends LinkspanException {
    private static final long serialVersionUID = 1L;

    /** The parsed answer; not serialized. */
    private final transient @Nullable PlatformError error;

    /**
     * From a parsed answer.
     *
     * @param what what was tried, for which connection
     * @param error the platform's answer
     */
    public PlatformException(String what, PlatformError error) {
        super(what + ": " + error.describe(), RetryAdvice.GIVE_UP, null);
        this.error = error;
    }

    /**
     * The platform's answer.
     *
     * @return code, trace id, cause class and remedy; null only after deserialization
     */
    public @Nullable PlatformError error() {
        return error;
    }
}
