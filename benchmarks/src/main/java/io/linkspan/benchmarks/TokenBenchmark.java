package io.linkspan.benchmarks;

import io.linkspan.InMemoryStores;
import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.ConnectionId;
import io.linkspan.link.Intent;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Secret;
import io.linkspan.tiktok.TikTok;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A use of an access token among 1,024 connections, beside a lookup in a {@link ConcurrentHashMap}, while a worker renews
 * each connection about every half minute. The platform answers in memory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenBenchmark {
    private static final int CONNECTIONS = 1_024;
    private static final String BROWSER = "browser-secret-0123456789";

    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger renewals = new AtomicInteger();
    private final AtomicInteger accounts = new AtomicInteger();
    private final ConnectionId[] ids = new ConnectionId[CONNECTIONS];
    private final Owner[] owners = new Owner[CONNECTIONS];
    private final ConcurrentMap<ConnectionId, String> map = new ConcurrentHashMap<>();
    private Linkspan cached;
    private Linkspan uncached;

    /** Which connection is next. */
    @State(Scope.Thread)
    public static class Turn {
        private int number;

        int next() {
            number = (number + 1) & (CONNECTIONS - 1);
            return number;
        }
    }

    /** Connects all accounts and starts the worker. */
    @Setup(Level.Trial)
    public void connect() {
        InMemoryStores stores = InMemoryStores.create();
        cached = open(stores, Duration.ofSeconds(60));
        uncached = open(stores, Duration.ZERO);
        for (int i = 0; i < CONNECTIONS; i++) {
            Owner owner = Owner.of("tenant-" + i % 10, "user-" + i);
            URI page = cached.connections()
                    .connect(ConnectRequest.of(owner, TikTok.PLATFORM, Intent.CROSS_POSTING)
                            .boundTo(BROWSER))
                    .uri();
            String state = page.getRawQuery().replaceFirst(".*state=([^&]*).*", "$1");
            ConnectOutcome outcome = cached.connections().complete("code=c&state=" + state, BROWSER);
            owners[i] = owner;
            ids[i] = ((ConnectOutcome.Connected) outcome).connection().id();
            map.put(ids[i], "act.token-" + i);
        }
        cached.worker().start();
    }

    /** Stops the worker. */
    @TearDown(Level.Trial)
    public void stop() {
        System.out.println("renewals while measuring: " + renewals.get());
        cached.close();
        uncached.close();
    }

    private Linkspan open(InMemoryStores stores, Duration cache) {
        return Linkspan.builder()
                .stores(stores)
                .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                .platform(TikTok.builder(
                                "key", Secret.required("secret", "secret"), URI.create("https://host.example/back"))
                        .build())
                .transport(this::platform)
                .accessTokenCache(cache)
                .build();
    }

    /** Tokens of two minutes: renewed when half a minute old, usable for half a minute more. */
    private HttpResult platform(HttpCall call) {
        String bearer = call.headers().get("Authorization");
        if (bearer != null) {
            return answer("{\"data\":{\"user\":{\"open_id\":\"" + accountOf(bearer)
                    + "\",\"username\":\"u\",\"display_name\":\"U\"}},\"error\":{\"code\":\"ok\"}}");
        }
        String spent = call.body() instanceof HttpBody.Form form ? form.fields().get("refresh_token") : null;
        if (spent != null) {
            renewals.incrementAndGet();
        }
        String account = spent == null ? "account-" + accounts.incrementAndGet() : accountOf(spent);
        String token = account + "." + tokens.incrementAndGet();
        return answer("{\"access_token\":\"act." + token + "\",\"refresh_token\":\"rft." + token
                + "\",\"expires_in\":120,\"refresh_expires_in\":15552000,\"token_type\":\"Bearer\","
                + "\"scope\":\"user.info.basic,video.publish\",\"open_id\":\"" + account + "\"}");
    }

    /** A token is named for its account. */
    private static String accountOf(String token) {
        return token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
    }

    private static HttpResult answer(String body) {
        return new HttpResult.Answered(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What a use is measured against.
     *
     * @param turn which connection
     * @return the value
     */
    @Benchmark
    public String mapLookup(Turn turn) {
        return map.get(ids[turn.next()]);
    }

    /**
     * A use with opened tokens kept in memory.
     *
     * @param turn which connection
     * @return the token
     */
    @Benchmark
    public String withAccessTokenCached(Turn turn) {
        int i = turn.next();
        return cached.connections().withAccessToken(owners[i], ids[i], Secret::reveal);
    }

    /**
     * A use that reads the store and opens the token each time, as by default.
     *
     * @param turn which connection
     * @return the token
     */
    @Benchmark
    public String withAccessToken(Turn turn) {
        int i = turn.next();
        return uncached.connections().withAccessToken(owners[i], ids[i], Secret::reveal);
    }
}
