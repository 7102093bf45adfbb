package io.linkspan.simulation;

import io.linkspan.Linkspan;
import io.linkspan.LinkspanException;
import io.linkspan.simulation.Scenario.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One process of the host application: a Linkspan on the shared stores, which can lose its memory at any time. */
final class Node {
    private static final Duration SKEW = Duration.ofMinutes(2);
    private static final Duration AHEAD = Duration.ofHours(6);

    private final World world;
    private final String name;
    private final int index;
    /** Its clock is six hours ahead and nobody sets it. */
    private final boolean ahead;

    private long skewMillis;
    private int life;
    private @Nullable Life running;
    private boolean busy;
    private Instant downUntil = Instant.MIN;

    Node(World world, int index) {
        this.world = world;
        this.index = index;
        this.name = "node" + (index + 1);
        this.ahead = index == 1 && world.scenario.clocks() != Clocks.USUAL;
        long usual = index == 0 ? 0 : world.chance((int) SKEW.toMillis() * 2) - SKEW.toMillis();
        this.skewMillis = ahead ? AHEAD.toMillis() : usual;
    }

    /** The process is gone; nothing it still tries has any effect. No code catches it, as if the machine had failed. */
    static final class Crash extends VirtualMachineError {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("crash");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** From start to crash. */
    static final class Life {
        private boolean over;

        /** Stops here when the process is gone already. */
        void check() {
            if (over) {
                throw new Crash();
            }
        }

        Crash end() {
            over = true;
            return new Crash();
        }
    }

    private record Started(Linkspan linkspan, Life life) {}

    private @Nullable Started started;

    String name() {
        return name;
    }

    Instant now() {
        return world.now().plusMillis(skewMillis);
    }

    /** Its clock is set. */
    void jump(long millis) {
        if (ahead) {
            return;
        }
        skewMillis = Math.abs(skewMillis) > 600_000 ? 0 : skewMillis + millis;
        world.trace.add(world.elapsed(), name, "clock off by " + skewMillis);
    }

    /** Faults are over: its clock is right again, within what is usual, or stays as wrong as it is, or the node is gone. */
    void recover() {
        downUntil = Instant.MIN;
        if (!ahead) {
            skewMillis = Math.abs(skewMillis) > SKEW.toMillis() ? 0 : skewMillis;
        } else if (world.scenario.clocks() == Clocks.ONE_AHEAD_DIES) {
            kill(0);
            downUntil = Instant.MAX;
        }
    }

    boolean free() {
        return !busy && !world.now().isBefore(downUntil);
    }

    /** It is gone between two steps. */
    void kill(long downMillis) {
        if (running != null) {
            running.end();
        }
        died(downMillis);
    }

    private void died(long downMillis) {
        world.trace.add(world.elapsed(), name, "crashed");
        started = null;
        running = null;
        downUntil = world.now().plusMillis(downMillis);
    }

    private Started start() {
        Started present = started;
        if (present != null) {
            return present;
        }
        Life fresh = new Life();
        life++;
        Linkspan linkspan = Linkspan.builder()
                .tokenStore(new NodeTokenStore(world, this, fresh))
                .jobStore(new NodeJobStore(world, this, fresh))
                .keys(World.KEYS)
                .platform(world.platforms.tiktokAdapter())
                .platform(world.platforms.instagramAdapter())
                .transport(new NodeNetwork(world, this, fresh))
                .mediaHost(world.media)
                .mediaStore(world.media)
                .pullCheck(Mix.below(2, world.scenario.seed(), 41) == 0)
                .clock(this::now)
                .ticker(() -> world.elapsed() * 1_000_000)
                .random(new SplittableRandom(Mix.of(world.scenario.seed(), 1_000L * life + index)))
                .retryBase(Duration.ZERO)
                .node(name + "-" + life)
                .build();
        running = fresh;
        Started begun = new Started(linkspan, fresh);
        started = begun;
        return begun;
    }

    /** Does what is due. */
    int run() {
        return call(linkspan -> linkspan.worker().runDue()).orElse(0);
    }

    /** Does something as the host asks; empty when it crashed or failed. */
    <T> Optional<T> call(Function<Linkspan, T> what) {
        if (!free()) {
            return Optional.empty();
        }
        Started now = start();
        busy = true;
        try {
            return Optional.of(what.apply(now.linkspan()));
        } catch (Crash e) {
            died(world.chance(3) == 0 ? world.chance(120_000) : 0);
        } catch (LinkspanException | IllegalArgumentException | IllegalStateException e) {
            world.trace.add(world.elapsed(), name, "failed: " + e.getMessage());
            if (now.life().over) { // something swallowed the crash
                died(0);
            }
        } finally {
            busy = false;
        }
        return Optional.empty();
    }
}
