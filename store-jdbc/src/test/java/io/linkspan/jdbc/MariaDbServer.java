package io.linkspan.jdbc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A MariaDB server in a directory of its own, from the binaries of this machine; it ends with this process. */
final class MariaDbServer {
    private final int port;

    private MariaDbServer(int port) {
        this.port = port;
    }

    /**
     * Starts a server.
     *
     * @throws IOException when the machine has none, or it does not start
     */
    static MariaDbServer start() throws IOException {
        Path server = program("mariadbd");
        Path install = program("mariadb-install-db");
        Path directory = Files.createTempDirectory("linkspan-mariadb");
        String data = "--datadir=" + directory.resolve("data");
        List<String> user = System.getProperty("user.name").equals("root") ? List.of("--user=root") : List.of();
        run(
                directory,
                command(
                        List.of(install.toString(), "--no-defaults", data),
                        user,
                        List.of("--auth-root-authentication-method=normal", "--skip-test-db")));
        int port = freePort();
        Process process = new ProcessBuilder(command(
                        List.of(server.toString(), "--no-defaults", data),
                        user,
                        List.of(
                                "--port=" + port,
                                "--bind-address=127.0.0.1",
                                "--socket=" + directory.resolve("socket"),
                                "--pid-file=" + directory.resolve("pid"),
                                "--max-connections=300")))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, directory)));
        MariaDbServer started = new MariaDbServer(port);
        started.awaitReady(process, directory.resolve("log"));
        return started;
    }

    Connection connect(String database) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", "root");
        login.setProperty("password", "");
        return new org.mariadb.jdbc.Driver().connect("jdbc:mariadb://127.0.0.1:" + port + "/" + database, login);
    }

    private static Path program(String name) throws IOException {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(path.split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("no " + name + " on this machine; install mariadb-server"));
    }

    private static List<String> command(List<String> start, List<String> user, List<String> options) {
        List<String> command = new ArrayList<>(start);
        command.addAll(user);
        command.addAll(options);
        return command;
    }

    private static void run(Path directory, List<String> command) throws IOException {
        Path log = directory.resolve("install.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("mariadb-install-db failed: " + Files.readString(log));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(Process process, Path log) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < deadline && process.isAlive()) {
            try (Connection connection = connect("mysql")) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException e) {
                Thread.onSpinWait(); // not listening yet
            }
        }
        throw new IOException("mariadbd did not start: " + Files.readString(log));
    }

    private static void end(Process process, Path directory) {
        process.destroy();
        process.onExit()
                .orTimeout(20, TimeUnit.SECONDS)
                .exceptionally(late -> process)
                .join();
        process.destroyForcibly();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println("left behind: " + directory);
        }
    }
}
