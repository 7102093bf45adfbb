package io.linkspan.simulation;

import io.linkspan.InMemoryStores;
import io.linkspan.LocalKeys;
import io.linkspan.simulation.Happening.Where;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import io.linkspan.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything one history consists of, on one thread and one clock: nodes, stores, platforms, and what is still to come. */
final class World {
    static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    static final LocalKeys KEYS = LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32]));

    final Scenario scenario;
    final SettableClock clock = SettableClock.at(START);
    final InMemoryStores stores = InMemoryStores.create();
    final Trace trace;
    final JobWatch watch;
    final PublicMedia media;
    final Platforms platforms;
    final Mailbox mailbox;
    final Outages outages = new Outages(this);
    final List<Node> nodes = new ArrayList<>();
    final List<Event> happened = new ArrayList<>();
    final List<String> sends = new ArrayList<>();
    /** Look at the profiles and decide where a decision is asked for. */
    Consumer<Event> people = event -> {};

    private final Plan plan;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparing(Task::number));
    private boolean calm = true;
    private int points;
    private long chances;
    private int taskCount;
    private Instant storeDownUntil = Instant.MIN;

    /** Something that happens at its time. */
    private record Task(Instant at, int number, boolean effect, Runnable what) {}

    World(Scenario scenario, Plan plan, boolean keepTrace) {
        this.scenario = scenario;
        this.plan = plan;
        this.trace = new Trace(keepTrace);
        this.watch = new JobWatch(this);
        this.media = new PublicMedia(this);
        this.mailbox = new Mailbox(this);
        this.platforms = new Platforms(scenario, clock, media, mailbox);
        for (int i = 0; i < scenario.nodes(); i++) {
            nodes.add(new Node(this, i));
        }
    }

    Instant now() {
        return clock.instant();
    }

    long elapsed() {
        return Duration.between(START, now()).toMillis();
    }

    /** A number that looks random, another one each time. */
    int chance(int bound) {
        return Mix.below(bound, scenario.seed() ^ 0x1234_5678L, chances++);
    }

    /** Whether faults are over, or have not begun. */
    void calm(boolean value) {
        calm = value;
        storeDownUntil = Instant.MIN;
        trace.add(elapsed(), "world", value ? "calm" : "faults begin");
    }

    boolean calm() {
        return calm;
    }

    /** One point of the history: what happens here, if anything. */
    @Nullable
    Event at(Where where, String what) {
        if (calm) {
            return null;
        }
        points++;
        Event event = plan.at(points, where, what);
        if (event != null) {
            happened.add(event);
            trace.add(elapsed(), "event", event + " at " + where + " " + what);
        }
        return event;
    }

    int points() {
        return points;
    }

    void advance(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    /** Something happens later. */
    void later(long millis, Runnable what) {
        tasks.add(new Task(now().plusMillis(millis), taskCount++, false, what));
    }

    /** A request has its effect later. */
    void effectLater(long millis, Runnable what) {
        tasks.add(new Task(now().plusMillis(millis), taskCount++, true, what));
    }

    /** Whether a request is still on its way. */
    boolean effectsPending() {
        return tasks.stream().anyMatch(Task::effect);
    }

    /** Does what is due by now. */
    void runTasks() {
        while (!tasks.isEmpty() && !tasks.peek().at().isAfter(now())) {
            tasks.remove().what().run();
        }
    }

    /** Lets all effects land that are still on their way. */
    void landEffects() {
        while (effectsPending()) {
            Task next = tasks.remove();
            if (next.effect()) {
                if (next.at().isAfter(now())) {
                    clock.set(next.at());
                }
                next.what().run();
            }
        }
    }

    void storeDown(long millis) {
        storeDownUntil = now().plusMillis(millis);
    }

    boolean storeIsDown() {
        return now().isBefore(storeDownUntil);
    }

    /** Nodes that could do something now. */
    List<Node> free() {
        return nodes.stream().filter(Node::free).toList();
    }

    /** While one node does not move, others do; with or without time passing. */
    void others(Event event, boolean time) {
        if (time) {
            advance(event.millis(1, 31_000, 300_000));
        }
        int rounds = 1 + event.draw(2, 4);
        for (int i = 0; i < rounds; i++) {
            runTasks();
            List<Node> free = free();
            if (free.isEmpty()) {
                return;
            }
            free.get(chance(free.size())).run();
            if (time) {
                advance(1_000L + chance(30_000));
            }
        }
    }

    /** When the next thing is due, by the stores and by what is still to come; a long time ahead when nothing is. */
    Instant nextDue() {
        Instant far = now().plus(Duration.ofDays(400));
        Stream<Instant> stored = Stream.of(RecordKind.values())
                .flatMap(kind -> Stream.concat(
                        stores.tokens().due(kind, far, 1).stream(), stores.jobs().due(kind, far, 1).stream()))
                .map(StoredRecord::dueAt)
                .flatMap(java.util.Optional::stream);
        Stream<Instant> coming =
                tasks.isEmpty() ? Stream.empty() : Stream.of(tasks.peek().at());
        return Stream.concat(stored, coming).min(Comparator.naturalOrder()).orElse(far);
    }
}
