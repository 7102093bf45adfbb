package io.linkspan;

import io.linkspan.connection.Connections;
import io.linkspan.event.LinkspanListener;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.Settings;
import io.linkspan.internal.connection.Admission;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.Connector;
import io.linkspan.internal.connection.DefaultConnections;
import io.linkspan.internal.connection.DefaultWebhooks;
import io.linkspan.internal.connection.Disconnector;
import io.linkspan.internal.connection.HealthCheck;
import io.linkspan.internal.connection.Renewer;
import io.linkspan.internal.connection.TokenTrouble;
import io.linkspan.internal.connection.Views;
import io.linkspan.internal.crypto.Vault;
import io.linkspan.internal.http.Caller;
import io.linkspan.internal.http.HttpLimits;
import io.linkspan.internal.http.JdkTransport;
import io.linkspan.internal.link.DefaultAccountLinks;
import io.linkspan.internal.publish.Publishing;
import io.linkspan.link.AccountLinks;
import io.linkspan.publish.Publisher;
import io.linkspan.publish.Worker;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.KeyProvider;
import io.linkspan.spi.MediaHost;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.Stores;
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
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The entry point: keeps accounts connected and publishes to them, on the host's own database.
 *
 * <p>Make one per application and keep it. Immutable and thread-safe; starts no thread before {@link Worker#start()}.
 */
public final class Linkspan implements AutoCloseable {
    private final Connections connections;
    private final AccountLinks links;
    private final Publisher publisher;
    private final Webhooks webhooks;
    private final Worker worker;

    private Linkspan(Kernel kernel) {
        ConnectionRepository repository = new ConnectionRepository(kernel);
        Views views = new Views(kernel);
        Renewer renewer = new Renewer(kernel, repository);
        TokenTrouble trouble = new TokenTrouble(kernel, repository);
        HealthCheck healthCheck = new HealthCheck(kernel, repository, renewer, trouble);
        Connector connector = new Connector(kernel, new Admission(kernel, repository, views));
        this.links = new DefaultAccountLinks(kernel, repository);
        Publishing publishing = new Publishing(kernel, repository, views, links, renewer, trouble);
        Disconnector disconnector = new Disconnector(kernel, repository, views, publishing::stop);
        this.connections =
                new DefaultConnections(kernel, repository, views, connector, renewer, healthCheck, disconnector);
        this.publisher = publishing.publisher();
        this.webhooks = new DefaultWebhooks(kernel, repository, healthCheck, publishing::lookAt);
        this.worker = publishing.worker(repository, connector, renewer, healthCheck, disconnector);
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

    /** Stops the worker. Stores are closed by whoever opened them. */
    @Override
    public void close() {
        worker.close();
    }

    /** Configures a {@link Linkspan}. Not thread-safe. */
    public static final class Builder {
        private @Nullable TokenStore tokens;
        private @Nullable JobStore jobs;
        private @Nullable KeyProvider keys;
        private @Nullable MediaHost mediaHost;
        private @Nullable HttpTransport transport;
        private final Map<Platform, PlatformAdapter> platforms = new LinkedHashMap<>();
        private final List<LinkspanListener> listeners = new ArrayList<>();
        private InstantSource clock = InstantSource.system();
        private RandomGenerator random = new SecureRandom();
        private @Nullable String node;
        private Duration jobLease = Duration.ofSeconds(30);
        private Duration retryBase = Duration.ofMillis(500);
        private int workerThreads = 4;
        private Duration pollPause = Duration.ofSeconds(1);

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
         * Adds a listener. Default: none.
         *
         * @param listener the listener
         * @return this
         */
        public Builder addListener(LinkspanListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
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
            Texts.requireName(Objects.requireNonNull(name, "name"), "node name", 64);
            this.node = name;
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
         * Sets the base of the growing pauses between repeated reads. Default: 500 ms.
         *
         * @param base 1 ms to 10 s
         * @return this
         */
        public Builder retryBase(Duration base) {
            if (base.toMillis() < 1 || base.toSeconds() > 10) {
                throw new IllegalArgumentException("retryBase must be 1 ms to 10 s, was " + base);
            }
            this.retryBase = base;
            return this;
        }

        /**
         * Sets how many threads the worker uses. Default: 4.
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
         * Checks everything and builds.
         *
         * @return the Linkspan
         * @throws IllegalStateException naming what is missing and how to give it
         */
        public Linkspan build() {
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
            HttpTransport http = transport == null ? new JdkTransport(HttpLimits.DEFAULT) : transport;
            Settings settings =
                    Settings.defaults(ownNode).withJobLease(jobLease).withWorker(workerThreads, pollPause);
            return new Linkspan(new Kernel(
                    tokens,
                    jobs,
                    new Vault(keys),
                    new Caller(http, retryBase),
                    platforms,
                    mediaHost,
                    listeners,
                    clock,
                    random,
                    settings));
        }
    }
}
