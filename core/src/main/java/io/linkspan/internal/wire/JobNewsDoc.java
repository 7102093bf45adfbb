package io.linkspan.internal.wire;

import java.util.List;

/**
 * What is left to tell of a job.
 *
 * @param untold moves, oldest first
 * @param only whether the job wakes up for nothing else
 */
public record JobNewsDoc(List<MoveDoc> untold, boolean only) implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(untold);
        untold.forEach(MoveDoc::check);
    }
}
