package io.linkspan.internal;

import io.linkspan.Platform;
import io.linkspan.TenantId;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.event.LinkspanListener;
import io.linkspan.internal.crypto.Vault;
import io.linkspan.internal.event.Herald;
import io.linkspan.internal.event.Observer;
import io.linkspan.internal.http.CallOrigin;
import io.linkspan.internal.http.Caller;
import io.linkspan.internal.http.SendPermit;
import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.MediaHost;
import io.linkspan.spi.MediaStore;
import io.linkspan.spi.Meter;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.TokenStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one Linkspan is made of: clock, randomness, stores, keys, adapters, listeners. Immutable. */
public final class Kernel {
    private static final Duration WAIT_STEP = Duration.ofMillis(50);

    private final TokenStore tokens;
    private final JobStore jobs;
    private final Vault vault;
    private final Caller caller;
    private final Map<Platform, PlatformAdapter> adapters;
    private final @Nullable MediaHost mediaHost;
    private final @Nullable MediaStore mediaStore;
    private final Observer observer;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final RandomGenerator random;
    private final Settings settings;
    private final HostTransactions hostTransactions;
    private final LeaseWatch leases = new LeaseWatch();

    /** From its parts, with listeners that hear at once and nothing counted. */
    public Kernel(
            TokenStore tokens,
            JobStore jobs,
            Vault vault,
            Caller caller,
            Map<Platform, PlatformAdapter> adapters,
            @Nullable MediaHost mediaHost,
            List<LinkspanListener> listeners,
            InstantSource clock,
            RandomGenerator random,
            Settings settings) {
        this(
                tokens,
                jobs,
                vault,
                caller,
                adapters,
                mediaHost,
                null,
                new Observer(Herald.of(listeners, Runnable::run), Meter.NONE),
                clock,
                System::nanoTime,
                random,
                settings);
    }

    /** From its parts. */
    public Kernel(
            TokenStore tokens,
            JobStore jobs,
            Vault vault,
            Caller caller,
            Map<Platform, PlatformAdapter> adapters,
            @Nullable MediaHost mediaHost,
            @Nullable MediaStore mediaStore,
            Observer observer,
            InstantSource clock,
            LongSupplier ticker,
            RandomGenerator random,
            Settings settings) {
        this.tokens = tokens;
        this.jobs = jobs;
        this.vault = vault;
        this.hostTransactions = HostTransactions.of(tokens, jobs);
        this.caller = caller.outsideOf(hostTransactions::running);
        this.adapters = adapters.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> new CheckedPlatform(e.getValue())));
        this.mediaHost = mediaHost;
        this.mediaStore = mediaStore;
        this.observer = observer;
        this.clock = clock;
        this.ticker = ticker;
        this.random = random;
        this.settings = settings;
    }

    /** Connections, links, history. */
    public TokenStore tokens() {
        return tokens;
    }

    /** Publications, jobs, lanes. */
    public JobStore jobs() {
        return jobs;
    }

    /** Seals and opens. */
    public Vault vault() {
        return vault;
    }

    /** Transactions of the host that the stores take part in. */
    public HostTransactions hostTransactions() {
        return hostTransactions;
    }

    /** Judges the leases of other nodes. */
    public LeaseWatch leases() {
        return leases;
    }

    /** Talks to media hosts and others that belong to no account. */
    public Caller caller() {
        return caller;
    }

    /** Talks to a platform about an account. */
    public Caller caller(TenantId tenant, String account) {
        return caller(tenant, account, "");
    }

    /** Talks to a platform about one of several pieces of work for an account. */
    public Caller caller(TenantId tenant, String account, String work) {
        return caller.of(CallOrigin.of(tenant, account, work));
    }

    /** Times. */
    public Settings settings() {
        return settings;
    }

    /** The host's media host, if there is one. */
    public Optional<MediaHost> mediaHost() {
        return Optional.ofNullable(mediaHost);
    }

    /** The host's media store, if there is one. */
    public Optional<MediaStore> mediaStore() {
        return Optional.ofNullable(mediaStore);
    }

    /** The present moment, in milliseconds. */
    public Instant now() {
        return Instant.ofEpochMilli(clock.instant().toEpochMilli());
    }

    /** Measures time from now on, also through a pause of this process or a clock that is set. */
    public Stopwatch stopwatch() {
        return new Stopwatch(clock, ticker);
    }

    /** As {@link #stopwatch()}, but setting the system's clock does not lengthen it; only a clock of the host's own counts too. */
    public Stopwatch steadyStopwatch() {
        return systemTime() ? new Stopwatch(() -> Instant.EPOCH, ticker) : stopwatch();
    }

    /** Lets requests leave for so long from now on; what is late stays here, for another process may act by then. */
    public SendPermit permit(Duration time) {
        Stopwatch since = stopwatch();
        return () -> since.reached(time)
                ? "this process was paused for longer than " + time.toSeconds()
                        + " s before it could send; nothing was sent"
                : null;
    }

    /** Whether the clock of a store is this node's; so it is, even if they differ a little, unless the host set a clock of its own. */
    public boolean sharesClockWith(ClaimingStore store) {
        return systemTime() || Duration.between(store.now(), now()).abs().compareTo(Duration.ofSeconds(1)) < 0;
    }

    /** The present moment in milliseconds since 1970; cheaper than {@link #now()}. */
    public long millis() {
        return clock.millis();
    }

    /** Whether the time is the system's, and not one that the host sets. */
    public boolean systemTime() {
        return clock.equals(InstantSource.system());
    }

    /**
     * 48 bits of the time in milliseconds and 80 random ones, as hexadecimal digits: what is made together lies together in an
     * index.
     */
    public String newId() {
        byte[] id = ByteBuffer.allocate(16)
                .putLong(millis() << 16)
                .position(6)
                .put(randomBytes(10))
                .array();
        return HexFormat.of().formatHex(id);
    }

    /** The time in an id of {@link #newId}, and in those that begin with one. */
    public static Instant madeAt(String id) {
        return Instant.ofEpochMilli(Long.parseLong(id, 0, 12, 16));
    }

    /** What every id made from a moment on comes after. */
    public static String idsFrom(Instant from) {
        return HexFormat.of().toHexDigits(Math.max(0, from.toEpochMilli()), 12);
    }

    /** Random bytes. */
    public byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A factor between {@code 1 - spread} and {@code 1 + spread}. */
    public double jitter(double spread) {
        return 1 - spread + 2 * spread * random.nextDouble();
    }

    /** A wait that asks again and again, and so never longer than it has to. */
    @FunctionalInterface
    public interface Wait {
        /** Lets a little time pass; false when the wait is over, so that nothing changed for the caller. */
        boolean goesOn();
    }

    /** A wait; over at the start when the host sets the clock, because waiting would not make its time pass. */
    public Wait waitAtMost(Duration most) {
        if (!systemTime()) {
            return () -> false;
        }
        long until = System.nanoTime() + most.toNanos();
        return () -> {
            if (System.nanoTime() - until >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(WAIT_STEP.toNanos());
            return true;
        };
    }

    /** The adapter of a platform. */
    public PlatformAdapter adapter(Platform platform) {
        PlatformAdapter adapter = adapters.get(platform);
        if (adapter == null) {
            throw Missing.platform(platform, adapters.keySet());
        }
        return adapter;
    }

    /** The adapter of a platform, if there is one. */
    public Optional<PlatformAdapter> findAdapter(String platform) {
        return Optional.ofNullable(adapters.get(Platform.of(platform)));
    }

    /** Tells the listeners of something that rests on no stored change. */
    public void tell(LinkspanEvent event) {
        observer.herald().tell(event);
    }

    /** Listeners, log lines, alerts, meters. */
    public Observer observer() {
        return observer;
    }

    /** Where a secret of a record belongs. */
    public static Vault.Place place(
            TenantId tenant, String record, String platform, String registration, String field, long version) {
        return new Vault.Place(tenant, record, platform, registration, field, version);
    }

    /** SHA-256 in hexadecimal. */
    public static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256 in hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java runtime", e);
        }
    }

    /** The lookup value of an account: the same for all tenants of this app. */
    public static String accountHash(PlatformAdapter adapter, String accountId) {
        return sha256(adapter.platform() + "\n" + adapter.registration() + "\n" + accountId);
    }
}
