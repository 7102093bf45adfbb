package io.linkspan.simulation;

import io.linkspan.Owner;

/** The host's customers. They use the same idempotency keys. */
enum Tenants {
    HARBOUR("harbour", "mira"),
    LIGHTHOUSE("lighthouse", "noor");

    private final Owner owner;

    Tenants(String tenant, String user) {
        this.owner = Owner.of(tenant, user);
    }

    Owner owner() {
        return owner;
    }

    /** Handle of the account on both platforms. */
    String account() {
        return owner.tenant().value() + ".studio";
    }
}
