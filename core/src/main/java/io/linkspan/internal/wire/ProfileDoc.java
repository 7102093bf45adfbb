package io.linkspan.internal.wire;

import java.time.Instant;
import java.util.List;

/**
 * What both profiles of a link show.
 *
 * @param checkedAt last look
 * @param directions one per profile
 * @param handles handle by platform, as they were at the last look, in the order of the directions
 */
public record ProfileDoc(Instant checkedAt, List<DirectionDoc> directions, List<String> handles)
        implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(checkedAt, directions, handles);
        directions.forEach(direction -> Payload.need(direction.profile(), direction.shows()));
    }
}
