package io.linkspan.fleet;

import com.zaxxer.hikari.HikariDataSource;
import io.linkspan.Linkspan;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.jdbc.JdbcStores;
import java.io.IOException;

/** One worker process of the fleet. It tells in lines when it is ready and how jobs move; at SIGTERM it drains. */
final class FleetWorker {
    private static final int CONNECTIONS_BESIDES_THREADS = 4;

    private FleetWorker() {}

    public static void main(String[] arguments) throws IOException {
        Product product = Product.of(arguments);
        HikariDataSource pool = product.pool(product.threads() + CONNECTIONS_BESIDES_THREADS);
        Linkspan linkspan = product.linkspan(JdbcStores.create(pool), FleetWorker::told);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            linkspan.close();
            pool.close();
        }));
        linkspan.worker().start();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        System.exit(0); // whoever started it is gone
    }

    private static void told(LinkspanEvent event) {
        if (event instanceof LinkspanEvent.JobMoved moved) {
            System.out.println("moved " + moved.job() + " " + moved.publication() + " "
                    + moved.to().phase());
        }
    }
}
