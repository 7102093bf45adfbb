package io.linkspan.internal.publish;

import io.linkspan.TenantId;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.HandleDoc;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.LaneDoc;
import io.linkspan.internal.wire.Payload;
import io.linkspan.spi.Cause;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.Quota;
import io.linkspan.spi.QuotaBlock;
import io.linkspan.spi.QuotaLeft;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the jobs of one connection share over all workers, in one small record: the right to send a commit, and the limits of
 * the platform. Limits of an app are shared over all tenants in a record of their own.
 */
final class Lanes {
    /** Holds the records of apps; not a tenant of any host, for a tenant id cannot be chosen to hold connections here. */
    private static final TenantId APPS = new TenantId("linkspan.apps");

    private static final Duration NAMES_KEPT = Duration.ofDays(5);

    private final Kernel kernel;

    Lanes(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Where a record lies. */
    private record Key(TenantId tenant, String id) {
        static Key of(Quota.Scope scope, TenantId tenant, String connection, String platform, String registration) {
            return switch (scope) {
                case CONNECTION -> new Key(tenant, connection);
                case APP -> new Key(APPS, Kernel.sha256(platform + "\n" + registration));
            };
        }

        static Key of(Quota.Scope scope, Stored job) {
            return of(
                    scope,
                    job.record().tenant(),
                    job.doc().connection(),
                    job.doc().platform(),
                    job.doc().registration());
        }
    }

    /** Why a job has to wait, and until when; with the refusal that showed it, if there was one. */
    record Wait(
            Instant until,
            String limit,
            String reason,
            @Nullable Cause cause) {}

    /** How a change of a record ended. */
    private record Changed<T>(@Nullable LaneDoc next, T result) {}

    /** Takes the right to send for a job, and notes the name of what it sends; false while another job holds it. */
    boolean take(Stored job) {
        return change(Key.of(Quota.Scope.CONNECTION, job), lane -> {
            Instant now = kernel.now();
            String id = job.record().id();
            boolean free = lane.job().isEmpty() || lane.job().equals(id) || over(job, lane, now);
            return free ? new Changed<>(named(lane, job).heldBy(id, end(now)), true) : new Changed<>(null, false);
        });
    }

    private boolean over(Stored job, LaneDoc lane, Instant now) {
        String what = "lane\n" + job.record().tenant() + "\n" + job.doc().connection() + "\n" + lane.job();
        return kernel.leases().over(what, "job " + lane.job(), lane.until(), longest(), now);
    }

    /** Keeps the right to send while its holder lives. */
    void keep(Stored job) {
        change(Key.of(Quota.Scope.CONNECTION, job), lane -> {
            boolean mine = lane.job().equals(job.record().id());
            return new Changed<>(mine ? lane.heldBy(lane.job(), end(kernel.now())) : null, mine);
        });
    }

    private Instant end(Instant now) {
        return now.plus(longest());
    }

    private Duration longest() {
        return kernel.settings().jobLease().multipliedBy(2);
    }

    /** Which job holds the right to send that a record keeps; empty for none. */
    static String holder(StoredRecord record) {
        return Payload.read(record, LaneDoc.class).job();
    }

    /** Puts off the next look at who holds the right to send, or frees it when its time is over. */
    void lookedAt(StoredRecord record, @Nullable Instant nextLook) {
        LaneDoc lane = Payload.read(record, LaneDoc.class);
        Instant now = kernel.now();
        Instant next = nextLook == null ? lane.until() : nextLook;
        kernel.jobs()
                .replace(
                        now.isBefore(next)
                                ? record.next().dueAt(next).build()
                                : written(record.next(), lane.heldBy("", now)).build());
    }

    /** Gives the right to send back, if the job still holds it, and notes the name that the answer brought. */
    void give(Stored job) {
        change(Key.of(Quota.Scope.CONNECTION, job), lane -> {
            boolean mine = lane.job().equals(job.record().id());
            return new Changed<>(mine ? named(lane, job).heldBy("", kernel.now()) : null, mine);
        });
    }

    private LaneDoc named(LaneDoc lane, Stored job) {
        HandleDoc handle = job.doc().handle();
        return handle == null ? lane : lane.withName(handle.id(), kernel.now(), forgetBefore());
    }

    /** Names are told at most 72 hours late. */
    private Instant forgetBefore() {
        return kernel.now().minus(NAMES_KEPT);
    }

    /** Whether a job of the connection had a handle of this name lately. */
    boolean knows(ConnectionRepository.Stored connection, String name) {
        Key key = new Key(connection.record().tenant(), connection.record().id());
        return read(key).allNames().containsKey(name);
    }

    /** Keeps a name that no job knows, for the one attempt without a name. */
    void hint(Stored job, String name) {
        change(
                Key.of(Quota.Scope.CONNECTION, job),
                lane -> new Changed<>(
                        lane.allHints().containsKey(hint(job) + name)
                                ? null
                                : lane.withHint(hint(job) + name, kernel.now(), forgetBefore()),
                        true));
    }

    /** A hint is for one job and no other. */
    private static String hint(Stored job) {
        return job.record().id() + " ";
    }

    /** Names that came for a job while it was the only one without a name. */
    List<String> hints(Stored job) {
        return read(Key.of(Quota.Scope.CONNECTION, job)).allHints().keySet().stream()
                .filter(hint -> hint.startsWith(hint(job)))
                .map(hint -> hint.substring(hint(job).length()))
                .toList();
    }

    /** A name is a job's own from now on. */
    void named(Stored job, String name) {
        change(
                Key.of(Quota.Scope.CONNECTION, job),
                lane -> new Changed<>(lane.withName(name, kernel.now(), forgetBefore()), true));
    }

    /** What a job took of its limits at a moment; or why it has to wait, and then it took nothing. */
    record Taken(List<Quota> quotas, Instant at, @Nullable Wait full) {}

    /** Takes what one job uses of its limits; when one is used up, nothing is taken and the wait is told. */
    Taken use(Stored job, List<Quota> quotas, Predicate<String> stops) {
        Instant now = kernel.now();
        for (Quota.Scope scope : Quota.Scope.values()) {
            Optional<Wait> blocked = lastBlock(read(Key.of(scope, job)), stops);
            if (blocked.isPresent()) {
                return new Taken(List.of(), now, blocked.get());
            }
        }
        Optional<Wait> full = longest(quotas.stream().flatMap(quota -> full(job, quota).stream()));
        if (full.isPresent()) {
            return new Taken(List.of(), now, full.get());
        }
        List<Quota> taken = new ArrayList<>();
        for (Quota quota : quotas) {
            if (held(job, quota, now)) {
                continue;
            }
            if (counted(job, quota)) {
                joined(job, quota, now);
                taken.add(quota);
                continue;
            }
            Optional<Wait> wait = use(job, quota, now); // another worker may have been faster
            if (wait.isPresent()) {
                giveBack(job, new Taken(taken, now, null));
                return new Taken(List.of(), now, wait.get());
            }
            taken.add(quota);
        }
        return new Taken(List.copyOf(taken), now, null);
    }

    /** The job with its place in the limits kept, because what was asked for may have been made: tries of the same job share it. */
    JobDoc kept(Stored job, Taken taken) {
        boolean anew = taken.quotas().stream().anyMatch(quota -> quota.counting() != Quota.Counting.REQUESTS);
        return anew ? job.doc().holdingLimits(taken.at()) : job.doc();
    }

    /** Gives back all that was taken: nothing was asked for. */
    void giveBack(Stored job, Taken taken) {
        taken.quotas().forEach(quota -> giveBack(job, quota, taken.at()));
    }

    /** Gives back what counts only what the platform took: it took nothing. */
    void notTaken(Stored job, Taken taken) {
        taken.quotas().stream()
                .filter(quota -> quota.counting() != Quota.Counting.REQUESTS)
                .forEach(quota -> giveBack(job, quota, taken.at()));
    }

    private void giveBack(Stored job, Quota quota, Instant at) {
        if (quota.counting() == Quota.Counting.FIRST_OF_CONNECTION) {
            left(job, quota);
        } else {
            returned(Key.of(quota.scope(), job), quota, at);
        }
    }

    private void returned(Key key, Quota quota, Instant at) {
        change(key, lane -> {
            Map<Long, Integer> used = lane.allUsed().getOrDefault(quota.name(), Map.of());
            return new Changed<>(lane.withUsed(quota.name(), Window.returned(quota, used, at)), true);
        });
    }

    /** One of the jobs for which a connection counts is gone; with the last of them the connection counts no more. */
    private void left(Stored job, Quota quota) {
        Instant now = kernel.now();
        Key key = Key.of(Quota.Scope.CONNECTION, job);
        Optional<Instant> last = change(key, lane -> {
            Map<Long, Integer> used = lane.allUsed().getOrDefault(quota.name(), Map.of());
            Instant first = Window.first(quota, used, now);
            if (first == null) {
                return new Changed<>(null, Optional.empty());
            }
            Map<Long, Integer> rest = Window.returned(quota, used, first);
            boolean none = Window.used(quota, rest, now) == 0;
            return new Changed<>(lane.withUsed(quota.name(), rest), none ? Optional.of(first) : Optional.empty());
        });
        if (quota.scope() != Quota.Scope.CONNECTION) {
            last.ifPresent(first -> returned(Key.of(quota.scope(), job), quota, first));
        }
    }

    /** One more job of a connection that counts already. */
    private void joined(Stored job, Quota quota, Instant now) {
        change(Key.of(Quota.Scope.CONNECTION, job), lane -> {
            Map<Long, Integer> used = lane.allUsed().getOrDefault(quota.name(), Map.of());
            boolean counts = Window.first(quota, used, now) != null;
            return new Changed<>(counts ? lane.withUsed(quota.name(), Window.joined(quota, used, now)) : null, counts);
        });
    }

    /** Whether the job holds its place in a limit since a request that may have taken effect. */
    private static boolean held(Stored job, Quota quota, Instant now) {
        Instant since = job.doc().limitsHeld();
        return since != null && quota.counting() != Quota.Counting.REQUESTS && now.isBefore(since.plus(quota.window()));
    }

    private static Optional<Wait> longest(Stream<Wait> waits) {
        return waits.max(Comparator.comparing(Wait::until));
    }

    /** Whether a limit is used up, without taking anything. */
    private Optional<Wait> full(Stored job, Quota quota) {
        if (held(job, quota, kernel.now()) || counted(job, quota)) {
            return Optional.empty();
        }
        return full(read(Key.of(quota.scope(), job)), quota);
    }

    private Optional<Wait> full(LaneDoc lane, Quota quota) {
        Instant now = kernel.now();
        Duration wait = Window.wait(quota, lane.allUsed().getOrDefault(quota.name(), Map.of()), now);
        return wait.isZero()
                ? Optional.empty()
                : Optional.of(new Wait(now.plus(wait), quota.name(), inWords(quota), null));
    }

    private Optional<Wait> use(Stored job, Quota quota, Instant now) {
        Optional<Wait> wait = change(Key.of(quota.scope(), job), lane -> {
            Optional<Wait> full = full(lane, quota);
            return new Changed<>(full.isPresent() ? null : taken(lane, quota, now), full);
        });
        boolean once = quota.counting() == Quota.Counting.FIRST_OF_CONNECTION;
        if (wait.isEmpty() && once && quota.scope() != Quota.Scope.CONNECTION) {
            change(Key.of(Quota.Scope.CONNECTION, job), lane -> new Changed<>(taken(lane, quota, now), true));
        }
        return wait;
    }

    private static LaneDoc taken(LaneDoc lane, Quota quota, Instant now) {
        Map<Long, Integer> used = lane.allUsed().getOrDefault(quota.name(), Map.of());
        return lane.withUsed(quota.name(), Window.taken(quota, used, now));
    }

    /** Whether this connection was counted within the window already, where that is enough. */
    private boolean counted(Stored job, Quota quota) {
        if (quota.counting() != Quota.Counting.FIRST_OF_CONNECTION) {
            return false;
        }
        LaneDoc lane = read(Key.of(Quota.Scope.CONNECTION, job));
        return Window.used(quota, lane.allUsed().getOrDefault(quota.name(), Map.of()), kernel.now()) > 0;
    }

    private static String inWords(Quota quota) {
        return "at most " + quota.most() + " in " + inWords(quota.window())
                + (quota.scope() == Quota.Scope.APP ? " for the whole app" : " for this account");
    }

    private static String inWords(Duration window) {
        return window.toHours() > 0 ? window.toHours() + " h" : window.toMinutes() + " min";
    }

    private Optional<Wait> lastBlock(LaneDoc lane, Predicate<String> stops) {
        Instant now = kernel.now();
        return longest(lane.allBlocks().entrySet().stream()
                .filter(entry -> stops.test(entry.getKey()))
                .filter(entry -> now.isBefore(entry.getValue().until()))
                .map(entry -> new Wait(
                        entry.getValue().until(),
                        entry.getKey(),
                        entry.getValue().reason(),
                        entry.getValue().cause())));
    }

    /** Remembers that the platform says a limit is used up, so that other jobs of its scope wait without asking. */
    Wait block(Stored job, QuotaBlock limit) {
        return block(job, limit, null);
    }

    /** The same, with the refusal that showed it. */
    Wait block(Stored job, QuotaBlock limit, @Nullable PlatformError error) {
        Instant until = kernel.now().plus(limit.pause());
        Cause cause = error == null ? null : Cause.of(error);
        return change(
                Key.of(limit.scope(), job),
                lane -> new Changed<>(
                        lane.withBlock(limit.name(), new LaneDoc.BlockDoc(until, limit.reason(), cause)),
                        new Wait(until, limit.name(), limit.reason(), cause)));
    }

    /** How much of the limits of a connection is used. */
    List<QuotaLeft> left(TenantId tenant, String connection, String platform, String registration, List<Quota> quotas) {
        Instant now = kernel.now();
        List<QuotaLeft> left = new ArrayList<>();
        for (Quota.Scope scope : Quota.Scope.values()) {
            LaneDoc lane = read(Key.of(scope, tenant, connection, platform, registration));
            for (Quota quota : quotas) {
                if (quota.scope() == scope) {
                    Map<Long, Integer> used = lane.allUsed().getOrDefault(quota.name(), Map.of());
                    Duration wait = Window.wait(quota, used, now);
                    left.add(new QuotaLeft(
                            quota.name(),
                            (long) Window.used(quota, used, now),
                            (long) quota.most(),
                            wait.isZero() ? null : now.plus(wait),
                            inWords(quota) + ", counted by Linkspan"));
                }
            }
            lane.allBlocks().forEach((name, block) -> {
                if (now.isBefore(block.until())) {
                    left.add(new QuotaLeft(name, null, null, block.until(), block.reason()));
                }
            });
        }
        return left;
    }

    private LaneDoc read(Key key) {
        return kernel.jobs()
                .find(key.tenant(), RecordKind.LANE, key.id())
                .map(record -> Payload.read(record, LaneDoc.class))
                .orElseGet(() -> LaneDoc.free(kernel.now()));
    }

    private <T> T change(Key key, Function<LaneDoc, Changed<T>> change) {
        while (true) {
            Optional<StoredRecord> found = kernel.jobs().find(key.tenant(), RecordKind.LANE, key.id());
            LaneDoc lane = found.map(record -> Payload.read(record, LaneDoc.class))
                    .orElseGet(() -> LaneDoc.free(kernel.now()));
            Changed<T> changed = change.apply(lane);
            LaneDoc next = changed.next();
            if (next == null || write(key, found, next)) {
                return changed.result();
            }
        }
    }

    private boolean write(Key key, Optional<StoredRecord> found, LaneDoc next) {
        return found.map(record ->
                        kernel.jobs().replace(written(record.next(), next).build()))
                .orElseGet(() -> kernel.jobs()
                        .insert(written(StoredRecord.builder(key.tenant(), RecordKind.LANE, key.id()), next)
                                .build()));
    }

    /** Due when the lease of a holder has ended that gave no sign of life. */
    private StoredRecord.Builder written(StoredRecord.Builder record, LaneDoc next) {
        boolean held = !next.job().isEmpty();
        return record.status(held ? "held" : "free")
                .dueAt(held ? next.until().minus(kernel.settings().jobLease()) : null)
                .payload(Json.write(next));
    }
}
