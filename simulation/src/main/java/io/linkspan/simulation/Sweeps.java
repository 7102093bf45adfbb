package io.linkspan.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every crash and every fault at every point of each path, alone and in pairs. */
final class Sweeps {
    private static final List<Happening> CRASHES = List.of(Happening.N1_CRASH_BEFORE, Happening.N1_CRASH_AFTER);
    private static final List<Happening> NETWORK =
            Stream.of(Happening.values()).filter(Happening::network).toList();

    private Sweeps() {}

    /** A path: what it is about and what the host does on it. */
    record Path(String name, Scenario scenario, List<Event> host) {
        Verdict run(List<Event> events) {
            return History.run(
                    scenario,
                    Plan.of(Stream.concat(host.stream(), events.stream()).toList()));
        }

        /** How many points it has when all goes well. */
        int points() {
            return run(List.of()).points();
        }
    }

    /** All paths: one for each kind of post, and link, refresh and revoke. */
    static List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        for (PostKind kind : PostKind.values()) {
            paths.add(new Path(kind.name(), Scenario.one(kind, 2, 0), List.of()));
        }
        paths.add(new Path("LINK", Scenario.one(PostKind.BOTH, 2, 0), List.of(host(Happening.HOST_RELINKS))));
        paths.add(new Path("REFRESH", Scenario.one(PostKind.BOTH, 2, 10_800_000), List.of()));
        paths.add(new Path("REVOKE", Scenario.one(PostKind.BOTH, 2, 0), List.of(host(Happening.HOST_DISCONNECTS))));
        return paths;
    }

    private static Event host(Happening what) {
        return new Event(1, what, 1);
    }

    private static Event event(int point, Happening what) {
        return new Event(point, what, Mix.of(point, what.name().hashCode()));
    }

    /** One crash, before and after every write and send. */
    static List<List<Event>> singleCrashes(int points) {
        return IntStream.rangeClosed(1, points)
                .boxed()
                .flatMap(point -> CRASHES.stream().map(crash -> List.of(event(point, crash))))
                .toList();
    }

    /** Two crashes, all ordered pairs; the second may come after the points of a run without faults. */
    static List<List<Event>> doubleCrashes(int points) {
        List<List<Event>> all = new ArrayList<>();
        for (int first = 1; first <= points; first++) {
            for (int second = first + 1; second <= points + 20; second++) {
                for (Happening one : CRASHES) {
                    for (Happening other : CRASHES) {
                        all.add(List.of(event(first, one), event(second, other)));
                    }
                }
            }
        }
        return all;
    }

    /** Each fault of the network at each call. */
    static List<List<Event>> faults(int points) {
        return IntStream.rangeClosed(1, points)
                .boxed()
                .flatMap(point -> NETWORK.stream().map(fault -> List.of(event(point, fault))))
                .toList();
    }

    /** Each fault at each call, then a crash at each of the points after it. */
    static List<List<Event>> faultsWithCrashes(int points) {
        List<List<Event>> all = new ArrayList<>();
        for (List<Event> fault : faults(points)) {
            int at = fault.get(0).point();
            for (int crash = at + 1; crash <= points + 20; crash++) {
                for (Happening how : CRASHES) {
                    all.add(List.of(fault.get(0), event(crash, how)));
                }
            }
        }
        return all;
    }

    /** Runs a sweep of a path, or a sample of it of some size. */
    static Tally run(Path path, List<List<Event>> sweep, int most, int threads) {
        boolean whole = sweep.size() <= most;
        LongFunction<Verdict> history = n -> {
            int index =
                    whole ? (int) n : Mix.below(sweep.size(), path.scenario().seed(), n);
            Verdict verdict = path.run(sweep.get(index));
            return verdict.clean() ? verdict : verdict.with(List.of(path.name() + " " + sweep.get(index)));
        };
        return SimulationRun.run(0, Math.min(most, sweep.size()), threads, history);
    }
}
