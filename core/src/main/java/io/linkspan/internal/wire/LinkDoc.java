package io.linkspan.internal.wire;

import io.linkspan.link.Intent;
import java.time.Instant;
import java.util.List;

/**
 * An account link.
 *
 * @param format 1
 * @param intent what for
 * @param connections the two connections
 * @param linkedAt when joined
 * @param parted whether it was parted
 * @param lastSequence last position in the history
 */
public record LinkDoc(
        int format, Intent intent, List<String> connections, Instant linkedAt, boolean parted, long lastSequence) {}
