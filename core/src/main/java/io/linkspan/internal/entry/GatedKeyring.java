package io.linkspan.internal.entry;

import io.linkspan.Keyring;
import java.util.Map;

/** {@link Keyring} behind the gate. */
public final class GatedKeyring implements Keyring {
    private final Keyring inner;
    private final Gate gate;

    /** Over the one that does it. */
    public GatedKeyring(Keyring inner, Gate gate) {
        this.inner = inner;
        this.gate = gate;
    }

    @Override
    public Rewrap rewrap(int limit) {
        return gate.call(() -> inner.rewrap(limit));
    }

    @Override
    public Map<String, Long> records() {
        return gate.call(() -> inner.records());
    }
}
