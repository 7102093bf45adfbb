package io.linkspan.preflight;

/**
 * A picture size in pixels.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record Size(int width, int height) {
    /**
     * Refuses sizes that no picture has.
     *
     * @param width columns, at least 1
     * @param height rows, at least 1
     */
    public Size {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("size must be at least 1x1, was " + width + "x" + height);
        }
    }

    /**
     * Width divided by height.
     *
     * @return the aspect ratio, more than 0
     */
    public double aspect() {
        return (double) width / height;
    }

    /**
     * The size as people write it.
     *
     * @return for example {@code 1080x1920}
     */
    @Override
    public String toString() {
        return width + "x" + height;
    }
}
