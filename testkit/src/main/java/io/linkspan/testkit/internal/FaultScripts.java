package io.linkspan.testkit.internal;

import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.sim.Faults;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The faults in store.
 *
 * @param <O> the operations of the platform
 */
public final class FaultScripts<O extends Enum<O>> implements Faults<O> {

    private final Map<O, Line> lines;
    private Function<? super O, ? extends Fault> source = operation -> Fault.none();

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
    public void drawnFrom(Function<? super O, ? extends Fault> next) {
        synchronized (lines) {
            source = Objects.requireNonNull(next, "source");
        }
    }

    @Override
    public void clear() {
        synchronized (lines) {
            source = operation -> Fault.none();
            lines.values().forEach(Line::clear);
        }
    }

    Fault take(O operation) {
        synchronized (lines) {
            Line line = lines.get(operation);
            Fault fault = line == null ? Fault.none() : line.take();
            boolean nothing = fault instanceof Fault.Pass && (line == null || !line.scriptedLast);
            return nothing ? source.apply(operation) : fault;
        }
    }

    private static final class Line implements Script {

        private final Deque<Fault> scripted = new ArrayDeque<>();
        private Fault standing = Fault.none();
        private boolean scriptedLast;

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
            scriptedLast = next != null;
            return next == null ? standing : next;
        }
    }
}
