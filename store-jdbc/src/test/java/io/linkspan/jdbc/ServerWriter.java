package io.linkspan.jdbc;

import io.linkspan.spi.RecordStore;
import io.linkspan.spi.Stores;
import io.linkspan.testkit.store.CrashWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The process that the contract kit kills: {@code jobs|tokens file DIRECTORY} or {@code jobs|tokens server URL USER SCHEMA}. */
final class ServerWriter {
    private ServerWriter() {}

    static Process start(String store, Path directory) throws IOException {
        return ChildJvm.process(ServerWriter.class, store, "file", directory.toString());
    }

    static Process start(String store, DataSource dataSource) throws IOException, SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String url = connection.getMetaData().getURL();
            List<String> arguments = new ArrayList<>(List.of(store, "server", url));
            arguments.add(url.startsWith("jdbc:mariadb") ? "root" : "postgres");
            arguments.add(url.startsWith("jdbc:mariadb") ? "" : connection.getSchema());
            return ChildJvm.process(ServerWriter.class, arguments.toArray(new String[0]));
        }
    }

    public static void main(String[] arguments) throws SQLException {
        Stores stores = arguments[1].equals("file")
                ? JdbcStores.h2File(Path.of(arguments[2]))
                : JdbcStores.builder(
                                new TestPool(() -> DriverManager.getConnection(arguments[2], arguments[3], ""), true))
                        .schema(arguments[4])
                        .build();
        RecordStore store = arguments[0].equals("jobs") ? stores.jobs() : stores.tokens();
        CrashWriter.writeUntilKilled(store);
    }
}
