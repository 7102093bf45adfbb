package io.linkspan.fleet;

import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.testkit.store.CrashWriter;
import java.io.IOException;

/** The process that the contract kit kills: {@code jobs|tokens URL}. */
final class GaleraWriter {
    private GaleraWriter() {}

    static Process start(String store, String url) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx128m",
                        "-cp",
                        classPath,
                        GaleraWriter.class.getName(),
                        store,
                        url)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) {
        try (HikariDataSource pool = Pools.of(arguments[1])) {
            JdbcStores stores = JdbcStores.create(pool);
            CrashWriter.writeUntilKilled(arguments[0].equals("jobs") ? stores.jobs() : stores.tokens());
        }
    }
}
