package io.linkspan.fleet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One Patroni with the PostgreSQL it looks after. */
final class PatroniMember {
    static final String USER = "postgres";

    private static final Duration ANSWER = Duration.ofSeconds(2);

    /** 20 is the least that Patroni accepts; loop_wait + 2 * retry_timeout has to fit into it. */
    private static final String SETTINGS = """
            scope: linkspan
            name: %1$s
            restapi: {listen: "127.0.0.1:%2$d", connect_address: "127.0.0.1:%2$d"}
            etcd3: {host: "127.0.0.1:%4$d"}
            bootstrap:
              dcs:
                ttl: 20
                loop_wait: 1
                retry_timeout: 3
                maximum_lag_on_failover: 33554432
                synchronous_mode: %5$s
                synchronous_mode_strict: %5$s
                postgresql:
                  use_pg_rewind: true
                  parameters: {max_connections: 100, wal_keep_size: 256MB}
              initdb: [{encoding: UTF8}, {locale: C}, data-checksums]
              pg_hba: ["host all all 127.0.0.1/32 trust", "host replication all 127.0.0.1/32 trust"]
            postgresql:
              listen: "127.0.0.1:%3$d"
              connect_address: "127.0.0.1:%3$d"
              data_dir: %6$s/data
              bin_dir: %7$s
              pgpass: %6$s/pgpass
              authentication:
                superuser: {username: postgres}
                replication: {username: postgres}
              parameters: {unix_socket_directories: "%6$s", shared_buffers: 64MB, dynamic_shared_memory_type: mmap}
            """;

    private final String name;
    private final Path folder;
    private final int restPort;
    private final int port;
    private final HttpClient http;
    private @Nullable Process process;

    PatroniMember(String name, Path folder, int restPort, int port, HttpClient http) {
        this.name = name;
        this.folder = folder;
        this.restPort = restPort;
        this.port = port;
        this.http = http;
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    Path log() {
        return folder.resolve("log");
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    void configure(int etcdPort, boolean synchronous, Path binaries) throws IOException {
        Files.writeString(
                settings(), SETTINGS.formatted(name, restPort, port, etcdPort, synchronous, folder, binaries));
    }

    void start() throws IOException {
        process = Machine.start(
                folder,
                log(),
                Machine.as(
                        USER,
                        List.of(Machine.requiredProgram("patroni"), settings().toString())));
    }

    boolean isLeader() {
        return answers("leader");
    }

    /** Whether it is a standby that runs and follows. */
    boolean isReplica() {
        return answers("replica");
    }

    /** Whether the leader waits for this standby before it acknowledges a commit. */
    boolean isSynchronous() {
        return answers("synchronous");
    }

    private boolean answers(String question) {
        if (!isAlive()) {
            return false;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + "/" + question))
                .timeout(ANSWER)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Patroni first, so that it cannot start again what is killed next. */
    void kill() {
        if (process == null) {
            return;
        }
        List<ProcessHandle> postgres = postmaster().stream()
                .flatMap(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.descendants()))
                .toList();
        Machine.kill(Stream.concat(
                Stream.concat(Stream.of(process.toHandle()), process.toHandle().descendants()), postgres.stream()));
    }

    /** Ends PostgreSQL by its own means, since a killed one leaves its shared memory behind. */
    void end(Path binaries) {
        if (process == null) {
            return;
        }
        Machine.kill(Stream.of(process.toHandle()));
        if (postmaster().isPresent()) {
            try {
                Machine.start(
                                folder,
                                log(),
                                Machine.as(
                                        USER,
                                        List.of(
                                                binaries.resolve("pg_ctl").toString(),
                                                "stop",
                                                "-m",
                                                "immediate",
                                                "-D",
                                                folder.resolve("data").toString())))
                        .onExit()
                        .join();
            } catch (IOException e) {
                System.err.println("pg_ctl stop of " + name + " failed: " + e.getMessage());
            }
        }
        kill();
    }

    private Optional<ProcessHandle> postmaster() {
        try {
            String first =
                    Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0);
            return ProcessHandle.of(Long.parseLong(first.trim()))
                    .filter(handle -> handle.info().command().orElse("").endsWith("/postgres"));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private Path settings() {
        return folder.resolve("patroni.yml");
    }
}
