package io.linkspan.internal.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.Explanation.Bucket;
import io.linkspan.connection.Sides;
import io.linkspan.internal.connection.TokenTrouble;
import io.linkspan.link.Intent;
import io.linkspan.publish.Failure;
import io.linkspan.publish.JobFacts;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.Actor;
import io.linkspan.spi.Cause;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.TokenEffect;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every combination of state, newest evidence, connection and time: what its explanation may say. */
class EveryPostTest {
    /** Phases before a commit that a job may return to after one. */
    private static final Set<PublishState.Phase> RESUMABLE =
            EnumSet.of(PublishState.Phase.PREPARING, PublishState.Phase.PREPARED);

    private static final Pattern UNSENT =
            Pattern.compile("(?i)not been sent|nothing has been posted|nothing is sent|nothing is visible");
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant BEFORE = NOW.minus(Duration.ofHours(5));
    private static final Instant AFTER = NOW.plus(Duration.ofHours(5));
    private static final String PROMISED = "It is tried again; if it stays, change the file. Wait; it is tried again.";

    /** As adapters of others and records of earlier versions may say it, whatever the state is. */
    private static final List<String> RESUBMITTING = List.of(
            "Change the file, then publish again.",
            "Check the account, then post it again as a new job; it is tried again.",
            "Post again if the person wants it.",
            "The person connects the account again, then posts again.",
            "Open the app and submit the post once more.",
            "Resubmit the post. Look at the account. Then send it again; it is tried again.");

    private static final Pattern RESUBMIT = Pattern.compile(
            "(?i)(?<!not )\\b(re-?(submit|post|publish)\\b|(publish(es)?|posts?|submits?|send)( (it|this|the post))?"
                    + " (again|once more)\\b|publish later|or post in)|as a new (job|post)");
    private static final Pattern NOT_THEIR_STEP =
            Pattern.compile("(?i)\\bit is (tried|started|read|sent) again|\\bif it stays\\b|by itself");
    private static final Pattern PROMISE = Pattern.compile(
            "(?i)\\b(tries|tried|asks|asked|sends|sent|read|started|renewed|checked|continues|starts) (it )?again\\b"
                    + "|works again by itself|goes on|Linkspan: |, next:|\\bIt is repeated");
    private static final Pattern TIME =
            Pattern.compile("(?<!since |due since about )\\b(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d(:\\d\\d)?) UTC");
    private static final DateTimeFormatter READ = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm[:ss]");

    private static final Set<ConnectionStatus.Kind> USABLE =
            EnumSet.of(ConnectionStatus.Kind.AUTHORIZED, ConnectionStatus.Kind.REFRESH_REQUIRED);

    private static final Pattern MACHINE_TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d|\\bPT?\\d+[DHMS]");

    private static final Pattern NEEDS_THE_ACCOUNT = Pattern.compile(
            "TRY_AGAIN|^(Tries again|Sends the post|Asks .* for the result|Asks again|Continues|Begins|Renews)\\b.*\\b(at|with)\\b"
                    + "|every 15 minutes");

    private static final List<@Nullable ConnectionStatus> NO_CONNECTION = Arrays.asList((ConnectionStatus) null);

    private static List<PublishState> states() {
        List<PublishState> states = new ArrayList<>(List.of(
                new PublishState.Accepted(),
                new PublishState.Preparing(),
                new PublishState.Prepared("h"),
                new PublishState.Committing("h", BEFORE),
                new PublishState.Confirming("h", BEFORE),
                new PublishState.InDoubt("h", BEFORE, "no answer since " + BEFORE),
                new PublishState.AwaitingDecision("h", BEFORE, "the platform has given no result for 10 min"),
                new PublishState.Delivered("Open the inbox and post it.", BEFORE),
                new PublishState.Published("42", null, BEFORE),
                new PublishState.Published("", null, BEFORE),
                new PublishState.Cancelled("mira asked"),
                new PublishState.Cancelled("the user removed the app on the platform"),
                new PublishState.Expired(BEFORE)));
        for (CauseClass why : CauseClass.values()) {
            states.add(failed("code", why, Actor.PERSON));
            states.add(failed("code", why, Actor.PLATFORM));
        }
        states.add(failed(Failure.GIVEN_UP, CauseClass.UNKNOWN, Actor.PERSON));
        states.add(failed("media_changed", CauseClass.CONTENT, Actor.DEVELOPER));
        states.add(failed("not_prepared", CauseClass.TRANSIENT, Actor.OPERATOR));
        return states;
    }

    private static PublishState failed(String code, CauseClass why, Actor actor) {
        return new PublishState.Failed(new Failure(code, why, "fake.create: something", actor, PROMISED));
    }

    private static List<List<Evidence>> evidence() {
        List<List<Evidence>> all = new ArrayList<>();
        all.add(List.of());
        all.add(List.of(new Evidence("linkspan.submit", BEFORE, "accepted", "checked and queued")));
        all.add(List.of(new Evidence("fake.commit", BEFORE, "published", "post 42, {attached=true}")));
        Map<String, List<String>> codes = Map.of(
                "linkspan.quota", List.of("posts"),
                "linkspan.lane", List.of("busy"),
                "linkspan.media", List.of("media_unreadable"),
                "linkspan.media_host", List.of("media_unreachable", "failed"),
                "linkspan.connection", List.of("authorization", "not_now"),
                "linkspan.handle", List.of("handle_expired"),
                "fake.prepare", List.of("not_done", "waiting", "ready"),
                "fake.commit.refused", List.of("not_sent"),
                "fake.status", List.of("no_evidence", "processing"),
                "new.source", List.of("something"));
        codes.forEach((source, known) ->
                known.forEach(code -> all.add(List.of(new Evidence(source, BEFORE, code, "what was seen")))));
        for (CauseClass why : CauseClass.values()) {
            for (Actor actor : List.of(Actor.PERSON, Actor.PLATFORM)) {
                String source = actor == Actor.PERSON ? "fake.create" : "fake.status";
                Cause cause = new Cause(source, why, "7", "trace", actor, PROMISED);
                all.add(List.of(new Evidence(source, BEFORE, "7", "something happened. " + PROMISED, cause)));
            }
        }
        return all;
    }

    private static List<@Nullable ConnectionStatus> statuses() {
        Evidence seen = new Evidence("fake.me", BEFORE, "190", "the token is not valid any more");
        return Arrays.asList(
                null,
                new ConnectionStatus.Authorized(AFTER),
                new ConnectionStatus.RefreshRequired("the access token ended"),
                new ConnectionStatus.Expired(BEFORE),
                new ConnectionStatus.ReauthorizationRequired(seen),
                new ConnectionStatus.AwaitingAccount(seen),
                new ConnectionStatus.PartiallyRevoked(
                        new Sides(Sides.Local.REVOKE_ONLY, Sides.Grant.ACTIVE, Sides.VisibleLink.UNKNOWN)),
                new ConnectionStatus.Revoked(
                        new Sides(Sides.Local.WIPED, Sides.Grant.REMOVED_BY_PERSON, Sides.VisibleLink.NOT_WANTED)));
    }

    private static @Nullable Connection connection(@Nullable ConnectionStatus status) {
        return status == null
                ? null
                : new Connection(
                        new ConnectionId("0".repeat(32)),
                        Owner.of("harbour", "mira"),
                        Platform.of("fake"),
                        "1",
                        "quay",
                        "",
                        Intent.BOTH,
                        Set.of(),
                        status,
                        Map.of(),
                        BEFORE,
                        null,
                        null,
                        null);
    }

    private static Publication of(PublishJob... jobs) {
        return new Publication(
                new PublicationId("0".repeat(32)),
                Owner.of("harbour", "mira"),
                "key",
                BEFORE,
                null,
                List.of(),
                List.of(jobs),
                NOW);
    }

    private static void each(Consumer<PublishJob> visitor) {
        for (PublishState state : states()) {
            for (List<Evidence> seen : evidence()) {
                for (ConnectionStatus status : state.phase().terminal() ? NO_CONNECTION : statuses()) {
                    for (Instant next : Arrays.asList(null, BEFORE, NOW, AFTER)) {
                        for (String cancel : Arrays.asList(null, "mira asked")) {
                            visitor.accept(job(
                                    state,
                                    seen,
                                    status,
                                    next,
                                    cancel,
                                    state.phase().afterCommit()));
                            if (RESUMABLE.contains(state.phase())) {
                                visitor.accept(job(state, seen, status, next, cancel, true));
                            }
                        }
                    }
                }
            }
        }
    }

    private static PublishJob job(
            PublishState state,
            List<Evidence> seen,
            ConnectionStatus status,
            Instant next,
            String cancel,
            boolean mayHaveLeft) {
        return new PublishJob(
                "job",
                "mira",
                new ConnectionId("0".repeat(32)),
                Platform.of("fake"),
                "@quay",
                state,
                "",
                1,
                cancel,
                seen,
                next,
                new JobFacts(next, null, connection(status), mayHaveLeft, "Fake"));
    }

    @Test
    void requestThatMayHaveLeft_isNeverCalledUnsent() {
        each(job -> {
            if (job.facts().mayHaveLeft() && !job.state().phase().terminal()) {
                String text = of(job).explain().toText();
                assertFalse(UNSENT.matcher(text).find(), () -> job + "\n" + text);
            }
        });
    }

    /** Whoever followed such a text would have two posts, for Linkspan sends the first one too. */
    @Test
    void postThatHasNotEnded_isNeverToBeSubmittedAgain() {
        List<PlatformError> answers = new ArrayList<>(Catalogue.of("tiktok").all());
        answers.addAll(Catalogue.of("instagram").all());
        for (CauseClass why : CauseClass.values()) {
            for (String remedy : RESUBMITTING) {
                answers.add(new PlatformError(
                        "fake.create",
                        400,
                        "7",
                        "",
                        null,
                        new ErrorMeaning(why, "something", Actor.PERSON, remedy, TokenEffect.NONE, true),
                        true));
            }
        }
        for (PublishState state : states()) {
            for (PlatformError answer : state.phase().terminal() ? List.<PlatformError>of() : answers) {
                PublishJob job = job(
                        state,
                        List.of(TokenTrouble.evidence(answer, BEFORE)),
                        null,
                        AFTER,
                        null,
                        state.phase().afterCommit());
                Explanation explanation = of(job).explain();
                Matcher again = RESUBMIT.matcher(explanation.toText());
                assertFalse(again.find(), () -> "\"" + again.group() + "\" in\n" + explanation.toText());
                explanation.next().stream()
                        .filter(step -> step.who() != Explanation.Who.LINKSPAN)
                        .forEach(step ->
                                assertFalse(NOT_THEIR_STEP.matcher(step.what()).find(), step::what));
            }
        }
    }

    /** The remedy says what to do at the platform; whether the post is submitted again depends on its state. */
    @Test
    void catalogues_neverSayToSubmitAgain() {
        Stream.of("tiktok", "instagram")
                .flatMap(platform -> Catalogue.of(platform).all().stream())
                .forEach(answer -> {
                    String text =
                            answer.meaning().cause() + ". " + answer.meaning().remedy();
                    assertFalse(RESUBMIT.matcher(text).find(), () -> answer.code() + ": " + text);
                });
    }

    /** A step of the user is said to the user, also where the catalogue says it to the application. */
    @Test
    void stepsOfTheUser_addressTheUser() {
        Stream.of("tiktok", "instagram")
                .flatMap(platform -> Catalogue.of(platform).all().stream())
                .filter(answer -> answer.meaning().actor() == Actor.PERSON)
                .forEach(answer -> {
                    String step =
                            PlainWords.step(PlainWords.plain(answer.meaning().remedy()), true);
                    assertFalse(step.contains("the user"), () -> answer.code() + ": " + step);
                });
    }

    @Test
    void none_isOnlyAPublishedPost() {
        each(job -> {
            Explanation explanation = of(job).explain();
            boolean published = job.state().phase() == PublishState.Phase.PUBLISHED;
            assertFalse(published && explanation.reason().isEmpty(), () -> job + "\n" + explanation);
            assertEquals(published, explanation.bucket() == Bucket.NONE, () -> job + "\n" + explanation);
            assertEquals(published, explanation.next().isEmpty(), () -> job + "\n" + explanation);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    post 1, {attached=false}                                     | USER_ACTION_NEEDED
                    post 1, {poll_attachment={"attached":false}}                 | USER_ACTION_NEEDED
                    post 1, {poll_attachment={"result":{"status":"REJECTED"}}}   | USER_ACTION_NEEDED
                    post 1, {a=true, prompt=refused}                             | USER_ACTION_NEEDED
                    post 1, {attached=true}                                      | NONE
                    post 1, {poll_attachment={"status":"seven"}}                 | NONE
                    post 1, {falsework=falsehood}                                | NONE
                    post 1, {share_to_feed=false}                                | NONE
                    post 1                                                       | NONE
                    """)
    void published_showsWhatElseWasAnswered(String answer, Bucket category) {
        PublishState state = new PublishState.Published("1", null, BEFORE);
        Evidence seen = new Evidence("fake.commit", BEFORE, "published", answer);
        Explanation explanation =
                of(job(state, List.of(seen), null, null, null, true)).explain();
        assertEquals(category, explanation.bucket());
        assertEquals(category == Bucket.NONE, explanation.next().isEmpty());
        String more = answer.contains("{") ? answer.substring(answer.indexOf('{') + 1, answer.length() - 1) : "Id 1.";
        assertTrue(explanation.reason().contains(more), explanation::reason);
    }

    /** One form of times for everyone, in explanations and in the one line of a state. */
    @Test
    void everyText_hasTimesForPeople() {
        each(job -> {
            for (String text : List.of(of(job).explain().toText(), job.state().describe())) {
                Matcher machine = MACHINE_TIME.matcher(text);
                assertFalse(machine.find(), () -> machine.group() + " in " + text);
            }
        });
        for (ConnectionStatus status : statuses()) {
            if (status != null) {
                assertFalse(MACHINE_TIME.matcher(status.describe()).find(), status::describe);
            }
        }
    }

    @Test
    void final_promisesNothing() {
        each(job -> {
            if (job.state().phase().terminal()) {
                String text = of(job).explain().toText();
                Matcher promise = PROMISE.matcher(text);
                assertFalse(promise.find(), () -> "\"" + promise.group() + "\" in\n" + text);
                assertFalse(
                        PROMISE.matcher(job.state().describe()).find(),
                        () -> job.state().describe());
            }
        });
    }

    @Test
    void timeThatHasPassed_isNeverNext() {
        each(job -> {
            Explanation explanation = of(job).explain();
            assertTrue(explanation.until() == null || explanation.until().isAfter(NOW), () -> job + "\n" + explanation);
            for (Explanation.Step step : explanation.next()) {
                Matcher time = TIME.matcher(step.what());
                while (time.find()) {
                    Instant named = LocalDateTime.parse(time.group(1), READ).toInstant(ZoneOffset.UTC);
                    assertTrue(named.isAfter(NOW), () -> job + "\n" + explanation);
                }
            }
            explanation.known().stream()
                    .filter(fact -> fact.about().endsWith(", next"))
                    .forEach(fact -> assertTrue(fact.says().startsWith("2026-03-02 14:00"), explanation::toText));
        });
    }

    @Test
    void unusableConnection_isNamedBeforeAnythingElse() {
        each(job -> {
            boolean blocked = job.facts()
                    .through()
                    .filter(it -> !USABLE.contains(it.status().kind()))
                    .isPresent();
            boolean waits = job.state().phase().compareTo(PublishState.Phase.COMMITTING) < 0
                    && job.cancelWanted().isEmpty();
            if (blocked && waits) {
                assertEquals(Bucket.AUTHORIZATION_FAILS, of(job).explain().bucket(), () -> job + "");
            }
        });
    }

    /** What needs a reconnect, or a check that the user has to pass, is not offered as a step before it, and nothing is promised at a time. */
    @Test
    void unusableConnection_isOfferedOnlyWhatWorksWithoutIt() {
        each(job -> {
            ConnectionStatus status =
                    job.facts().through().map(Connection::status).orElse(null);
            boolean sending = job.state().phase() == PublishState.Phase.COMMITTING;
            if (status == null
                    || USABLE.contains(status.kind())
                    || sending
                    || (job.cancelWanted().isPresent() && !job.state().phase().afterCommit())) {
                return;
            }
            Explanation explanation = of(job).explain();
            for (Explanation.Step step : explanation.next()) {
                assertFalse(NEEDS_THE_ACCOUNT.matcher(step.what()).find(), () -> step + "\n" + job);
            }
            boolean over =
                    status instanceof ConnectionStatus.Revoked || status instanceof ConnectionStatus.PartiallyRevoked;
            boolean waits = status instanceof ConnectionStatus.AwaitingAccount;
            boolean said = explanation.next().stream()
                    .anyMatch(step -> step.who() == Explanation.Who.PERSON
                            && step.what().contains(waits ? "follow the instructions" : "Connect "));
            assertTrue(over || said, explanation::toText);
        });
    }

    @Test
    void everyText_isFilled() {
        each(job -> {
            Explanation explanation = of(job).explain();
            String head = explanation.toText().split("\nDetails\n", 2)[0];
            assertFalse(
                    head.contains("{") || head.contains("  ") || head.matches("(?s).*[^.(]\\.\\.[^.].*"), () -> head);
            assertFalse(explanation.verdict().isBlank());
        });
    }

    @Test
    void severalJobs_whatNeedsSomeoneComesFirst_andBothAreNamed() {
        List<PublishJob> picked = new ArrayList<>();
        each(job -> {
            PublishState.Phase wanted =
                    picked.isEmpty() ? PublishState.Phase.AWAITING_DECISION : PublishState.Phase.PUBLISHED;
            if (picked.size() < 2 && job.state().phase() == wanted) {
                picked.add(job);
            }
        });

        Explanation explanation = of(picked.get(1), picked.get(0)).explain();

        assertEquals(Bucket.DECISION_NEEDED, explanation.bucket());
        assertTrue(explanation.verdict().startsWith("Fake @quay: it is not known whether the post appeared."));
        assertTrue(explanation.verdict().endsWith("Fake @quay: published at 2026-03-02 04:00 UTC."));
    }
}
