package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.connection.ConnectionId;
import io.linkspan.fake.FakeAdapter;
import io.linkspan.fake.FakeWorld;
import io.linkspan.fake.Faults;
import io.linkspan.fake.Faults.Kind;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Posts whose id was lost with the answer and is searched for. */
class TwinPostsTest {
    private final FakeWorld world = new FakeWorld();
    private final ConnectionId connection = world.connect(world.process());
    private final FakeAdapter adapter = new FakeAdapter(false);

    private String idOf(Linkspan linkspan, Publication publication) {
        Publication now =
                linkspan.publisher().find(FakeWorld.OWNER, publication.id()).orElseThrow();
        PublishState state = now.jobs().get(0).state();
        return state instanceof PublishState.Published published ? published.postId() : state.toString();
    }

    private Linkspan losing(int answers) {
        return world.process(
                builder -> {}, new Faults(world.platform(), "fake.commit", 0, answers, Kind.LOST_WITH_EFFECT), adapter);
    }

    private List<Publication> submit(Linkspan linkspan, String... captions) {
        return List.of(captions).stream()
                .map(caption -> linkspan.publisher()
                        .submit(
                                FakeWorld.OWNER,
                                "key-" + caption.hashCode() + "-" + world.now(),
                                FakeWorld.post(connection, caption)))
                .toList();
    }

    private void run(Linkspan linkspan, int rounds) {
        for (int round = 0; round < rounds; round++) {
            linkspan.worker().runDue();
            world.advance(Duration.ofSeconds(30));
        }
    }

    private List<String> ids(Linkspan linkspan, List<Publication> publications) {
        return publications.stream()
                .map(publication -> idOf(linkspan, publication))
                .toList();
    }

    private List<String> publish(Linkspan linkspan, String... captions) {
        List<Publication> publications = submit(linkspan, captions);
        run(linkspan, 40);
        return ids(linkspan, publications);
    }

    @Test
    void foundPost_withoutATwin_isBound() {
        adapter.lists("found");
        assertEquals(List.of("found"), publish(losing(1), "Hello"));
    }

    @Test
    void foundPost_ofTwoInDoubtWithOneCaption_isNeverBound() {
        Linkspan linkspan = losing(2);
        List<Publication> both = submit(linkspan, "Hello  @you", "Hello you");
        run(linkspan, 2);
        adapter.lists("found"); // both are published by now, and one of them is listed
        run(linkspan, 40);
        assertEquals(List.of("", ""), ids(linkspan, both));
    }

    @Test
    void foundPost_ofTwoInDoubtOneAfterTheOther_isBoundOnce() {
        adapter.lists("found");
        List<String> ids = publish(losing(2), "Hello  @you", "Hello you");
        assertEquals(1, ids.stream().filter("found"::equals).count(), ids.toString());
    }

    @Test
    void foundPost_ofTwoInDoubtWithTwoCaptions_isBoundOnce() {
        adapter.lists("found");
        List<String> ids = publish(losing(2), "Hello", "Bye");
        assertEquals(1, ids.stream().filter("found"::equals).count(), ids.toString());
    }

    @Test
    void foundPost_thatAnotherJobIsKnownBy_isNotBoundAgain() {
        Linkspan first = losing(0);
        String known = publish(first, "Hello").get(0);
        adapter.lists(known);
        assertEquals(List.of(""), publish(losing(1), "Bye"));
    }
}
