package io.linkspan.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One MariaDB server of a Galera cluster. */
final class GaleraNode {
    static final String USER = "mysql";

    private final String name;
    private final Path folder;
    private final int port;
    private final int groupPort;
    private final int transferPort;
    private final int snapshotPort;
    private @Nullable Process process;

    GaleraNode(String name, Path folder, List<Integer> ports) {
        this.name = name;
        this.folder = folder;
        this.port = ports.get(0);
        this.groupPort = ports.get(1);
        this.transferPort = ports.get(2);
        this.snapshotPort = ports.get(3);
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    String groupAddress() {
        return "127.0.0.1:" + groupPort;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    Path log() {
        return folder.resolve("log");
    }

    /** For the first node; the others get all files from it. */
    void install() throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Machine.requiredProgram("mariadb-install-db"), "--no-defaults", "--datadir=" + data()));
        addUser(command);
        command.addAll(List.of("--auth-root-authentication-method=normal", "--skip-test-db"));
        Process install = Machine.start(folder, log(), command);
        if (install.onExit().join().exitValue() != 0) {
            throw new IOException("mariadb-install-db failed, see " + log());
        }
    }

    void makeRoom() throws IOException {
        Machine.folder(folder, "data", USER);
    }

    /**
     * Starts the server.
     *
     * @param members the group addresses of all nodes; empty to begin a new cluster
     */
    void start(List<String> members) throws IOException {
        List<String> command = new ArrayList<>(List.of(Machine.requiredProgram("mariadbd"), "--no-defaults"));
        addUser(command);
        command.addAll(List.of(
                "--datadir=" + data(),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + folder.resolve("socket"),
                "--pid-file=" + folder.resolve("pid"),
                "--max-connections=200",
                "--innodb-buffer-pool-size=128M",
                "--innodb-log-file-size=48M",
                "--binlog-format=ROW",
                "--innodb-autoinc-lock-mode=2",
                "--wsrep-on=ON",
                "--wsrep-provider=" + GaleraCluster.PROVIDER,
                "--wsrep-cluster-name=linkspan",
                "--wsrep-cluster-address=gcomm://" + String.join(",", members),
                "--wsrep-node-name=" + name,
                "--wsrep-node-address=127.0.0.1:" + groupPort,
                "--wsrep-sst-method=rsync",
                "--wsrep-sst-receive-address=127.0.0.1:" + snapshotPort,
                "--wsrep-provider-options=gmcast.listen_addr=tcp://" + groupAddress() + ";ist.recv_addr=127.0.0.1:"
                        + transferPort + ";gcache.size=32M"));
        process = Machine.start(folder, log(), command);
    }

    void kill() {
        if (process != null) {
            Machine.kill(Stream.concat(
                    Stream.of(process.toHandle()), process.toHandle().descendants()));
        }
    }

    /** Whether it belongs to the cluster, has all data and takes statements. */
    boolean isReady() throws SQLException {
        return isAlive() && "ON".equals(status("wsrep_ready")) && "Synced".equals(status("wsrep_local_state_comment"));
    }

    int members() throws SQLException {
        return Integer.parseInt(status("wsrep_cluster_size"));
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", "root");
        login.setProperty("connectTimeout", "2000");
        login.setProperty("socketTimeout", "20000");
        return new org.mariadb.jdbc.Driver().connect("jdbc:mariadb://127.0.0.1:" + port + "/", login);
    }

    private String status(String variable) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW STATUS LIKE '" + variable + "'")) {
            return row.next() ? row.getString(2) : "";
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static void addUser(List<String> command) {
        if (Machine.isRoot()) {
            command.add("--user=" + USER);
        }
    }
}
