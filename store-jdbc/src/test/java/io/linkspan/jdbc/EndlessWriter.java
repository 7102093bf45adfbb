package io.linkspan.jdbc;

import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.StoredRecord;
import java.nio.file.Path;

/**
 * Writes to a file store in a loop and prints each write once it was acknowledged: {@code run/thread/number/version}. The file is
 * rewritten often.
 */
final class EndlessWriter {
    private EndlessWriter() {}

    public static void main(String[] arguments) {
        H2FileStores stores = H2FileStores.open(Path.of(arguments[0]), 1 << 18);
        for (int thread = 0; thread < 2; thread++) {
            String prefix = arguments[1] + "/" + thread + "/";
            new Thread(() -> write(stores, prefix)).start();
        }
    }

    private static void write(H2FileStores stores, String prefix) {
        for (int number = 1; ; number++) {
            String id = prefix + number;
            StoredRecord job = TestRecords.job(id).build();
            acknowledged(stores.jobs().insert(job), id + "/1");
            acknowledged(stores.jobs().replace(job.next().status("SECOND").build()), id + "/2");
            acknowledged(
                    stores.tokens().appendHistory(new HistoryRecord(TestRecords.TENANT, id, 1, TestRecords.NOON, "{}")),
                    id + "/history");
        }
    }

    private static synchronized void acknowledged(boolean kept, String what) {
        if (!kept) {
            throw new IllegalStateException("refused " + what);
        }
        System.out.println(what);
        System.out.flush();
    }
}
