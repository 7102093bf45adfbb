package io.linkspan.spi;

import io.linkspan.connection.Capability;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a probe saw of one capability.
 *
 * @param capability the capability
 * @param source the operation asked, such as {@code tiktok.creator_info}
 * @param code the platform's code, {@code ok} when it works
 * @param detail what was seen, in words
 * @param blockedBy why it does not work and what to do, or null when it works
 */
public record CapabilityFinding(
        Capability capability,
        String source,
        String code,
        String detail,
        @Nullable ErrorMeaning blockedBy) {
    /**
     * Checks the arguments.
     *
     * @param capability the capability
     * @param source the operation asked, such as {@code tiktok.creator_info}
     * @param code the platform's code, {@code ok} when it works
     * @param detail what was seen, in words
     * @param blockedBy why it does not work and what to do, or null when it works
     */
    public CapabilityFinding {
        Objects.requireNonNull(capability, "capability");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(detail, "detail");
    }
}
