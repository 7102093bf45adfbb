package io.linkspan.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Three MariaDB servers with Galera on loopback, each of which takes reads and writes. Log in as {@code root} without a password. What it
 * started ends with {@link #close()}, and with this process unless that is killed.
 *
 * <pre>{@code
 * try (GaleraCluster cluster = GaleraCluster.start()) {
 *     JdbcStores.migrate(pool(cluster.jdbcUrl()));
 *     cluster.killNode(0);
 *     cluster.awaitWritable(Duration.ofSeconds(60));
 *     cluster.restart(0);
 * }
 * }</pre>
 *
 * Not thread-safe.
 */
public final class GaleraCluster implements AutoCloseable {
    static final Path PROVIDER = Path.of("/usr/lib/galera/libgalera_smm.so");

    /** How many servers there are. */
    public static final int NODES = 3;

    /** The session setting that the stores need when their connections go to more than one node. */
    public static final String CAUSAL = "sessionVariables=wsrep_sync_wait=7";

    private static final String DATABASE = "linkspan";
    private static final Duration START = Duration.ofSeconds(90);

    private final Path folder;
    private final List<GaleraNode> nodes;
    private final Thread atExit = new Thread(this::end);

    private GaleraCluster(Path folder, List<GaleraNode> nodes) {
        this.folder = folder;
        this.nodes = nodes;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Whether this machine has what it takes.
     *
     * @return what is missing and the command that brings it; empty when a cluster can be started
     */
    public static Optional<String> missing() {
        return Machine.missing(
                Stream.of("mariadbd", "mariadb-install-db", "rsync"),
                Files.exists(PROVIDER) ? Stream.of() : Stream.of(PROVIDER.toString()),
                "mariadb-server galera-4 rsync");
    }

    /**
     * Starts a cluster with an empty database {@code linkspan} and waits until all nodes take statements.
     *
     * @return the cluster, to be closed
     * @throws IOException when it does not start; the message has the end of each server's log
     */
    public static GaleraCluster start() throws IOException {
        Path folder = Machine.folder("linkspan-galera", GaleraNode.USER);
        List<Integer> ports = Machine.freePorts(NODES * 4);
        List<GaleraNode> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            String name = "node" + i;
            nodes.add(new GaleraNode(
                    name, Machine.folder(folder, name, GaleraNode.USER), ports.subList(i * 4, i * 4 + 4)));
        }
        GaleraCluster cluster = new GaleraCluster(folder, List.copyOf(nodes));
        try {
            cluster.begin();
            return cluster;
        } catch (IOException | RuntimeException e) {
            IOException failure = new IOException(e.getMessage() + cluster.logs(), e);
            cluster.close();
            throw failure;
        }
    }

    private void begin() throws IOException {
        nodes.get(0).install();
        nodes.get(0).start(List.of());
        awaitReady(0, 1);
        for (int i = 1; i < NODES; i++) {
            nodes.get(i).makeRoom();
            nodes.get(i).start(members());
        }
        for (int i = 0; i < NODES; i++) {
            awaitReady(i, NODES);
        }
        try {
            nodes.get(0).execute("CREATE DATABASE " + DATABASE);
        } catch (SQLException e) {
            throw new IOException("the database cannot be created: " + e.getMessage(), e);
        }
    }

    /**
     * The address of one node.
     *
     * @param node from 0
     * @return a URL with {@link #CAUSAL}
     */
    public String jdbcUrl(int node) {
        return "jdbc:mariadb://127.0.0.1:" + nodes.get(node).port() + "/" + DATABASE + "?" + options();
    }

    /**
     * The address of the whole cluster: the driver connects to the first node that answers, so that all write to one node until it fails.
     *
     * @return a URL with {@link #CAUSAL}
     */
    public String jdbcUrl() {
        return jdbcUrl("sequential");
    }

    /**
     * The address of the whole cluster: the driver connects to one of the nodes that answer by chance, so that all nodes are written to.
     *
     * @return a URL with {@link #CAUSAL}
     */
    public String spreadUrl() {
        return jdbcUrl("loadbalance");
    }

    private String jdbcUrl(String mode) {
        return "jdbc:mariadb:" + mode + "://"
                + nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(",")) + "/"
                + DATABASE + "?" + options();
    }

    private static String options() {
        return "user=root&connectTimeout=2000&socketTimeout=20000&" + CAUSAL;
    }

    /**
     * Kills a node at once, as {@code kill -9} does.
     *
     * @param node from 0
     */
    public void killNode(int node) {
        nodes.get(node).kill();
    }

    /**
     * Whether a node's process runs.
     *
     * @param node from 0
     * @return true until it is killed or has ended
     */
    public boolean isAlive(int node) {
        return nodes.get(node).isAlive();
    }

    /**
     * Starts a killed node again and waits until it has caught up and takes statements.
     *
     * @param node from 0
     * @return how long it took
     * @throws IOException when it does not start
     */
    public Duration restart(int node) throws IOException {
        nodes.get(node).start(members());
        return awaitReady(node, 2);
    }

    /**
     * Waits until each node that runs takes a write.
     *
     * @param limit the longest wait
     * @return how long it took
     * @throws IOException when it takes longer
     */
    public Duration awaitWritable(Duration limit) throws IOException {
        return Machine.await("writes to the Galera cluster", limit, () -> {
            for (GaleraNode node : nodes) {
                if (node.isAlive()) {
                    node.execute("CREATE OR REPLACE TABLE " + DATABASE + ".cluster_probe (id INT PRIMARY KEY)");
                }
            }
            return true;
        });
    }

    /** Ends all servers and removes their files. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    private void end() {
        nodes.forEach(GaleraNode::kill);
        Machine.remove(folder);
    }

    private List<String> members() {
        return nodes.stream().map(GaleraNode::groupAddress).toList();
    }

    private Duration awaitReady(int number, int members) throws IOException {
        GaleraNode node = nodes.get(number);
        return Machine.await("start of Galera " + node.name(), START, () -> {
            if (!node.isAlive()) {
                throw new IOException("the server has ended");
            }
            return node.isReady() && node.members() >= members;
        });
    }

    private String logs() {
        return nodes.stream().map(node -> Machine.tail(node.log())).collect(Collectors.joining());
    }
}
