package io.linkspan.simulation;

import io.linkspan.simulation.Happening.Where;
import io.linkspan.simulation.Scenario.Clocks;
import java.time.Duration;
import java.time.Instant;

/** Runs one history from the first consent to the verdict. */
final class History {
    private static final Duration LONGEST = Duration.ofHours(30);
    private static final Duration SHORT = Duration.ofHours(8);
    private static final Duration TO_SETTLE = Duration.ofDays(2);
    private static final Duration POLL = Duration.ofMinutes(4);
    private static final int MOST_STEPS = 20_000;

    private final World world;
    private final Host host;

    private History(Scenario scenario, Plan plan, boolean keepTrace) {
        this.world = new World(scenario, plan, keepTrace);
        this.host = new Host(world);
    }

    /** Runs a history. */
    static Verdict run(Scenario scenario, Plan plan) {
        return new History(scenario, plan, false).run();
    }

    /** Runs a history and keeps what happened in words. */
    static Verdict tell(Scenario scenario, Plan plan) {
        return new History(scenario, plan, true).run();
    }

    private Verdict run() {
        host.begin();
        world.calm(false);
        long calmAfter = world.scenario.calmAfter();
        Instant end = World.START.plus(Mix.below(4, world.scenario.seed(), 9) == 0 ? LONGEST : SHORT);
        boolean over = false;
        int steps = 0;
        while (!over && world.now().isBefore(end) && steps++ < MOST_STEPS) {
            if (calmAfter > 0 && world.elapsed() >= calmAfter) {
                break;
            }
            Event event = world.at(Where.STEP, "");
            if (event != null) {
                host.acts(event);
            }
            turn();
            over = settled();
        }
        boolean settles = calmAfter > 0 && !over;
        if (settles) {
            settle();
        }
        world.calm(true);
        world.nodes.forEach(Node::recover);
        world.landEffects();
        rest();
        Oracle oracle = new Oracle(world, host);
        oracle.judge(settles);
        oracle.judgeTokens();
        return oracle.verdict();
    }

    /** More than an hour without faults, so that leases end that a crashed node took by a wrong clock. */
    private void rest() {
        Instant until = world.now().plus(Duration.ofMinutes(80));
        int steps = 0;
        while (world.now().isBefore(until) && steps++ < 60) {
            world.nodes.forEach(Node::run);
            world.advance(120_000);
        }
    }

    /** Faults are over: everything must come to an end. */
    private void settle() {
        world.calm(true);
        world.nodes.forEach(Node::recover);
        Instant end = world.now().plus(TO_SETTLE);
        Instant relink = world.now();
        BlockedPosts blocked = new BlockedPosts(world, host);
        int steps = 0;
        while (world.now().isBefore(end) && !(settled() && !world.effectsPending()) && steps++ < MOST_STEPS) {
            if (!world.now().isBefore(relink)) {
                host.relinkTheDead();
                relink = world.now().plus(Duration.ofHours(1));
            }
            blocked.look();
            turn();
        }
    }

    /** One node does what is due, then time passes until something else is. */
    private void turn() {
        world.platforms.goOn();
        world.runTasks();
        Node node = world.nodes.get(world.chance(world.nodes.size()));
        int worked = node.free() ? node.run() : 0;
        if (worked > 0) {
            world.advance(world.chance(2_000));
            return;
        }
        Instant next = world.nextDue();
        Instant soon = world.now().plus(POLL);
        if (world.scenario.clocks() != Clocks.USUAL && next.isAfter(soon)) {
            next = soon; // what a wrong clock put off is found by those who look before
        }
        if (next.isAfter(world.now())) {
            world.clock.set(next);
        }
        world.advance(1_000L + world.chance(20_000));
    }

    private boolean settled() {
        if (!host.allAnswered()) {
            return false;
        }
        return world.watch.allEnded(host.accepted().values());
    }
}
