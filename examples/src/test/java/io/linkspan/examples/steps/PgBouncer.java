package io.linkspan.examples.steps;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** PgBouncer in transaction mode before a PostgreSQL on this machine, from the binary of this machine; it ends with {@link #close}. */
final class PgBouncer implements AutoCloseable {
    /** Fewer than the clients of a test, so that clients share server connections and get one after the other. */
    private static final int SERVER_CONNECTIONS = 5;

    private final int port;
    private final Process process;
    private final Path directory;

    private PgBouncer(int port, Process process, Path directory) {
        this.port = port;
        this.process = process;
        this.directory = directory;
    }

    /**
     * Starts it.
     *
     * @throws IOException when the machine has none, or it does not start
     */
    static PgBouncer start(int postgresPort) throws IOException {
        Path program = program("pgbouncer");
        Path directory = Files.createTempDirectory("linkspan-pgbouncer");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        int port = freePort();
        Path settings = directory.resolve("pgbouncer.ini");
        Files.writeString(settings, """
                [databases]
                * = host=127.0.0.1 port=%d user=postgres

                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = %d
                max_client_conn = 200
                ignore_startup_parameters = extra_float_digits
                """.formatted(postgresPort, port, SERVER_CONNECTIONS));
        Process process = new ProcessBuilder(command(program, settings))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        PgBouncer started = new PgBouncer(port, process, directory);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        started.awaitReady();
        return started;
    }

    /** It refuses to run as root. */
    private static List<String> command(Path program, Path settings) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of(program("runuser").toString(), "-u", "nobody", "--"));
        }
        command.addAll(List.of(program.toString(), settings.toString()));
        return command;
    }

    String jdbcUrl(String database, String parameters) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres" + parameters;
    }

    private static Path program(String name) throws IOException {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/sbin:/sbin";
        return Stream.of(path.split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("no " + name + " on this machine; install the package pgbouncer"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < deadline && process.isAlive()) {
            try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres", ""))) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException e) {
                Thread.onSpinWait(); // not listening yet
            }
        }
        throw new IOException("pgbouncer did not start: " + Files.readString(directory.resolve("log")));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
