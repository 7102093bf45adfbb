package io.linkspan.spi;

import io.linkspan.connection.Capability;
import java.util.Map;
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
 * @param attributes what else the platform said, by its own names; kept while it works, never a secret
 */
public record CapabilityFinding(
        Capability capability,
        String source,
        String code,
        String detail,
        @Nullable ErrorMeaning blockedBy,
        Map<String, String> attributes) {
    /**
     * Checks the arguments and copies the map.
     *
     * @param capability the capability
     * @param source the operation asked, such as {@code tiktok.creator_info}
     * @param code the platform's code, {@code ok} when it works
     * @param detail what was seen, in words
     * @param blockedBy why it does not work and what to do, or null when it works
     * @param attributes what else the platform said, by its own names
     */
    public CapabilityFinding {
        Objects.requireNonNull(capability, "capability");
        source = Texts.cleaned(Objects.requireNonNull(source, "source"), Texts.MOST_ID);
        code = Texts.cleaned(Objects.requireNonNull(code, "code"), Texts.MOST_ID);
        detail = Texts.cleaned(Objects.requireNonNull(detail, "detail"), 2048);
        attributes = Texts.cleaned(attributes);
    }

    /**
     * A finding with nothing said beside it.
     *
     * @param capability the capability
     * @param source the operation asked, such as {@code tiktok.creator_info}
     * @param code the platform's code, {@code ok} when it works
     * @param detail what was seen, in words
     * @param blockedBy why it does not work and what to do, or null when it works
     */
    public CapabilityFinding(
            Capability capability, String source, String code, String detail, @Nullable ErrorMeaning blockedBy) {
        this(capability, source, code, detail, blockedBy, Map.of());
    }
}
