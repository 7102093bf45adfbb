package io.linkspan.kills;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.random.RandomGenerator;

/**
 * One run: workers start, take posts and are killed, over and over on one store; then one worker runs to the end, and the
 * ledgers are compared. Every draw comes from one seed; what real processes make of it differs from run to run. Between two
 * workers the clock jumps, so that pauses are over.
 */
final class Campaign {
    private static final int PAIRS = 4;
    private static final int NEW_PER_ROUND = 2;
    private static final long LIMIT_MILLIS = 20_000;
    private static final int IDLE_AT_THE_END = 200;
    private static final int PASSES_AT_THE_END = 5_000;

    private final Outside outside;
    private final MovedClock clock;
    private final Settings settings;
    private final RandomGenerator random;
    private final Tally tally = new Tally();
    private final List<Outside.Pair> pairs;
    private final Map<String, String> accepted = new ConcurrentSkipListMap<>();
    private final Set<String> unanswered = new LinkedHashSet<>();
    private final List<String> broken = Collections.synchronizedList(new ArrayList<>());
    private int posts;

    private Campaign(Outside outside, MovedClock clock, Settings settings, RandomGenerator random) {
        this.outside = outside;
        this.clock = clock;
        this.settings = settings;
        this.random = random;
        this.pairs = settings.withLinkspan(clock, linkspan -> outside.connect(linkspan, PAIRS));
    }

    /**
     * Runs.
     *
     * @param outside the platforms
     * @param clock their clock
     * @param settings the product
     * @param kills how many workers are killed
     * @param seed for every draw
     */
    static Report run(Outside outside, MovedClock clock, Settings settings, int kills, long seed)
            throws InterruptedException {
        long begin = System.nanoTime();
        Campaign campaign = new Campaign(outside, clock, settings, new Random(seed));
        while (campaign.tally.kills() < kills) {
            campaign.round(Moment.draw(campaign.random));
            campaign.jump();
            if (campaign.tally.kills() % 50 == 0) {
                System.out.println(campaign.tally.kills() + " killed, " + campaign.accepted.size() + " accepted");
            }
        }
        campaign.toTheEnd();
        Audit.Result audit = settings.withLinkspan(
                clock,
                linkspan -> Audit.of(
                        outside,
                        linkspan,
                        new TreeMap<>(campaign.accepted),
                        key -> campaign.pair(key).account(),
                        campaign.pairs));
        List<String> violations = new ArrayList<>(campaign.broken);
        violations.addAll(audit.violations());
        return new Report(
                settings.store(),
                seed,
                kills,
                campaign.accepted.size(),
                campaign.tally,
                audit,
                violations,
                Duration.ofNanos(System.nanoTime() - begin));
    }

    /** One worker from its start to its kill. */
    private void round(Moment moment) throws InterruptedException {
        try (WorkerProcess worker = WorkerProcess.start(settings, this::told)) {
            if (moment instanceof Moment.AtRequest at) {
                outside.killAt(at, worker::kill, tally::request);
            }
            worker.order("clock " + clock.ahead());
            worker.order("start");
            offer(worker);
            String kind = waitAndKill(worker, moment);
            outside.calm();
            if (!worker.wasKilled()) {
                broken.add("a worker ended by itself, in the round after kill " + tally.kills());
            }
            tally.killed(kind);
        }
    }

    private String waitAndKill(WorkerProcess worker, Moment moment) throws InterruptedException {
        if (moment instanceof Moment.AtRequest) {
            if (worker.endsWithin(LIMIT_MILLIS)) {
                return moment.kind();
            }
            worker.kill();
            return "after the awaited request did not come";
        }
        long millis;
        if (moment instanceof Moment.AfterStart after) {
            worker.await("started");
            millis = after.millis();
        } else {
            millis = ((Moment.AfterSpawn) moment).millis();
        }
        if (!worker.endsWithin(millis)) {
            worker.kill();
        }
        return moment.kind();
    }

    /** Hands over what no worker has answered for, a few new posts, and now and then a post that was accepted before. */
    private void offer(WorkerProcess worker) {
        while (unanswered.size() < NEW_PER_ROUND) {
            unanswered.add("post-" + ++posts);
        }
        List<String> keys = new ArrayList<>(unanswered);
        if (random.nextInt(4) == 0 && !accepted.isEmpty()) {
            List<String> known = List.copyOf(accepted.keySet());
            keys.add(known.get(random.nextInt(known.size())));
        }
        keys.forEach(key -> worker.order("submit " + key + " " + targets(key)));
    }

    private Outside.Pair pair(String key) {
        return pairs.get(Integer.parseInt(key.substring("post-".length())) % pairs.size());
    }

    private String targets(String key) {
        Outside.Pair pair = pair(key);
        return pair.tiktok().value() + " " + pair.instagram().value();
    }

    /** A line of a worker. */
    private void told(String line) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("moved") && words.length == 4) {
            tally.moved(words[1], words[3]);
        } else if (words[0].equals("accepted") && words.length == 3) {
            String before = accepted.putIfAbsent(words[1], words[2]);
            if (before != null && !before.equals(words[2])) {
                broken.add("accepted twice: " + words[1] + " as " + before + " and as " + words[2]);
            }
        }
    }

    /** Moves the clock: mostly past a pause or a lease, sometimes past the quiet time, now and then by hours. */
    private void jump() {
        unanswered.removeAll(accepted.keySet());
        int which = random.nextInt(100);
        long seconds = which < 60
                ? 5 + random.nextInt(30)
                : which < 92 ? 60 + random.nextInt(15 * 60) : 3_600 + random.nextInt(5 * 3_600);
        clock.advance(Duration.ofSeconds(seconds));
    }

    /** The last worker, which nobody kills: it settles everything, through whatever pauses that needs. */
    private void toTheEnd() throws InterruptedException {
        try (WorkerProcess worker = WorkerProcess.start(settings, this::told)) {
            worker.order("clock " + clock.ahead());
            for (String key : unanswered) {
                worker.order("submit " + key + " " + targets(key));
                worker.await("accepted " + key + " ");
            }
            settle(worker, clock, accepted.values());
            if (!worker.endsWell()) {
                broken.add("the last worker did not end well");
            }
        } catch (IllegalStateException e) { // it hangs: that is a finding too, and what it left behind is looked at
            broken.add("stuck: " + e.getMessage());
        }
    }

    /** Has a worker do what is due, over and over, until all these publications have their verdicts or the limit is reached. */
    static void settle(WorkerProcess worker, MovedClock clock, Collection<String> publications)
            throws InterruptedException {
        List<String> open = List.copyOf(publications);
        int idle = 0;
        for (int pass = 0; !open.isEmpty() && idle < IDLE_AT_THE_END && pass < PASSES_AT_THE_END; pass++) {
            worker.order("clock " + clock.ahead());
            worker.order("settle " + String.join(" ", open));
            List<String> answer = List.of(worker.await("open ").split(" ", -1));
            open = answer.subList(2, answer.size());
            if (answer.get(1).equals("0")) {
                idle++;
                // a container that was never committed is proven dead after a day
                clock.advance(idle % 12 == 0 ? Duration.ofHours(25) : Duration.ofSeconds(61));
            }
        }
    }
}
