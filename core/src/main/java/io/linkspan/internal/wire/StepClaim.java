package io.linkspan.internal.wire;

import java.time.Instant;

/**
 * One process works on a record; the others leave it alone.
 *
 * @param node who
 * @param until until when, if it does not end it before
 */
public record StepClaim(String node, Instant until) {}
