package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.connection.ConnectionId;
import io.linkspan.fake.FakeWorld;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.JobStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A store that cannot claim shows what has been due longest; no crowd of accounts fills that view for the others. */
class FloodTest {
    private static final Owner BUSY = Owner.of("busy", "user");

    private final FakeWorld world = new FakeWorld();
    private final Linkspan linkspan = world.process(builder -> builder.jobStore(plain()), world.platform());

    private JobStore plain() {
        return (JobStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {JobStore.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(world.stores().jobs(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void flood(int accounts, int posts) {
        for (int account = 0; account < accounts; account++) {
            ConnectionId connection = world.connect(linkspan, BUSY, "busy-" + account);
            for (int post = 0; post < posts; post++) {
                linkspan.publisher().submit(BUSY, account + "-" + post, FakeWorld.post(connection));
            }
        }
        world.advance(Duration.ofMillis(1));
    }

    private Publication submit(Owner owner) {
        return linkspan.publisher().submit(owner, "other", FakeWorld.post(world.connect(linkspan, owner, "other")));
    }

    private Phase phase(Owner owner, Publication publication) {
        return linkspan.publisher()
                .find(owner, publication.id())
                .orElseThrow()
                .jobs()
                .get(0)
                .state()
                .phase();
    }

    @Test
    void manyBacklogs_hideNoOtherAccountOfTheTenant() {
        flood(25, 60);
        Publication other = submit(BUSY);

        linkspan.worker().runDue();

        assertEquals(Phase.PUBLISHED, phase(BUSY, other));
    }

    @Test
    void tenantOfManyAccounts_hidesNoOtherTenant() {
        Owner quiet = Owner.of("quiet", "user");
        flood(1_100, 1);
        Publication other = submit(quiet);

        linkspan.worker().runDue();

        assertEquals(Phase.PUBLISHED, phase(quiet, other));
    }

    @Test
    void whatSteppedBack_isPublishedToo() {
        flood(1_100, 1);
        for (int second = 0; second < 10 && world.platform().posts() < 1_100; second++) {
            linkspan.worker().runDue();
            world.advance(Duration.ofSeconds(1));
        }

        assertEquals(1_100, world.platform().posts());
    }
}
