package io.linkspan.internal.wire;

import java.time.Instant;
import java.util.List;

/**
 * A data deletion.
 *
 * @param requestedAt when it was asked for
 * @param left connections to erase, as tenant, line break, id
 * @param done whether nothing is left
 */
public record DeletionDoc(Instant requestedAt, List<String> left, boolean done) implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(requestedAt, left);
    }
}
