package io.linkspan.internal.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.publish.Failure;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.Actor;
import io.linkspan.spi.CauseClass;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What must hold for every state and every event. */
class PublishMachineProperties {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Failure FAILURE =
            new Failure("x", CauseClass.CONTENT, "refused", Actor.PERSON, "Change the file.");
    private static final List<PublishState> STATES = List.of(
            new PublishState.Accepted(),
            new PublishState.Preparing(),
            new PublishState.Prepared("h"),
            new PublishState.Committing("h", NOW),
            new PublishState.Confirming("h", NOW),
            new PublishState.InDoubt("h", NOW, "lost"),
            new PublishState.AwaitingDecision("h", NOW, "quiet"),
            new PublishState.Delivered("Open the app.", NOW),
            new PublishState.Published("", null, NOW),
            new PublishState.Failed(FAILURE),
            new PublishState.Cancelled("asked"),
            new PublishState.Expired(NOW));
    private static final List<PublishEvent> EVENTS = List.of(
            new PublishEvent.Begun(),
            new PublishEvent.Ready("h2"),
            new PublishEvent.CommitBegins(NOW),
            new PublishEvent.CommitPublished("p", NOW),
            new PublishEvent.CommitAccepted(null, NOW),
            new PublishEvent.CommitAccepted("h2", NOW),
            new PublishEvent.CommitNotDone(),
            new PublishEvent.CommitUnclear("lost", NOW),
            new PublishEvent.SeenPublished("p", NOW),
            new PublishEvent.SeenDelivered("Open the app.", NOW),
            new PublishEvent.SeenIncomplete(),
            new PublishEvent.SeenUnposted(),
            new PublishEvent.HandleDead(),
            new PublishEvent.Refused(FAILURE),
            new PublishEvent.QuietTooLong("quiet", NOW),
            new PublishEvent.CancelWanted("asked"),
            new PublishEvent.CancelProven("asked"),
            new PublishEvent.TooLate(NOW),
            new PublishEvent.DecidedThere("", NOW),
            new PublishEvent.DecidedRetry(),
            new PublishEvent.DecidedGiveUp(FAILURE),
            new PublishEvent.Located("p", URI.create("https://example.com/p")));

    @Provide
    Arbitrary<PublishState> states() {
        return Arbitraries.of(STATES);
    }

    @Provide
    Arbitrary<PublishEvent> events() {
        return Arbitraries.of(EVENTS);
    }

    @Example
    void lists_holdEveryPhaseAndEveryEvent() {
        assertEquals(
                List.of(Phase.values()),
                STATES.stream().map(PublishState::phase).toList());
        assertEquals(
                PublishEvent.class.getPermittedSubclasses().length,
                EVENTS.stream()
                        .map(Object::getClass)
                        .collect(Collectors.toSet())
                        .size());
    }

    @Property
    void next_isALegalMoveOrAnErrorNamingBoth(
            @ForAll("states") PublishState state, @ForAll("events") PublishEvent event) {
        Optional<PublishState> next = PublishMachine.follow(state, event);

        if (next.isPresent()) {
            assertTrue(
                    PublishMachine.MOVES.get(state.phase()).contains(next.get().phase()), state + " " + event);
            assertEquals(next.get(), PublishMachine.next(state, event).state());
        } else {
            IllegalStateException error =
                    assertThrows(IllegalStateException.class, () -> PublishMachine.next(state, event));
            assertTrue(String.valueOf(error.getMessage()).contains(state.phase().name()));
            assertTrue(
                    String.valueOf(error.getMessage()).contains(event.getClass().getSimpleName()));
        }
    }

    @Property
    void everyLegalMove_isMadeBySomeEvent(@ForAll("states") PublishState state) {
        var reached = EVENTS.stream()
                .flatMap(event -> PublishMachine.follow(state, event).stream())
                .map(PublishState::phase)
                .collect(Collectors.toSet());

        assertEquals(PublishMachine.MOVES.get(state.phase()), reached);
    }

    @Property
    void verdict_isLeftOnlyForAPostThatThePlatformNames(
            @ForAll("states") PublishState state, @ForAll("events") PublishEvent event) {
        if (state.phase().terminal()) {
            boolean named =
                    event instanceof PublishEvent.SeenPublished || event instanceof PublishEvent.CommitPublished;
            Phase atMost = named ? Phase.PUBLISHED : state.phase();
            PublishMachine.follow(state, event).ifPresent(next -> assertEquals(atMost, next.phase()));
        }
    }

    @Property
    void answerThatNamesThePost_isTakenInEachStateButTheFirst(@ForAll("states") PublishState state) {
        Optional<PublishState> next = PublishMachine.follow(state, new PublishEvent.CommitPublished("p", NOW));

        assertEquals(state.phase() != Phase.ACCEPTED, next.isPresent());
        next.ifPresent(it -> assertEquals("p", ((PublishState.Published) it).postId()));
    }

    @Property
    void commit_leavesOnlyFromPrepared(@ForAll("states") PublishState state, @ForAll("events") PublishEvent event) {
        boolean commits = PublishMachine.follow(state, event)
                .filter(next -> next.phase() == Phase.COMMITTING)
                .isPresent();

        assertEquals(state.phase() == Phase.PREPARED && event instanceof PublishEvent.CommitBegins, commits);
    }

    @Property
    void afterTheCommit_onlyADeadHandleOrAPersonLeadsToANewOne(
            @ForAll("states") PublishState state, @ForAll("events") PublishEvent event) {
        if (state.phase().afterCommit()
                && PublishMachine.follow(state, event).map(PublishState::phase).equals(Optional.of(Phase.PREPARING))) {
            assertTrue(event instanceof PublishEvent.HandleDead || event instanceof PublishEvent.DecidedRetry);
        }
    }

    @Property
    void afterTheCommit_nothingCancelsOrExpires(
            @ForAll("states") PublishState state, @ForAll("events") PublishEvent event) {
        boolean stops = event instanceof PublishEvent.CancelWanted || event instanceof PublishEvent.TooLate;
        if (state.phase().afterCommit() && stops) {
            assertFalse(PublishMachine.follow(state, event).isPresent());
        }
    }
}
