package io.linkspan.examples.edge;

import io.linkspan.StoreException;

/** What goes wrong at one call into the host. */
enum Fault {
    /** The store says that it failed; nothing was done. */
    STORE_EXCEPTION(false),
    /** An exception that the interface does not allow, after it was done. */
    RUNTIME_EXCEPTION_AFTER(true),
    /** A class is missing; nothing was done. */
    ERROR(false),
    /** The calling thread is interrupted, and the call succeeds. */
    INTERRUPT(true);

    private final boolean done;

    Fault(boolean done) {
        this.done = done;
    }

    /** Whether the call has its effect. */
    boolean done() {
        return done;
    }

    /** Happens. */
    void happen() {
        switch (this) {
            case STORE_EXCEPTION -> throw new StoreException("the test database is gone; call again later", null);
            case RUNTIME_EXCEPTION_AFTER -> throw new IllegalStateException("host: connection reset");
            case ERROR -> throw new NoClassDefFoundError("host/Driver");
            case INTERRUPT -> Thread.currentThread().interrupt();
        }
    }
}
