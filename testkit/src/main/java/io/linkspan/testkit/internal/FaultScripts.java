package io.linkspan.testkit.internal;

import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.sim.Faults;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/**
 * The faults in store.
 *
 * @param <O> the operations of the platform
 */
public final class FaultScripts<O extends Enum<O>> implements Faults<O> {

    private final Map<O, Line> lines;

    /**
     * Makes an empty store.
     *
     * @param operations the operations of the platform
     */
    public FaultScripts(Class<O> operations) {
        this.lines = new EnumMap<>(operations);
    }

    @Override
    public Script on(O operation) {
        synchronized (lines) {
            return lines.computeIfAbsent(operation, key -> new Line());
        }
    }

    @Override
    public void clear() {
        synchronized (lines) {
            lines.values().forEach(Line::clear);
        }
    }

    Fault take(O operation) {
        synchronized (lines) {
            Line line = lines.get(operation);
            return line == null ? Fault.none() : line.take();
        }
    }

    private static final class Line implements Script {

        private final Deque<Fault> scripted = new ArrayDeque<>();
        private Fault standing = Fault.none();

        @Override
        public synchronized Script next(Fault... faults) {
            Collections.addAll(scripted, faults);
            return this;
        }

        @Override
        public synchronized Script always(Fault fault) {
            standing = fault;
            return this;
        }

        @Override
        public synchronized int remaining() {
            return scripted.size();
        }

        @Override
        public synchronized void clear() {
            scripted.clear();
            standing = Fault.none();
        }

        synchronized Fault take() {
            Fault next = scripted.poll();
            return next == null ? standing : next;
        }
    }
}
