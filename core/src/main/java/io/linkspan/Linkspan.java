package io.linkspan;

import io.linkspan.connection.Connections;
import io.linkspan.connection.SharedGrants;
import io.linkspan.event.LinkspanListener;
import io.linkspan.internal.CheckedKeys;
import io.linkspan.internal.CheckedStore;
import io.linkspan.internal.Companions;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.PublishSettings;
import io.linkspan.internal.Settings;
import io.linkspan.internal.connection.Admission;
import io.linkspan.internal.connection.AttentionPages;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.Connector;
import io.linkspan.internal.connection.DefaultConnections;
import io.linkspan.internal.connection.DefaultWebhooks;
import io.linkspan.internal.connection.Deletions;
import io.linkspan.internal.connection.Disconnector;
import io.linkspan.internal.connection.Explains;
import io.linkspan.internal.connection.HealthCheck;
import io.linkspan.internal.connection.Removals;
import io.linkspan.internal.connection.Renewer;
import io.linkspan.internal.connection.RestoredConnections;
import io.linkspan.internal.connection.TokenTrouble;
import io.linkspan.internal.connection.UnwantedGrants;
import io.linkspan.internal.connection.Views;
import io.linkspan.internal.crypto.Vault;
import io.linkspan.internal.entry.Closing;
import io.linkspan.internal.entry.Gate;
import io.linkspan.internal.entry.GatedAccountLinks;
import io.linkspan.internal.entry.GatedConnections;
import io.linkspan.internal.entry.GatedKeyring;
import io.linkspan.internal.entry.GatedPublisher;
import io.linkspan.internal.entry.GatedWebhooks;
import io.linkspan.internal.entry.GatedWorker;
import io.linkspan.internal.event.Herald;
import io.linkspan.internal.event.MeteredTransport;
import io.linkspan.internal.event.Observer;
import io.linkspan.internal.http.Caller;
import io.linkspan.internal.http.HttpLimits;
import io.linkspan.internal.http.JdkTransport;
import io.linkspan.internal.keys.DefaultKeyring;
import io.linkspan.internal.link.DefaultAccountLinks;
import io.linkspan.internal.link.LinkRepository;
import io.linkspan.internal.link.ProfileChecks;
import io.linkspan.internal.publish.DefaultWorker;
import io.linkspan.internal.publish.Publishing;
import io.linkspan.internal.recovery.DefaultRecovery;
import io.linkspan.internal.retention.DefaultRetention;
import io.linkspan.link.AccountLinks;
import io.linkspan.preflight.RulePacks;
import io.linkspan.publish.Fleet;
import io.linkspan.publish.Publisher;
import io.linkspan.publish.Worker;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.KeyProvider;
import io.linkspan.spi.MediaHost;
import io.linkspan.spi.MediaStore;
import io.linkspan.spi.Meter;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.Stores;
import io.linkspan.spi.Texts;
import io.linkspan.spi.TokenStore;
import io.linkspan.webhook.Webhooks;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The entry point: keeps accounts connected and publishes to them, on the host's own database.
 *
 * <p>Make one per application and keep it. Immutable and thread-safe; starts no thread before {@link Worker#start()}, but
 * for one per listener while there is something to tell, and one that tells the time once an access token is kept in memory.
 */
public final class Linkspan implements AutoCloseable {
    private final Connections connections;
    private final AccountLinks links;
    private final Publisher publisher;
    private final Webhooks webhooks;
    private final Worker worker;
    private final Supplier<Fleet> fleet;
    private final Keyring keyring;
    private final Retention retention;
    private final Recovery recovery;
    private final Closing closing;

    private Linkspan(Kernel kernel, Gate gate, Runnable closeTransport) {
        ConnectionRepository repository = new ConnectionRepository(kernel);
        Views views = new Views(kernel);
        Renewer renewer = new Renewer(kernel, repository);
        TokenTrouble trouble = new TokenTrouble(kernel, repository);
        HealthCheck healthCheck = new HealthCheck(kernel, repository, renewer, trouble);
        Connector connector = new Connector(
                kernel, repository, new Admission(kernel, repository, views), new UnwantedGrants(kernel, repository));
        Explains explains = new Explains(kernel, repository, views);
        LinkRepository linkRepository = new LinkRepository(kernel, repository);
        ProfileChecks profileChecks = new ProfileChecks(kernel, linkRepository, repository, healthCheck);
        DefaultAccountLinks accountLinks =
                new DefaultAccountLinks(kernel, repository, linkRepository, profileChecks, views, explains);
        Publishing publishing = new Publishing(kernel, repository, views, accountLinks, renewer, trouble);
        Disconnector disconnector = new Disconnector(kernel, repository, views, renewer, publishing::stop);
        Removals removals = new Removals(kernel, repository, healthCheck, publishing::stop);
        Deletions deletions = new Deletions(kernel, repository, publishing::stop, publishing::forget);
        DefaultWorker ownWorker = publishing.worker(
                repository, connector, renewer, healthCheck, disconnector, removals, deletions, profileChecks::due);
        this.connections = new GatedConnections(
                new DefaultConnections(
                        kernel,
                        repository,
                        views,
                        connector,
                        renewer,
                        healthCheck,
                        disconnector,
                        explains,
                        new AttentionPages(kernel, repository, accountLinks::attention)),
                gate);
        this.links = new GatedAccountLinks(accountLinks, gate);
        this.publisher = new GatedPublisher(publishing.publisher(), gate);
        this.webhooks = new GatedWebhooks(
                new DefaultWebhooks(kernel, repository, removals, deletions, publishing::lookAt, publishing::named),
                gate);
        this.worker = new GatedWorker(ownWorker, gate);
        this.fleet = () -> gate.call(publishing::fleet);
        this.keyring = new GatedKeyring(new DefaultKeyring(kernel), gate);
        Retention ownRetention = new DefaultRetention(kernel.tokens(), kernel.jobs(), kernel::now);
        this.retention = (age, limit) -> gate.call(() -> ownRetention.sweep(age, limit));
        Recovery ownRecovery = new DefaultRecovery(
                kernel, publishing.restored(), new RestoredConnections(kernel, repository, renewer));
        this.recovery = takenAt -> gate.call(() -> ownRecovery.afterRestore(takenAt));
        this.closing = new Closing(kernel, gate, ownWorker, publishing, repository, closeTransport);
    }

    /**
     * Starts a configuration.
     *
     * @return a builder; stores, keys and at least one platform are required
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Connects, knows, uses and disconnects accounts.
     *
     * @return the connections
     */
    public Connections connections() {
        return connections;
    }

    /**
     * Joins and parts connections.
     *
     * @return the account links
     */
    public AccountLinks links() {
        return links;
    }

    /**
     * Accepts posts.
     *
     * @return the publisher
     */
    public Publisher publisher() {
        return publisher;
    }

    /**
     * Takes signed messages from platforms.
     *
     * @return the webhooks
     */
    public Webhooks webhooks() {
        return webhooks;
    }

    /**
     * Does what is due.
     *
     * @return the worker of this process; not started
     */
    public Worker worker() {
        return worker;
    }

    /**
     * Looks at all workers on the database and at the work that waits. Reads the job store: one row per worker, and counts of the
     * open jobs; ask it every few seconds, not for every request.
     *
     * @return what can be seen now, over all tenants; for operators
     * @throws StoreException when the store cannot be read
     */
    public Fleet fleet() {
        return fleet.get();
    }

    /**
     * Changes keys.
     *
     * @return the keyring
     */
    public Keyring keyring() {
        return keyring;
    }

    /**
     * Removes what ended long ago.
     *
     * @return the retention
     */
    public Retention retention() {
        return retention;
    }

    /**
     * Makes a restored back-up safe to go on with.
     *
     * @return the recovery
     */
    public Recovery recovery() {
        return recovery;
    }

    /**
     * Ends this instance for good. The worker stops as {@link Worker#close} says; calls of other threads that are under way are
     * awaited for 30 s, later ones are refused with {@link IllegalStateException}; threads of listeners and of the own HTTP client
     * end. After it no thread of Linkspan uses a store or a platform, so that a host can close its database next. Stores are
     * closed by whoever opened them. Calling it again does nothing.
     *
     * @throws IllegalStateException when it is called inside one of its own calls or by its worker, such as by a listener that runs in
     *     their threads: it would wait for itself, so nothing is closed
     * @throws HostTransactionException inside a transaction of the host: a rollback would undo the last writes, so nothing is closed
     */
    @Override
    public void close() {
        closing.run();
    }

    /** Configures a {@link Linkspan}. Not thread-safe. */
    public static final class Builder {
        private @Nullable TokenStore tokens;
        private @Nullable JobStore jobs;
        private @Nullable KeyProvider keys;
        private @Nullable MediaHost mediaHost;
        private @Nullable MediaStore mediaStore;
        private RulePacks rules = RulePacks.builtIn();
        private boolean pullCheck = true;
        private boolean resendSameHandle;
        private HttpLimits limits = HttpLimits.DEFAULT;
        private @Nullable HttpTransport transport;
        private final Map<Platform, PlatformAdapter> platforms = new LinkedHashMap<>();
        private final List<LinkspanListener> listeners = new ArrayList<>();
        private @Nullable Executor listenerExecutor;
        private Meter meter = Meter.NONE;
        private InstantSource clock = InstantSource.system();
        private LongSupplier ticker = System::nanoTime;
        private RandomGenerator random = new SecureRandom();
        private @Nullable String node;
        private Duration jobLease = Duration.ofSeconds(30);
        private Duration retryBase = Duration.ofMillis(500);
        private int workerThreads = 4;
        private Duration pollPause = Duration.ofSeconds(1);
        private Duration profileCheckInterval = Duration.ofHours(24);
        private Duration tokenRetention = Duration.ofDays(3);
        private SharedGrants sharedGrants = SharedGrants.KEEP_WHILE_SHARED;
        private int renewalsAtOnce = 4;
        private Duration accessTokenCache = Duration.ZERO;

        private Builder() {}

        /**
         * Sets both stores. Required, unless each is set by itself.
         *
         * @param stores the stores
         * @return this
         */
        public Builder stores(Stores stores) {
            Objects.requireNonNull(stores, "stores");
            return tokenStore(stores.tokens()).jobStore(stores.jobs());
        }

        /**
         * Sets the store of connections.
         *
         * @param store the store
         * @return this
         */
        public Builder tokenStore(TokenStore store) {
            this.tokens = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Sets the store of jobs.
         *
         * @param store the store
         * @return this
         */
        public Builder jobStore(JobStore store) {
            this.jobs = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Sets the keys that protect tokens. Required; there is no default key and no plaintext mode.
         *
         * @param provider the keys
         * @return this
         */
        public Builder keys(KeyProvider provider) {
            this.keys = Objects.requireNonNull(provider, "provider");
            return this;
        }

        /**
         * Adds a platform. At least one is required.
         *
         * @param adapter its adapter
         * @return this
         * @throws IllegalArgumentException when the platform was added before
         */
        public Builder platform(PlatformAdapter adapter) {
            if (platforms.putIfAbsent(adapter.platform(), adapter) != null) {
                throw new IllegalArgumentException("platform " + adapter.platform() + " was added before");
            }
            return this;
        }

        /**
         * Sets where platforms pull media from. Default: none, so that posts which need one are refused.
         *
         * @param host the media host
         * @return this
         */
        public Builder mediaHost(MediaHost host) {
            this.mediaHost = Objects.requireNonNull(host, "host");
            return this;
        }

        /**
         * Sets where media are found that a post names by reference. Default: none, so that only files can be posted.
         *
         * @param store the media store
         * @return this
         */
        public Builder mediaStore(MediaStore store) {
            this.mediaStore = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Sets the rules media are judged by before a post is queued. Default: {@link RulePacks#builtIn()}.
         *
         * @param packs the rule packs
         * @return this
         */
        public Builder rules(RulePacks packs) {
            this.rules = Objects.requireNonNull(packs, "packs");
            return this;
        }

        /**
         * Sets whether the media host is looked at, with a HEAD and a one-byte range, before a platform pulls from it.
         * Default: yes. Switch it off where this process cannot reach its own public addresses.
         *
         * @param look whether to look
         * @return this
         */
        public Builder pullCheck(boolean look) {
            this.pullCheck = look;
            return this;
        }

        /**
         * Sets whether a handle is assumed to become one post at most, however often it is committed. Default: no, for no
         * platform says so. With yes, doubt about a commit ends sooner: a handle that is seen unused twice, at least 2
         * minutes apart, is committed once more. If the assumption is wrong, such a post appears twice.
         *
         * @param assumed whether to assume it
         * @return this
         */
        public Builder resendSameHandle(boolean assumed) {
            this.resendSameHandle = assumed;
            return this;
        }

        /**
         * Adds a listener. Default: none. Give every process on one database the same listeners.
         *
         * @param listener the listener
         * @return this
         */
        public Builder addListener(LinkspanListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Sets where listeners run. Default: a daemon thread per listener, which ends when there is nothing to tell. An
         * executor that runs tasks in the calling thread makes changes wait for listeners; that is for tests.
         *
         * @param executor the executor; not closed by Linkspan
         * @return this
         */
        public Builder listenerExecutor(Executor executor) {
            this.listenerExecutor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /**
         * Sets where counts and times go. Default: nowhere.
         *
         * @param next the meter
         * @return this
         */
        public Builder meter(Meter next) {
            this.meter = Objects.requireNonNull(next, "next");
            return this;
        }

        /**
         * Sets the clock. Default: the system's; tests set their own.
         *
         * @param source the clock
         * @return this
         */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Sets the monotonic time source, in nanoseconds from any origin. It measures how long this process was paused between a
         * stored intent and its request. Default: {@link System#nanoTime()}; tests set their own.
         *
         * @param nanos the time source; never runs backwards
         * @return this
         */
        public Builder ticker(LongSupplier nanos) {
            this.ticker = Objects.requireNonNull(nanos, "nanos");
            return this;
        }

        /**
         * Sets the source of ids, states and jitter. Default: {@link SecureRandom}; anything weaker is for tests only.
         *
         * @param source the source
         * @return this
         */
        public Builder random(RandomGenerator source) {
            this.random = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Sets the transport. Default: the JDK's HTTP client within limits.
         *
         * @param next the transport
         * @return this
         */
        public Builder transport(HttpTransport next) {
            this.transport = Objects.requireNonNull(next, "next");
            return this;
        }

        /**
         * Names this process in leases. Default: a random name.
         *
         * @param name the name; unique among the processes on one database
         * @return this
         */
        public Builder node(String name) {
            this.node = Texts.name("node name", name, 64);
            return this;
        }

        /**
         * Sets how long a job of a silent worker is left alone before another takes it over. Default: 30 s; a heartbeat
         * keeps it alive three times as often.
         *
         * @param lease at least 1 s
         * @return this
         */
        public Builder jobLease(Duration lease) {
            if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("jobLease must be at least 1 s, was " + lease);
            }
            this.jobLease = lease;
            return this;
        }

        /**
         * Sets the base of the growing pauses between repeated reads. Default: 500 ms. Zero repeats at once; that is for
         * tests.
         *
         * @param base 0 to 10 s
         * @return this
         */
        public Builder retryBase(Duration base) {
            if (base.isNegative() || base.toSeconds() > 10) {
                throw new IllegalArgumentException("retryBase must be 0 to 10 s, was " + base);
            }
            this.retryBase = base;
            return this;
        }

        /**
         * Sets how long one request to a platform may take, answer included. Default: 30 s. A commit has four times as long,
         * an upload as long as it makes progress. Has no effect on a transport of the host's own.
         *
         * @param timeout 1 to 30 s, so that a renewal ends well within its lease
         * @return this
         */
        public Builder callTimeout(Duration timeout) {
            if (timeout.toMillis() < 1000 || timeout.compareTo(Duration.ofSeconds(30)) > 0) {
                throw new IllegalArgumentException("callTimeout must be 1 to 30 s, was " + timeout);
            }
            this.limits = new HttpLimits(limits.connect(), timeout, timeout.multipliedBy(4), limits.stall());
            return this;
        }

        /**
         * Sets how long an upload may make no progress before it is given up. Default: 30 s. Together with four times
         * {@link #callTimeout} it must stay below the 10 minutes after which a person is asked what became of a post. Has no
         * effect on a transport of the host's own.
         *
         * @param stall 1 s to 10 min
         * @return this
         */
        public Builder uploadStall(Duration stall) {
            if (stall.toMillis() < 1000 || stall.compareTo(Duration.ofMinutes(10)) > 0) {
                throw new IllegalArgumentException("uploadStall must be 1 s to 10 min, was " + stall);
            }
            this.limits = new HttpLimits(limits.connect(), limits.call(), limits.commit(), stall);
            return this;
        }

        /**
         * Sets how many threads the worker uses. Default: 4. While one tenant holds more than half of them, half as many spare ones, one at
         * least, run the jobs of other tenants.
         *
         * @param count 1 to 256
         * @return this
         */
        public Builder workerThreads(int count) {
            if (count < 1 || count > 256) {
                throw new IllegalArgumentException("workerThreads must be 1 to 256, was " + count);
            }
            this.workerThreads = count;
            return this;
        }

        /**
         * Sets the pause of an idle worker between two looks for due work. Default: 1 s.
         *
         * @param pause 10 ms to 1 min
         * @return this
         */
        public Builder pollPause(Duration pause) {
            if (pause.toMillis() < 10 || pause.toMinutes() > 1) {
                throw new IllegalArgumentException("pollPause must be 10 ms to 1 min, was " + pause);
            }
            this.pollPause = pause;
            return this;
        }

        /**
         * Sets how often the worker looks whether the profiles of a visible link still show each other. Default: 24 h, spread
         * by a tenth either way; more often costs reads at the platforms.
         *
         * @param interval at least 1 min
         * @return this
         */
        public Builder profileCheckInterval(Duration interval) {
            if (interval.toMinutes() < 1) {
                throw new IllegalArgumentException("profileCheckInterval must be at least 1 min, was " + interval);
            }
            this.profileCheckInterval = interval;
            return this;
        }

        /**
         * Sets how long tokens of a disconnected connection are kept, for nothing but ending the grant and proving it.
         * Default: 72 h. With zero the platform is asked once and the tokens are erased whatever it answers.
         *
         * @param retention 0 to 7 days
         * @return this
         */
        public Builder tokenRetention(Duration retention) {
            if (retention.isNegative() || retention.compareTo(Duration.ofDays(7)) > 0) {
                throw new IllegalArgumentException("tokenRetention must be 0 to 7 days, was " + retention);
            }
            this.tokenRetention = retention;
            return this;
        }

        /**
         * Sets what a disconnect does with a grant on which connections of other tenants may rest. Default:
         * {@link SharedGrants#KEEP_WHILE_SHARED}.
         *
         * @param rule the rule, one for all tenants
         * @return this
         */
        public Builder sharedGrants(SharedGrants rule) {
            this.sharedGrants = Objects.requireNonNull(rule, "rule");
            return this;
        }

        /**
         * Sets how many connections of one platform the worker tends at once: renewals, checks and disconnects. Default: 4.
         * The rest waits its turn in order of due time, so that many that fall due together do not fall on the platform
         * together.
         *
         * @param count 1 to 32
         * @return this
         */
        public Builder renewalsAtOnce(int count) {
            if (count < 1 || count > 32) {
                throw new IllegalArgumentException("renewalsAtOnce must be 1 to 32, was " + count);
            }
            this.renewalsAtOnce = count;
            return this;
        }

        /**
         * Sets how long an opened access token may stay in the memory of this process, at most 10,000 of them. Default:
         * zero, so that each use reads the store and opens the token. Any write of the connection in this process ends it
         * at once; a disconnect or a refusal seen by another process is noticed after this time at the latest.
         * With it a daemon thread tells the time ten times a second, because asking the system costs more than finding a
         * token.
         *
         * @param life 0 to 60 s
         * @return this
         */
        public Builder accessTokenCache(Duration life) {
            if (life.isNegative() || life.compareTo(Duration.ofSeconds(60)) > 0) {
                throw new IllegalArgumentException("accessTokenCache must be 0 to 60 s, was " + life);
            }
            this.accessTokenCache = life;
            return this;
        }

        /**
         * Checks everything and builds.
         *
         * @return the Linkspan
         * @throws IllegalStateException naming what is missing, or a library that is too old, and the remedy
         */
        public Linkspan build() {
            Companions.check();
            if (tokens == null || jobs == null) {
                throw new IllegalStateException(
                        "Linkspan needs stores: stores(JdbcStores.create(dataSource)), or InMemoryStores.create() in tests");
            }
            if (keys == null) {
                throw new IllegalStateException(
                        "Linkspan needs keys that protect tokens: keys(LocalKeys.fromBase64(...)) or your own KeyProvider");
            }
            if (platforms.isEmpty()) {
                throw new IllegalStateException(
                        "Linkspan needs at least one platform: platform(TikTok.builder(...).build())");
            }
            byte[] name = new byte[8];
            random.nextBytes(name);
            String ownNode = node == null ? java.util.HexFormat.of().formatHex(name) : node;
            Settings settings = Settings.defaults(ownNode)
                    .withJobLease(jobLease)
                    .withWorker(workerThreads, pollPause)
                    .withProfileCheckInterval(profileCheckInterval)
                    .withTokens(tokenRetention, renewalsAtOnce, sharedGrants, accessTokenCache)
                    .withPublishing(new PublishSettings(rules, pullCheck, resendSameHandle));
            if (transport == null) {
                settings.requireOrder(limits);
            }
            JdkTransport own = transport == null ? new JdkTransport(limits) : null;
            HttpTransport http = own == null ? Objects.requireNonNull(transport) : own;
            Observer observer = new Observer(Herald.of(listeners, listenerExecutor), meter);
            Kernel kernel = new Kernel(
                    CheckedStore.of(tokens, TokenStore.class),
                    CheckedStore.of(jobs, JobStore.class),
                    new Vault(new CheckedKeys(keys)),
                    new Caller(new MeteredTransport(http, observer.meter()), retryBase, clock),
                    platforms,
                    mediaHost,
                    mediaStore,
                    observer,
                    clock,
                    ticker,
                    random,
                    settings);
            return new Linkspan(kernel, new Gate(), own == null ? () -> {} : own::close);
        }
    }
}
