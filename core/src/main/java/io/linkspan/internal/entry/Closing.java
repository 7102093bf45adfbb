package io.linkspan.internal.entry;

import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.publish.Publishing;
import io.linkspan.publish.Worker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a Linkspan: after it no thread of ours uses a store or a platform. */
public final class Closing implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Closing.class);

    private final Kernel kernel;
    private final Gate gate;
    private final Worker worker;
    private final Publishing publishing;
    private final ConnectionRepository repository;
    private final Runnable transport;
    private boolean done;

    /** Of these parts. */
    public Closing(
            Kernel kernel,
            Gate gate,
            Worker worker,
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

    @Override
    public synchronized void run() {
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
