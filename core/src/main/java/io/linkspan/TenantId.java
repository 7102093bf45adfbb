package io.linkspan;

import io.linkspan.spi.Texts;

/**
 * The workspace, customer or agency inside the host application whose data must stay apart.
 *
 * @param value the host's own id; 1 to 128 characters without control characters
 */
public record TenantId(String value) {
    /**
     * Checks length and characters.
     *
     * @param value the host's own id; 1 to 128 characters without control characters
     */
    public TenantId {
        Texts.name("tenant id", value, 128);
    }

    @Override
    public String toString() {
        return value;
    }
}
