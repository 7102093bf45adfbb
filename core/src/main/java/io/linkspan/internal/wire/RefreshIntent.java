package io.linkspan.internal.wire;

import java.time.Instant;

/**
 * Written before a token is spent.
 *
 * @param spentVersion version of the pair that is spent
 * @param node who spends it
 * @param startedAt when
 */
public record RefreshIntent(long spentVersion, String node, Instant startedAt) {}
