package io.linkspan.internal.wire;

import java.time.Instant;

/**
 * The right to send a commit for one connection.
 *
 * @param job who holds it
 * @param until until when at most
 */
public record LaneDoc(String job, Instant until) {}
