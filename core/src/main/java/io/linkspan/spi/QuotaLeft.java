package io.linkspan.spi;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How much of a limit is used.
 *
 * @param name stable name
 * @param used how many are used within the window, or null when nobody tells
 * @param most most of them, or null when nobody tells
 * @param freeAt when a job can go on, or null when it can go on now
 * @param detail in words, with who told
 */
public record QuotaLeft(
        String name,
        @Nullable Long used,
        @Nullable Long most,
        @Nullable Instant freeAt,
        String detail) {
    /**
     * Checks the arguments.
     *
     * @param name stable name
     * @param used how many are used within the window, or null when nobody tells
     * @param most most of them, or null when nobody tells
     * @param freeAt when a job can go on, or null when it can go on now
     * @param detail in words, with who told
     */
    public QuotaLeft {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(detail, "detail");
    }

    /**
     * How many are left.
     *
     * @return the rest; empty when nobody tells
     */
    public OptionalLong left() {
        return used == null || most == null ? OptionalLong.empty() : OptionalLong.of(Math.max(0, most - used));
    }

    /**
     * When a job can go on.
     *
     * @return the moment; empty when it can go on now
     */
    public Optional<Instant> free() {
        return Optional.ofNullable(freeAt);
    }
}
