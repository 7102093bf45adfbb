package io.linkspan.spi;

import java.util.Objects;

/**
 * Something about a post that stands in its way, or that somebody should know before it is queued.
 *
 * @param id stable id, such as {@code tiktok.privacy_level}
 * @param text what, the limit, and what to do, one sentence
 * @param weight how much it weighs
 */
public record Problem(String id, String text, Weight weight) {
    private static final int MOST_TEXT = 2048;

    /**
     * Checks the arguments.
     *
     * @param id stable id, such as {@code tiktok.privacy_level}
     * @param text what, the limit, and what to do, one sentence
     * @param weight how much it weighs
     */
    public Problem {
        id = Texts.cleaned(Objects.requireNonNull(id, "id"), Texts.MOST_ID);
        text = Texts.cleaned(Objects.requireNonNull(text, "text"), MOST_TEXT);
        Objects.requireNonNull(weight, "weight");
    }

    /**
     * A problem that the request cannot be sent with.
     *
     * @param id stable id
     * @param text what, the limit, and what to do, one sentence
     * @return the problem
     */
    public static Problem blocks(String id, String text) {
        return new Problem(id, text, Weight.BLOCKS);
    }

    /**
     * A problem that the platform is expected to refuse, which a host may waive by its id.
     *
     * @param id stable id
     * @param text what, the limit, and what to do, one sentence
     * @return the problem
     */
    public static Problem waivable(String id, String text) {
        return new Problem(id, text, Weight.BLOCKS_UNLESS_WAIVED);
    }

    /**
     * Something to know.
     *
     * @param id stable id
     * @param text what, and what to do, one sentence
     * @return the problem
     */
    public static Problem warns(String id, String text) {
        return new Problem(id, text, Weight.WARNS);
    }

    /** How much a problem weighs. */
    public enum Weight {
        /** Nothing is queued, whoever asks. */
        BLOCKS,
        /** Nothing is queued unless the host waives it by its id. */
        BLOCKS_UNLESS_WAIVED,
        /** It is shown, and the post is queued. */
        WARNS
    }
}
