package io.linkspan.spi;

import io.linkspan.TenantId;
import java.util.List;

/** Keeps connections, pending connects, account links and their history. */
public interface TokenStore extends RecordStore {
    /**
     * TS-1: appends one line of history, durable on return.
     *
     * @param entry the line
     * @return false, with nothing changed, when the subject already has a line with this sequence
     */
    boolean appendHistory(HistoryRecord entry);

    /**
     * TS-2: reads the history of one subject in order of sequence.
     *
     * @param tenant the tenant
     * @param subject id of the connection or account link
     * @param afterSequence only lines after this one; 0 for all
     * @param limit at most this many, 1 to 1,000
     * @return the lines
     */
    List<HistoryRecord> history(TenantId tenant, String subject, long afterSequence, int limit);
}
