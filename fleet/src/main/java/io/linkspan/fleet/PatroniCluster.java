package io.linkspan.fleet;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A PostgreSQL that fails over: etcd, and members that are a Patroni with a PostgreSQL each, on loopback. Log in as {@code postgres}
 * without a password. A member is known by its name, {@code member0} and so on. What it started ends with {@link #close()}, and with this
 * process unless that is killed.
 *
 * <pre>{@code
 * try (PatroniCluster cluster = PatroniCluster.start(3, Replication.SYNCHRONOUS)) {
 *     HikariDataSource pool = pool(cluster.jdbcUrl());
 *     String killed = cluster.killLeader();
 *     cluster.awaitWritable(Duration.ofSeconds(60));
 *     cluster.restart(killed);
 * }
 * }</pre>
 *
 * The leader's lease in etcd lasts 20 seconds, the least Patroni accepts, so a killed leader is replaced about 20 seconds later. Not thread-safe.
 */
public final class PatroniCluster implements AutoCloseable {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final Duration START = Duration.ofSeconds(90);

    private final Path folder;
    private final Path binaries;
    private final Etcd etcd;
    private final List<PatroniMember> members;
    private final Replication replication;
    private final Thread atExit = new Thread(this::end);

    private PatroniCluster(
            Path folder, Path binaries, Etcd etcd, List<PatroniMember> members, Replication replication) {
        this.folder = folder;
        this.binaries = binaries;
        this.etcd = etcd;
        this.members = members;
        this.replication = replication;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Whether this machine has what it takes.
     *
     * @return what is missing and the command that brings it; empty when a cluster can be started
     */
    public static Optional<String> missing() {
        return Machine.missing(
                Stream.of("patroni", "etcd"),
                newestBinaries().isPresent() ? Stream.of() : Stream.of(VERSIONS + "/*/bin/postgres"),
                "patroni etcd-server postgresql");
    }

    private static Optional<Path> newestBinaries() {
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Comparator.comparing(Path::toString));
        } catch (IOException e) {
            return Optional.empty(); // not there
        }
    }

    /**
     * Starts a cluster and waits until it has a leader and all others follow, one of them synchronously if so chosen.
     *
     * @param size how many members, 2 or 3; with 2 and {@link Replication#SYNCHRONOUS} there are no writes while one is down
     * @param replication what an acknowledged commit means
     * @return the cluster, to be closed
     * @throws IOException when it does not start; the message has the end of each log
     */
    public static PatroniCluster start(int size, Replication replication) throws IOException {
        if (size < 2 || size > 3) {
            throw new IllegalArgumentException("size must be 2 or 3, was " + size);
        }
        Path binaries = newestBinaries()
                .orElseThrow(() -> new IOException(missing().orElse("no PostgreSQL below " + VERSIONS)));
        Path folder = Machine.folder("linkspan-patroni", PatroniMember.USER);
        List<Integer> ports = Machine.freePorts(2 + size * 2);
        HttpClient http = HttpClient.newHttpClient();
        List<PatroniMember> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String name = "member" + i;
            PatroniMember member = new PatroniMember(
                    name,
                    Machine.folder(folder, name, PatroniMember.USER),
                    ports.get(2 + i * 2),
                    ports.get(3 + i * 2),
                    http);
            member.configure(ports.get(0), replication == Replication.SYNCHRONOUS, binaries);
            members.add(member);
        }
        Etcd etcd = Etcd.start(Machine.folder(folder, "etcd", PatroniMember.USER), ports.get(0), ports.get(1));
        PatroniCluster cluster = new PatroniCluster(folder, binaries, etcd, List.copyOf(members), replication);
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
        etcd.awaitReady();
        for (PatroniMember member : members) {
            member.start();
        }
        awaitComplete(START);
    }

    /**
     * The member that takes writes.
     *
     * @return its name; empty while there is none, as during a failover
     */
    public Optional<String> leader() {
        return leading().map(PatroniMember::name);
    }

    private Optional<PatroniMember> leading() {
        return members.stream().filter(PatroniMember::isLeader).findFirst();
    }

    /**
     * The standbys whose word the leader waits for before it acknowledges a commit.
     *
     * @return their names; empty with {@link Replication#ASYNCHRONOUS}
     */
    public List<String> synchronous() {
        return members.stream()
                .filter(PatroniMember::isSynchronous)
                .map(PatroniMember::name)
                .toList();
    }

    /**
     * Kills the leader at once, as {@link #kill} does, so that another member has to take over.
     *
     * @return the name of the killed member
     * @throws IllegalStateException when there is no leader
     */
    public String killLeader() {
        String leader = leader().orElseThrow(() -> new IllegalStateException("no member leads; await one"));
        kill(leader);
        return leader;
    }

    /**
     * Kills a member's Patroni and PostgreSQL with all its processes at once, as {@code kill -9} does.
     *
     * @param member its name
     */
    public void kill(String member) {
        member(member).kill();
    }

    /**
     * Starts a killed member again. It becomes a standby of the leader, and loses what the leader does not have.
     *
     * @param member its name
     * @throws IOException when the process cannot be started
     */
    public void restart(String member) throws IOException {
        PatroniMember chosen = member(member);
        if (chosen.isAlive()) {
            throw new IllegalStateException(member + " runs");
        }
        chosen.start();
    }

    private PatroniMember member(String name) {
        return members.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no member " + name));
    }

    /**
     * Waits until a leader commits a write, which with {@link Replication#SYNCHRONOUS} takes a standby.
     *
     * @param limit the longest wait
     * @return how long it took
     * @throws IOException when it takes longer
     */
    public Duration awaitWritable(Duration limit) throws IOException {
        return Machine.await("writes to the Patroni cluster", limit, () -> {
            Optional<PatroniMember> leader = leading();
            if (leader.isEmpty()) {
                return false;
            }
            write(leader.get());
            return true;
        });
    }

    private static void write(PatroniMember leader) throws SQLException {
        try (Connection connection = connect(leader);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_logical_emit_message(true, 'linkspan', 'writable')");
        }
    }

    /** The connection ends by itself where a commit waits for a standby that is not there. */
    private static Connection connect(PatroniMember member) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + member.port() + "/postgres?connectTimeout=2&socketTimeout=3";
        return DriverManager.getConnection(url, "postgres", "");
    }

    /**
     * Waits until every running standby has applied what the leader has written up to now: a failover from here on keeps that much, also with
     * {@link Replication#ASYNCHRONOUS}.
     *
     * @param limit the longest wait
     * @throws IOException when it takes longer
     */
    public void awaitApplied(Duration limit) throws IOException {
        PatroniMember leader = leading().orElseThrow(() -> new IllegalStateException("no member leads; await one"));
        String[] written = new String[1];
        Machine.await("the leader's position in its log", limit, () -> {
            written[0] = answer(leader, "SELECT pg_current_wal_flush_lsn()");
            return true;
        });
        for (PatroniMember standby : members) {
            if (standby != leader && standby.isAlive()) {
                String applied = "SELECT pg_last_wal_replay_lsn() >= '" + written[0] + "'";
                Machine.await(
                        standby.name() + " applying the leader's log",
                        limit,
                        () -> "t".equals(answer(standby, applied)));
            }
        }
    }

    private static String answer(PatroniMember member, String query) throws SQLException {
        try (Connection connection = connect(member);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /**
     * Waits until there is a leader and all other members follow it, one of them synchronously if so chosen.
     *
     * @param limit the longest wait
     * @return how long it took
     * @throws IOException when it takes longer
     */
    public Duration awaitComplete(Duration limit) throws IOException {
        Duration complete = Machine.await("all members of the Patroni cluster", limit, () -> {
            long following = members.stream().filter(PatroniMember::isReplica).count();
            return leader().isPresent()
                    && following == members.size() - 1
                    && (replication == Replication.ASYNCHRONOUS
                            || !synchronous().isEmpty());
        });
        return complete.plus(awaitWritable(limit));
    }

    /**
     * The address of the whole cluster: the driver looks for the member that takes writes, and gives up on one that does not answer.
     *
     * @return a URL of the database {@code postgres}
     */
    public String jdbcUrl() {
        return "jdbc:postgresql://"
                + members.stream().map(member -> "127.0.0.1:" + member.port()).collect(Collectors.joining(","))
                + "/postgres?user=postgres&targetServerType=primary&hostRecheckSeconds=1&connectTimeout=2"
                + "&socketTimeout=10&tcpKeepAlive=true";
    }

    /** Ends all members and etcd, and removes their files. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    private void end() {
        members.forEach(member -> member.end(binaries));
        etcd.kill();
        Machine.remove(folder);
    }

    /** The end of each log, for messages. */
    String logs() {
        return Stream.concat(Stream.of(etcd.log()), members.stream().map(PatroniMember::log))
                .map(Machine::tail)
                .collect(Collectors.joining());
    }
}
