package io.linkspan.internal.wire;

import java.time.Instant;

/**
 * The pair before the present one, until the present one has worked once.
 *
 * @param version its number
 * @param sealed the pair, sealed, in Base64
 * @param until when it is erased in any case
 */
public record PreviousPair(long version, String sealed, Instant until) {}
