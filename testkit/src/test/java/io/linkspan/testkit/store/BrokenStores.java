package io.linkspan.testkit.store;

import io.linkspan.TenantId;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** One contract test per mistake; each is expected to fail. They are run by {@link ContractKitTest} only. */
final class BrokenStores {
    private BrokenStores() {}

    abstract static class Tried extends TokenStoreContract {
        private final Supplier<TokenStore> maker;

        Tried(Supplier<TokenStore> maker) {
            this.maker = maker;
        }

        @Override
        protected TokenStore emptyStore() {
            return maker.get();
        }

        @Override
        protected int manyRecords() {
            return 200;
        }
    }

    static final class Healthy extends Tried {
        Healthy() {
            super(BreakableStore::new);
        }
    }

    static final class DuplicateKeys extends Tried {
        DuplicateKeys() {
            super(() -> new BreakableStore() {
                @Override
                public synchronized boolean insert(StoredRecord record) {
                    return byId(record) == null && records.add(record);
                }
            });
        }
    }

    static final class InsertOverwrites extends Tried {
        InsertOverwrites() {
            super(() -> new BreakableStore() {
                @Override
                public synchronized boolean insert(StoredRecord record) {
                    StoredRecord stored = byId(record);
                    if (stored != null) {
                        swap(stored, record);
                        return false;
                    }
                    return super.insert(record);
                }
            });
        }
    }

    static final class InsertChecksThenActs extends Tried {
        InsertChecksThenActs() {
            super(() -> new BreakableStore() {
                private final Gap gap = new Gap();

                @Override
                @SuppressWarnings("UnsynchronizedOverridesSynchronized")
                public boolean insert(StoredRecord record) {
                    if (byId(record) != null || keyIsTaken(record)) {
                        return false;
                    }
                    gap.await();
                    return records.add(record);
                }
            });
        }
    }

    static final class FindLeaksTenant extends Tried {
        FindLeaksTenant() {
            super(() -> new BreakableStore() {
                @Override
                public Optional<StoredRecord> find(TenantId tenant, RecordKind kind, String id) {
                    return super.find(tenant, kind, id)
                            .or(() -> one(record ->
                                    record.kind() == kind && record.id().equals(id)));
                }
            });
        }
    }

    static final class IdsIgnoreCase extends Tried {
        IdsIgnoreCase() {
            super(() -> new BreakableStore() {
                @Override
                public Optional<StoredRecord> find(TenantId tenant, RecordKind kind, String id) {
                    return one(record -> record.tenant().equals(tenant)
                            && record.kind() == kind
                            && record.id().equalsIgnoreCase(id));
                }
            });
        }
    }

    static final class KeyLeaksTenant extends Tried {
        KeyLeaksTenant() {
            super(() -> new BreakableStore() {
                @Override
                public Optional<StoredRecord> findByKey(TenantId tenant, RecordKind kind, String uniqueKey) {
                    return super.findByKey(tenant, kind, uniqueKey)
                            .or(() -> one(record ->
                                    record.kind() == kind && record.uniqueKey().equals(Optional.of(uniqueKey))));
                }
            });
        }
    }

    static final class NoVersionCheck extends Tried {
        NoVersionCheck() {
            super(() -> new BreakableStore() {
                @Override
                public synchronized boolean replace(StoredRecord next) {
                    StoredRecord stored = byId(next);
                    if (stored == null || keyIsTaken(next)) {
                        return false;
                    }
                    swap(stored, next);
                    return true;
                }
            });
        }
    }

    static final class ReplaceKeepsClearedKey extends Tried {
        ReplaceKeepsClearedKey() {
            super(() -> new BreakableStore() {
                @Override
                public synchronized boolean replace(StoredRecord next) {
                    StoredRecord stored = byId(next);
                    return stored != null
                            && super.replace(next.next()
                                    .version(next.version())
                                    .uniqueKey(next.uniqueKey()
                                            .or(stored::uniqueKey)
                                            .orElse(null))
                                    .build());
                }
            });
        }
    }

    static final class ReplaceLosesStatus extends Tried {
        ReplaceLosesStatus() {
            super(() -> new BreakableStore() {
                @Override
                public synchronized boolean replace(StoredRecord next) {
                    StoredRecord stored = byId(next);
                    return stored != null
                            && super.replace(next.next()
                                    .version(next.version())
                                    .status(stored.status())
                                    .build());
                }
            });
        }
    }

    static final class LostUpdates extends Tried {
        LostUpdates() {
            super(() -> new BreakableStore() {
                private final Gap gap = new Gap();

                @Override
                @SuppressWarnings("UnsynchronizedOverridesSynchronized")
                public boolean replace(StoredRecord next) {
                    StoredRecord stored = byId(next);
                    if (stored == null || stored.version() != next.version() - 1) {
                        return false;
                    }
                    gap.await();
                    synchronized (this) {
                        return super.replace(next) || overwrite(stored, next);
                    }
                }

                private boolean overwrite(StoredRecord stored, StoredRecord next) {
                    swap(stored, next);
                    return true;
                }
            });
        }
    }

    static final class DeleteIgnoresVersion extends Tried {
        DeleteIgnoresVersion() {
            super(() -> new BreakableStore() {
                @Override
                public synchronized boolean delete(StoredRecord record) {
                    StoredRecord stored = byId(record);
                    return stored != null && records.remove(stored);
                }
            });
        }
    }

    static final class DueIgnoresLimit extends Tried {
        DueIgnoresLimit() {
            super(() -> new BreakableStore() {
                @Override
                public List<StoredRecord> due(RecordKind kind, Instant now, int limit) {
                    return super.due(kind, now, Integer.MAX_VALUE);
                }
            });
        }
    }

    static final class DueIgnoresOrder extends Tried {
        DueIgnoresOrder() {
            super(() -> new BreakableStore() {
                @Override
                public List<StoredRecord> due(RecordKind kind, Instant now, int limit) {
                    return dueRecords(kind, now).limit(limit).toList();
                }
            });
        }
    }

    static final class DueExcludesNow extends Tried {
        DueExcludesNow() {
            super(() -> new BreakableStore() {
                @Override
                public List<StoredRecord> due(RecordKind kind, Instant now, int limit) {
                    return super.due(kind, now, limit).stream()
                            .filter(record -> !record.dueAt().equals(Optional.of(now)))
                            .toList();
                }
            });
        }
    }

    static final class LookupIsUnordered extends Tried {
        LookupIsUnordered() {
            super(() -> new BreakableStore() {
                @Override
                public List<StoredRecord> byLookup(RecordKind kind, String lookup, int limit) {
                    return reversed(super.byLookup(kind, lookup, limit));
                }
            });
        }
    }

    static final class PageLeaksTenant extends Tried {
        PageLeaksTenant() {
            super(() -> new BreakableStore() {
                @Override
                boolean inPage(StoredRecord record, TenantId tenant, RecordKind kind, String user) {
                    return record.kind() == kind && record.user().equals(user);
                }
            });
        }
    }

    static final class DropsJoiners extends Tried {
        DropsJoiners() {
            super(() -> new BreakableStore() {
                @Override
                public synchronized boolean insert(StoredRecord record) {
                    return super.insert(StoredRecord.builder(record.tenant(), record.kind(), record.id())
                            .user(record.user().replace("\u200d", ""))
                            .uniqueKey(record.uniqueKey().orElse(null))
                            .lookup(record.lookup().orElse(null))
                            .status(record.status())
                            .dueAt(record.dueAt().orElse(null))
                            .attentionAt(record.attentionAt().orElse(null))
                            .payload(record.payload())
                            .build());
                }
            });
        }
    }

    static final class AttentionLeaksTenant extends Tried {
        AttentionLeaksTenant() {
            super(() -> new BreakableStore() {
                @Override
                boolean wantsAttention(StoredRecord record, TenantId tenant, RecordKind kind) {
                    return record.kind() == kind && record.attentionAt().isPresent();
                }
            });
        }
    }

    static final class AttentionSkipsTies extends Tried {
        AttentionSkipsTies() {
            super(() -> new BreakableStore() {
                @Override
                boolean behind(StoredRecord record, Instant afterAt, String afterId) {
                    return record.attentionAt().orElseThrow().isAfter(afterAt);
                }
            });
        }
    }

    static final class HistoryDuplicates extends Tried {
        HistoryDuplicates() {
            super(() -> new BreakableStore() {
                @Override
                public synchronized boolean appendHistory(HistoryRecord entry) {
                    return lines.add(entry);
                }
            });
        }
    }

    static final class HistoryInOrderOfTime extends Tried {
        HistoryInOrderOfTime() {
            super(() -> new BreakableStore() {
                @Override
                public List<HistoryRecord> history(TenantId tenant, String subject, long afterSequence, int limit) {
                    return linesOf(tenant, subject, afterSequence)
                            .sorted(Comparator.comparingLong(HistoryRecord::sequence))
                            .limit(limit)
                            .sorted(Comparator.comparingLong(line -> lines.indexOf(line)))
                            .toList();
                }
            });
        }
    }

    static final class HistoryLeaksTenant extends Tried {
        HistoryLeaksTenant() {
            super(() -> new BreakableStore() {
                @Override
                public List<HistoryRecord> history(TenantId tenant, String subject, long afterSequence, int limit) {
                    return lines.stream()
                            .filter(line -> line.subject().equals(subject) && line.sequence() > afterSequence)
                            .sorted(Comparator.comparingLong(HistoryRecord::sequence))
                            .limit(limit)
                            .toList();
                }
            });
        }
    }

    static final class RemovesNewHistory extends Tried {
        RemovesNewHistory() {
            super(() -> new BreakableStore() {
                @Override
                public int removeHistory(TenantId tenant, String subject, Instant before) {
                    return super.removeHistory(tenant, subject, Instant.MAX);
                }
            });
        }
    }

    static final class WalkStaysInOneTenant extends Tried {
        WalkStaysInOneTenant() {
            super(() -> new BreakableStore() {
                @Override
                public List<StoredRecord> scan(RecordKind kind, StoredRecord after, int limit) {
                    return super.scan(kind, after, limit).stream()
                            .filter(record -> after == null || record.tenant().equals(after.tenant()))
                            .toList();
                }
            });
        }
    }

    static final class ThrowsOnMissing extends Tried {
        ThrowsOnMissing() {
            super(() -> new BreakableStore() {
                @Override
                public Optional<StoredRecord> find(TenantId tenant, RecordKind kind, String id) {
                    return Optional.of(super.find(tenant, kind, id)
                            .orElseThrow(() -> new NoSuchElementException("no such record")));
                }
            });
        }
    }

    /** Healthy, with one rule switched off. */
    static final class SkipsRules extends Tried {
        SkipsRules() {
            super(BreakableStore::new);
        }

        @Override
        @Test
        @Disabled("each write is slow")
        public void required_RS08_manyRecordsAreRewritten() {
            throw new AssertionError("disabled");
        }
    }

    static final class ForgetsOnReopening extends Tried {
        ForgetsOnReopening() {
            super(BreakableStore::new);
        }

        @Override
        protected Optional<TokenStore> reopened() {
            return Optional.of(new BreakableStore());
        }
    }

    /** Its process writes to its own memory, which dies with it. */
    static final class LosesWritesWhenKilled extends Tried {
        LosesWritesWhenKilled() {
            super(BreakableStore::new);
        }

        @Override
        protected Optional<Process> crashWriter() throws Exception {
            return Optional.of(new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            ForgetfulWriter.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
    }

    static final class ForgetfulWriter {
        private ForgetfulWriter() {}

        public static void main(String[] arguments) {
            CrashWriter.writeUntilKilled(new BreakableStore());
        }
    }

    /** Holds a thread until another one is at the same place, so that a race is certain and not a matter of luck. */
    static final class Gap {
        private final Exchanger<Boolean> meeting = new Exchanger<>();

        void await() {
            try {
                meeting.exchange(true, 2, TimeUnit.MILLISECONDS);
            } catch (TimeoutException alone) {
                // nobody else is writing
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
