package io.linkspan.simulation;

import io.linkspan.TenantId;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.TokenStore;
import java.util.List;

/** The token store as one node sees it. */
final class NodeTokenStore extends NodeRecords implements TokenStore {
    private final TokenStore inner;

    NodeTokenStore(World world, Node node, Node.Life life) {
        super(world, node, life, world.stores.tokens());
        this.inner = world.stores.tokens();
    }

    @Override
    public boolean appendHistory(HistoryRecord entry) {
        return write("append history", () -> {}, () -> inner.appendHistory(entry));
    }

    @Override
    public List<HistoryRecord> history(TenantId tenant, String subject, long afterSequence, int limit) {
        read();
        return inner.history(tenant, subject, afterSequence, limit);
    }
}
