package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectRequest;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.fake.FakeWorld;
import io.linkspan.link.Intent;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many connections of one hour do not fall on the platform together. */
class RenewerBudgetTest {
    private static final TenantId TENANT = new TenantId("harbour");
    private static final int CONNECTIONS = 40;

    private final FakeWorld world = new FakeWorld();

    private void connectAll() {
        Linkspan linkspan = world.process();
        for (int i = 0; i < CONNECTIONS; i++) {
            String page = linkspan.connections()
                    .connect(ConnectRequest.of(
                                    Owner.of(TENANT.value(), "user-" + i), FakeAdapter.PLATFORM, Intent.CROSS_POSTING)
                            .boundTo("browser-secret-0123456789"))
                    .uri()
                    .getRawQuery();
            linkspan.connections().complete("code=c&" + page, "browser-secret-0123456789");
        }
        linkspan.worker().runDue(); // the first look, which is due at once for all
    }

    @Test
    void renewals_areSpreadByATenthOfWhatIsLeft() {
        Instant connected = world.now();
        connectAll();

        List<Instant> due = world.stores().tokens().due(RecordKind.CONNECTION, Instant.MAX, 100).stream()
                .map(StoredRecord::dueAt)
                .map(java.util.Optional::orElseThrow)
                .sorted()
                .toList();

        Instant wanted = connected.plus(Duration.ofMinutes(90)); // a quarter of two hours is left
        assertEquals(CONNECTIONS, due.size());
        assertTrue(!due.get(0).isBefore(wanted.minus(Duration.ofMinutes(3))), () -> "first " + due.get(0));
        assertTrue(
                !due.get(CONNECTIONS - 1).isAfter(wanted.plus(Duration.ofMinutes(3))),
                () -> "last " + due.get(CONNECTIONS - 1));
        Duration width = Duration.between(due.get(0), due.get(CONNECTIONS - 1));
        assertTrue(width.compareTo(Duration.ofMinutes(3)) > 0, () -> "they are within " + width);
        assertTrue(due.stream().distinct().count() > CONNECTIONS / 2, "few share a moment");
    }

    @Test
    void renewals_byDefaultRunWithTheWorker_andNoMoreAtOnceThanAllowed() throws InterruptedException {
        connectAll();
        world.advance(Duration.ofHours(3));
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(CONNECTIONS);
        CountDownLatch both = new CountDownLatch(2);
        HttpTransport way = call -> {
            if (!call.operation().equals("fake.refresh")) {
                return world.platform().exchange(call);
            }
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            both.countDown();
            try {
                assertTrue(both.await(30, TimeUnit.SECONDS), "two go at once");
                return world.platform().exchange(call);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                now.decrementAndGet();
                all.countDown();
            }
        };

        try (Linkspan linkspan = world.process(
                builder -> builder.renewalsAtOnce(2).workerThreads(8).pollPause(Duration.ofMillis(10)), way)) {
            linkspan.worker().start();

            assertTrue(all.await(60, TimeUnit.SECONDS), () -> "renewals left: " + all.getCount());
        }
        assertEquals(2, most.get());
    }
}
