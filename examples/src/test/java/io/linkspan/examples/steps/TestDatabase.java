package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.mariadb.jdbc.Driver;

/** The databases that Linkspan runs on, each server started once; a test on one that cannot run here is skipped, with the reason. */
enum TestDatabase {
    H2 {
        @Override
        String fresh(String name) {
            return "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;USER=sa";
        }
    },
    POSTGRESQL {
        @Override
        String fresh(String name) throws SQLException {
            assumeTrue(Postgres.SERVER != null, () -> "skipped: PostgreSQL did not start here: " + Postgres.problem);
            create(Postgres.SERVER.getJdbcUrl("postgres", "postgres"), name);
            return Postgres.SERVER.getJdbcUrl("postgres", name);
        }
    },
    MARIADB {
        @Override
        String fresh(String name) throws SQLException {
            assumeTrue(MariaDb.url != null, () -> "skipped: MariaDB did not start here: " + MariaDb.problem);
            create(MariaDb.url + "mysql?user=root", name);
            return MariaDb.url + name + "?user=root";
        }
    };

    private static final AtomicInteger NUMBER = new AtomicInteger();

    abstract String fresh(String name) throws SQLException;

    /** The JDBC address of an empty database, with its login. */
    String fresh() throws SQLException {
        return fresh("test" + NUMBER.incrementAndGet());
    }

    private static void create(String url, String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
    }

    private static final class Postgres {
        static final EmbeddedPostgres SERVER;
        static String problem = "";

        static {
            EmbeddedPostgres server = null;
            try {
                server = EmbeddedPostgres.builder().start();
            } catch (IOException | RuntimeException e) {
                problem = e.toString();
            }
            SERVER = server;
        }
    }

    /** From the binaries of this machine, in a directory of its own; it ends with this process. */
    private static final class MariaDb {
        static String url;
        static String problem = "";

        static {
            try {
                url = start();
            } catch (IOException | RuntimeException e) {
                problem = String.valueOf(e.getMessage());
            }
        }

        private static String start() throws IOException {
            Path directory = Files.createTempDirectory("linkspan-mariadb");
            List<String> common = new ArrayList<>(List.of("--no-defaults", "--datadir=" + directory.resolve("data")));
            if (System.getProperty("user.name").equals("root")) {
                common.add("--user=root");
            }
            Process install = run(
                    directory,
                    program("mariadb-install-db"),
                    common,
                    "--auth-root-authentication-method=normal",
                    "--skip-test-db");
            if (install.onExit().join().exitValue() != 0) {
                throw new IOException("mariadb-install-db failed: " + Files.readString(directory.resolve("log")));
            }
            int port = freePort();
            Process server = run(
                    directory,
                    program("mariadbd"),
                    common,
                    "--port=" + port,
                    "--bind-address=127.0.0.1",
                    "--socket=" + directory.resolve("socket"),
                    "--pid-file=" + directory.resolve("pid"));
            Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
            String address = "jdbc:mariadb://127.0.0.1:" + port + "/";
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (server.isAlive() && System.nanoTime() < deadline) {
                try (Connection connection = new Driver().connect(address + "mysql?user=root", new Properties())) {
                    if (connection.isValid(5)) {
                        return address;
                    }
                } catch (SQLException e) {
                    Thread.onSpinWait(); // not listening yet
                }
            }
            throw new IOException("mariadbd did not start: " + Files.readString(directory.resolve("log")));
        }

        private static Process run(Path directory, Path program, List<String> common, String... options)
                throws IOException {
            List<String> command = new ArrayList<>(List.of(program.toString()));
            command.addAll(common);
            command.addAll(List.of(options));
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
        }

        private static Path program(String name) throws IOException {
            String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/sbin:/usr/local/sbin";
            return Stream.of(path.split(":"))
                    .map(folder -> Path.of(folder, name))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IOException("no " + name + " on this machine; install mariadb-server"));
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }
}
