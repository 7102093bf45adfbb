package io.linkspan.internal.wire;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A handle.
 *
 * @param id the platform's id
 * @param facts what the adapter keeps
 * @param secret sealed, in Base64
 * @param usableUntil until when a commit may still be sent to it
 */
public record HandleDoc(
        String id,
        Map<String, String> facts,
        @Nullable String secret,
        @Nullable Instant usableUntil) {}
