package io.linkspan.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.Linkspan;
import io.linkspan.jdbc.JdbcStores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** A process that publishes, as a host runs many of. It obeys lines: {@code start} and {@code stop}. */
final class PublishWorker {
    private PublishWorker() {}

    public static void main(String[] arguments) throws IOException {
        Product product = Product.of(arguments);
        try (HikariDataSource pool = product.pool();
                Linkspan linkspan = product.linkspan(JdbcStores.create(pool), InstantSource.system())) {
            System.out.println("ready");
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("start")) {
                    linkspan.worker().start();
                } else {
                    linkspan.worker().close();
                }
                System.out.println(line + " done");
            }
        }
    }
}
