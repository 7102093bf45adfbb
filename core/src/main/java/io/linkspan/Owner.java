package io.linkspan;

import io.linkspan.spi.Texts;
import java.util.Objects;

/**
 * Who a connection, a link or a publication belongs to: a user inside a tenant. Every call is scoped by it.
 *
 * @param tenant the tenant
 * @param user the user inside the tenant; 1 to 128 characters without control characters
 */
public record Owner(TenantId tenant, String user) {
    /**
     * Checks both parts.
     *
     * @param tenant the tenant
     * @param user the user inside the tenant; 1 to 128 characters without control characters
     */
    public Owner {
        Objects.requireNonNull(tenant, "tenant");
        Texts.name("user id", user, 128);
    }

    /**
     * An owner from the host's own ids.
     *
     * @param tenant the tenant's id
     * @param user the user's id inside the tenant
     * @return the owner
     */
    public static Owner of(String tenant, String user) {
        return new Owner(new TenantId(tenant), user);
    }
}
