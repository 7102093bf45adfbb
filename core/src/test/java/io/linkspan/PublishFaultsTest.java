package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.linkspan.connection.ConnectionId;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Faults;
import io.linkspan.fake.Faults.Kind;
import io.linkspan.publish.IdempotencyConflictException;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that never come, and workers that meet. */
class PublishFaultsTest {
    private static final String KEY = "post-1";

    private final FakeWorld world = new FakeWorld();
    private final ConnectionId connection = world.connect(world.process());

    private static Publication settle(FakeWorld world, Linkspan linkspan, Publication submitted) {
        Publication publication = submitted;
        for (int round = 0; round < 200 && !publication.settled(); round++) {
            linkspan.worker().runDue();
            world.advance(round < 40 ? Duration.ofSeconds(30) : Duration.ofHours(1));
            publication =
                    linkspan.publisher().find(FakeWorld.OWNER, submitted.id()).orElseThrow();
        }
        return publication;
    }

    private static Phase phase(Publication publication) {
        return publication.jobs().get(0).state().phase();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void publish_withFaultsFromAnyRequestOn_postsOnce(Kind kind) {
        for (int first = 0; first < 10; first++) {
            for (int count : new int[] {1, 2, 5, 12}) {
                FakeWorld here = new FakeWorld();
                ConnectionId id = here.connect(here.process());
                Linkspan linkspan = here.process(new Faults(here.platform(), "", first, first + count, kind));
                Publication submitted = linkspan.publisher().submit(FakeWorld.OWNER, KEY, FakeWorld.post(id));

                Publication after = settle(here, linkspan, submitted);

                String where = kind + " at requests " + first + " to " + (first + count - 1);
                assertEquals(1, here.platform().posts(), () -> where + "\n" + after.explain());
                assertEquals(Phase.PUBLISHED, phase(after), () -> where + "\n" + after.explain());
            }
        }
    }

    @Test
    void commit_withLostAnswer_isNeverSentAgainForItsHandle() {
        Linkspan linkspan = world.process(new Faults(world.platform(), "fake.commit", 0, 1, Kind.LOST_WITH_EFFECT));
        Publication submitted = linkspan.publisher().submit(FakeWorld.OWNER, KEY, FakeWorld.post(connection));

        Publication after = settle(world, linkspan, submitted);

        assertEquals(Phase.PUBLISHED, phase(after));
        assertEquals(1, world.platform().calls("fake.commit"));
        assertEquals(1, after.jobs().get(0).handles());
    }

    @Test
    void commit_lostForGood_awaitsADecisionUntilTheHandleIsDead() {
        Linkspan linkspan = world.process(new Faults(world.platform(), "fake.commit", 0, 1, Kind.LOST_WITHOUT_EFFECT));
        Publication submitted = linkspan.publisher().submit(FakeWorld.OWNER, KEY, FakeWorld.post(connection));
        for (int round = 0; round < 60; round++) {
            linkspan.worker().runDue();
            world.advance(Duration.ofMinutes(1));
        }
        Publication hour =
                linkspan.publisher().find(FakeWorld.OWNER, submitted.id()).orElseThrow();
        assertEquals(Phase.AWAITING_DECISION, phase(hour), () -> hour.explain().toText());
        assertEquals(0, world.platform().posts());
        assertEquals(1, hour.jobs().get(0).handles());

        Publication after = settle(world, linkspan, hour);

        assertEquals(Phase.PUBLISHED, phase(after), () -> after.explain().toText());
        assertEquals(2, after.jobs().get(0).handles());
        assertEquals(1, world.platform().posts());
    }

    @Test
    void submit_withTheSameKey_givesTheSamePublicationAndPostsOnce() {
        Linkspan linkspan = world.process();
        Publication first = linkspan.publisher().submit(FakeWorld.OWNER, KEY, FakeWorld.post(connection));
        settle(world, linkspan, first);

        Publication second = world.process().publisher().submit(FakeWorld.OWNER, KEY, FakeWorld.post(connection));

        assertEquals(first.id(), second.id());
        settle(world, linkspan, second);
        assertEquals(1, world.platform().posts());
    }

    @Test
    void submit_withTheSameKeyForAnotherPost_isAConflictAndQueuesNothing() {
        Linkspan linkspan = world.process();
        linkspan.publisher().submit(FakeWorld.OWNER, KEY, FakeWorld.post(connection));

        assertThrows(
                IdempotencyConflictException.class,
                () -> linkspan.publisher()
                        .submit(FakeWorld.OWNER, KEY, FakeWorld.post(connection).caption("Other")));

        for (int round = 0; round < 5; round++) {
            linkspan.worker().runDue();
            world.advance(Duration.ofMinutes(1));
        }
        assertEquals(1, world.platform().posts());
    }

    @Test
    void submit_withTheKeyOfAnotherUser_isAPostOfItsOwnAndShowsNothingOfTheirs() {
        Linkspan linkspan = world.process();
        Publication mine = linkspan.publisher().submit(FakeWorld.OWNER, KEY, FakeWorld.post(connection));
        Owner other = new Owner(FakeWorld.OWNER.tenant(), "other user");
        ConnectionId theirs = world.connect(linkspan, other, "account-2");

        Publication second = linkspan.publisher().submit(other, KEY, FakeWorld.post(theirs));
        IdempotencyConflictException conflict = assertThrows(
                IdempotencyConflictException.class,
                () -> linkspan.publisher()
                        .submit(other, KEY, FakeWorld.post(theirs).caption("Other")));

        assertNotEquals(mine.id(), second.id());
        assertEquals(second.id(), conflict.publication());
        assertFalse(String.valueOf(conflict.getMessage()).contains(mine.id().value()));
        assertEquals(
                second.id(),
                linkspan.publisher().submit(other, KEY, FakeWorld.post(theirs)).id());
        assertEquals(
                mine.id(),
                linkspan.publisher()
                        .submit(FakeWorld.OWNER, KEY, FakeWorld.post(connection))
                        .id());
    }

    /** Early releases kept the key as it came, one for all users of a tenant. */
    @Test
    void submit_withAKeyOfAnEarlyRelease_findsThePublicationOfItsUserOnly() {
        Linkspan linkspan = world.process();
        Publication mine = linkspan.publisher().submit(FakeWorld.OWNER, KEY, FakeWorld.post(connection));
        StoredRecord record = world.stores()
                .jobs()
                .find(
                        FakeWorld.OWNER.tenant(),
                        RecordKind.PUBLICATION,
                        mine.id().value())
                .orElseThrow();
        world.stores().jobs().replace(record.next().uniqueKey(KEY).build());
        Owner other = new Owner(FakeWorld.OWNER.tenant(), "other user");
        ConnectionId theirs = world.connect(linkspan, other, "account-2");

        assertEquals(
                mine.id(),
                linkspan.publisher()
                        .submit(FakeWorld.OWNER, KEY, FakeWorld.post(connection))
                        .id());
        assertNotEquals(
                mine.id(),
                linkspan.publisher().submit(other, KEY, FakeWorld.post(theirs)).id());
    }

    /** Hashed with its length, so that no two pairs of user and key meet, and longer than a column together. */
    @Test
    void submit_withUsersAndKeysThatReadAlike_keepsThemApart() {
        Linkspan linkspan = world.process();
        List<PublicationId> ids = new ArrayList<>();
        String longest = "k".repeat(128);
        int account = 2;
        for (String[] pair : new String[][] {{"a", "bc"}, {"ab", "c"}, {"u".repeat(128), longest}, {"a", longest}}) {
            Owner owner = new Owner(FakeWorld.OWNER.tenant(), pair[0]);
            ConnectionId own = world.connect(linkspan, owner, "account-" + account++);
            ids.add(linkspan.publisher()
                    .submit(owner, pair[1], FakeWorld.post(own))
                    .id());
        }

        assertEquals(4, Set.copyOf(ids).size());
    }

    @Test
    void workers_onOneStoreAtOnce_postEachJobOnce() throws Exception {
        Linkspan first = world.process();
        List<Publication> submitted = new ArrayList<>();
        for (int post = 0; post < 20; post++) {
            submitted.add(first.publisher().submit(FakeWorld.OWNER, "post-" + post, FakeWorld.post(connection)));
        }
        List<Callable<Integer>> workers = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
            Linkspan linkspan = world.process();
            workers.add(() -> linkspan.worker().runDue());
        }
        ExecutorService threads = Executors.newFixedThreadPool(workers.size());
        try {
            for (int round = 0; round < 30; round++) {
                for (Future<Integer> worked : threads.invokeAll(workers)) {
                    worked.get();
                }
                world.advance(Duration.ofSeconds(40));
            }
        } finally {
            threads.shutdownNow();
        }

        for (Publication publication : submitted) {
            Publication after =
                    first.publisher().find(FakeWorld.OWNER, publication.id()).orElseThrow();
            assertEquals(Phase.PUBLISHED, phase(after), () -> after.explain().toText());
        }
        assertEquals(20, world.platform().posts());
        assertEquals(20, world.platform().calls("fake.commit"));
    }
}
