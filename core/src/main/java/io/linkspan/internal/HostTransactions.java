package io.linkspan.internal;

import io.linkspan.HostTransactionException;
import io.linkspan.spi.HostTransactionAware;
import java.util.Arrays;
import java.util.List;

/**
 * Transactions of the host that stores take part in. The host may roll back what is written in one, so no request leaves there: calls
 * that need one are refused at the entrance, and one that forgot to ask is stopped where requests are sent.
 */
public final class HostTransactions {
    /** Why a request that got past the entrance did not leave. */
    public static final String NOT_SENT =
            "the request was not sent, because the calling thread is inside a transaction of the host";

    private final List<HostTransactionAware> stores;

    private HostTransactions(List<HostTransactionAware> stores) {
        this.stores = stores;
    }

    static HostTransactions of(Object... stores) {
        return new HostTransactions(Arrays.stream(stores)
                .filter(HostTransactionAware.class::isInstance)
                .map(HostTransactionAware.class::cast)
                .distinct()
                .toList());
    }

    /** Whether the calling thread is inside one. */
    public boolean running() {
        for (HostTransactionAware store : stores) {
            if (store.inHostTransaction()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Refuses a call that needs a platform.
     *
     * @param call as the host knows it
     * @throws HostTransactionException inside a transaction of the host
     */
    public void refuse(String call) {
        refuse(call, "what the platform answers; nothing was sent");
    }

    /**
     * Refuses a call that must not be rolled back.
     *
     * @param call as the host knows it
     * @param loss what a rollback would lose, and what was not done
     * @throws HostTransactionException inside a transaction of the host
     */
    public void refuse(String call, String loss) {
        if (running()) {
            throw new HostTransactionException(
                    call + " was called inside a transaction of the host, and a rollback would lose " + loss
                            + ". Call it before the transaction begins or after it was committed.");
        }
    }
}
