package io.linkspan.publish;

import io.linkspan.LinkspanException;
import io.linkspan.RetryAdvice;
import org.jspecify.annotations.Nullable;

/** A post was not accepted; nothing was queued. */
public final class PostRefusedException extends LinkspanException {
    private static final long serialVersionUID = 1L;

    /** The checks; not serialized. */
    private final transient @Nullable Preview preview;

    /**
     * From the checks.
     *
     * @param preview what stands in the way
     */
    public PostRefusedException(Preview preview) {
        super(
                "the post was refused and nothing was queued:" + System.lineSeparator() + preview.describe(),
                RetryAdvice.GIVE_UP,
                null);
        this.preview = preview;
    }

    /**
     * The checks.
     *
     * @return the preview; null only after deserialization
     */
    public @Nullable Preview preview() {
        return preview;
    }
}
