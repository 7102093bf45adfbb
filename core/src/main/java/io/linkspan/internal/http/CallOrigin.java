package io.linkspan.internal.http;

import io.linkspan.TenantId;
import java.util.List;

/**
 * For whom a call is made, from the tenant down. What one of them does to a platform's answers is held against it before it is held
 * against its neighbours.
 *
 * @param path tenant, account, piece of work
 */
public record CallOrigin(List<String> path) {
    /** Calls for no tenant in particular. */
    static final CallOrigin NONE = new CallOrigin(List.of(""));

    /** Copies the list. */
    public CallOrigin {
        path = List.copyOf(path);
    }

    /** A piece of work for an account of a tenant. */
    public static CallOrigin of(TenantId tenant, String account, String work) {
        return new CallOrigin(List.of(tenant.value(), account, work));
    }
}
