package io.linkspan.simulation;

import io.linkspan.spi.JobStore;

/** The job store as one node sees it. */
final class NodeJobStore extends NodeRecords implements JobStore {
    NodeJobStore(World world, Node node, Node.Life life) {
        super(world, node, life, world.stores.jobs());
    }
}
