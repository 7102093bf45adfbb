package io.linkspan.internal.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Written before a token is spent.
 *
 * @param spentVersion version of the pair that is spent
 * @param node who spends it
 * @param startedAt when
 * @param issueNumber issue number of the pair that it brings; null in records of version 0.1
 */
public record RefreshIntent(
        long spentVersion,
        String node,
        Instant startedAt,
        @Nullable Long issueNumber) {}
