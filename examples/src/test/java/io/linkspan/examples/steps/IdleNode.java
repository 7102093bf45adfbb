package io.linkspan.examples.steps;

import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRedirect;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Disconnect;
import io.linkspan.instagram.Instagram;
import io.linkspan.instagram.InstagramEndpoints;
import io.linkspan.jdbc.H2FileStores;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.link.Intent;
import io.linkspan.spi.Secret;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokEndpoints;
import io.linkspan.webhook.WebhookRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * A process that connects, uses, renews, fails and disconnects, writes down every value and exception it meets, and then is
 * idle until somebody has looked into its heap. Secrets reach it in files, so that no buffer of this program keeps them.
 */
final class IdleNode {
    static final Owner OWNER = Owner.of("harbour", "mira");
    static final String KEY = "idle-client-key";
    static final String APP = "990602627938098";
    static final String SECRET = "idle-app-secret";
    static final String BACK = "http://127.0.0.1:1/callback/";
    static final Path PAGE = Path.of("page.txt");
    static final Path QUERY = Path.of("query.txt");
    static final Path SEEN = Path.of("seen.txt");

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final Path folder;
    private volatile Instant now = Instant.parse("2026-03-02T09:00:00Z");

    private IdleNode(Path folder) {
        this.folder = folder;
    }

    /** Folder and the addresses of both simulators. */
    public static void main(String[] arguments) throws Exception {
        new IdleNode(Path.of(arguments[0])).run(URI.create(arguments[1]), URI.create(arguments[2]));
    }

    private void run(URI tiktok, URI instagram) throws IOException {
        try (H2FileStores stores = JdbcStores.h2File(folder.resolve("data"));
                Linkspan linkspan = Linkspan.builder()
                        .stores(stores)
                        .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                        .platform(TikTok.builder(KEY, Secret.of(SECRET), URI.create(BACK + "tiktok"))
                                .endpoints(TikTokEndpoints.allAt(tiktok))
                                .build())
                        .platform(Instagram.withInstagramLogin(APP, Secret.of(SECRET), URI.create(BACK + "instagram"))
                                .endpoints(InstagramEndpoints.allAt(instagram))
                                .build())
                        .clock(() -> now)
                        .listenerExecutor(Runnable::run)
                        .addListener(this::seen)
                        .retryBase(Duration.ofMillis(1))
                        .build()) {
            live(linkspan);
            ask("idle");
            seen(linkspan.connections().list(OWNER)); // in use until here
        }
    }

    private void live(Linkspan linkspan) throws IOException {
        ConnectionId gone = connect(linkspan, TikTok.PLATFORM);
        ConnectionId kept = connect(linkspan, TikTok.PLATFORM);
        ConnectionId instagram = connect(linkspan, Instagram.PLATFORM);
        for (ConnectionId id : new ConnectionId[] {gone, kept, instagram}) {
            seen(linkspan.connections().check(OWNER, id));
            use(linkspan, id);
        }
        now = Instant.parse(ask("later"));
        use(linkspan, kept);
        linkspan.worker().runDue();
        now = Instant.parse(ask("outage"));
        use(linkspan, kept);
        now = Instant.parse(ask("echo"));
        use(linkspan, kept);
        linkspan.worker().runDue();
        now = Instant.parse(ask("back"));
        use(linkspan, kept);
        seen(linkspan.connections().disconnect(OWNER, gone, Disconnect.everywhere("test")));
        use(linkspan, gone);
        failing(() -> linkspan.connections().complete("code=abc&state=unknown&state=twice", "some-browser-secret"));
        failing(() -> linkspan.webhooks()
                .receive(TikTok.PLATFORM, WebhookRequest.of(Map.of("TikTok-Signature", "t=1,s=2"), new byte[] {1})));
        for (Connection connection : linkspan.connections().list(OWNER)) {
            seen(connection);
            seen(linkspan.connections().explain(OWNER, connection.id()).toText());
            seen(linkspan.connections().history(OWNER, connection.id()));
        }
        seen(linkspan);
        linkspan.worker().runDue();
    }

    private ConnectionId connect(Linkspan linkspan, Platform platform) throws IOException {
        ConnectRequest wish = ConnectRequest.of(OWNER, platform, Intent.BOTH).boundTo(browser());
        ConnectRedirect go = linkspan.connections().connect(wish);
        seen(go);
        Files.writeString(folder.resolve(PAGE), go.uri().toString());
        ask("consent " + platform);
        ConnectOutcome outcome = linkspan.connections().complete(Files.readString(folder.resolve(QUERY)), browser());
        seen(outcome);
        return ((ConnectOutcome.Connected) outcome).connection().id();
    }

    /** Made when it is needed, so that only the library could keep it. */
    static String browser() {
        return new StringBuilder("arim-fo-terces-resworb").reverse().toString();
    }

    private void use(Linkspan linkspan, ConnectionId id) {
        failing(() -> linkspan.connections()
                .withAccessToken(
                        OWNER, id, token -> token + " of " + token.reveal().length() + " characters"));
    }

    private void failing(java.util.function.Supplier<Object> call) {
        try {
            seen(call.get());
        } catch (RuntimeException e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            seen(text);
        }
    }

    private void seen(Object value) {
        try {
            Files.writeString(folder.resolve(SEEN), value + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String ask(String what) throws IOException {
        System.out.println(what);
        return String.valueOf(in.readLine());
    }
}
