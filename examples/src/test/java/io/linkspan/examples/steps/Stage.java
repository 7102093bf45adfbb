package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.linkspan.InMemoryStores;
import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.event.LinkspanListener;
import io.linkspan.examples.MediaDirectory;
import io.linkspan.examples.MediaServer;
import io.linkspan.instagram.Instagram;
import io.linkspan.instagram.InstagramEndpoints;
import io.linkspan.instagram.InstagramReelOptions;
import io.linkspan.link.AccountLink;
import io.linkspan.link.Intent;
import io.linkspan.publish.Post;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.Secret;
import io.linkspan.spi.Stores;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.instagram.InstagramAccount;
import io.linkspan.testkit.instagram.InstagramSimulator;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.tiktok.TikTokAccount;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokEndpoints;
import io.linkspan.tiktok.TikTokPrivacyLevel;
import io.linkspan.tiktok.TikTokVideoOptions;
import io.linkspan.webhook.WebhookOutcome;
import io.linkspan.webhook.WebhookRequest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Both simulators, a Linkspan, over stores in memory unless others are given, and a media server, all on one clock that only tests move. */
final class Stage implements AutoCloseable {
    static final Owner OWNER = Owner.of("harbour", "mira");
    static final Owner OTHER = Owner.of("lighthouse", "noor");
    static final String SECRET = "browser-secret-of-mira";
    static final String CAPTION = "First crossing of the day #harbour";

    private static final String TIKTOK_KEY = "stage-client-key";
    private static final String TIKTOK_SECRET = "stage-client-secret";
    private static final String INSTAGRAM_ID = "880011223344";
    private static final String INSTAGRAM_SECRET = "stage-app-secret";
    private static final String TIKTOK_RETURN = "http://127.0.0.1:1/callback/tiktok";
    private static final String INSTAGRAM_RETURN = "http://127.0.0.1:1/callback/instagram";
    private static final int MOST_ROUNDS = 400;

    final SettableClock clock = SettableClock.at("2026-03-02T09:00:00Z");
    final Stores stores;
    final List<WebhookOutcome> received = new CopyOnWriteArrayList<>();
    final TikTokSimulator tiktok;
    final InstagramSimulator instagram;
    final TikTokAccount tiktokAccount;
    final InstagramAccount instagramAccount;
    final Linkspan linkspan;

    private final Path folder;
    private final MediaServer media;
    private final HttpServer web;
    private final LocalKeys keys = LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32]));
    private final List<Linkspan> opened = new ArrayList<>();

    Stage() {
        this(InMemoryStores.create());
    }

    Stage(Stores stores) {
        this.stores = stores;
        try {
            folder = Files.createTempDirectory("linkspan-stage");
            web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        media = new MediaServer(folder.resolve("media"), 0, clock);
        tiktok = TikTokSimulator.builder()
                .clock(clock)
                .app(TIKTOK_KEY, TIKTOK_SECRET, TIKTOK_RETURN)
                .start();
        instagram = InstagramSimulator.builder()
                .clock(clock)
                .app(INSTAGRAM_ID, INSTAGRAM_SECRET, INSTAGRAM_RETURN)
                .start();
        tiktokAccount = tiktok.addAccount("quay.studio");
        instagramAccount = instagram.addAccount("quay.studio");
        linkspan = open();
        web.createContext("/", this::webhook);
        web.start();
        URI here = URI.create("http://127.0.0.1:" + web.getAddress().getPort() + "/");
        tiktok.webhookUri(here.resolve("/tiktok"));
        instagram.deauthorizeUri(here.resolve("/instagram"));
        // signed messages come when a test lets them
        tiktok.webhooks().hold();
        instagram.webhooks().hold();
    }

    /** One more Linkspan over the same stores, like a second process. */
    Linkspan open() {
        return open(stores);
    }

    /** One more Linkspan whose stores see the same records in their own way. */
    Linkspan open(Stores own, LinkspanListener... listeners) {
        Linkspan.Builder next = Linkspan.builder()
                .stores(own)
                .keys(keys)
                .platform(
                        TikTok.builder(TIKTOK_KEY, Secret.required("tiktok", TIKTOK_SECRET), URI.create(TIKTOK_RETURN))
                                .endpoints(TikTokEndpoints.of(tiktok.baseUri(), tiktok.baseUri()))
                                .audited(true)
                                .displayApi(true)
                                .mobileRedirect(URI.create("https://app.example.com/tiktok"))
                                .build())
                .platform(Instagram.withInstagramLogin(
                                INSTAGRAM_ID,
                                Secret.required("instagram", INSTAGRAM_SECRET),
                                URI.create(INSTAGRAM_RETURN))
                        .endpoints(InstagramEndpoints.allAt(instagram.baseUri()))
                        .build())
                .mediaHost(new MediaDirectory(folder.resolve("media"), media.base()))
                .clock(clock)
                .listenerExecutor(Runnable::run)
                .retryBase(Duration.ofMillis(1));
        List.of(listeners).forEach(next::addListener);
        Linkspan built = next.build();
        opened.add(built);
        return built;
    }

    static ConnectRequest asking(Platform platform, Intent intent) {
        return ConnectRequest.of(OWNER, platform, intent).boundTo(SECRET);
    }

    /** The person allows; the answer is the raw query of the callback. */
    String allow(ConnectRequest request) {
        return allow(Browser.create(), request);
    }

    String allow(Browser browser, ConnectRequest request) {
        return browser.allow(linkspan.connections().connect(request).uri(), returnOf(request.platform()))
                .getRawQuery();
    }

    String deny(ConnectRequest request) {
        return Browser.create()
                .deny(linkspan.connections().connect(request).uri(), returnOf(request.platform()))
                .getRawQuery();
    }

    private static String returnOf(Platform platform) {
        return platform.equals(TikTok.PLATFORM) ? TIKTOK_RETURN : INSTAGRAM_RETURN;
    }

    ConnectOutcome complete(String query) {
        return linkspan.connections().complete(query, SECRET);
    }

    Connection connect(ConnectRequest request) {
        return assertInstanceOf(ConnectOutcome.Connected.class, complete(allow(request)))
                .connection();
    }

    Connection connectTikTok(Intent intent) {
        return connect(asking(TikTok.PLATFORM, intent));
    }

    Connection connectInstagram(Intent intent) {
        return connect(asking(Instagram.PLATFORM, intent));
    }

    /** The same account, connected by somebody of another tenant. */
    Connection connectForOther(Platform platform) {
        return connect(ConnectRequest.of(OTHER, platform, Intent.BOTH).boundTo(SECRET));
    }

    Connection connection(ConnectionId id) {
        return linkspan.connections().find(OWNER, id).orElseThrow();
    }

    ConnectionStatus.Kind kind(ConnectionId id) {
        return connection(id).status().kind();
    }

    List<String> actions(ConnectionId id) {
        return linkspan.connections().history(OWNER, id).stream()
                .map(HistoryEntry::action)
                .toList();
    }

    /** Connects both accounts and joins them. */
    AccountLink link() {
        return linkspan.links()
                .link(
                        OWNER,
                        connectTikTok(Intent.BOTH).id(),
                        connectInstagram(Intent.BOTH).id(),
                        Intent.BOTH);
    }

    Path sample() {
        return copy("sample.mp4");
    }

    Path blockedSample() {
        return copy("sample-15fps.mp4");
    }

    /** A JPEG that fits a reel. */
    Path cover() {
        Path file = folder.resolve("cover.jpg");
        try {
            ImageIO.write(new BufferedImage(540, 960, BufferedImage.TYPE_INT_RGB), "jpg", file.toFile());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path copy(String name) {
        Path file = folder.resolve(name);
        try (InputStream in = MediaDirectory.class.getResourceAsStream("/media/" + name)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Post video(Path file) {
        return Post.video(file)
                .caption(CAPTION)
                .options(
                        TikTok.PLATFORM,
                        TikTokVideoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
                                .build()
                                .toMap())
                .options(
                        Instagram.PLATFORM,
                        InstagramReelOptions.builder().build().toMap());
    }

    Post post(AccountLink link) {
        return video(sample()).to(link);
    }

    Post post(ConnectionId connection) {
        return video(sample()).to(connection);
    }

    Publication submit(Post post) {
        return linkspan.publisher().submit(OWNER, "launch", post);
    }

    Publication publication(PublicationId id) {
        return linkspan.publisher().find(OWNER, id).orElseThrow();
    }

    /** Runs the worker, 3 seconds at a time, until every job has ended. */
    Publication settle(Publication publication) {
        return settle(publication, linkspan);
    }

    /** The same with several workers that take turns. */
    Publication settle(Publication publication, Linkspan... workers) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            workers[round % workers.length].worker().runDue();
            Publication now = publication(publication.id());
            if (now.settled()) {
                return now;
            }
            clock.advance(Duration.ofSeconds(3));
        }
        throw new AssertionError(publication(publication.id()).explain());
    }

    /** Runs the worker again and again while the clock walks on. */
    void run(Duration time, Duration step) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(step)) {
            linkspan.worker().runDue();
            clock.advance(step);
        }
        linkspan.worker().runDue();
    }

    static PublishJob job(Publication publication, Platform platform) {
        return publication.jobs().stream()
                .filter(job -> job.platform().equals(platform))
                .findFirst()
                .orElseThrow();
    }

    static PublishState.Phase phase(Publication publication, Platform platform) {
        return job(publication, platform).state().phase();
    }

    /** Both jobs are published, and each platform has exactly this one post. */
    void assertOnePostEach(Publication publication) {
        assertPublishedOnce(publication, TikTok.PLATFORM);
        assertPublishedOnce(publication, Instagram.PLATFORM);
    }

    void assertPublishedOnce(Publication publication, Platform platform) {
        assertEquals(
                PublishState.Phase.PUBLISHED,
                phase(publication, platform),
                () -> publication.explain().toText());
        assertEquals(1, posts(platform), () -> publication.explain().toText());
    }

    int posts(Platform platform) {
        return (platform.equals(TikTok.PLATFORM) ? tiktok.ledger() : instagram.ledger())
                .posts()
                .size();
    }

    private void webhook(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
            Platform platform = Platform.of(exchange.getRequestURI().getPath().substring(1));
            WebhookOutcome outcome = linkspan.webhooks()
                    .receive(
                            platform,
                            WebhookRequest.of(headers, exchange.getRequestBody().readAllBytes()));
            received.add(outcome);
            exchange.sendResponseHeaders(outcome.status(), -1);
        }
    }

    @Override
    public void close() {
        opened.forEach(Linkspan::close);
        web.stop(0);
        instagram.close();
        tiktok.close();
        media.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
