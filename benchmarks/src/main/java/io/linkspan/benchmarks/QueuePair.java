package io.linkspan.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The least a queue can do one by one: claim a row that nobody holds, complete it, a commit each. The rows have no payload. */
final class QueuePair {
    static final int CLIENTS = 16;
    private static final String CLAIM = "UPDATE pair SET state = 1 WHERE id = (SELECT id FROM pair WHERE state = 0"
            + " ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id";
    private static final String COMPLETE = "UPDATE pair SET state = 2 WHERE id = ";

    /** So that no client ever looks at an empty queue. */
    private static final int SPARE = 1_000;

    private final QueueDatabase database;
    private final Optional<Path> pgbench = pgbench();

    QueuePair(QueueDatabase database) {
        this.database = database;
    }

    /** How it was measured. */
    String client() {
        return pgbench.isPresent() ? "pgbench" : "plain JDBC, pgbench is not installed";
    }

    double drain(int jobs) throws Exception {
        database.execute("DROP TABLE IF EXISTS pair");
        database.execute("CREATE TABLE pair (id BIGINT PRIMARY KEY, state SMALLINT NOT NULL)");
        database.execute("CREATE INDEX pair_waiting ON pair (id) WHERE state = 0");
        database.execute("INSERT INTO pair SELECT i, 0 FROM generate_series(1, " + (jobs + SPARE) + ") i");
        database.execute("VACUUM ANALYZE pair");
        double rate = pgbench.isPresent() ? byPgbench(pgbench.get(), jobs) : byJdbc(jobs);
        try (Connection connection = database.pool().getConnection();
                PreparedStatement count = connection.prepareStatement("SELECT count(*) FROM pair WHERE state = 2");
                ResultSet row = count.executeQuery()) {
            row.next();
            if (row.getInt(1) != jobs) {
                throw new IllegalStateException("completed " + row.getInt(1) + " of " + jobs + " jobs");
            }
        }
        return rate;
    }

    private double byPgbench(Path program, int jobs) throws IOException, InterruptedException {
        Path script =
                Files.writeString(Files.createTempFile("queue", ".pgbench"), CLAIM + " \\gset\n" + COMPLETE + ":id;\n");
        try {
            Process process = new ProcessBuilder(
                            program.toString(),
                            "--no-vacuum",
                            "--protocol=prepared",
                            "--client=" + CLIENTS,
                            "--jobs=2",
                            "--transactions=" + jobs / CLIENTS,
                            "--file=" + script,
                            "--host=localhost",
                            "--port=" + database.port(),
                            "--username=postgres",
                            database.name())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher rate = Pattern.compile("tps = ([0-9.]+) \\(without initial").matcher(output);
            if (process.waitFor() != 0 || !rate.find()) {
                throw new IllegalStateException("pgbench failed: " + output);
            }
            return Double.parseDouble(rate.group(1));
        } finally {
            Files.delete(script);
        }
    }

    private double byJdbc(int jobs) throws Exception {
        double seconds = QueueThreads.seconds(CLIENTS, thread -> {
            try (Connection connection = database.pool().getConnection();
                    PreparedStatement claim = connection.prepareStatement(CLAIM);
                    PreparedStatement complete = connection.prepareStatement(COMPLETE + "?")) {
                for (int i = 0; i < jobs / CLIENTS; i++) {
                    complete.setLong(1, claimed(claim));
                    complete.executeUpdate();
                }
            }
        });
        return jobs / seconds;
    }

    private static long claimed(PreparedStatement claim) throws SQLException {
        try (ResultSet row = claim.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** On the path, or where Debian puts it. */
    private static Optional<Path> pgbench() {
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "pgbench"));
        List<Integer> versions = List.of(18, 17, 16, 15, 14);
        Stream<Path> debian =
                versions.stream().map(version -> Path.of("/usr/lib/postgresql/" + version + "/bin/pgbench"));
        return Stream.concat(onPath, debian).filter(Files::isExecutable).findFirst();
    }
}
