package io.linkspan.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Runs many seeds and prints what they came to: {@code simulation/run}. */
public final class SimulationRun {
    private static final String USAGE = """
            usage: simulation/run [--seeds N] [--from SEED] [--threads N]
                   simulation/run --lost-answers [--seeds N] [--from SEED]   1 % of answers lost, nothing else
                   simulation/run --control [--seeds N] [--from SEED]        assumption A2 broken: duplicates are due
                   simulation/run --sweeps MOST                              every crash and fault of each path, at most so many
                                                                        histories per path and sweep
                   simulation/run --grants [SEEDS [FROM]]                    stores that fail around answers with tokens
                   simulation/run --grants --replay SEED                     tells one of these seeds
                   simulation/run --replay SEED [EVENT...]                   tells one seed, shrunk if it fails; or with these
                                                                        events alone""";

    private SimulationRun() {}

    /**
     * Runs.
     *
     * @param arguments see the script {@code simulation/run}
     */
    public static void main(String[] arguments) {
        long seeds = 10_000;
        long from = 1;
        int threads = Runtime.getRuntime().availableProcessors();
        LongFunction<Verdict> history = SimulationRun::random;
        boolean control = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seeds" -> seeds = Long.parseLong(arguments[++i]);
                case "--from" -> from = Long.parseLong(arguments[++i]);
                case "--threads" -> threads = Integer.parseInt(arguments[++i]);
                case "--lost-answers" -> history = SimulationRun::lostAnswers;
                case "--control" -> {
                    history = SimulationRun::control;
                    control = true;
                }
                case "--sweeps" -> {
                    sweeps(Integer.parseInt(arguments[++i]), threads);
                    return;
                }
                case "--grants" -> {
                    grants(List.of(arguments).subList(i + 1, arguments.length), threads);
                    return;
                }
                case "--replay" -> {
                    List<String> rest = List.of(arguments).subList(i + 1, arguments.length);
                    replay(
                            Long.parseLong(rest.get(0)),
                            rest.stream().skip(1).map(Event::parse).toList());
                    return;
                }
                default -> {
                    System.err.println(USAGE);
                    System.exit(2);
                }
            }
        }
        Tally tally = run(from, seeds, threads, history);
        tally.lines().forEach(System.out::println);
        boolean as = control ? tally.duplicates() > 0 : tally.clean();
        if (!as) {
            System.exit(1);
        }
    }

    /** Everything, drawn by the seed. */
    static Verdict random(long seed) {
        return History.run(Scenario.random(seed), Plan.random(seed, Rates.of(seed)));
    }

    /** One answer of a hundred is lost after everything happened; nothing else goes wrong. */
    static Verdict lostAnswers(long seed) {
        return History.run(Scenario.random(seed).withUsualClocks(), Plan.random(seed, Rates.lostAnswers(0.01)));
    }

    /** Requests that take effect late, on platforms whose dead handles may post. */
    static Verdict control(long seed) {
        return History.run(Scenario.random(seed).withoutA2(), Plan.random(seed, Rates.lateEffects()));
    }

    /** Runs seeds on some threads, each history on one of them. */
    static Tally run(long from, long seeds, int threads, LongFunction<Verdict> history) {
        Tally tally = new Tally();
        AtomicLong next = new AtomicLong(from);
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(
                    () -> {
                        for (long seed = next.getAndIncrement(); seed < from + seeds; seed = next.getAndIncrement()) {
                            tally.add(seed, Guard.of(seed, history));
                        }
                    },
                    "simulation-" + i);
            thread.start();
            running.add(thread);
        }
        for (Thread thread : running) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return tally;
    }

    private static void grants(List<String> rest, int threads) {
        if (rest.size() > 1 && rest.get(0).equals("--replay")) {
            GrantHistory.Result told = GrantHistory.tell(Long.parseLong(rest.get(1)));
            told.trace().forEach(System.out::println);
            told.orphans().forEach(System.out::println);
            return;
        }
        long seeds = rest.isEmpty() ? 10_000 : Long.parseLong(rest.get(0));
        GrantRun run = GrantRun.of(rest.size() > 1 ? Long.parseLong(rest.get(1)) : 1, seeds, threads);
        run.lines().forEach(System.out::println);
        if (!run.failing().isEmpty()) {
            System.exit(1);
        }
    }

    private static void sweeps(int most, int threads) {
        boolean clean = true;
        for (Sweeps.Path path : Sweeps.paths()) {
            int points = path.points();
            for (Sweep sweep : Sweep.values()) {
                Tally tally = Sweeps.run(path, sweep.of(points), most, threads);
                System.out.println(path.name() + " " + sweep + ", " + points + " points");
                tally.lines().forEach(line -> System.out.println("  " + line));
                clean &= tally.clean();
            }
        }
        if (!clean) {
            System.exit(1);
        }
    }

    private enum Sweep {
        SINGLE_CRASH,
        DOUBLE_CRASH,
        FAULT,
        FAULT_AND_CRASH;

        List<List<Event>> of(int points) {
            return switch (this) {
                case SINGLE_CRASH -> Sweeps.singleCrashes(points);
                case DOUBLE_CRASH -> Sweeps.doubleCrashes(points);
                case FAULT -> Sweeps.faults(points);
                case FAULT_AND_CRASH -> Sweeps.faultsWithCrashes(points);
            };
        }
    }

    private static void replay(long seed, List<Event> events) {
        Scenario scenario = Scenario.random(seed);
        Plan plan = events.isEmpty() ? Plan.random(seed, Rates.of(seed)) : Plan.of(events);
        Verdict verdict = Guard.of(seed, any -> History.tell(scenario, plan));
        if (!verdict.clean() && events.isEmpty()) {
            List<Event> few = Shrinker.shrink(scenario, verdict.happened());
            verdict = Guard.of(seed, any -> History.tell(scenario, Plan.of(few)));
        }
        System.out.println("seed " + seed + ": " + scenario);
        verdict.trace().forEach(System.out::println);
        System.out.println("events: " + verdict.happened());
        verdict.violations().forEach(System.out::println);
        System.out.println((verdict.clean() ? "clean, " : "FAILED, ") + verdict.phases() + ", hash "
                + Long.toHexString(verdict.hash()));
    }
}
