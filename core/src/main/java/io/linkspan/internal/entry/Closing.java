package io.linkspan.internal.entry;

import io.linkspan.HostTransactionException;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.publish.DefaultWorker;
import io.linkspan.internal.publish.Publishing;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a Linkspan: after it no thread of ours uses a store or a platform. */
public final class Closing implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Closing.class);

    private final Kernel kernel;
    private final Gate gate;
    private final DefaultWorker worker;
    private final Publishing publishing;
    private final ConnectionRepository repository;
    private final Runnable transport;
    private boolean done;

    /** Of these parts. */
    public Closing(
            Kernel kernel,
            Gate gate,
            DefaultWorker worker,
            Publishing publishing,
            ConnectionRepository repository,
            Runnable transport) {
        this.kernel = kernel;
        this.gate = gate;
        this.worker = worker;
        this.publishing = publishing;
        this.repository = repository;
        this.transport = transport;
    }

    /**
     * Ends it.
     *
     * @throws IllegalStateException inside one of its own calls, which it would wait for
     * @throws HostTransactionException inside a transaction of the host: a rollback would undo the last writes
     */
    @Override
    public void run() {
        if (gate.holdsCaller() || worker.isWorking()) { // before the lock, which another close may hold
            throw new IllegalStateException(
                    "close() was called inside a call of Linkspan, such as by a listener in thread "
                            + Thread.currentThread().getName()
                            + ", where it would wait for itself. Nothing was closed; call it from another thread.");
        }
        refuseInHostTransaction();
        end();
    }

    private void refuseInHostTransaction() {
        try {
            kernel.hostTransactions().refuse("close()", "the last writes; nothing was closed");
        } catch (HostTransactionException e) {
            throw e;
        } catch (RuntimeException e) { // a store that is away holds up no close
            log.debug("a store does not say whether a transaction of the host is running", e);
        }
    }

    private synchronized void end() {
        if (done) {
            return;
        }
        done = true;
        gate.close(kernel.now());
        worker.close();
        Duration most = kernel.settings().refreshCall();
        if (!gate.awaitEmpty(most)) {
            log.warn("closed while calls of other threads are still under way, after {} s", most.toSeconds());
        }
        worker.close(); // one that was being started when the gate was shut
        kernel.observer().close();
        publishing.close();
        repository.close();
        transport.run();
    }
}
