package io.linkspan.testkit.store;

import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Like {@link BrokenStores}, for claims and batches. */
final class BrokenClaims {
    private BrokenClaims() {}

    abstract static class Tried extends JobStoreContract {
        private final Supplier<JobStore> maker;

        Tried(Supplier<JobStore> maker) {
            this.maker = maker;
        }

        @Override
        protected JobStore emptyStore() {
            return maker.get();
        }

        @Override
        protected int manyRecords() {
            return 200;
        }
    }

    static final class Healthy extends Tried {
        Healthy() {
            super(BreakableJobStore::new);
        }
    }

    static final class KeepsVersion extends Tried {
        KeepsVersion() {
            super(() -> new BreakableJobStore() {
                @Override
                StoredRecord held(StoredRecord record, Instant until) {
                    return record.next().version(record.version()).dueAt(until).build();
                }
            });
        }
    }

    static final class HandsOutTwice extends Tried {
        HandsOutTwice() {
            super(() -> new BreakableJobStore() {
                private final BrokenStores.Gap gap = new BrokenStores.Gap();

                @Override
                @SuppressWarnings("UnsynchronizedOverridesSynchronized")
                public List<StoredRecord> claim(RecordKind kind, Duration lease, int limit) {
                    List<StoredRecord> read;
                    synchronized (this) {
                        read = choose(due(kind, now(), 1_000), limit);
                    }
                    gap.await();
                    List<StoredRecord> claimed = new ArrayList<>();
                    for (StoredRecord record : read) {
                        StoredRecord held = held(record, now().plus(lease));
                        swap(record, held);
                        claimed.add(held);
                    }
                    return claimed;
                }
            });
        }
    }

    static final class HandsOutEarly extends Tried {
        HandsOutEarly() {
            super(() -> new BreakableJobStore() {
                @Override
                public synchronized List<StoredRecord> claim(RecordKind kind, Duration lease, int limit) {
                    List<StoredRecord> claimed = new ArrayList<>();
                    for (StoredRecord record : choose(due(kind, now().plus(Duration.ofDays(3)), 1_000), limit)) {
                        StoredRecord held = held(record, now().plus(lease));
                        swap(record, held);
                        claimed.add(held);
                    }
                    return claimed;
                }
            });
        }
    }

    static final class FirstComeFirstServed extends Tried {
        FirstComeFirstServed() {
            super(() -> new BreakableJobStore() {
                @Override
                List<StoredRecord> choose(List<StoredRecord> due, int limit) {
                    return due.stream().limit(limit).toList();
                }
            });
        }
    }

    static final class SameTenantsFirst extends Tried {
        SameTenantsFirst() {
            super(() -> new BreakableJobStore() {
                @Override
                int turns(StoredRecord record) {
                    return record.tenant().value().hashCode();
                }
            });
        }
    }

    static final class LeavesSharesUnused extends Tried {
        LeavesSharesUnused() {
            super(() -> new BreakableJobStore() {
                @Override
                List<StoredRecord> choose(List<StoredRecord> due, int limit) {
                    long tenants =
                            due.stream().map(StoredRecord::tenant).distinct().count();
                    long share = tenants == 0 ? 0 : (limit + tenants - 1) / tenants;
                    List<StoredRecord> chosen = new ArrayList<>();
                    for (StoredRecord record : super.choose(due, limit)) {
                        if (taken(chosen, record) < share) {
                            chosen.add(record);
                        }
                    }
                    return chosen;
                }
            });
        }
    }

    static final class SharesTheFirstHundreds extends Tried {
        SharesTheFirstHundreds() {
            super(() -> new BreakableJobStore() {
                @Override
                List<StoredRecord> choose(List<StoredRecord> due, int limit) {
                    return super.choose(due.stream().limit(500).toList(), limit);
                }
            });
        }

        @Override
        protected int manyRecords() {
            return 600;
        }
    }

    static final class StopsAtARefusal extends Tried {
        StopsAtARefusal() {
            super(() -> new BreakableJobStore() {
                @Override
                public synchronized List<Boolean> replaceAll(List<StoredRecord> next) {
                    List<Boolean> replaced = new ArrayList<>();
                    for (StoredRecord record : next) {
                        replaced.add(!replaced.contains(false) && replace(record));
                    }
                    return replaced;
                }
            });
        }
    }

    static final class KeepsHalfABatch extends Tried {
        KeepsHalfABatch() {
            super(() -> new BreakableJobStore() {
                @Override
                public synchronized List<Boolean> replaceAll(List<StoredRecord> next) {
                    return next.stream().map(this::replace).toList();
                }
            });
        }
    }

    static final class LeasesByAnotherClock extends Tried {
        LeasesByAnotherClock() {
            super(() -> new BreakableJobStore() {
                @Override
                Instant leaseClock() {
                    return now().minusSeconds(30);
                }
            });
        }
    }

    static final class CountsOneTenant extends Tried {
        CountsOneTenant() {
            super(() -> new BreakableJobStore() {
                @Override
                Stream<StoredRecord> counted(RecordKind kind) {
                    List<StoredRecord> all = super.counted(kind).toList();
                    return all.stream()
                            .filter(record -> record.tenant().equals(all.get(0).tenant()));
                }
            });
        }
    }
}
