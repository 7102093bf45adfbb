package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Explanation.Who;
import io.linkspan.fake.Crashes;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.fake.FakeMediaHost.Fault;
import io.linkspan.fake.FakePosting;
import io.linkspan.fake.FakePosting.Way;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Faults;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import io.linkspan.webhook.WebhookRequest;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Platforms that pull media, and hosts that show them badly or well. */
class PublishPullTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeWorld world = new FakeWorld().posting(inner -> new FakePosting(inner, Way.PULL));
    private final ConnectionId connection = world.connect(world.process());

    PublishPullTest() {
        world.with(builder -> builder.mediaHost(world.media()));
    }

    private Publication submit(Linkspan linkspan) {
        return linkspan.publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(connection));
    }

    private static PublishJob job(Publication publication) {
        return publication.jobs().get(0);
    }

    private static Evidence last(Publication publication) {
        PublishJob job = job(publication);
        return job.evidence().get(job.evidence().size() - 1);
    }

    private static boolean saw(Publication publication, String code) {
        return job(publication).evidence().stream().anyMatch(seen -> seen.code().equals(code));
    }

    @Test
    void post_isPulledOnceAndItsAddressIsWithdrawn() {
        Linkspan linkspan = world.process();

        Publication after = world.settle(linkspan, submit(linkspan));

        assertEquals(
                Phase.PUBLISHED,
                job(after).state().phase(),
                () -> after.explain().toText());
        assertEquals(1, world.platform().posts());
        assertEquals(0, world.media().shown());
    }

    @ParameterizedTest
    @CsvSource({
        "SIGNED_FOR_GET_WRONG_TYPE,says that it is binary/octet-stream",
        "SIGNED_FOR_GET_WRONG_LENGTH,says that it has 7 bytes",
        "ANY_TYPE,says that it is binary/octet-stream",
        "FORBIDDEN,answers HEAD with HTTP 403 and GET of one byte with HTTP 403",
        "WRONG_LENGTH,says that it has 7 bytes",
        "WRONG_TYPE,says that it is text/html",
        "REDIRECT,answers HEAD with HTTP 302",
        "NO_RANGES,does not serve ranges",
        "DOWN,does not answer (connection refused)",
        "THROWS,disk full"
    })
    void badHost_letsTheJobWaitAndNeverReachesThePlatform(Fault fault, String words) {
        Linkspan linkspan = world.process();
        Publication submitted = submit(linkspan);
        world.media().does(fault);

        Publication waiting = world.work(linkspan, submitted, 20, MINUTE);

        assertEquals(Phase.PREPARING, job(waiting).state().phase());
        assertEquals("linkspan.media_host", last(waiting).source());
        assertTrue(last(waiting).detail().contains(words), last(waiting).detail());
        assertTrue(waiting.explain().toText().contains(words), waiting.explain()::toText);
        assertEquals(Who.OPERATOR, waiting.explain().next().get(0).who());
        assertEquals(0, world.platform().calls("fake.init"));
        world.media().does(Fault.NONE);
        assertEquals(
                Phase.PUBLISHED, job(world.settle(linkspan, waiting)).state().phase());
        assertEquals(1, world.platform().posts());
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_HEAD", "SIGNED_FOR_GET"})
    void hostThatRefusesHead_isCheckedByOneByte(Fault fault) {
        Linkspan linkspan = world.process();
        world.media().does(fault);

        Publication after = world.settle(linkspan, submit(linkspan));

        assertEquals(Phase.PUBLISHED, job(after).state().phase(), after.explain()::toText);
        assertEquals(1, world.platform().posts());
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_RANGES", "ANY_TYPE", "FORBIDDEN", "DOWN", "SIGNED_FOR_GET_WRONG_TYPE"})
    void badHost_forADay_failsTheJobAndNamesTheOperator(Fault fault) {
        Linkspan linkspan = world.process();
        Publication submitted = submit(linkspan);
        world.media().does(fault);

        Publication after = world.work(linkspan, submitted, 60, Duration.ofMinutes(30));

        PublishState.Failed failed = (PublishState.Failed) job(after).state();
        assertEquals("not_prepared", failed.failure().code());
        assertTrue(failed.failure().what().contains("the address of sample.mp4"), failed.failure()::what);
        assertEquals(io.linkspan.spi.Actor.OPERATOR, failed.failure().actor());
        assertEquals(0, world.platform().calls("fake.init"));
    }

    @Test
    void pullCheck_switchedOff_asksNothing() {
        world.with(builder -> builder.mediaHost(world.media()).pullCheck(false));
        Linkspan linkspan = world.process();

        world.settle(linkspan, submit(linkspan));

        assertEquals(0, world.platform().calls("linkspan.media_head"));
        assertEquals(1, world.platform().posts());
    }

    @Test
    void lostAnswer_neverServed_makesANewHandleAndOnePost() {
        Linkspan linkspan =
                world.process(new Faults(world.platform(), "fake.init", 0, 1, Faults.Kind.LOST_WITHOUT_EFFECT));

        Publication after = world.work(linkspan, submit(linkspan), 10, MINUTE);

        assertEquals(
                Phase.PUBLISHED,
                job(after).state().phase(),
                () -> after.explain().toText());
        assertTrue(saw(after, "never_served"));
        assertEquals(2, job(after).handles());
        assertEquals(1, world.platform().posts());
    }

    @Test
    void lostAnswer_served_waitsForADecisionAndNeverPostsAgain() {
        Linkspan linkspan =
                world.process(new Faults(world.platform(), "fake.init", 0, 1, Faults.Kind.LOST_WITH_EFFECT));

        Publication after = world.settle(linkspan, submit(linkspan));

        assertEquals(
                Phase.AWAITING_DECISION,
                job(after).state().phase(),
                () -> after.explain().toText());
        assertTrue(saw(after, "served"));
        assertEquals(1, world.platform().calls("fake.init"));
        assertEquals(1, world.platform().posts());
    }

    @Test
    void nameOfWhatIsSent_isNotedBeforeItIsSent() {
        Linkspan linkspan =
                world.posting(inner -> new FakePosting(inner, Way.CONTAINER)).process();
        AtomicReference<String> lane = new AtomicReference<>("");
        world.platform()
                .during(
                        "fake.commit",
                        () -> lane.set(new String(
                                world.stores()
                                        .jobs()
                                        .find(FakeWorld.OWNER.tenant(), RecordKind.LANE, connection.value())
                                        .orElseThrow()
                                        .payload(),
                                StandardCharsets.UTF_8)));

        world.settle(linkspan, submit(linkspan));

        assertTrue(lane.get().contains("\"names\":{\"c1\":"), lane.get());
    }

    @Test
    void messageOfAPostThatIsBeingSent_namesNoOtherPost() {
        Linkspan losing = world.process(new Faults(world.platform(), "fake.init", 0, 1, Faults.Kind.LOST_WITH_EFFECT));
        Publication lost = world.work(losing, submit(losing), 3, MINUTE);
        Linkspan other =
                world.posting(inner -> new FakePosting(inner, Way.CONTAINER)).process();
        world.platform().during("fake.commit", () -> {
            other.webhooks()
                    .receive(
                            FakeAdapter.PLATFORM,
                            WebhookRequest.of(
                                    Map.of("x-fake", "1"), "made account-1 c2 1".getBytes(StandardCharsets.UTF_8)));
            world.process().worker().runDue(); // another worker, while the answer is under way
        });

        Publication sent = world.settle(
                other, other.publisher().submit(FakeWorld.OWNER, "other", FakeWorld.post(connection, "other")));

        assertEquals(Phase.PUBLISHED, job(sent).state().phase(), sent.explain()::toText);
        Publication after = world.work(other, lost, 20, MINUTE);
        assertEquals(Phase.AWAITING_DECISION, job(after).state().phase(), after.explain()::toText);
    }

    /** A process that gives no lane back and finds no address of a post: its posts stay open, and their names are noted nowhere else. */
    private Linkspan forgetful() {
        world.posting(inner -> {
            FakePosting pulling = new FakePosting(inner, Way.PULL);
            return (PublishAdapter) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {PublishAdapter.class},
                    (proxy, method, arguments) -> method.getName().equals("locate")
                            ? Flow.finished(new Outcome.Unclear<>("no list", null))
                            : method.invoke(pulling, arguments));
        });
        JobStore store = (JobStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {JobStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("replace")
                            && ((StoredRecord) arguments[0]).status().equals("free")) {
                        throw new StoreException("no answer", null);
                    }
                    return method.invoke(world.stores().jobs(), arguments);
                });
        return world.process(builder -> builder.jobStore(store), world.platform());
    }

    @Test
    void messageOfAPublishedPostThatIsOpen_namesNoOtherPost() {
        Linkspan losing = world.process(new Faults(world.platform(), "fake.init", 0, 1, Faults.Kind.LOST_WITH_EFFECT));
        Publication lost = world.work(losing, submit(losing), 3, MINUTE);
        Linkspan other = forgetful();
        Publication sent = other.publisher().submit(FakeWorld.OWNER, "other", FakeWorld.post(connection, "other"));
        for (int round = 0; round < 10; round++) {
            other.worker().runDue();
            sent = other.publisher().find(FakeWorld.OWNER, sent.id()).orElseThrow();
            world.advance(Duration.ofSeconds(5));
        }
        assertEquals(Phase.PUBLISHED, job(sent).state().phase(), sent.explain()::toText);

        other.webhooks()
                .receive(
                        FakeAdapter.PLATFORM,
                        WebhookRequest.of(
                                Map.of("x-fake", "1"), "made account-1 p2 1".getBytes(StandardCharsets.UTF_8)));
        Publication after = world.work(other, lost, 20, MINUTE);

        assertEquals(Phase.AWAITING_DECISION, job(after).state().phase(), after.explain()::toText);
    }

    @Test
    void lostAnswer_withoutFence_waitsForADecision() {
        world.with(builder -> builder.mediaHost(world.media().unfenced()));
        Linkspan linkspan =
                world.process(new Faults(world.platform(), "fake.init", 0, 1, Faults.Kind.LOST_WITHOUT_EFFECT));

        Publication after = world.settle(linkspan, submit(linkspan));

        assertEquals(Phase.AWAITING_DECISION, job(after).state().phase());
        assertTrue(saw(after, "no_fence"));
        assertEquals(0, world.platform().posts());
    }

    @Test
    void fence_thatFails_leavesTheJobInDoubtUntilItTells() {
        Faults losing = new Faults(world.platform(), "fake.init", 0, 1, Faults.Kind.LOST_WITHOUT_EFFECT);
        Linkspan linkspan = world.process(call -> {
            if (call.operation().equals("fake.init") && losing.passed() == 0) {
                world.media().does(Fault.THROWS);
            }
            return losing.exchange(call);
        });

        Publication doubt = world.work(linkspan, submit(linkspan), 3, MINUTE);

        assertEquals(Phase.IN_DOUBT, job(doubt).state().phase(), doubt.explain()::toText);
        assertEquals("disk full", last(doubt).detail());
        world.media().does(Fault.NONE);
        assertEquals(Phase.PUBLISHED, job(world.settle(linkspan, doubt)).state().phase());
        assertEquals(1, world.platform().posts());
    }

    /** A post whose address is withdrawn for ever while its record still names it, as after a write that was lost. */
    private Publication preparedAndWithdrawn(int served) {
        Linkspan refused = world.process(new Faults(world.platform(), "fake.init", 0, 1, Faults.Kind.NOT_SENT));
        Publication prepared = world.work(refused, submit(refused), 1, Duration.ofSeconds(1));
        assertEquals(Phase.PREPARED, job(prepared).state().phase());
        String attempt = job(prepared).id() + "-1";
        for (int request = 0; request < served; request++) {
            world.platform().exchange(call(attempt));
        }
        world.media().fence(attempt);
        return prepared;
    }

    private static HttpCall call(String attempt) {
        return HttpCall.of("fake.init", CallClass.COMMIT, "POST", URI.create("https://fake.test/init/" + attempt));
    }

    @Test
    void withdrawnAddress_neverServed_makesANewAddressAndOnePost() {
        Publication prepared = preparedAndWithdrawn(0);

        Publication after = world.settle(world.process(), prepared);

        assertEquals(Phase.PUBLISHED, job(after).state().phase(), after.explain()::toText);
        assertTrue(saw(after, "never_served"));
        assertEquals(2, job(after).handles());
        assertEquals(1, world.platform().posts());
    }

    @Test
    void withdrawnAddress_served_waitsForADecision() {
        Publication prepared = preparedAndWithdrawn(1);

        Publication after = world.settle(world.process(), prepared);

        assertEquals(Phase.AWAITING_DECISION, job(after).state().phase(), after.explain()::toText);
        assertTrue(saw(after, "served"));
        assertEquals(1, job(after).handles());
        assertEquals(1, world.platform().posts());
    }

    @Test
    void withdrawnAddress_ofEachAttempt_failsTheJob() {
        Publication last = preparedAndWithdrawn(0);
        Linkspan never = world.process(new Faults(world.platform(), "fake.init", 0, 99, Faults.Kind.NOT_SENT));
        for (int round = 0; round < 200 && !last.settled(); round++) {
            PublishJob job = job(last);
            if (job.state().phase() == Phase.PREPARED) {
                world.media().fence(job.id() + "-" + job.handles());
            }
            last = world.work(never, last, 1, MINUTE);
        }

        PublishState.Failed failed = (PublishState.Failed) job(last).state();
        assertEquals("not_prepared", failed.failure().code());
        assertEquals(3, job(last).handles());
        assertEquals(0, world.platform().posts());
    }

    @Test
    void withdrawnAddress_thatTheHostCannotProve_failsAfterADay() {
        Publication prepared = preparedAndWithdrawn(0);
        world.with(builder -> builder.mediaHost(world.media().unfenced()));

        Publication after = world.work(world.process(), prepared, 60, Duration.ofMinutes(30));

        PublishState.Failed failed = (PublishState.Failed) job(after).state();
        assertEquals("not_prepared", failed.failure().code());
        assertEquals(io.linkspan.spi.Actor.OPERATOR, failed.failure().actor());
        assertEquals(0, world.platform().posts());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hostThatFails_letsAJobWaitForADayAtMost(boolean prepared) {
        world.with(builder -> builder.mediaHost(world.media()).pullCheck(false));
        Linkspan refused = world.process(new Faults(world.platform(), "fake.init", 0, 1, Faults.Kind.NOT_SENT));
        Publication submitted = submit(refused);
        Publication waiting = prepared ? world.work(refused, submitted, 1, Duration.ofSeconds(1)) : submitted;
        world.media().does(Fault.THROWS);
        Publication meanwhile = world.work(refused, waiting, 40, Duration.ofMinutes(30));
        assertEquals(
                prepared ? Phase.PREPARED : Phase.PREPARING,
                job(meanwhile).state().phase());

        Publication after = world.work(refused, meanwhile, 20, Duration.ofMinutes(30));

        PublishState.Failed failed = (PublishState.Failed) job(after).state();
        assertEquals("not_prepared", failed.failure().code());
        assertEquals(0, world.platform().posts());
    }

    @Test
    void crash_betweenFenceAndWrite_fencesAgainAndPostsOnce() {
        int crashed = 0;
        for (int point = 0; point < 60; point++) {
            FakeWorld here = new FakeWorld().posting(inner -> new FakePosting(inner, Way.PULL));
            here.with(builder -> builder.mediaHost(here.media()));
            ConnectionId id = here.connect(here.process());
            Publication submitted = here.process().publisher().submit(FakeWorld.OWNER, "k", FakeWorld.post(id));
            Linkspan losing =
                    here.process(new Faults(here.platform(), "fake.init", 0, 1, Faults.Kind.LOST_WITHOUT_EFFECT));
            losing.worker().runDue(); // the commit is lost, and the first look may follow at once
            try {
                here.work(here.process(new Crashes(point)), submitted, 3, Duration.ofSeconds(30));
            } catch (Crashes.Crash e) {
                crashed++;
            }

            Publication after = here.settle(here.process(), submitted);

            assertEquals(1, here.platform().posts(), () -> after.explain().toText());
            // a crash between the commit and its answer loses the name of a post whose media were fetched
            Phase known = saw(after, "served") ? Phase.AWAITING_DECISION : Phase.PUBLISHED;
            assertEquals(
                    known, job(after).state().phase(), () -> after.explain().toText());
        }
        assertTrue(crashed > 10, "crashed: " + crashed);
    }
}
