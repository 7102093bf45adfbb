package io.linkspan.simulation;

import io.linkspan.StoreException;
import io.linkspan.TenantId;
import io.linkspan.simulation.Happening.Where;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The shared store as one node sees it. Acknowledged writes are kept; what a crash or a lost answer does to the others is
 * part of the history.
 */
class NodeRecords implements RecordStore, RecordScan {
    private final World world;
    private final Node node;
    private final Node.Life life;
    private final RecordStore inner;
    private String lastRead = "";
    private int again;

    NodeRecords(World world, Node node, Node.Life life, RecordStore inner) {
        this.world = world;
        this.node = node;
        this.life = life;
        this.inner = inner;
    }

    /** A write with all that can happen to it. */
    final boolean write(String what, Runnable otherWriter, BooleanSupplier effect) {
        life.check();
        lastRead = "";
        Event event = world.at(Where.WRITE, what);
        if (event == null) {
            reachable();
            return done(what, effect);
        }
        switch (event.what()) {
            case N1_CRASH_BEFORE -> throw life.end();
            case N1_CRASH_AFTER -> {
                reachable();
                done(what, effect);
                throw life.end();
            }
            case S1_WRITE_KEPT_NO_ANSWER -> {
                done(what, effect);
                throw new StoreException("no answer to a write", null);
            }
            case S5_WRITE_KEPT_THEN_DOWN -> {
                done(what, effect);
                world.storeDown(event.millis(1, 10_000, 600_000));
                throw new StoreException("no answer to a write", null);
            }
            case S6_STORE_STALLS -> {
                reachable();
                return after(done(what, effect), () -> world.others(event, true));
            }
            case N5_LONG_STALL -> {
                reachable();
                return after(done(what, effect), () -> Stalls.play(world, event));
            }
            case S2_WRITE_LOST -> throw new StoreException("no answer to a write", null);
            case S3_OTHER_WRITER_FIRST -> otherWriter.run();
            case S4_STORE_DOWN -> world.storeDown(event.millis(1, 10_000, 600_000));
            case N2_PAUSE_BEFORE -> world.others(event, true);
            case N3_OTHER_NODE_AT_ONCE -> world.others(event, false);
            default -> throw new IllegalStateException("not at a write: " + event);
        }
        life.check();
        reachable();
        return done(what, effect);
    }

    /** The answer comes late. */
    private boolean after(boolean result, Runnable meanwhile) {
        meanwhile.run();
        life.check();
        return result;
    }

    private boolean done(String what, BooleanSupplier effect) {
        boolean result = effect.getAsBoolean();
        world.trace.add(world.elapsed(), node.name(), what + (result ? "" : " refused"));
        return result;
    }

    private void reachable() {
        if (world.storeIsDown()) {
            throw new StoreException("the store cannot be reached", null);
        }
    }

    final void read() {
        life.check();
        reachable();
    }

    /**
     * Whoever reads one record again and again waits for another node, and time passes while it does.
     */
    private void waits(String record) {
        again = record.equals(lastRead) ? again + 1 : 0;
        lastRead = record;
        if (again >= 2) {
            world.advance(15_000);
        }
    }

    /** Another process writes the same record first, as a heartbeat does. */
    private void touch(StoredRecord record) {
        inner.find(record.tenant(), record.kind(), record.id())
                .ifPresent(present -> inner.replace(present.next().build()));
    }

    private static String name(String verb, StoredRecord record) {
        return verb + " " + record.kind() + " " + record.status();
    }

    @Override
    public final boolean insert(StoredRecord record) {
        return write(name("insert", record), () -> {}, () -> inner.insert(record) && world.watch.written(record));
    }

    @Override
    public final boolean replace(StoredRecord next) {
        return write(name("replace", next), () -> touch(next), () -> inner.replace(next) && world.watch.written(next));
    }

    @Override
    public final boolean delete(StoredRecord record) {
        return write(name("delete", record), () -> touch(record), () -> inner.delete(record));
    }

    @Override
    public final Optional<StoredRecord> find(TenantId tenant, RecordKind kind, String id) {
        waits(kind + id);
        read();
        return inner.find(tenant, kind, id);
    }

    @Override
    public final Optional<StoredRecord> findByKey(TenantId tenant, RecordKind kind, String uniqueKey) {
        read();
        return inner.findByKey(tenant, kind, uniqueKey);
    }

    @Override
    public final List<StoredRecord> due(RecordKind kind, Instant now, int limit) {
        read();
        return inner.due(kind, now, limit);
    }

    @Override
    public final List<StoredRecord> byLookup(RecordKind kind, String lookup, int limit) {
        read();
        return inner.byLookup(kind, lookup, limit);
    }

    @Override
    public final List<StoredRecord> page(TenantId tenant, RecordKind kind, String user, String afterId, int limit) {
        read();
        return inner.page(tenant, kind, user, afterId, limit);
    }

    @Override
    public final List<StoredRecord> attention(
            TenantId tenant, RecordKind kind, Instant afterAt, String afterId, Instant now, int limit) {
        read();
        return inner.attention(tenant, kind, afterAt, afterId, now, limit);
    }

    @Override
    public final List<StoredRecord> scan(RecordKind kind, @Nullable StoredRecord after, int limit) {
        read();
        return ((RecordScan) inner).scan(kind, after, limit);
    }
}
