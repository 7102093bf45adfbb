package io.linkspan.simulation;

import java.util.List;

/** A process that stands still for longer than every lease, and than any doubt lasts, while others work and people decide. */
final class Stalls {
    private static final int ROUNDS = 12;

    private Stalls() {}

    /** Everything that happens meanwhile. */
    static void play(World world, Event event) {
        long time = event.millis(1, 720_000, 7_200_000);
        for (int i = 0; i < ROUNDS; i++) {
            world.advance(time / ROUNDS);
            world.platforms.goOn();
            world.runTasks();
            List<Node> free = world.free();
            if (!free.isEmpty()) {
                free.get(world.chance(free.size())).run();
                world.people.accept(event);
            }
        }
    }
}
