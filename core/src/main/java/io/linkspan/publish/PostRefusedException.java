package io.linkspan.publish;

import io.linkspan.LinkspanException;
import io.linkspan.RetryAdvice;
import io.linkspan.spi.Problem;
import java.util.List;
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
     * From something that stands in the way of the post as a whole, before any target was checked.
     *
     * @param problem what stands in the way
     * @param retryAdvice what to do next
     * @param cause the reason below, or null
     */
    public PostRefusedException(Problem problem, RetryAdvice retryAdvice, @Nullable Throwable cause) {
        super(
                "the post was refused and nothing was queued: " + problem.id() + ": " + problem.text(),
                retryAdvice,
                cause);
        this.preview = new Preview(List.of());
    }

    /**
     * The checks.
     *
     * @return the preview, without targets when none was checked; null only after deserialization
     */
    public @Nullable Preview preview() {
        return preview;
    }
}
