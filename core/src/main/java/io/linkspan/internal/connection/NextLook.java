package io.linkspan.internal.connection;

import io.linkspan.connection.Sides;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.TokenEffect;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a connection is read again after a look, by what the look left behind: pure. Every look moves its due time, so that at an unchanged
 * clock none is due twice.
 */
public final class NextLook {
    /** An account that waits for its owner is asked four times an hour, so that it heals within a quarter of an hour. */
    static final Duration WAITING = Duration.ofMinutes(15);

    private NextLook() {}

    /**
     * The next look.
     *
     * @return null when none is wanted: the account works, a renewal settles it, or only a new consent helps
     */
    static @Nullable Instant after(ConnectionDoc doc, Instant now) {
        return waits(doc) ? now.plus(WAITING) : null;
    }

    /** Whether the account waits for its owner and may work again without a new consent. */
    public static boolean waits(ConnectionDoc doc) {
        return doc.sides().local() == Sides.Local.HELD
                && doc.token().effect() == TokenEffect.WAITING_FOR_PERSON
                && doc.token().phase() != TokenPhase.REAUTH_REQUIRED;
    }
}
