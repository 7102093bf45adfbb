package io.linkspan.examples;

import io.linkspan.Linkspan;
import io.linkspan.Owner;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.jdbc.H2FileStores;
import io.linkspan.publish.PublicationId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The worker process of the quickstart: publishes until one publication has settled, then ends. */
public final class QuickstartWorker {
    private QuickstartWorker() {}

    /**
     * Runs the worker.
     *
     * @param args folder of the demo, id of the publication, how far the clock is ahead
     * @throws InterruptedException when interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        DemoHost host = DemoHost.open(Path.of(args[0]));
        PublicationId publication = new PublicationId(args[1]);
        Owner owner = Quickstart.OWNER;
        ShiftedClock clock = new ShiftedClock();
        clock.advance(Duration.parse(args[2]));
        Terminal terminal = new Terminal();
        CountDownLatch moved = new CountDownLatch(1);
        try (H2FileStores stores = host.stores();
                Linkspan linkspan = host.linkspan(stores, clock, event -> show(terminal, event))) {
            linkspan.worker().start();
            boolean settled = false;
            while (!settled) {
                settled = linkspan.publisher()
                        .find(owner, publication)
                        .orElseThrow()
                        .settled();
                settled |= moved.await(100, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static void show(Terminal terminal, LinkspanEvent event) {
        if (event instanceof LinkspanEvent.UploadProgress progress) {
            terminal.bar(progress.platform().name(), progress.sent(), progress.total());
        } else if (event instanceof LinkspanEvent.JobMoved moved) {
            terminal.line(String.format(
                    java.util.Locale.ROOT,
                    "   %-10s %s",
                    moved.platform().name(),
                    moved.to().describe()));
        }
    }
}
