package io.linkspan.examples.steps;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.TransportException;
import io.linkspan.connection.ConnectionId;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.spi.Secret;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokEndpoints;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * One process of several on one database. For each line it reads, a moment, it sets its clock to it, has all its threads ask
 * for the access token at once, and prints the tokens they got.
 */
final class RenewingNode {
    static final int THREADS = 100;

    private RenewingNode() {}

    static Linkspan open(
            DataSource database, URI simulator, String key, String secret, String back, AtomicReference<Instant> now) {
        return Linkspan.builder()
                .stores(JdbcStores.create(database))
                .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                .platform(TikTok.builder(key, Secret.required("tiktok", secret), URI.create(back))
                        .endpoints(TikTokEndpoints.of(simulator, simulator))
                        .build())
                .clock(now::get)
                .build();
    }

    static HikariDataSource pool(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(0); // a hundred threads wait for ten connections, however long that takes here
        return new HikariDataSource(config);
    }

    public static void main(String[] arguments) throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Owner owner = Owner.of(arguments[5], arguments[6]);
        ConnectionId id = new ConnectionId(arguments[7]);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (HikariDataSource database = pool(arguments[0], 10);
                Linkspan linkspan =
                        open(database, URI.create(arguments[1]), arguments[2], arguments[3], arguments[4], now)) {
            System.out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                now.set(Instant.parse(line));
                System.out.println(answer(linkspan, threads, owner, id));
            }
        } catch (IOException e) {
            System.err.println(e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** What went wrong is an answer too, so that the test can show it. */
    private static String answer(Linkspan linkspan, ExecutorService threads, Owner owner, ConnectionId id) {
        try {
            return round(linkspan, threads, owner, id);
        } catch (Exception e) {
            e.printStackTrace();
            return "failed: " + e;
        }
    }

    /** Asks until another node has renewed; under a clock that stands still, Linkspan does not wait for it. */
    private static String token(Linkspan linkspan, Owner owner, ConnectionId id) {
        while (true) {
            try {
                return linkspan.connections().withAccessToken(owner, id, Secret::reveal);
            } catch (TransportException e) {
                if (!String.valueOf(e.getMessage()).contains("renewed by another node")) {
                    throw e;
                }
                LockSupport.parkNanos(20_000_000); // as a host backs off
            }
        }
    }

    private static String round(Linkspan linkspan, ExecutorService threads, Owner owner, ConnectionId id)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            answers.add(threads.submit(() -> {
                start.await();
                return token(linkspan, owner, id);
            }));
        }
        TreeSet<String> tokens = new TreeSet<>();
        for (Future<String> answer : answers) {
            tokens.add(answer.get());
        }
        return String.join(" ", tokens);
    }
}
