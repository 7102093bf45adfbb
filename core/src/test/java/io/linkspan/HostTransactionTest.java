package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.ConnectionId;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakePosting.Way;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Outage;
import io.linkspan.link.Intent;
import io.linkspan.publish.Decision;
import io.linkspan.publish.Preview;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.HostTransactionAware;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.Problem;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What calls do while a store says that the calling thread is inside a transaction of the host. */
class HostTransactionTest {
    private final FakeWorld world = new FakeWorld().posting(inner -> new FakePosting(inner, Way.PULL));
    private final List<LinkspanEvent> heard = new CopyOnWriteArrayList<>();
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
    private final ConnectionId connection = world.connect(world.process());
    private final Linkspan linkspan = world.process(
            builder -> builder.mediaHost(world.media())
                    .addListener(heard::add)
                    .listenerExecutor(Runnable::run)
                    .jobStore(joining(world.stores().jobs())),
            world.platform());

    private JobStore joining(JobStore store) {
        return (JobStore) Proxy.newProxyInstance(
                HostTransactionTest.class.getClassLoader(),
                new Class<?>[] {JobStore.class, HostTransactionAware.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("inHostTransaction")) {
                        return inside.get();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Publication submit() {
        return linkspan.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(connection));
    }

    private static PublishJob job(Publication publication) {
        return publication.jobs().get(0);
    }

    private static boolean saw(Publication publication, String code) {
        return job(publication).evidence().stream().anyMatch(seen -> seen.code().equals(code));
    }

    private Phase phase(Publication publication) {
        return job(linkspan.publisher().find(FakeWorld.OWNER, publication.id()).orElseThrow())
                .state()
                .phase();
    }

    @Test
    void submit_usesWhatIsStoredAndLeavesTheRestToTheWorker() {
        world.advance(Duration.ofDays(2)); // the token has ended
        int before = world.platform().calls("fake.look") + world.platform().calls("fake.refresh");

        inside.set(true);
        Preview preview = linkspan.publisher().preview(FakeWorld.OWNER, FakeWorld.post(connection));
        Publication submitted = submit();
        inside.set(false);

        assertEquals(
                before, world.platform().calls("fake.look") + world.platform().calls("fake.refresh"));
        Problem unchecked = preview.targets().get(0).problems().stream()
                .filter(problem -> problem.id().equals("fake.unchecked"))
                .findFirst()
                .orElseThrow();
        assertEquals(Problem.Weight.WARNS, unchecked.weight());
        assertTrue(unchecked.text().contains("transaction of the host"), unchecked.text());
        assertTrue(preview.acceptable());
        assertTrue(saw(submitted, "account_not_checked"), submitted.explain()::toText);
        world.settle(linkspan, submitted);
        assertEquals(Phase.PUBLISHED, phase(submitted));
        assertEquals(1, world.platform().posts());
    }

    @Test
    void submit_outside_checksTheAccount() {
        Publication submitted = submit();

        assertFalse(saw(submitted, "account_not_checked"));
        assertEquals(1, world.platform().calls("fake.look"));
    }

    private String token() {
        return linkspan.connections().withAccessToken(FakeWorld.OWNER, connection, Secret::reveal);
    }

    @Test
    void usableToken_isGivenInside_aRenewalIsRefused() {
        inside.set(true);
        assertFalse(token().isEmpty());

        world.advance(Duration.ofDays(2));
        HostTransactionException refused = assertThrows(HostTransactionException.class, this::token);
        assertTrue(refused.getMessage().contains("Call it before the transaction begins"), refused.getMessage());
        assertEquals(RetryAdvice.GIVE_UP, refused.retryAdvice());
        inside.set(false);
        assertFalse(token().isEmpty());
    }

    @Test
    void cancel_insideOfAPostWhoseMediaAreShown_leavesThemToTheWorker() {
        world.platform().refuses("fake.init", "busy");
        Publication submitted = submit();
        linkspan.worker().runDue();
        assertEquals(Phase.PREPARED, phase(submitted));
        assertEquals(1, world.media().shown());

        inside.set(true);
        linkspan.publisher().cancel(FakeWorld.OWNER, submitted.id(), "a typo");
        assertEquals(1, world.media().shown(), "a rollback would not put them back");
        inside.set(false);

        linkspan.worker().runDue();
        assertEquals(Phase.CANCELLED, phase(submitted));
        assertEquals(0, world.media().shown());
        assertEquals(0, world.platform().posts());
    }

    @ParameterizedTest
    @EnumSource(value = Decision.class, names = "WAIT", mode = EnumSource.Mode.EXCLUDE)
    void decision_insideAboutMediaThatAreShown_leavesThemToTheWorker(Decision decision) {
        world.platform().refuses("fake.status", "busy");
        Publication submitted = submit();
        world.work(linkspan, submitted, 12, Duration.ofMinutes(1));
        assertEquals(Phase.AWAITING_DECISION, phase(submitted));
        assertEquals(1, world.media().shown());

        inside.set(true);
        linkspan.publisher()
                .decide(FakeWorld.OWNER, submitted.id(), submitted.jobs().get(0).id(), decision, "mira");
        assertEquals(1, world.media().shown(), "a rollback would not put them back");
        inside.set(false);
        linkspan.worker().runDue();

        int ofTheNextAttempt = decision == Decision.TRY_AGAIN ? 1 : 0;
        assertEquals(ofTheNextAttempt, world.media().shown());
    }

    @Test
    void cancel_insideOfAPostThatWaits_isDoneAtOnceAndToldLater() {
        Publication submitted = submit();
        heard.clear();

        inside.set(true);
        linkspan.publisher().cancel(FakeWorld.OWNER, submitted.id(), "a typo");
        inside.set(false);

        assertEquals(Phase.CANCELLED, phase(submitted));
        assertEquals(List.of(), heard, "it may still be rolled back");
        world.advance(Duration.ofMinutes(2));
        linkspan.worker().runDue();
        assertEquals(
                1,
                heard.stream().filter(LinkspanEvent.JobMoved.class::isInstance).count());
    }

    @Test
    void change_insideOfAConnection_isToldLater() {
        inside.set(true);
        linkspan.connections().confirmProfileLinkRemoved(FakeWorld.OWNER, connection, "mira");
        inside.set(false);

        assertEquals(List.of(), heard, "it may still be rolled back");
        world.advance(Duration.ofMinutes(2));
        linkspan.worker().runDue();
        assertTrue(
                heard.stream()
                        .filter(LinkspanEvent.ConnectionChanged.class::isInstance)
                        .map(LinkspanEvent.ConnectionChanged.class::cast)
                        .anyMatch(event -> event.action().equals("profile_link_removed")),
                heard::toString);
    }

    private long version() {
        return world.stores()
                .tokens()
                .find(FakeWorld.OWNER.tenant(), RecordKind.CONNECTION, connection.value())
                .orElseThrow()
                .version();
    }

    @Test
    void answerThatNoStoreTook_isNotWrittenInside_whereARollbackWouldLoseIt() {
        Outage outage = new Outage(world.stores().tokens());
        Linkspan cutOff = world.process(
                builder -> builder.tokenStore(outage)
                        .jobStore(joining(world.stores().jobs())),
                call -> {
                    HttpResult answer = world.platform().exchange(call);
                    if (call.operation().equals("fake.refresh")) {
                        outage.begin();
                    }
                    return answer;
                });
        world.advance(Duration.ofHours(3));
        assertThrows(
                StoreException.class,
                () -> cutOff.connections().withAccessToken(FakeWorld.OWNER, connection, Secret::reveal));
        outage.end();
        long before = version();
        ConnectRequest any = ConnectRequest.of(FakeWorld.OWNER, FakeAdapter.PLATFORM, Intent.CROSS_POSTING)
                .boundTo("browser-secret-0123456789");

        inside.set(true);
        cutOff.connections().connect(any);
        assertEquals(before, version());
        inside.set(false);

        cutOff.connections().connect(any);
        assertEquals(before + 1, version());
        assertEquals("access-2", token());
    }
}
