package io.linkspan.testkit.store;

import io.linkspan.TenantId;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenStore;
import java.util.UUID;

/**
 * What a process does that the kit kills: it writes, and prints each write once it was acknowledged. The process is yours, since only you
 * know how to open your store there:
 *
 * <pre>{@code
 * public static void main(String[] arguments) {
 *     CrashWriter.writeUntilKilled(new MyJobStore(open(arguments[0])));
 * }
 * }</pre>
 */
public final class CrashWriter {
    static final TenantId TENANT = new TenantId("tenant-crash");

    private CrashWriter() {}

    /**
     * Writes to the store and to standard output until the process is killed; prints nothing else, and nothing else may.
     *
     * @param store the store, opened in this process
     */
    public static void writeUntilKilled(RecordStore store) {
        String run = UUID.randomUUID().toString();
        for (int number = 1; ; number++) {
            StoredRecord record = StoredRecord.builder(TENANT, kind(store), run + "-" + number)
                    .payload(new byte[64])
                    .build();
            acknowledged(store.insert(record), record);
            StoredRecord second = record.next().status("SECOND").build();
            acknowledged(store.replace(second), second);
        }
    }

    static RecordKind kind(RecordStore store) {
        return store instanceof TokenStore ? RecordKind.CONNECTION : RecordKind.JOB;
    }

    private static void acknowledged(boolean kept, StoredRecord record) {
        if (!kept) {
            throw new IllegalStateException(
                    "insert and replace should return true for new records and their next versions; the store refused "
                            + record);
        }
        System.out.print(record.version() + " " + record.id() + "\n");
        System.out.flush();
    }
}
