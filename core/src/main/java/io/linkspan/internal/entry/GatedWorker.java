package io.linkspan.internal.entry;

import io.linkspan.publish.Worker;

/** {@link Worker} behind the gate. A closed worker can be started again, a closed Linkspan cannot. */
public final class GatedWorker implements Worker {
    private final Worker inner;
    private final Gate gate;

    /** Over the one that does it. */
    public GatedWorker(Worker inner, Gate gate) {
        this.inner = inner;
        this.gate = gate;
    }

    @Override
    public Worker start() {
        gate.run(inner::start);
        return this;
    }

    @Override
    public int runDue() {
        return gate.reach(inner::runDue);
    }

    @Override
    public void close() {
        inner.close();
    }
}
