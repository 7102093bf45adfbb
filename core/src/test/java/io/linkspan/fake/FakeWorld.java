package io.linkspan.fake;

import io.linkspan.InMemoryStores;
import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.link.Intent;
import io.linkspan.publish.Post;
import io.linkspan.publish.Publication;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.PublishAdapter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Stores and platform that outlive processes, a clock, and processes that can crash. */
public final class FakeWorld {
    /** Whose. */
    public static final Owner OWNER = Owner.of("tenant", "user");

    private static final String BROWSER = "browser-secret-0123456789";
    private static final Path SAMPLE =
            Path.of(System.getProperty("basedir", ".")).resolve("../examples/media/sample.mp4");

    private Instant now = Instant.parse("2026-11-21T10:00:00Z"); // before the platform, which reads it
    private final InMemoryStores stores = InMemoryStores.create(this::now);
    private final FakePlatform platform = new FakePlatform(this::now);
    private final boolean revokes;
    private LocalKeys keys = LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32]));
    private final FakeMediaHost media = new FakeMediaHost();
    private UnaryOperator<PublishAdapter> posting = UnaryOperator.identity();
    private int processes;
    private UnaryOperator<Linkspan.Builder> options = builder -> builder;

    /** A platform without a revocation call. */
    public FakeWorld() {
        this(false);
    }

    /**
     * A platform.
     *
     * @param revokes whether it offers a call that ends the grant
     */
    public FakeWorld(boolean revokes) {
        this.revokes = revokes;
        platform.pullsFrom(media);
    }

    /** The host's media server. */
    public FakeMediaHost media() {
        return media;
    }

    /** Processes from now on publish another way. */
    public FakeWorld posting(UnaryOperator<PublishAdapter> way) {
        posting = way;
        return this;
    }

    /** The sample video. */
    public static Path sample() {
        return SAMPLE;
    }

    /** The present moment. */
    public Instant now() {
        return now;
    }

    /** Time passes. */
    public void advance(Duration by) {
        now = now.plus(by);
    }

    /** What the stores hold. */
    public InMemoryStores stores() {
        return stores;
    }

    /** The platform. */
    public FakePlatform platform() {
        return platform;
    }

    /** A process on the shared stores. */
    public Linkspan process(Crashes crashes) {
        return process(crashes, platform);
    }

    /** A process that reaches the platform another way. */
    public Linkspan process(HttpTransport way) {
        return process(new Crashes(-1), way);
    }

    private Linkspan process(Crashes crashes, HttpTransport way) {
        return builder(crashes, way, new FakeAdapter(revokes, posting)).build();
    }

    /** A process that is configured another way. */
    public Linkspan process(Consumer<Linkspan.Builder> change, HttpTransport way) {
        Linkspan.Builder builder = builder(new Crashes(-1), way, new FakeAdapter(revokes, posting));
        change.accept(builder);
        return builder.build();
    }

    /** A process of another app. */
    public Linkspan process(Consumer<Linkspan.Builder> change, HttpTransport way, FakeAdapter adapter) {
        Linkspan.Builder builder = builder(new Crashes(-1), way, adapter);
        change.accept(builder);
        return builder.build();
    }

    private Linkspan.Builder builder(Crashes crashes, HttpTransport way, FakeAdapter adapter) {
        return options.apply(Linkspan.builder())
                .tokenStore(crashes.over(stores.tokens()))
                .jobStore(crashes.over(stores.jobs()))
                .keys(keys)
                .platform(adapter)
                .transport(crashes.over(way))
                .clock(this::now)
                .random(new Random(++processes)) // ids must differ between processes, and not between runs
                .retryBase(Duration.ofMillis(1));
    }

    /** Processes from now on have these options too. */
    public FakeWorld with(UnaryOperator<Linkspan.Builder> more) {
        options = more;
        return this;
    }

    /** Processes from now on have these keys. */
    public void withKeys(LocalKeys next) {
        keys = next;
    }

    /** A process that does not crash. */
    public Linkspan process() {
        return process(new Crashes(-1));
    }

    /** Connects the account. */
    public ConnectionId connect(Linkspan linkspan) {
        return ((ConnectOutcome.Connected) callback(linkspan)).connection().id();
    }

    /** A whole consent. */
    public ConnectOutcome callback(Linkspan linkspan) {
        return callback(linkspan, OWNER);
    }

    /** Connects another account. */
    public ConnectionId connect(Linkspan linkspan, Owner owner, String account) {
        platform.consentsAs(account);
        return ((ConnectOutcome.Connected) callback(linkspan, owner))
                .connection()
                .id();
    }

    private ConnectOutcome callback(Linkspan linkspan, Owner owner) {
        URI page = linkspan.connections()
                .connect(ConnectRequest.of(owner, FakeAdapter.PLATFORM, Intent.CROSS_POSTING)
                        .boundTo(BROWSER))
                .uri();
        return linkspan.connections().complete("code=c&" + page.getRawQuery(), BROWSER);
    }

    /** The connection as the owner sees it. */
    public Connection connection(Linkspan linkspan) {
        return linkspan.connections().list(OWNER).get(0);
    }

    /** Works with pauses until the publication has settled, at most so many times. */
    public Publication work(Linkspan linkspan, Publication submitted, int rounds, Duration pause) {
        Publication publication =
                linkspan.publisher().find(OWNER, submitted.id()).orElseThrow();
        for (int round = 0; round < rounds && !publication.settled(); round++) {
            linkspan.worker().runDue();
            advance(pause);
            publication = linkspan.publisher().find(OWNER, submitted.id()).orElseThrow();
        }
        return publication;
    }

    /** Works until the publication has settled: minutes first, then hours. */
    public Publication settle(Linkspan linkspan, Publication submitted) {
        Publication minutes = work(linkspan, submitted, 40, Duration.ofSeconds(30));
        return work(linkspan, minutes, 100, Duration.ofHours(1));
    }

    /** A post to the account. */
    public static Post post(ConnectionId connection) {
        return post(connection, "Hello");
    }

    /** A post with a text. */
    public static Post post(ConnectionId connection, String caption) {
        return Post.video(SAMPLE).caption(caption).to(connection);
    }
}
