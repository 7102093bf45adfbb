package io.linkspan.internal.wire;

import io.linkspan.connection.Evidence;
import java.time.Instant;

/**
 * A signed message said that access was removed, and the token has not settled it yet.
 *
 * @param seen the message
 * @param byPerson whether it names the person
 * @param until end of the grace
 * @param looks looks so far
 * @param nextAt when to look again
 */
public record RemovalDoc(Evidence seen, boolean byPerson, Instant until, int looks, Instant nextAt)
        implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(seen, until, nextAt);
    }

    /** After one more look. */
    public RemovalDoc looked(Instant next) {
        return new RemovalDoc(seen, byPerson, until, looks + 1, next);
    }
}
