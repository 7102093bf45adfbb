package io.linkspan.simulation;

import io.linkspan.Owner;
import java.util.List;

/** The host's customers. They use the same idempotency keys. */
enum Tenants {
    HARBOUR("harbour", "mira"),
    LIGHTHOUSE("lighthouse", "noor");

    @SuppressWarnings("ImmutableEnumChecker") // two names
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

    /** The tenant with a number. */
    static Tenants at(int index) {
        return List.of(values()).get(index);
    }

    /** Its number. */
    int index() {
        return List.of(values()).indexOf(this);
    }
}
